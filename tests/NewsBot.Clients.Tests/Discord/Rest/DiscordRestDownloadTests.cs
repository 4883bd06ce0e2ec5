using NewsBot.Clients.Discord.Rest;
using NewsBot.Clients.Tests.Http;
using static NewsBot.Clients.Tests.Http.ScriptedServer;

namespace NewsBot.Clients.Tests.Discord.Rest;

public sealed class DiscordRestDownloadTests : IAsyncLifetime
{
    private RestTrial _trial = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DiscordRest Rest => _trial.Rest;

    private ReceivedCall Last => _trial.Server.Received.Last();

    public async ValueTask InitializeAsync() => _trial = await RestTrial.StartAsync();

    public ValueTask DisposeAsync() => _trial.DisposeAsync();

    [Fact]
    public async Task A_file_is_downloaded_without_saying_who_asks()
    {
        _trial.Server.Then(Text("file", "text/plain"));

        var bytes = await _trial.PlayAsync(Rest.DownloadAsync(new Uri(_trial.Server.Url, "/attachments/1"), 4, Cancel));

        Assert.Equal("file"u8.ToArray(), bytes.ToArray());
        Assert.Null(Last.Header("Authorization"));
    }

    [Fact]
    public async Task A_file_that_is_larger_or_moved_or_gone_is_refused()
    {
        _trial.Server.Then(Text("files", "text/plain"), Status(302, ("Location", "/x")), Status(404));
        var url = new Uri(_trial.Server.Url, "/attachments/1");

        for (var call = 0; call < 3; call++)
        {
            await _trial.RefusedAsync(Rest.DownloadAsync(url, 4, Cancel));
        }

        Assert.Equal(3, _trial.Server.Received.Count);
    }

    [Theory]
    [InlineData("http://cdn.discordapp.com/a")]
    [InlineData("https://cdn.discordapp.com:8443/a")]
    [InlineData("https://cdn.discordapp.com.example/a")]
    [InlineData("https://user@cdn.discordapp.com/a")]
    [InlineData("https://example.org/a")]
    [InlineData("http://127.0.0.1:1/a")]
    [InlineData("file:///a")]
    public async Task Files_of_other_hosts_are_not_downloaded(string url)
    {
        var error = await _trial.RefusedAsync(Rest.DownloadAsync(new Uri(url), 100, Cancel));

        Assert.Contains("Discord's own servers", error.Message);
    }
}
