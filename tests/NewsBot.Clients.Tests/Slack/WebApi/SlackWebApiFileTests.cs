using System.Text.Json;
using NewsBot.Clients.Slack;
using NewsBot.Clients.Slack.Objects;
using NewsBot.Clients.Slack.WebApi;
using static NewsBot.Clients.Tests.Http.ScriptedServer;

namespace NewsBot.Clients.Tests.Slack.WebApi;

public sealed class SlackWebApiFileTests : IAsyncLifetime
{
    private WebTrial _trial = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _trial = await WebTrial.StartAsync();

    public ValueTask DisposeAsync() => _trial.DisposeAsync();

    [Fact]
    public async Task A_file_is_fetched_with_the_token()
    {
        _trial.Server.Otherwise = Text("content", "text/plain");

        var file = await _trial.PlayAsync(_trial.Api.DownloadAsync(At("files/a.txt"), 100, Cancel));

        Assert.Equal("content"u8.ToArray(), file.ToArray());
        Assert.Equal($"Bearer {WebTrial.Token}", _trial.Last.Header("Authorization"));
        Assert.Equal("GET", _trial.Last.Method);
    }

    [Theory]
    [InlineData("https://evil.example/a.png")]
    [InlineData("https://files.slack.com.evil.example/a.png")]
    [InlineData("https://user@files.slack.com/a.png")]
    [InlineData("https://files.slack.com:444/a.png")]
    [InlineData("http://files.slack.com/a.png")]
    [InlineData("http://127.0.0.1:1/a.png")]
    [InlineData("file:///etc/passwd")]
    public async Task The_token_is_shown_to_nobody_else(string url)
    {
        var file = await _trial.RefusedAsync(_trial.Api.DownloadAsync(new Uri(url), 100, Cancel));
        var answer = await _trial.RefusedAsync(_trial.Api.RespondAsync(new Uri(url), new ResponseMessage(), Cancel));

        Assert.Contains("Slack's own servers", file.Message);
        Assert.False(answer.IsOutcomeUnknown);
        Assert.Empty(_trial.Server.Received);
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_refused_whether_it_says_so_or_not()
    {
        _trial.Server.Then(
            Text(new string('x', 101), "text/plain"),
            async context =>
            {
                for (var part = 0; part < 20; part++)
                {
                    await context.Response.Body.WriteAsync(new byte[10], context.RequestAborted);
                    await context.Response.Body.FlushAsync(context.RequestAborted);
                }
            }
        );

        var told = await _trial.RefusedAsync(_trial.Api.DownloadAsync(At("a"), 100, Cancel));
        var untold = await _trial.RefusedAsync(_trial.Api.DownloadAsync(At("a"), 100, Cancel));

        Assert.All([told, untold], error => Assert.Contains("larger", error.Message));
    }

    [Fact]
    public async Task A_sign_in_page_or_a_redirect_is_not_the_file()
    {
        _trial.Server.Then(
            Text("<html>Sign in</html>", "text/html"),
            Status(302, ("Location", "https://evil.example/")),
            Status(404)
        );

        var page = await _trial.RefusedAsync(_trial.Api.DownloadAsync(At("a.png"), 100, Cancel));
        var redirect = await _trial.RefusedAsync(_trial.Api.DownloadAsync(At("a.png"), 100, Cancel));
        var gone = await _trial.RefusedAsync(_trial.Api.DownloadAsync(At("a.png"), 100, Cancel));

        Assert.All([page, redirect, gone], error => Assert.Contains("does not give the file out", error.Message));
        Assert.Equal(3, _trial.Server.Received.Count);
    }

    [Fact]
    public async Task An_answer_is_JSON_without_the_token()
    {
        _trial.Server.Otherwise = Text("ok", "text/plain");
        var message = new ResponseMessage
        {
            Text = "Done",
            Blocks = [Block.Divider()],
            ReplaceOriginal = true,
            Thread = new SlackTs("1.2"),
        };

        await _trial.PlayAsync(_trial.Api.RespondAsync(At("commands/T1/1/secret"), message, Cancel));

        Assert.Null(_trial.Last.Header("Authorization"));
        var body = JsonDocument.Parse(_trial.Last.Body).RootElement;
        Assert.Equal("Done", body.GetProperty("text").GetString());
        Assert.Equal("ephemeral", body.GetProperty("response_type").GetString());
        Assert.Equal("1.2", body.GetProperty("thread_ts").GetString());
        Assert.True(body.GetProperty("replace_original").GetBoolean());
        Assert.False(body.GetProperty("unfurl_links").GetBoolean());
        Assert.False(body.TryGetProperty("delete_original", out _));
    }

    [Fact]
    public async Task An_answer_that_may_have_arrived_is_not_sent_again()
    {
        _trial.Server.Then(Abort(), Status(500));

        var broken = await _trial.RefusedAsync(_trial.Api.RespondAsync(At("r"), new ResponseMessage(), Cancel));
        var failed = await _trial.RefusedAsync(_trial.Api.RespondAsync(At("r"), new ResponseMessage(), Cancel));

        Assert.True(broken.IsOutcomeUnknown && failed.IsOutcomeUnknown);
        Assert.Equal(2, _trial.Server.Received.Count);
    }

    [Theory]
    [InlineData(404, """{"ok":false,"error":"used_url"}""", SlackErrorKind.ViewGone)]
    [InlineData(404, "<html>secret</html>", SlackErrorKind.Other)]
    [InlineData(200, """{"ok":false,"error":"invalid_blocks"}""", SlackErrorKind.Rendering)]
    public async Task A_refused_answer_says_why_and_not_where(int status, string body, SlackErrorKind kind)
    {
        _trial.Server.Then(Json(body, status));

        var error = await _trial.RefusedAsync(
            _trial.Api.RespondAsync(At("secret-path"), new ResponseMessage(), Cancel)
        );

        Assert.Equal(kind, error.Kind);
        Assert.False(error.IsOutcomeUnknown);
        Assert.DoesNotContain("secret", error.ToString());
    }

    private Uri At(string path) => new(_trial.Server.Url, "/" + path);
}
