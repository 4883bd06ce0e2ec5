using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeDiscord.Routes;

namespace NewsBot.Tests.Discord.FakeDiscord;

public sealed class FakeMessagesTests
{
    [Fact]
    public async Task A_message_is_answered_told_and_found_again()
    {
        await using var caller = await Caller.StartAsync();

        var made = await caller.BotAsync("POST", Messages(caller), new JsonObject { ["content"] = " Hello " });

        Assert.Equal(200, made.Status);
        Assert.Equal("Hello", made["content"]);
        var told = Assert.Single(caller.Told);
        Assert.Equal("MESSAGE_CREATE", told.Event);
        Assert.Equal(caller.Server.GuildId, told.GuildId);
        Assert.Equal(1 << 9, told.Intent);
        Assert.NotNull(told.Data["member"]);
        var found = await caller.BotAsync("GET", $"{Messages(caller)}/{made.Id}");
        Assert.Equal(made["timestamp"], found["timestamp"]);
        Assert.Null(found["member"]);
    }

    [Fact]
    public async Task A_nonce_posts_once_for_a_few_minutes()
    {
        await using var caller = await Caller.StartAsync();
        var body = new JsonObject
        {
            ["content"] = "once",
            ["nonce"] = "card-1",
            ["enforce_nonce"] = true,
        };

        var first = await caller.BotAsync("POST", Messages(caller), body);
        caller.Time.Advance(TimeSpan.FromMinutes(4));
        var second = await caller.BotAsync("POST", Messages(caller), body);
        caller.Time.Advance(TimeSpan.FromMinutes(2));
        var third = await caller.BotAsync("POST", Messages(caller), body);

        Assert.Equal(first.Id, second.Id);
        Assert.NotEqual(first.Id, third.Id);
        Assert.Equal(2, caller.Told.Count);
    }

    [Fact]
    public async Task A_nonce_whose_message_was_deleted_is_an_unknown_message()
    {
        await using var caller = await Caller.StartAsync();
        var body = new JsonObject
        {
            ["content"] = "once",
            ["nonce"] = "card-1",
            ["enforce_nonce"] = true,
        };
        var first = await caller.BotAsync("POST", Messages(caller), body);

        await caller.BotAsync("DELETE", $"{Messages(caller)}/{first.Id}");
        var again = await caller.BotAsync("POST", Messages(caller), body);

        Assert.Equal((404, 10008), (again.Status, again.Code));
    }

    [Fact]
    public async Task Foreign_text_pings_nobody_where_nothing_may_be_parsed()
    {
        await using var caller = await Caller.StartAsync();
        caller.Server.Driver.SetBotPermissions(ulong.MaxValue >> 12);
        var kofi = caller.Server.Human("Kofi").Id;
        var text = $"@everyone <@{kofi}>";

        var quiet = await caller.BotAsync(
            "POST",
            Messages(caller),
            new JsonObject
            {
                ["content"] = text,
                ["allowed_mentions"] = new JsonObject { ["parse"] = new JsonArray() },
            }
        );
        var pings = caller.Server.State.Pings.Count;
        var loud = await caller.BotAsync("POST", Messages(caller), new JsonObject { ["content"] = text });

        Assert.Equal(0, pings);
        Assert.Empty(quiet.Body!["mentions"]!.AsArray());
        Assert.Equal("true", loud["mention_everyone"]);
        Assert.Equal(["user", "everyone"], caller.Server.State.Pings.Select(ping => ping.Kind));
    }

    [Fact]
    public async Task A_role_that_nobody_may_mention_is_pinged_by_no_id()
    {
        await using var caller = await Caller.StartAsync();
        var roles = await caller.BotAsync("GET", $"/guilds/{caller.Server.GuildId}/roles");
        var role = roles.Body!.AsArray().Single(one => one!["name"]!.ToString() == "newsroom")!["id"]!.ToString();
        var body = new JsonObject
        {
            ["content"] = $"<@&{role}>",
            ["allowed_mentions"] = new JsonObject { ["roles"] = new JsonArray(role) },
        };

        var without = await caller.BotAsync("POST", Messages(caller), body.DeepClone());
        caller.Server.Driver.SetBotPermissions((1UL << 10) | (1UL << 11) | (1UL << 17));
        var with = await caller.BotAsync("POST", Messages(caller), body.DeepClone());

        Assert.Empty(without.Body!["mention_roles"]!.AsArray());
        Assert.Equal(role, with.Body!["mention_roles"]![0]!.ToString());
    }

    [Fact]
    public async Task History_is_newest_first_and_after_gives_the_nearest()
    {
        await using var caller = await Caller.StartAsync();
        var human = caller.Server.Human("saga_w");
        var ids = new List<ulong>();
        for (var index = 0; index < 6; index++)
        {
            ids.Add(await human.SayAsync(caller.Text, $"{index}", null, TestContext.Current.CancellationToken));
        }

        var after = await caller.BotAsync("GET", $"{Messages(caller)}?after={ids[1]}&limit=2");
        var before = await caller.BotAsync("GET", $"{Messages(caller)}?before={ids[4]}&limit=2");
        var around = await caller.BotAsync("GET", $"{Messages(caller)}?around={ids[2]}&limit=3");

        Assert.Equal(["3", "2"], Contents(after));
        Assert.Equal(["3", "2"], Contents(before));
        Assert.Equal(["3", "2", "1"], Contents(around));
    }

    [Fact]
    public async Task Without_the_right_to_read_history_it_is_empty_and_replies_are_refused()
    {
        await using var caller = await Caller.StartAsync();
        var id = await caller.SayAsync(caller.Text);
        caller.Server.Driver.SetPermissions(caller.Text, allow: 0, deny: 1UL << 16);

        var history = await caller.BotAsync("GET", Messages(caller));
        var reply = await caller.BotAsync("POST", Messages(caller), Reply(id));

        Assert.Empty(history.Body!.AsArray());
        Assert.Equal(160002, reply.Code);
    }

    [Fact]
    public async Task A_reply_to_what_is_gone_fails_unless_told_not_to()
    {
        await using var caller = await Caller.StartAsync();
        var gentle = Reply(12345);
        gentle["message_reference"]!["fail_if_not_exists"] = false;

        var strict = await caller.BotAsync("POST", Messages(caller), Reply(12345));
        var posted = await caller.BotAsync("POST", Messages(caller), gentle);

        Assert.Equal("MESSAGE_REFERENCE_UNKNOWN_MESSAGE", strict.ErrorAt("message_reference"));
        Assert.Equal((200, "0"), (posted.Status, posted["type"]));
    }

    [Fact]
    public async Task A_reply_shows_what_it_answers_and_null_once_that_is_deleted()
    {
        await using var caller = await Caller.StartAsync();
        var card = await caller.SayAsync(caller.Text);
        var human = caller.Server.Human("Tomasz");
        var reply = await human.SayAsync(caller.Text, "Indeed", card, TestContext.Current.CancellationToken);

        var before = await caller.BotAsync("GET", $"{Messages(caller)}/{reply}");
        await caller.BotAsync("DELETE", $"{Messages(caller)}/{card}");
        var after = await caller.BotAsync("GET", $"{Messages(caller)}/{reply}");

        Assert.Equal("19", before["type"]);
        Assert.Equal("A card", before.Body!["referenced_message"]!["content"]!.ToString());
        Assert.True(after.Body!.AsObject().ContainsKey("referenced_message"));
        Assert.Null(after.Body!["referenced_message"]);
    }

    [Fact]
    public async Task A_preview_is_told_without_an_edit_and_an_edit_with_its_time()
    {
        await using var caller = await Caller.StartAsync();
        var human = caller.Server.Human("Marguerite");

        var id = await human.SayAsync(
            caller.Text,
            "https://news.example/1",
            null,
            TestContext.Current.CancellationToken
        );
        await human.EditAsync(caller.Text, id, "Better", TestContext.Current.CancellationToken);

        Assert.Equal(["MESSAGE_CREATE", "MESSAGE_UPDATE", "MESSAGE_UPDATE"], caller.Told.Select(one => one.Event));
        Assert.Null(caller.Told[1].Data["edited_timestamp"]);
        Assert.NotNull(caller.Told[2].Data["edited_timestamp"]);
    }

    [Fact]
    public async Task Nobody_edits_the_message_of_another()
    {
        await using var caller = await Caller.StartAsync();
        var human = caller.Server.Human("Inês");
        var theirs = await human.SayAsync(caller.Text, "Mine", null, TestContext.Current.CancellationToken);
        var ours = await caller.SayAsync(caller.Text);

        var byBot = await caller.BotAsync(
            "PATCH",
            $"{Messages(caller)}/{theirs}",
            new JsonObject { ["content"] = "?" }
        );
        var byHuman = await Assert.ThrowsAsync<FakeApiException>(() =>
            human.EditAsync(caller.Text, ours, "?", TestContext.Current.CancellationToken)
        );

        Assert.Equal(50005, byBot.Code);
        Assert.Equal(50005, byHuman.Code);
    }

    [Fact]
    public async Task Files_are_served_until_their_address_expires()
    {
        await using var caller = await Caller.StartAsync();

        var made = await caller.UploadAsync("POST", Messages(caller), new JsonObject { ["content"] = "" }, "map.png");
        var url = made.Body!["attachments"]![0]!["url"]!.ToString();
        var fresh = await caller.DownloadAsync(url);
        caller.Time.Advance(TimeSpan.FromHours(25));
        var stale = await caller.DownloadAsync(url);

        Assert.Equal("bytes of map.png"u8.ToArray(), fresh);
        Assert.Null(stale);
    }

    [Fact]
    public async Task A_forward_carries_a_copy()
    {
        await using var caller = await Caller.StartAsync();
        var human = caller.Server.Human("Kofi");
        var card = await caller.SayAsync(caller.Text);

        var id = await human.ForwardAsync(
            caller.Server.Channels.Private,
            caller.Text,
            card,
            TestContext.Current.CancellationToken
        );

        var told = caller.Told[^1].Data;
        Assert.Equal(id.ToString(System.Globalization.CultureInfo.InvariantCulture), told["id"]!.ToString());
        Assert.Equal("", told["content"]!.ToString());
        Assert.Equal("1", told["message_reference"]!["type"]!.ToString());
        Assert.Equal("A card", told["message_snapshots"]![0]!["message"]!["content"]!.ToString());
    }

    [Fact]
    public async Task Bulk_deletion_takes_two_to_a_hundred_young_messages()
    {
        await using var caller = await Caller.StartAsync();
        var one = await caller.SayAsync(caller.Text);
        var two = await caller.SayAsync(caller.Text);

        var few = await caller.BotAsync("POST", $"{Messages(caller)}/bulk-delete", Ids(one));
        var gone = await caller.BotAsync("POST", $"{Messages(caller)}/bulk-delete", Ids(one, two));

        Assert.Equal(50016, few.Code);
        Assert.Equal(204, gone.Status);
        Assert.Equal("MESSAGE_DELETE_BULK", caller.Told[^1].Event);
        Assert.Equal(2, caller.Told[^1].Data["ids"]!.AsArray().Count);
    }

    [Fact]
    public async Task Without_message_content_the_bot_reads_nothing_but_its_own()
    {
        await using var caller = await Caller.StartAsync();
        var human = caller.Server.Human("saga_w");
        var theirs = await human.SayAsync(caller.Text, "Secret", null, TestContext.Current.CancellationToken);
        var ours = await caller.SayAsync(caller.Text);
        caller.Server.Driver.SetMessageContent(false);

        Assert.Equal("", (await caller.BotAsync("GET", $"{Messages(caller)}/{theirs}"))["content"]);
        Assert.Equal("A card", (await caller.BotAsync("GET", $"{Messages(caller)}/{ours}"))["content"]);
    }

    private static string Messages(Caller caller) => $"/channels/{caller.Text}/messages";

    private static JsonObject Reply(ulong id) =>
        new()
        {
            ["content"] = "Indeed",
            ["message_reference"] = new JsonObject { ["message_id"] = $"{id}" },
        };

    private static JsonObject Ids(params ulong[] ids) =>
        new() { ["messages"] = new JsonArray([.. ids.Select(id => (JsonNode)$"{id}")]) };

    private static IEnumerable<string> Contents(Answer answer) =>
        answer.Body!.AsArray().Select(message => message!["content"]!.ToString());
}
