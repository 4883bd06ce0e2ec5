using System.Text.Json.Nodes;

namespace NewsBot.Tests.Slack.FakeSlack;

public sealed class FakeAuthTests
{
    [Fact]
    public async Task A_token_says_who_one_is_or_is_refused()
    {
        await using var caller = await Caller.StartAsync();

        var bot = await caller.BotAsync("auth.test");
        var human = await caller.AsAsync(caller.Server.Human("Kofi").Token, "auth.test");
        var codes = new[]
        {
            (await caller.AsAsync("", "auth.test")).Error,
            (await caller.AsAsync("xoxb-wrong", "auth.test")).Error,
            (await caller.AsAsync(caller.Server.AppToken, "auth.test")).Error,
            (await caller.BotAsync("apps.connections.open")).Error,
            (await caller.BotAsync("no.method")).Error,
        };

        Assert.Equal((caller.Server.BotUserId, caller.Server.BotId), (bot["user_id"], bot["bot_id"]));
        Assert.Contains("chat:write", bot.Headers["x-oauth-scopes"], StringComparison.Ordinal);
        Assert.Equal(("Kofi", null), (human["user"], human["bot_id"]));
        Assert.Equal(
            ["not_authed", "invalid_auth", "not_allowed_token_type", "not_allowed_token_type", "unknown_method"],
            codes
        );
    }

    [Fact]
    public async Task A_missing_scope_is_named_with_those_that_are_there()
    {
        await using var caller = await Caller.StartAsync();
        caller.Server.Driver.SetScope("chat:write", granted: false);
        caller.Server.Driver.SetScope("groups:history", granted: false);
        caller.Server.Driver.SetScope("chat:write.customize", granted: false);

        var post = await caller.BotAsync("chat.postMessage", new JsonObject { ["channel"] = caller.News });
        var history = await caller.BotAsync(
            "conversations.history",
            new JsonObject { ["channel"] = caller.Server.Channels.Private }
        );
        caller.Server.Driver.SetScope("chat:write", granted: true);
        var named = await caller.BotAsync(
            "chat.postMessage",
            new JsonObject
            {
                ["channel"] = caller.News,
                ["text"] = "a",
                ["username"] = "somebody",
            }
        );

        Assert.Equal(("missing_scope", "chat:write"), (post.Error, post["needed"]));
        Assert.Contains("channels:read", post["provided"]!, StringComparison.Ordinal);
        Assert.Equal("groups:history", history["needed"]);
        Assert.Equal("chat:write.customize", named["needed"]);
    }

    [Fact]
    public async Task A_revoked_token_is_told_of_and_refused()
    {
        await using var caller = await Caller.StartAsync();
        var old = caller.Server.BotToken;

        caller.Server.Driver.RevokeToken();
        var refused = await caller.BotAsync("auth.test");
        var fresh = caller.Server.Driver.InstallApp();

        Assert.Equal("token_revoked", refused.Error);
        Assert.Equal([caller.Server.BotUserId], Revoked(caller));
        Assert.NotEqual(old, fresh);
        Assert.Null((await caller.BotAsync("auth.test")).Error);
    }

    [Fact]
    public async Task An_app_that_is_removed_hears_it_and_nothing_more()
    {
        await using var caller = await Caller.StartAsync();
        var token = caller.Server.BotToken;

        caller.Server.Driver.RemoveApp();
        await caller.KofiAsync("Unheard");

        Assert.Equal(["tokens_revoked", "app_uninstalled"], caller.Told.Select(one => one.Type));
        Assert.Equal("account_inactive", (await caller.AsAsync(token, "auth.test")).Error);
    }

    [Fact]
    public async Task A_code_gives_one_token_for_the_address_it_was_given_for()
    {
        await using var caller = await Caller.StartAsync();
        var team = caller.Server.Driver.AddWorkspace("Lighthouse", "keeper");
        var code = await AuthoriseAsync(caller, team);
        var wrong = await AuthoriseAsync(caller, team);

        var granted = await AccessAsync(caller, ("code", code), ("redirect_uri", "https://a.example/b"));
        var again = await AccessAsync(caller, ("code", code), ("redirect_uri", "https://a.example/b"));
        var elsewhere = await AccessAsync(caller, ("code", wrong), ("redirect_uri", "https://c.example"));
        var late = await AuthoriseAsync(caller, team);
        caller.Time.Advance(TimeSpan.FromMinutes(11));
        var expired = await AccessAsync(caller, ("code", late), ("redirect_uri", "https://a.example/b"));

        Assert.Equal(team, granted.Body["team"]!["id"]!.ToString());
        Assert.Equal(
            ("invalid_code", "bad_redirect_uri", "code_expired"),
            (again.Error, elsewhere.Error, expired.Error)
        );
        Assert.Equal(team, (await caller.AsAsync(granted["access_token"]!, "auth.test"))["team_id"]);
    }

    [Fact]
    public async Task Rotating_tokens_end_after_twelve_hours_and_are_renewed_once()
    {
        await using var caller = await Caller.StartAsync(options => options.TokenRotation = true);
        var code = await AuthoriseAsync(caller, caller.Server.TeamId, "owner");
        var granted = await AccessAsync(caller, ("code", code), ("redirect_uri", "https://a.example/b"));
        caller.Time.Advance(TimeSpan.FromHours(13));
        var ended = await caller.AsAsync(granted["access_token"]!, "auth.test");

        var refresh = ("refresh_token", granted["refresh_token"]!);
        var renewed = await AccessAsync(caller, ("grant_type", "refresh_token"), refresh);
        var twice = await AccessAsync(caller, ("grant_type", "refresh_token"), refresh);

        Assert.StartsWith("xoxe.xoxb-", granted["access_token"]!, StringComparison.Ordinal);
        Assert.Equal("43200", granted["expires_in"]);
        Assert.Equal("token_expired", ended.Error);
        Assert.Null((await caller.AsAsync(renewed["access_token"]!, "auth.test")).Error);
        Assert.Equal("invalid_refresh_token", twice.Error);
    }

    private static IEnumerable<string> Revoked(Caller caller) =>
        caller.Events("tokens_revoked").Single()["tokens"]!["bot"]!.AsArray().Select(one => one!.ToString());

    private static async Task<string> AuthoriseAsync(Caller caller, string team, string user = "keeper")
    {
        var server = caller.Server;
        var link = new Uri(
            $"{server.AuthorizeUrl}?client_id={server.ClientId}&scope=chat:write&redirect_uri=https://a.example/b&user={user}&team={team}&state=s"
        );
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
        using var response = await http.GetAsync(link, TestContext.Current.CancellationToken);
        var back = response.Headers.Location!.Query;
        Assert.EndsWith("&state=s", back, StringComparison.Ordinal);
        return back["?code=".Length..back.IndexOf('&', StringComparison.Ordinal)];
    }

    private static Task<Answer> AccessAsync(Caller caller, params (string Name, string Value)[] fields)
    {
        var form = new JsonObject
        {
            ["client_id"] = caller.Server.ClientId,
            ["client_secret"] = caller.Server.ClientSecret,
        };
        foreach (var (name, value) in fields)
        {
            form[name] = value;
        }

        return caller.AsAsync("", "oauth.v2.access", form);
    }
}
