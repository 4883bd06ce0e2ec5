using System.Net;
using Microsoft.Extensions.DependencyInjection;
using NewsBot.Chat.Slack;
using NewsBot.Testing.Newsrooms;
using NewsBot.Testing.Servers.FakeSlack;

namespace NewsBot.Tests.Slack.Listening;

/// <summary>Workspaces that install the app by themselves.</summary>
public sealed class SlackInstallTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_workspace_installs_the_app_and_its_token_is_kept_encrypted()
    {
        await using var room = await StartAsync();
        using var browser = new Browser(room);

        using var answer = await browser.InstallAsync();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("/news add", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        var kept = await room.Newsroom.WordAsync("SELECT token FROM slack_install");
        Assert.DoesNotContain("xox", kept, StringComparison.Ordinal);
        Assert.Equal("1", await room.Newsroom.WordAsync("SELECT COUNT(*) FROM workspace WHERE platform = 'slack'"));

        await room.Newsroom.RestartAsync();
        await room.ConnectedAsync();
        var installs = room.Newsroom.Services.GetRequiredService<SlackInstalls>();
        var api = await installs.ForTeamAsync(room.Slack.TeamId, Token);
        Assert.Equal(room.Slack.TeamId, (await api!.TestAuthAsync(Token)).TeamId);
    }

    [Fact]
    public async Task An_app_of_one_workspace_is_installed_by_no_other_and_says_why()
    {
        await using var room = await StartAsync(token: null);

        using var answer = await room.Newsroom.Http.GetAsync(new Uri("/slack/install", UriKind.Relative), Token);
        using var end = await room.Newsroom.Http.GetAsync(new Uri("/slack/oauth?code=1", UriKind.Relative), Token);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("Chat:Slack:BotToken", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, end.StatusCode);
    }

    [Fact]
    public async Task The_address_of_a_workspace_is_known_again_after_a_restart()
    {
        await using var room = await StartAsync();
        using var browser = new Browser(room);
        (await browser.InstallAsync()).Dispose();

        await room.Newsroom.RestartAsync();
        await room.ConnectedAsync();

        var installs = room.Newsroom.Services.GetRequiredService<SlackInstalls>();
        var install = await installs.FindAsync(room.Slack.TeamId, Token);
        Assert.Equal("https://the-harbour.slack.com/", install!.Url);
        Assert.Equal(
            "https://the-harbour.slack.com/",
            await room.Newsroom.WordAsync("SELECT url FROM workspace WHERE platform = 'slack'")
        );
    }

    [Fact]
    public async Task An_installation_that_began_elsewhere_is_refused_in_words()
    {
        await using var room = await StartAsync();
        using var victim = new Browser(room);
        using var attacker = new Browser(room);
        var link = await attacker.BeginAsync();

        using var answer = await victim.EndAsync(link);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("did not begin here", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal("0", await room.Newsroom.WordAsync("SELECT COUNT(*) FROM slack_install"));
    }

    [Fact]
    public async Task Who_declines_is_told_that_nothing_was_changed()
    {
        await using var room = await StartAsync();
        using var browser = new Browser(room);
        var link = await browser.BeginAsync();
        var state = System.Web.HttpUtility.ParseQueryString(link.Query)["state"];

        using var answer = await browser.GetAsync(
            $"/slack/oauth?error=access_denied&state={Uri.EscapeDataString(state!)}"
        );

        Assert.Contains("You declined", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_that_is_wrong_is_refused_in_words()
    {
        await using var room = await StartAsync();
        using var browser = new Browser(room);
        var link = await browser.BeginAsync();
        var state = System.Web.HttpUtility.ParseQueryString(link.Query)["state"];

        using var answer = await browser.GetAsync($"/slack/oauth?code=wrong&state={Uri.EscapeDataString(state!)}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("too old", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_ends_is_renewed_before_it_does()
    {
        await using var room = await StartAsync(rotates: true);
        using var browser = new Browser(room);
        using var answer = await browser.InstallAsync();
        var installs = room.Newsroom.Services.GetRequiredService<SlackInstalls>();
        var before = await room.Newsroom.WordAsync("SELECT refresh_token FROM slack_install");
        Assert.NotNull(before);
        await room.Newsroom.RunAsync("UPDATE slack_install SET expires_at = 1");

        await room.Newsroom.RestartAsync();

        await RunningNewsroom.UntilAsync(async () =>
            await room.Newsroom.WordAsync("SELECT refresh_token FROM slack_install") != before ? "renewed" : null
        );
        installs = room.Newsroom.Services.GetRequiredService<SlackInstalls>();
        var api = await installs.ForTeamAsync(room.Slack.TeamId, Token);
        Assert.Equal(room.Slack.TeamId, (await api!.TestAuthAsync(Token)).TeamId);
    }

    [Fact]
    public async Task A_workspace_that_removed_the_app_and_installs_it_anew_is_shown_again()
    {
        await using var room = await StartAsync();
        using var browser = new Browser(room);
        (await browser.InstallAsync()).Dispose();

        room.Slack.Driver.RemoveApp();
        await room.Newsroom.UntilAsync("SELECT COUNT(*) FROM workspace WHERE removed_at IS NOT NULL", 1);
        Assert.Equal("0", await room.Newsroom.WordAsync("SELECT COUNT(*) FROM slack_install WHERE token IS NOT NULL"));
        (await browser.InstallAsync()).Dispose();

        await room.Newsroom.UntilAsync(
            "SELECT COUNT(*) FROM workspace WHERE removed_at IS NULL AND platform = 'slack'",
            1
        );
        var installs = room.Newsroom.Services.GetRequiredService<SlackInstalls>();
        Assert.NotNull(await installs.ForTeamAsync(room.Slack.TeamId, Token));
    }

    /// <param name="rotates">Whether tokens end and are renewed.</param>
    /// <param name="token">The token of the settings; null for the one that the emulator gives out.</param>
    private static async Task<SlackNewsroom> StartAsync(bool rotates = false, string? token = "")
    {
        var options = new FakeSlackOptions { Limits = FakeLimits.Unlimited(), TokenRotation = rotates };
        await using var twin = await FakeSlackServer.StartAsync(options, Token);
        return await SlackNewsroom.StartAsync(
            options,
            [
                .. token is null ? Array.Empty<string>() : [$"--Chat:Slack:BotToken={token}"],
                $"--Chat:Slack:ClientId={twin.ClientId}",
                $"--Chat:Slack:ClientSecret={twin.ClientSecret}",
            ]
        );
    }

    /// <summary>Keeps cookies, follows nothing by itself.</summary>
    private sealed class Browser(SlackNewsroom room) : IDisposable
    {
        private readonly HttpClient _http = new(
            new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }
        );

        public async Task<HttpResponseMessage> InstallAsync() => await EndAsync(await BeginAsync());

        /// <returns>Slack's page that asks for leave.</returns>
        public async Task<Uri> BeginAsync()
        {
            using var answer = await GetAsync("/slack/install");
            Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
            return answer.Headers.Location!;
        }

        /// <summary>Gives leave, and goes where Slack leads: without an address of ours it only says the code.</summary>
        public async Task<HttpResponseMessage> EndAsync(Uri link)
        {
            var code = await _http.GetStringAsync(new Uri(link.AbsoluteUri + "&user=owner"), Token);
            var state = System.Web.HttpUtility.ParseQueryString(link.Query)["state"];
            return await GetAsync(
                $"/slack/oauth?code={Uri.EscapeDataString(code)}&state={Uri.EscapeDataString(state!)}"
            );
        }

        public Task<HttpResponseMessage> GetAsync(string path) =>
            _http.GetAsync(new Uri(room.Newsroom.Http.BaseAddress!, path), Token);

        public void Dispose() => _http.Dispose();
    }
}
