using NewsBot.Clients.Slack;
using NewsBot.Clients.Slack.WebApi;
using NewsBot.Clients.Tests.Http;
using static NewsBot.Clients.Tests.Http.ScriptedServer;

namespace NewsBot.Clients.Tests.Slack.WebApi;

public sealed class SlackWebApiFailureTests : IAsyncLifetime
{
    private const string Posted = """{"ok":true,"channel":"C1","ts":"1700000000.000100"}""";

    private static readonly SlackTs Note = new("1700000000.000100");
    private static readonly NewMessage Hello = new() { Text = "Hello, secret words" };

    private WebTrial _trial = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _trial = await WebTrial.StartAsync();

    public ValueTask DisposeAsync() => _trial.DisposeAsync();

    public static TheoryData<string> Outages =>
        ["500", "503", "abort", "page", "array", "nothing", "cut", "fatal_error", "internal_error", "request_timeout"];

    [Theory]
    [MemberData(nameof(Outages))]
    public async Task A_post_is_never_tried_again_where_it_may_have_been_done(string outage)
    {
        _trial.Server.Then(Answer(outage));

        var error = await _trial.RefusedAsync(_trial.Api.PostMessageAsync("C1", Hello, Cancel));

        Assert.True(error.IsOutcomeUnknown);
        Assert.Single(_trial.Server.Received);
        Assert.DoesNotContain("secret", error.ToString());
    }

    [Theory]
    [MemberData(nameof(Outages))]
    public async Task What_cannot_happen_twice_is_tried_again(string outage)
    {
        _trial.Server.Otherwise = Json(Posted);

        _trial.Server.Then(Answer(outage), Answer(outage), Answer(outage));
        await _trial.PlayAsync(_trial.Api.UpdateMessageAsync("C1", Note, Hello, Cancel));
        _trial.Server.Then(Answer(outage));
        await _trial.PlayAsync(_trial.Api.DeleteMessageAsync("C1", Note, Cancel));
        _trial.Server.Then(Answer(outage));
        await _trial.PlayAsync(_trial.Api.GetHistoryAsync(new HistoryQuery("C1"), Cancel));

        Assert.Equal(4 + 2 + 2, _trial.Server.Received.Count);
    }

    [Fact]
    public async Task What_is_good_once_only_is_not_tried_again()
    {
        _trial.Server.Otherwise = Status(502);
        var app = new SlackApp("1", "s");

        var errors = new[]
        {
            await _trial.RefusedAsync(_trial.Api.OpenViewAsync("t", new(), Cancel)),
            await _trial.RefusedAsync(_trial.Api.PushViewAsync("t", new(), Cancel)),
            await _trial.RefusedAsync(_trial.Api.UpdateViewAsync("V1", "hash", new(), Cancel)),
            await _trial.RefusedAsync(_trial.Api.PostEphemeralAsync("C1", "U1", Hello, Cancel)),
            await _trial.RefusedAsync(_trial.Api.ExchangeCodeAsync(app, "code", null, Cancel)),
            await _trial.RefusedAsync(_trial.Api.RefreshAsync(app, "refresh", Cancel)),
            await _trial.RefusedAsync(_trial.Api.RespondAsync(_trial.Server.Url, new ResponseMessage(), Cancel)),
        };

        Assert.All(errors, error => Assert.True(error.IsOutcomeUnknown));
        Assert.Equal(errors.Length, _trial.Server.Received.Count);
    }

    [Fact]
    public async Task A_server_that_stays_broken_is_given_up_after_three_more_tries()
    {
        _trial.Server.Otherwise = Status(503);

        var error = await _trial.RefusedAsync(_trial.Api.GetUserAsync("U1", Cancel));

        Assert.False(error.IsOutcomeUnknown);
        Assert.Equal(503, (int?)error.Status);
        Assert.Equal(4, _trial.Server.Received.Count);
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_leaves_no_doubt()
    {
        await _trial.Server.DisposeAsync();

        var error = await _trial.RefusedAsync(_trial.Api.PostMessageAsync("C1", Hello, Cancel));

        Assert.False(error.IsOutcomeUnknown);
        Assert.Null(error.Status);
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_given_up_in_time()
    {
        await using var hasty = await WebTrial.StartAsync(options =>
            options with
            {
                Timeout = TimeSpan.FromSeconds(5),
            }
        );
        hasty.Server.Otherwise = Hang();

        var call = hasty.Api.PostMessageAsync("C1", Hello, Cancel);
        await PlayedClock.UntilAsync(() => !hasty.Server.Received.IsEmpty);
        hasty.Advance(TimeSpan.FromSeconds(6));
        var error = await Assert.ThrowsAsync<SlackException>(() => call);

        Assert.True(error.IsOutcomeUnknown);
        Assert.Contains("in time", error.Message);
    }

    [Fact]
    public async Task A_refusal_at_200_tells_all_that_Slack_said()
    {
        _trial.Server.Then(
            Json("""{"ok":false,"error":"missing_scope","needed":"groups:read,mpim:read","provided":"chat:write"}"""),
            Json(
                """
                {"ok":false,"error":"invalid_blocks","errors":["failed to match all allowed schemas"],
                 "response_metadata":{"messages":["[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"]}}
                """
            )
        );

        var scope = await _trial.RefusedAsync(_trial.Api.GetConversationAsync("C1", Cancel));
        var blocks = await _trial.RefusedAsync(_trial.Api.PostMessageAsync("C1", Hello, Cancel));

        Assert.Equal(("missing_scope", SlackErrorKind.MissingScope), (scope.Code, scope.Kind));
        Assert.True(scope.IsMissingScope);
        Assert.Equal(("groups:read,mpim:read", "chat:write"), (scope.Needed, scope.Provided));
        Assert.Equal("conversations.info", scope.Method);
        Assert.Contains("groups:read", scope.Message);
        Assert.Equal(SlackErrorKind.Rendering, blocks.Kind);
        Assert.Equal(2, blocks.Messages.Count);
        Assert.Contains("3001 characters", blocks.Message);
        Assert.False(blocks.IsOutcomeUnknown);
    }

    [Theory]
    [InlineData("not_in_channel", SlackErrorKind.NotInChannel)]
    [InlineData("channel_not_found", SlackErrorKind.TargetGone)]
    [InlineData("is_archived", SlackErrorKind.TargetGone)]
    [InlineData("restricted_action", SlackErrorKind.TargetGone)]
    [InlineData("restricted_action_of_tomorrow", SlackErrorKind.TargetGone)]
    [InlineData("restricted_action_thread_locked", SlackErrorKind.MessageGone)]
    [InlineData("ratelimited", SlackErrorKind.RateLimited)]
    [InlineData("message_limit_exceeded", SlackErrorKind.WorkspaceFull)]
    [InlineData("account_inactive", SlackErrorKind.InstallDead)]
    [InlineData("token_expired", SlackErrorKind.TokenExpired)]
    [InlineData("msg_blocks_too_long", SlackErrorKind.Rendering)]
    [InlineData("thread_not_found", SlackErrorKind.MessageGone)]
    [InlineData("cant_update_message", SlackErrorKind.Unchangeable)]
    [InlineData("no_reaction", SlackErrorKind.AlreadySo)]
    [InlineData("fatal_error", SlackErrorKind.Temporary)]
    [InlineData("team_access_not_granted", SlackErrorKind.NotAllowed)]
    [InlineData("hash_conflict", SlackErrorKind.ViewGone)]
    [InlineData("", SlackErrorKind.Other)]
    [InlineData("something_new", SlackErrorKind.Other)]
    public void Errors_are_sorted_by_what_can_be_done(string code, SlackErrorKind kind) =>
        Assert.Equal(kind, new SlackException(null, code, "").Kind);

    [Fact]
    public async Task Neither_pages_nor_tokens_get_into_an_exception()
    {
        _trial.Server.Then(
            Text($"<html>secret words {WebTrial.Token}</html>", "text/html", 400),
            Json($$"""{"ok":false,"error":"odd {{WebTrial.Token}}\n{{new string('x', 1000)}}"}""")
        );

        var page = await _trial.RefusedAsync(_trial.Api.GetConversationAsync("C1", Cancel));
        var odd = await _trial.RefusedAsync(_trial.Api.GetConversationAsync("C1", Cancel));

        Assert.DoesNotContain("secret", page.ToString());
        Assert.DoesNotContain(WebTrial.Token, odd.ToString());
        Assert.Equal(100, odd.Code.Length);
        Assert.DoesNotContain('\n', odd.Message);
    }

    [Fact]
    public async Task A_deletion_whose_first_answer_was_lost_is_done_when_the_message_is_gone()
    {
        _trial.Server.Then(Abort(), Json("""{"ok":false,"error":"message_not_found"}"""));

        await _trial.PlayAsync(_trial.Api.DeleteMessageAsync("C1", Note, Cancel));

        Assert.Equal(2, _trial.Server.Received.Count);
    }

    [Fact]
    public async Task A_deletion_of_what_is_not_there_is_refused()
    {
        _trial.Server.Then(Json("""{"ok":false,"error":"message_not_found"}"""));

        var error = await _trial.RefusedAsync(_trial.Api.DeleteMessageAsync("C1", Note, Cancel));

        Assert.Equal(SlackErrorKind.MessageGone, error.Kind);
    }

    [Theory]
    [InlineData("""{"ok":true}""")]
    [InlineData("""{"ok":true,"ts":null,"channel":"C1"}""")]
    public async Task A_post_whose_answer_does_not_name_it_may_have_been_done(string body)
    {
        _trial.Server.Then(Json(body));

        var error = await _trial.RefusedAsync(_trial.Api.PostMessageAsync("C1", Hello, Cancel));

        Assert.True(error.IsOutcomeUnknown);
        Assert.Single(_trial.Server.Received);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        _trial.Server.Then(Status(302, ("Location", "https://elsewhere.example/")));

        var error = await _trial.RefusedAsync(_trial.Api.GetConversationAsync("C1", Cancel));

        Assert.Contains("redirect", error.Message);
        Assert.Single(_trial.Server.Received);
    }

    [Fact]
    public async Task A_cancelled_call_ends_as_cancelled()
    {
        _trial.Server.Otherwise = Hang();
        using var stop = new CancellationTokenSource();

        var call = _trial.Api.PostMessageAsync("C1", Hello, stop.Token);
        await PlayedClock.UntilAsync(() => !_trial.Server.Received.IsEmpty);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    private static Func<Microsoft.AspNetCore.Http.HttpContext, Task> Answer(string outage) =>
        outage switch
        {
            "abort" => Abort(),
            "page" => Text("<html>secret</html>", "text/html"),
            "array" => Json("[]"),
            "nothing" => Json(""),
            "cut" => Json("""{"ok":tr"""),
            "500" or "503" => Status(int.Parse(outage, System.Globalization.CultureInfo.InvariantCulture)),
            _ => Json($$"""{"ok":false,"error":"{{outage}}"}"""),
        };
}
