using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeSlack.Methods;

namespace NewsBot.Tests.Slack.FakeSlack;

public sealed class FakeMessagesTests
{
    private static readonly JsonArray Card =
    [
        new JsonObject
        {
            ["type"] = "section",
            ["text"] = new JsonObject { ["type"] = "mrkdwn", ["text"] = "*A card*" },
        },
    ];

    [Fact]
    public async Task A_message_is_told_of_before_its_answer_comes()
    {
        await using var caller = await Caller.StartAsync();

        var answer = await caller.BotAsync("chat.postMessage", Post(caller, "Fish & <ships> https://a.example/1."));

        var told = Assert.Single(caller.Events("message"));
        Assert.Equal(answer["ts"], told["ts"]!.ToString());
        Assert.Equal(caller.Server.BotId, told["bot_id"]!.ToString());
        Assert.Equal("channel", told["channel_type"]!.ToString());
        Assert.Equal("Fish &amp; &lt;ships&gt; <https://a.example/1>.", answer.Body["message"]!["text"]!.ToString());
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task Own_posts_come_back_as_bot_message_or_not(bool? wish, bool first)
    {
        await using var caller = await Caller.StartAsync(options => options.SelfAsBotMessage = wish);
        caller.Time.Advance(TimeSpan.FromSeconds(10));

        await caller.SayAsync();
        await caller.SayAsync();

        var subtypes = caller.Events("message").Select(one => one["subtype"]?.ToString() == "bot_message");
        Assert.Equal(wish is null ? [first, !first] : [first, first], subtypes);
    }

    [Fact]
    public async Task Channels_refuse_whoever_does_not_belong_there()
    {
        await using var caller = await Caller.StartAsync();
        var open = caller.Server.Driver.AddChannel("open");
        var closed = caller.Server.Driver.AddChannel("closed", isPrivate: true);
        caller.Server.Driver.RefusePosts(caller.Server.Channels.Private, "restricted_action");
        var channels = new[] { open, closed, caller.Server.Channels.Archived, caller.Server.Channels.Private, "C404" };

        var codes = new List<string?>();
        foreach (var channel in channels)
        {
            codes.Add((await caller.BotAsync("chat.postMessage", Post(caller, "a", channel))).Error);
        }

        Assert.Equal(
            ["not_in_channel", "channel_not_found", "is_archived", "restricted_action", "channel_not_found"],
            codes
        );
    }

    [Fact]
    public async Task A_long_text_is_cut_when_posted_and_refused_when_changed()
    {
        await using var caller = await Caller.StartAsync();

        var posted = await caller.BotAsync("chat.postMessage", Post(caller, new string('a', 50_000)));
        var change = Post(caller, new string('a', 4001));
        change["ts"] = posted["ts"];
        var changed = await caller.BotAsync("chat.update", change);
        var empty = await caller.BotAsync("chat.postMessage", Post(caller, ""));

        Assert.Equal(40_000, posted.Body["message"]!["text"]!.ToString().Length);
        Assert.Equal("msg_too_long", changed.Error);
        Assert.Equal("no_text", empty.Error);
    }

    [Fact]
    public async Task A_change_of_the_text_alone_takes_the_blocks_away_and_leaves_the_metadata()
    {
        await using var caller = await Caller.StartAsync();
        var post = Post(caller, "A card");
        post["blocks"] = Card.DeepClone();
        post["metadata"] = new JsonObject
        {
            ["event_type"] = "card",
            ["event_payload"] = new JsonObject { ["key"] = "1" },
        };
        var ts = (await caller.JsonAsync("chat.postMessage", post))["ts"];
        var edit = Post(caller, "Corrected");
        edit["ts"] = ts;

        await caller.BotAsync("chat.update", edit);

        var message = (await caller.HistoryAsync(new JsonObject { ["include_all_metadata"] = true }))[0]!;
        Assert.Equal("Corrected", message["text"]!.ToString());
        Assert.Null(message["blocks"]);
        Assert.NotNull(message["edited"]);
        Assert.Equal("1", message["metadata"]!["event_payload"]!["key"]!.ToString());
        Assert.Null((await caller.HistoryAsync())[0]!["metadata"]);
        var told = caller.Events("message")[^1];
        Assert.Equal("message_changed", told["subtype"]!.ToString());
        Assert.NotNull(told["previous_message"]!["blocks"]);
        Assert.NotEqual(ts, told["ts"]!.ToString());
    }

    [Fact]
    public async Task Only_own_messages_can_be_changed_or_deleted()
    {
        await using var caller = await Caller.StartAsync();
        var ts = await caller.KofiAsync("Mine");
        var mine = new JsonObject
        {
            ["channel"] = caller.News,
            ["ts"] = ts,
            ["text"] = "x",
        };

        var changed = await caller.BotAsync("chat.update", mine);
        var deleted = await caller.BotAsync("chat.delete", mine);
        var stranger = await Assert.ThrowsAsync<FakeApiException>(() =>
            caller.Server.Human("Tomasz").DeleteAsync(caller.News, ts, TestContext.Current.CancellationToken)
        );
        await caller.Server.Human("admin").DeleteAsync(caller.News, ts, TestContext.Current.CancellationToken);

        Assert.Equal(("cant_update_message", "cant_delete_message"), (changed.Error, deleted.Error));
        Assert.Equal("cant_delete_message", stranger.Code);
        Assert.Equal("message_deleted", caller.Events("message")[^1]["subtype"]!.ToString());
    }

    [Fact]
    public async Task A_reply_is_told_of_and_its_parent_changes_unseen()
    {
        await using var caller = await Caller.StartAsync();
        var card = await caller.SayAsync();

        var reply = await caller.KofiAsync("A reply", card);

        var told = caller.Events("message");
        Assert.Equal([card, reply], told.Take(2).Select(one => one["ts"]!.ToString()));
        Assert.Equal(card, told[1]["thread_ts"]!.ToString());
        Assert.Equal(caller.Server.BotUserId, told[1]["parent_user_id"]!.ToString());
        Assert.True((bool)told[2]["hidden"]!);
        Assert.Equal(1, (int)told[2]["message"]!["reply_count"]!);
        Assert.Null(told[2]["message"]!["edited"]);
        Assert.Null(told[2]["previous_message"]!["reply_count"]);
    }

    [Fact]
    public async Task A_deleted_parent_leaves_a_tombstone_until_its_last_reply_goes()
    {
        await using var caller = await Caller.StartAsync();
        var card = await caller.SayAsync();
        var reply = await caller.KofiAsync("A reply", card);

        await caller.BotAsync("chat.delete", new JsonObject { ["channel"] = caller.News, ["ts"] = card });
        var tombstone = caller.Events("message")[^1]["message"]!;
        var thread = await caller.BotAsync(
            "conversations.replies",
            new JsonObject { ["channel"] = caller.News, ["ts"] = card }
        );
        await caller.Server.Human("Kofi").DeleteAsync(caller.News, reply, TestContext.Current.CancellationToken);

        Assert.Equal(("tombstone", "USLACKBOT"), (tombstone["subtype"]!.ToString(), tombstone["user"]!.ToString()));
        Assert.Equal([card, reply], thread.Body["messages"]!.AsArray().Select(one => one!["ts"]!.ToString()));
        var gone = caller.Events("message").TakeLast(2).Select(one => one["deleted_ts"]!.ToString());
        Assert.Equal([reply, card], gone);
    }

    [Fact]
    public async Task A_reply_goes_to_a_parent_only()
    {
        await using var caller = await Caller.StartAsync();
        var card = await caller.SayAsync();
        var reply = await caller.KofiAsync("A reply", card);
        caller.Server.Driver.Kick(caller.News);
        caller.Server.Driver.Invite(caller.News);
        var joined = (await caller.HistoryAsync())[0]!["ts"]!.ToString();
        var locked = await caller.SayAsync("Locked");
        caller.Server.Driver.LockThread(caller.News, locked);

        var codes = new List<string?>();
        foreach (var thread in (string[])[reply, joined, locked, "1700000000.000100", "1700000000.1"])
        {
            var post = Post(caller, "a");
            post["thread_ts"] = thread;
            codes.Add((await caller.JsonAsync("chat.postMessage", post)).Error);
            caller.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(
            [
                "thread_not_found",
                "cannot_reply_to_message",
                "restricted_action_thread_locked",
                "thread_not_found",
                "invalid_thread_ts",
            ],
            codes
        );
    }

    [Fact]
    public async Task A_broadcast_stands_in_the_thread_and_in_the_channel()
    {
        await using var caller = await Caller.StartAsync();
        var card = await caller.SayAsync();

        var loud = await caller
            .Server.Human("Kofi")
            .BroadcastAsync(caller.News, "For all", card, TestContext.Current.CancellationToken);
        await caller.KofiAsync("For some", card);

        var told = caller.Events("message").First(one => one["ts"]!.ToString() == loud);
        Assert.Equal("thread_broadcast", told["subtype"]!.ToString());
        Assert.Equal(card, told["root"]!["ts"]!.ToString());
        Assert.Equal([loud, card], (await caller.HistoryAsync()).Take(2).Select(one => one!["ts"]!.ToString()));
    }

    [Fact]
    public async Task A_preview_changes_a_message_without_an_edit()
    {
        await using var caller = await Caller.StartAsync();
        var ts = await caller.KofiAsync("See https://a.example/1");

        caller.Server.Driver.Unfurl(caller.News, ts, "https://a.example/1", "A page");

        var changed = caller.Events("message")[^1];
        Assert.Equal("message_changed", changed["subtype"]!.ToString());
        Assert.Null(changed["message"]!["edited"]);
        Assert.Equal("A page", changed["message"]!["attachments"]![0]!["title"]!.ToString());
        Assert.Equal(changed["previous_message"]!["text"]!.ToString(), changed["message"]!["text"]!.ToString());
    }

    [Fact]
    public async Task Whoever_is_called_is_written_down()
    {
        await using var caller = await Caller.StartAsync();
        var kofi = caller.Server.Human("Kofi").Id;

        await caller.SayAsync($"<@{kofi}> &lt;!channel&gt; @here");
        await caller.SayAsync("<!channel>");

        Assert.Equal(
            [("user", kofi), ("channel", caller.News)],
            caller.Server.State.Pings.Select(one => (one.Kind, one.Target))
        );
    }

    [Fact]
    public async Task Files_me_messages_and_direct_messages_come_as_what_they_are()
    {
        await using var caller = await Caller.StartAsync();
        var kofi = caller.Server.Human("Kofi");
        var cancellationToken = TestContext.Current.CancellationToken;

        await kofi.ShareFileAsync(caller.News, "Look", "a.png", new byte[] { 1, 2, 3 }, null, cancellationToken);
        await kofi.MeAsync(caller.News, "waves", cancellationToken);
        var opened = await caller.BotAsync("conversations.open", new JsonObject { ["users"] = kofi.Id });
        await caller.SayAsync("Just for you", opened.Body["channel"]!["id"]!.ToString());

        Assert.Equal(
            ["file_share", "me_message", null],
            caller.Events("message").Select(one => one["subtype"]?.ToString())
        );
        var file = caller.Events("message")[0]["files"]![0]!;
        Assert.Equal(("image/png", 3), (file["mimetype"]!.ToString(), (int)file["size"]!));
        Assert.Equal("im", caller.Events("message")[2]["channel_type"]!.ToString());
        Assert.Contains("Just for you", kofi.Inbox.ToJsonString(), StringComparison.Ordinal);
    }

    private static JsonObject Post(Caller caller, string text, string? channel = null) =>
        new() { ["channel"] = channel ?? caller.News, ["text"] = text };
}
