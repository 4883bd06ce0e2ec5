using System.Globalization;
using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeDiscord.Routes;

namespace NewsBot.Tests.Discord.FakeDiscord;

public sealed class FakeGuildTests
{
    [Fact]
    public async Task The_stock_has_the_channels_roles_and_people_to_try_a_bot_with()
    {
        await using var caller = await Caller.StartAsync();

        var guild = caller.Server.State.GuildCreate(caller.Server.GuildId);

        var types = guild["channels"]!.AsArray().Select(one => (int)one!["type"]!).ToList();
        Assert.All([0, 2, 4, 5, 15], type => Assert.Contains(type, types));
        Assert.Contains(guild["roles"]!.AsArray(), one => one!["name"]!.ToString() == "newsroom");
        Assert.Equal(9, caller.Server.Humans().Count);
        Assert.Equal(10, (int)guild["member_count"]!);
    }

    [Fact]
    public async Task A_channel_closed_to_the_bot_is_missing_access_and_tells_it_nothing()
    {
        await using var caller = await Caller.StartAsync();
        caller.Server.Driver.SetPermissions(caller.Text, allow: 0, deny: 1UL << 10);
        caller.Told.Clear();

        await caller.Server.Human("Kofi").SayAsync(caller.Text, "a", null, TestContext.Current.CancellationToken);
        var answer = await caller.BotAsync("GET", $"/channels/{caller.Text}");
        caller.Server.Driver.SetPermissions(caller.Text, allow: 0, deny: 0);

        Assert.Equal((403, 50001), (answer.Status, answer.Code));
        Assert.Equal(["CHANNEL_UPDATE", "THREAD_LIST_SYNC"], caller.Told.Select(one => one.Event));
    }

    [Fact]
    public async Task A_bot_that_may_not_write_is_missing_permissions()
    {
        await using var caller = await Caller.StartAsync();
        caller.Server.Driver.SetPermissions(caller.Text, allow: 0, deny: 1UL << 11);

        var answer = await caller.BotAsync(
            "POST",
            $"/channels/{caller.Text}/messages",
            new JsonObject { ["content"] = "a" }
        );

        Assert.Equal((403, 50013), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task An_outage_is_not_a_removal()
    {
        await using var caller = await Caller.StartAsync();

        caller.Server.Driver.SetOutage(true);
        caller.Server.Driver.SetOutage(false);
        caller.Server.Driver.RemoveBot();
        var gone = await caller.BotAsync("GET", $"/channels/{caller.Text}");
        caller.Server.Driver.InviteBot();

        Assert.Equal(
            ["GUILD_DELETE", "GUILD_CREATE", "GUILD_DELETE", "GUILD_CREATE"],
            caller.Told.Select(one => one.Event)
        );
        Assert.Equal("true", caller.Told[0].Data["unavailable"]!.ToString());
        Assert.False(caller.Told[2].Data.ContainsKey("unavailable"));
        Assert.Equal(50001, gone.Code);
    }

    [Fact]
    public async Task Banned_and_silenced_people_do_not_write()
    {
        await using var caller = await Caller.StartAsync();
        caller.Server.Driver.Ban("Tomasz");
        caller.Server.Driver.TimeOut("Kofi", TimeSpan.FromMinutes(5));

        var banned = await Refused("Tomasz");
        var silenced = await Refused("Kofi");
        caller.Time.Advance(TimeSpan.FromMinutes(6));
        var later = await caller
            .Server.Human("Kofi")
            .SayAsync(caller.Text, "a", null, TestContext.Current.CancellationToken);

        Assert.Equal([50001, 50013], [banned.Code, silenced.Code]);
        Assert.NotEqual(0UL, later);
        Assert.Contains(caller.Told, one => one is { Event: "GUILD_BAN_ADD", Intent: 1 << 2 });

        Task<FakeApiException> Refused(string name) =>
            Assert.ThrowsAsync<FakeApiException>(() =>
                caller.Server.Human(name).SayAsync(caller.Text, "a", null, TestContext.Current.CancellationToken)
            );
    }

    [Fact]
    public async Task Reactions_are_told_counted_and_listed()
    {
        await using var caller = await Caller.StartAsync();
        var card = await caller.SayAsync(caller.Text);
        var token = TestContext.Current.CancellationToken;
        caller.Told.Clear();

        await caller.Server.Human("Kofi").ReactAsync(caller.Text, card, "👍", token);
        await caller.Server.Human("saga_w").ReactAsync(caller.Text, card, "👍", token);
        await caller.Server.Human("Kofi").UnreactAsync(caller.Text, card, "👍", token);
        var message = await caller.BotAsync("GET", $"/channels/{caller.Text}/messages/{card}");
        var who = await caller.BotAsync("GET", $"/channels/{caller.Text}/messages/{card}/reactions/%F0%9F%91%8D");
        var none = await caller.BotAsync("PUT", $"/channels/{caller.Text}/messages/{card}/reactions/thumb/@me");

        Assert.Equal(
            ["MESSAGE_REACTION_ADD", "MESSAGE_REACTION_ADD", "MESSAGE_REACTION_REMOVE"],
            caller.Told.Select(one => one.Event)
        );
        Assert.Equal("1", message.Body!["reactions"]![0]!["count"]!.ToString());
        Assert.Equal("saga_w", who.Body![0]!["username"]!.ToString());
        Assert.Equal(10014, none.Code);
    }

    [Fact]
    public async Task A_direct_message_comes_to_its_inbox_unless_refused()
    {
        await using var caller = await Caller.StartAsync();
        var saga = caller.Server.Human("saga_w");
        var channel = await caller.BotAsync(
            "POST",
            "/users/@me/channels",
            new JsonObject { ["recipient_id"] = $"{saga.Id}" }
        );

        await caller.SayAsync(channel.Id, "Psst");
        caller.Server.Driver.SetRefusesDirectMessages("saga_w", true);
        var refused = await caller.BotAsync(
            "POST",
            $"/channels/{channel.Id}/messages",
            new JsonObject { ["content"] = "a" }
        );

        var inbox = await caller.AskAsync("GET", "/_fake/humans/saga_w/inbox");
        Assert.Equal("Psst", Assert.Single(inbox.Body!.AsArray())!["message"]!["content"]!.ToString());
        Assert.Null(Assert.Single(caller.Told).GuildId);
        Assert.Equal(50007, refused.Code);
    }

    [Fact]
    public async Task Signing_in_leads_to_the_user()
    {
        await using var caller = await Caller.StartAsync();
        var back = "https://news.example/signed-in";
        var query =
            $"client_id={caller.Server.ApplicationId}&response_type=code&scope=identify&state=s1&user=Kofi&redirect_uri={Uri.EscapeDataString(back)}";

        var authorised = await caller.AskAsync("GET", "/oauth2/authorize?" + query);
        var code = authorised.Headers["Location"].Split("code=")[1].Split('&')[0];
        var token = await caller.SendFormAsync(
            "/oauth2/token",
            new()
            {
                ["client_id"] = $"{caller.Server.ApplicationId}",
                ["client_secret"] = caller.Server.ClientSecret,
                ["grant_type"] = "authorization_code",
                ["code"] = code,
                ["redirect_uri"] = back,
            }
        );
        var user = await caller.AskAsync("GET", "/users/@me", null, "Bearer " + token["access_token"]);

        Assert.Equal(302, authorised.Status);
        Assert.EndsWith("&state=s1", authorised.Headers["Location"], StringComparison.Ordinal);
        Assert.Equal("Kofi", user["username"]);
    }

    [Fact]
    public async Task A_restart_keeps_everything()
    {
        var file = Path.Combine(Path.GetTempPath(), $"fake-discord-{Environment.ProcessId}.json");
        ulong id;
        ulong more;
        string token;
        try
        {
            await using (var before = await Caller.StartAsync(options => options.DataFile = file))
            {
                token = before.Server.BotToken;
                id = await before.SayAsync(before.Text);
                more = before.Server.Driver.AddGuild("Another", 2, 2);
            }

            await using var after = await Caller.StartAsync(options => options.DataFile = file);
            var found = await after.BotAsync("GET", $"/channels/{after.Text}/messages/{id}");
            var next = await after.SayAsync(after.Text);

            Assert.Equal(token, after.Server.BotToken);
            Assert.Equal("A card", found["content"]);
            Assert.True(next > id);
            Assert.Equal(4, after.Server.State.GuildCreate(more)["threads"]!.AsArray().Count);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task The_state_shows_messages_pings_and_statistics()
    {
        await using var caller = await Caller.StartAsync();
        await caller.SayAsync(caller.Text, $"<@{caller.Server.Human("Kofi").Id}>");

        var state = (await caller.AskAsync("GET", "/_fake/state")).Body!;

        var channel = state["channels"]!.AsArray().Single(one => one!["id"]!.ToString() == Text(caller.Text))!;
        Assert.Single(channel["messages"]!.AsArray());
        Assert.Equal("user", Assert.Single(state["pings"]!.AsArray())!["kind"]!.ToString());
        Assert.Equal(1, (int)state["statistics"]!["requests"]!["POST /channels/{channel}/messages"]!);
        Assert.NotNull(state["gateway"]!["sessions"]);
    }

    private static string Text(ulong id) => id.ToString(CultureInfo.InvariantCulture);
}
