using System.Text.Json.Nodes;

namespace NewsBot.Tests.Discord.FakeDiscord;

public sealed class FakeThreadsTests
{
    [Fact]
    public async Task A_thread_of_a_message_has_its_id_and_there_is_one()
    {
        await using var caller = await Caller.StartAsync();
        var card = await caller.SayAsync(caller.Text);
        caller.Told.Clear();

        var thread = await Open(caller, card);
        var again = await Open(caller, card);

        Assert.Equal((201, card), (thread.Status, thread.Id));
        Assert.Equal(160004, again.Code);
        Assert.Equal(["THREAD_CREATE", "MESSAGE_UPDATE", "MESSAGE_CREATE"], caller.Told.Select(one => one.Event));
        Assert.Equal("true", caller.Told[0].Data["newly_created"]!.ToString());
        Assert.Null(caller.Told[1].Data["edited_timestamp"]);
        Assert.Equal("21", caller.Told[2].Data["type"]!.ToString());
    }

    [Fact]
    public async Task A_forum_takes_posts_only_and_its_starter_has_the_id_of_the_post()
    {
        await using var caller = await Caller.StartAsync();
        var forum = caller.Server.Channels.Forum;

        var straight = await caller.BotAsync(
            "POST",
            $"/channels/{forum}/messages",
            new JsonObject { ["content"] = "a" }
        );
        var post = await Post(caller, forum);

        Assert.Equal(40058, straight.Code);
        Assert.Equal(201, post.Status);
        Assert.Equal(post["id"], post.Body!["message"]!["id"]!.ToString());
        Assert.Equal(["THREAD_CREATE", "MESSAGE_CREATE"], caller.Told.Select(one => one.Event));
    }

    [Fact]
    public async Task A_forum_that_wants_tags_refuses_a_post_without()
    {
        await using var caller = await Caller.StartAsync();
        var forum = caller.Server.Channels.Forum;
        caller.Server.Driver.SetRequireTag(forum, true);

        var refused = await Post(caller, forum);
        var tag = (await caller.BotAsync("GET", $"/channels/{forum}")).Body!["available_tags"]![0]!["id"]!.ToString();
        var taken = await Post(caller, forum, tag);
        var unknown = await Post(caller, forum, "1");

        Assert.Equal(40067, refused.Code);
        Assert.Equal(201, taken.Status);
        Assert.Equal("THREAD_TAG_UNKNOWN", unknown.ErrorAt("applied_tags.0"));
    }

    [Fact]
    public async Task A_thread_without_a_type_is_private()
    {
        await using var caller = await Caller.StartAsync();
        caller.Server.Driver.SetBotPermissions(ulong.MaxValue >> 12);

        var thread = await caller.BotAsync(
            "POST",
            $"/channels/{caller.Text}/threads",
            new JsonObject { ["name"] = "Bare" }
        );

        Assert.Equal("12", thread["type"]);
    }

    [Fact]
    public async Task An_archived_thread_refuses_edits_and_reactions_and_opens_when_written_in()
    {
        await using var caller = await Caller.StartAsync();
        var card = await caller.SayAsync(caller.Text);
        var thread = (await Open(caller, card)).Id;
        var message = await caller.SayAsync(thread);
        caller.Server.Driver.SetThread(thread, archived: true);

        var edit = await caller.BotAsync(
            "PATCH",
            $"/channels/{thread}/messages/{message}",
            new JsonObject { ["content"] = "b" }
        );
        var react = await caller.BotAsync("PUT", $"/channels/{thread}/messages/{message}/reactions/%F0%9F%91%8D/@me");
        var locked = await caller.BotAsync("PATCH", $"/channels/{thread}", new JsonObject { ["locked"] = true });
        await caller.SayAsync(thread, "back");
        var now = await caller.BotAsync("GET", $"/channels/{thread}");

        Assert.Equal([50083, 50083, 50083], [edit.Code, react.Code, locked.Code]);
        Assert.Equal("false", now.Body!["thread_metadata"]!["archived"]!.ToString());
    }

    [Fact]
    public async Task A_locked_thread_is_for_those_who_manage_threads()
    {
        await using var caller = await Caller.StartAsync();
        var thread = (await Open(caller, await caller.SayAsync(caller.Text))).Id;
        caller.Server.Driver.SetThread(thread, locked: true);

        var allowed = await caller.BotAsync(
            "POST",
            $"/channels/{thread}/messages",
            new JsonObject { ["content"] = "a" }
        );
        caller.Server.Driver.SetPermissions(caller.Text, allow: 0, deny: 1UL << 34);
        var refused = await caller.BotAsync(
            "POST",
            $"/channels/{thread}/messages",
            new JsonObject { ["content"] = "a" }
        );

        Assert.Equal(200, allowed.Status);
        Assert.Equal(160005, refused.Code);
    }

    [Fact]
    public async Task A_quiet_thread_is_archived_by_itself_and_listed_so()
    {
        await using var caller = await Caller.StartAsync();
        var thread = await Open(caller, await caller.SayAsync(caller.Text));

        caller.Time.Advance(TimeSpan.FromDays(4));
        var active = await caller.BotAsync("GET", $"/guilds/{caller.Server.GuildId}/threads/active");
        var archived = await caller.BotAsync("GET", $"/channels/{caller.Text}/threads/archived/public");

        Assert.Empty(active.Body!["threads"]!.AsArray());
        Assert.Equal(thread["id"], archived.Body!["threads"]![0]!["id"]!.ToString());
        Assert.Contains(caller.Told, one => one.Event == "THREAD_UPDATE");
    }

    [Fact]
    public async Task A_third_rename_in_ten_minutes_is_refused_though_no_header_said_so()
    {
        await using var caller = await Caller.StartAsync();
        var thread = (await Open(caller, await caller.SayAsync(caller.Text))).Id;

        await Rename(caller, thread, "one");
        await Rename(caller, thread, "two");
        var third = await Rename(caller, thread, "three");
        caller.Time.Advance(TimeSpan.FromMinutes(10));
        var later = await Rename(caller, thread, "three");

        Assert.Equal(429, third.Status);
        Assert.NotEqual("0", third.Headers["X-RateLimit-Remaining"]);
        Assert.Equal(200, later.Status);
        Assert.Equal(1, caller.Server.Statistics.Hidden);
        Assert.Equal(0, caller.Server.Statistics.Avoidable);
    }

    [Fact]
    public async Task A_deleted_thread_tells_only_of_itself()
    {
        await using var caller = await Caller.StartAsync();
        var thread = (await Open(caller, await caller.SayAsync(caller.Text))).Id;
        caller.Told.Clear();

        caller.Server.Driver.DeleteChannel(thread);

        var told = Assert.Single(caller.Told);
        Assert.Equal("THREAD_DELETE", told.Event);
        Assert.Equal(["id", "guild_id", "parent_id", "type"], told.Data.Select(field => field.Key));
        Assert.Equal(10003, (await caller.BotAsync("GET", $"/channels/{thread}")).Code);
    }

    private static Task<Answer> Open(Caller caller, ulong card) =>
        caller.BotAsync(
            "POST",
            $"/channels/{caller.Text}/messages/{card}/threads",
            new JsonObject { ["name"] = "Talk" }
        );

    private static Task<Answer> Post(Caller caller, ulong forum, params string[] tags) =>
        caller.BotAsync(
            "POST",
            $"/channels/{forum}/threads",
            new JsonObject
            {
                ["name"] = "A story",
                ["message"] = new JsonObject { ["content"] = "a" },
                ["applied_tags"] = new JsonArray([.. tags.Select(tag => (JsonNode)tag)]),
            }
        );

    private static Task<Answer> Rename(Caller caller, ulong thread, string name) =>
        caller.BotAsync("PATCH", $"/channels/{thread}", new JsonObject { ["name"] = name });
}
