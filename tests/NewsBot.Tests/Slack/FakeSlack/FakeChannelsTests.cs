using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeSlack;

namespace NewsBot.Tests.Slack.FakeSlack;

public sealed class FakeChannelsTests
{
    [Fact]
    public async Task A_bot_joins_public_channels_by_itself_and_no_others()
    {
        await using var caller = await Caller.StartAsync();
        var open = caller.Server.Driver.AddChannel("open");
        var closed = caller.Server.Driver.AddChannel("closed", isPrivate: true);

        var joined = await JoinAsync(caller, open);
        var again = await JoinAsync(caller, open);
        var codes = new[]
        {
            (await JoinAsync(caller, closed)).Error,
            (await JoinAsync(caller, caller.Server.Channels.Private)).Error,
            (await JoinAsync(caller, caller.Server.Channels.Archived)).Error,
        };

        Assert.Equal("true", joined.Body["channel"]!["is_member"]!.ToString());
        Assert.Equal("already_in_channel", again["warning"]);
        Assert.Equal(["channel_not_found", "method_not_supported_for_channel_type", "is_archived"], codes);
        Assert.Equal(open, Assert.Single(caller.Events("member_joined_channel"))["channel"]!.ToString());
    }

    [Fact]
    public async Task Changes_of_a_channel_are_told()
    {
        await using var caller = await Caller.StartAsync();
        var driver = caller.Server.Driver;

        driver.Rename(caller.News, "headlines");
        driver.Convert(caller.News, isPrivate: true);
        driver.Convert(caller.News, isPrivate: false);
        driver.Kick(caller.News);
        driver.Invite(caller.News);
        driver.SetArchived(caller.News);
        driver.SetArchived(caller.News, archived: false);
        var after = await caller.BotAsync(
            "chat.postMessage",
            new JsonObject { ["channel"] = caller.News, ["text"] = "a" }
        );

        Assert.Equal("headlines", caller.Events("channel_rename").Single()["channel"]!["name"]!.ToString());
        Assert.Equal(
            ["channel_name", "channel_convert_to_private", "channel_convert_to_public", "channel_join"],
            caller.Events("message").Select(one => one["subtype"]!.ToString())
        );
        Assert.Single(caller.Events("channel_left"));
        Assert.Single(caller.Events("channel_archive"));
        Assert.Single(caller.Events("channel_unarchive"));
        Assert.Equal("not_in_channel", after.Error);
    }

    [Fact]
    public async Task A_channel_keeps_its_messages_under_another_id()
    {
        await using var caller = await Caller.StartAsync();
        var ts = await caller.SayAsync();

        var fresh = caller.Server.Driver.ChangeId(caller.News);
        var old = await caller.BotAsync("conversations.info", new JsonObject { ["channel"] = caller.News });
        var history = await caller.HistoryAsync(new JsonObject { ["channel"] = fresh });

        var told = caller.Events("channel_id_changed").Single();
        Assert.Equal((caller.News, fresh), (told["old_channel_id"]!.ToString(), told["new_channel_id"]!.ToString()));
        Assert.Equal("channel_not_found", old.Error);
        Assert.Equal(ts, history[0]!["ts"]!.ToString());
    }

    [Fact]
    public async Task A_shared_channel_shows_its_guests_as_strangers_and_tells_each_thing_once()
    {
        await using var caller = await Caller.StartAsync();
        var team = caller.Server.Driver.AddWorkspace("Lighthouse", "keeper", install: true);
        var shared = caller.Server.Driver.AddSharedChannel("shared", team);
        caller.Told.Clear();
        var keeper = caller.Server.Human("keeper");

        await keeper.SayAsync(shared, "From outside", cancellationToken: TestContext.Current.CancellationToken);
        var info = await caller.BotAsync("conversations.info", new JsonObject { ["channel"] = shared });
        var user = await caller.BotAsync("users.info", new JsonObject { ["user"] = keeper.Id });

        var told = Assert.Single(caller.Told);
        Assert.Equal("true", told.Payload["is_ext_shared_channel"]!.ToString());
        Assert.Equal(team, told.Payload["event"]!["user_team"]!.ToString());
        Assert.Equal("true", info.Body["channel"]!["is_ext_shared"]!.ToString());
        Assert.Equal("true", user.Body["user"]!["is_stranger"]!.ToString());
        Assert.Null(user.Body["user"]!["tz"]);
    }

    [Fact]
    public async Task Reactions_are_set_once_and_told()
    {
        await using var caller = await Caller.StartAsync();
        var ts = await caller.SayAsync();
        var eyes = new JsonObject
        {
            ["channel"] = caller.News,
            ["timestamp"] = ts,
            ["name"] = "eyes",
        };

        var first = await caller.BotAsync("reactions.add", eyes);
        var second = await caller.BotAsync("reactions.add", eyes);
        await caller.Server.Human("Kofi").ReactAsync(caller.News, ts, "eyes", TestContext.Current.CancellationToken);
        var shown = await caller.BotAsync("reactions.get", eyes);
        await caller.BotAsync("reactions.remove", eyes);
        var gone = await caller.BotAsync("reactions.remove", eyes);

        Assert.Equal((null, "already_reacted", "no_reaction"), (first.Error, second.Error, gone.Error));
        Assert.Equal("2", shown.Body["message"]!["reactions"]![0]!["count"]!.ToString());
        Assert.Equal(2, caller.Events("reaction_added").Count);
        Assert.Equal(caller.Server.BotUserId, caller.Events("reaction_removed").Single()["user"]!.ToString());
    }

    [Fact]
    public async Task All_of_it_is_there_after_a_restart()
    {
        var file = Path.Combine(
            Path.GetTempPath(),
            $"fake-slack-{Guid.CreateVersion7(TimeProvider.System.GetUtcNow())}"
        );
        try
        {
            string ts;
            await using (var before = await Caller.StartAsync(options => options.DataFile = file))
            {
                ts = await before.SayAsync();
                await before.KofiAsync("A reply", ts);
                await before.KofiAsync("Last");
            }

            await using var after = await Caller.StartAsync(options => options.DataFile = file);
            var thread = await after.BotAsync(
                "conversations.replies",
                new JsonObject { ["channel"] = after.News, ["ts"] = ts }
            );

            Assert.Equal(2, thread.Body["messages"]!.AsArray().Count);
            Assert.True(string.CompareOrdinal(await after.SayAsync(), ts) > 0);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task The_program_says_where_everything_is()
    {
        await using var server = await FakeSlackServer.StartAsync(
            new FakeSlackOptions(),
            TestContext.Current.CancellationToken
        );

        var line = server.Describe();

        Assert.EndsWith("/api/", line["apiBaseUrl"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal(9, line["humans"]!.AsArray().Count);
        Assert.Equal(
            [server.Channels.Public, server.Channels.Private, server.Channels.Archived],
            line["channelIds"]!.AsObject().Select(one => one.Value!.ToString())
        );
        Assert.StartsWith("xoxb-", line["botToken"]!.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("xapp-", line["appToken"]!.ToString(), StringComparison.Ordinal);
    }

    private static Task<Answer> JoinAsync(Caller caller, string channel) =>
        caller.BotAsync("conversations.join", new JsonObject { ["channel"] = channel });
}
