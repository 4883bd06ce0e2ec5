using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeSlack.Humans;
using NewsBot.Testing.Servers.FakeSlack.Methods;

namespace NewsBot.Tests.Slack.FakeSlack;

public sealed class FakeInteractionsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_command_is_answered_with_its_acknowledgement()
    {
        await using var caller = await Caller.StartAsync();
        using var socket = await RawSocket.OpenAsync(caller);

        var exchange = caller.Server.Human("Kofi").Slash("/news", " latest <3 ", caller.News);
        var asked = await socket.ReadAsync();
        caller.Time.Advance(TimeSpan.FromSeconds(1));
        await socket.AckAsync(asked, new JsonObject { ["text"] = "Here" });
        var answer = await exchange.AnswerAsync(Token);

        Assert.Equal(
            ("slash_commands", "latest <3"),
            (asked["type"]!.ToString(), asked["payload"]!["text"]!.ToString())
        );
        Assert.True((bool)asked["accepts_response_payload"]!);
        Assert.Equal(("message", "Here"), (answer["kind"]!.ToString(), answer["data"]!["text"]!.ToString()));
        Assert.Equal(TimeSpan.FromSeconds(1), exchange.AckedAfter);
        Assert.DoesNotContain("Here", (await caller.HistoryAsync()).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_without_an_answer_fails_after_three_seconds_and_is_not_repeated()
    {
        await using var caller = await Caller.StartAsync();
        using var socket = await RawSocket.OpenAsync(caller);

        var exchange = caller.Server.Human("Kofi").Slash("/news", "latest", caller.News);
        await socket.ReadAsync();
        caller.Time.Advance(TimeSpan.FromSeconds(3));
        var answer = await exchange.AnswerAsync(Token);

        Assert.Equal("failed", answer["kind"]!.ToString());
        Assert.False(await exchange.AckedAsync(Token));
        Assert.Equal(0, caller.Server.Delivery.Retries);
    }

    [Fact]
    public async Task An_answer_may_be_sent_later_five_times_in_half_an_hour()
    {
        await using var caller = await Caller.StartAsync();
        using var socket = await RawSocket.OpenAsync(caller);
        var kofi = caller.Server.Human("Kofi");
        var url = await AskAsync(socket, () => kofi.Slash("/news", "", caller.News));
        var other = await AskAsync(socket, () => kofi.Slash("/news", "", caller.News));

        var answers = new List<int>();
        for (var index = 0; index < 6; index++)
        {
            answers.Add((await caller.PostAsync(url, new JsonObject { ["text"] = $"{index}" })).Status);
        }

        var wrong = await caller.PostAsync(other, new JsonObject { ["text"] = "" });
        var loud = await caller.PostAsync(
            other,
            new JsonObject { ["text"] = "For all", ["response_type"] = "in_channel" }
        );
        caller.Time.Advance(TimeSpan.FromMinutes(31));
        var late = await caller.PostAsync(other, new JsonObject { ["text"] = "Late" });

        Assert.Equal([200, 200, 200, 200, 200, 404], answers);
        Assert.Equal("no_text", wrong.Error);
        Assert.Equal((200, "expired_url"), (loud.Status, late.Error));
        Assert.Equal("For all", (await caller.HistoryAsync())[0]!["text"]!.ToString());
    }

    [Fact]
    public async Task A_click_tells_what_was_clicked_and_can_replace_it()
    {
        await using var caller = await Caller.StartAsync();
        using var socket = await RawSocket.OpenAsync(caller);
        var posted = await caller.JsonAsync("chat.postMessage", Card(caller.News));
        await socket.ReadEventAsync();

        caller.Server.Human("Kofi").Click(caller.News, posted["ts"]!, "discuss");
        var click = (await socket.ReadQuestionAsync())["payload"]!;
        await caller.PostAsync(
            click["response_url"]!.ToString(),
            new JsonObject { ["replace_original"] = true, ["text"] = "Replaced" }
        );

        Assert.Equal("block_actions", click["type"]!.ToString());
        Assert.Equal("7", click["actions"]![0]!["value"]!.ToString());
        Assert.Equal(posted["ts"], click["container"]!["message_ts"]!.ToString());
        Assert.Equal(caller.Server.TeamId, click["team"]!["id"]!.ToString());
        Assert.Equal("Replaced", (await caller.HistoryAsync())[0]!["text"]!.ToString());
        Assert.Throws<FakeApiException>(() => caller.Server.Human("Kofi").Click(caller.News, posted["ts"]!, "discuss"));
    }

    [Fact]
    public async Task A_shortcut_on_a_reply_is_answered_in_its_thread()
    {
        await using var caller = await Caller.StartAsync();
        using var socket = await RawSocket.OpenAsync(caller);
        var card = await caller.SayAsync();
        var kofi = caller.Server.Human("Kofi");
        var reply = await kofi.SayAsync(caller.News, "A reply", card, Token);

        var exchange = kofi.Shortcut(caller.News, reply, "comment_number");
        var asked = (await socket.ReadQuestionAsync())["payload"]!;
        await caller.PostAsync(asked["response_url"]!.ToString(), new JsonObject { ["text"] = "Number 1" });
        var answer = await exchange.AnswerAsync(Token);

        Assert.Equal(("message_action", reply), (asked["type"]!.ToString(), asked["message_ts"]!.ToString()));
        Assert.Equal(card, answer["data"]!["thread_ts"]!.ToString());
    }

    [Fact]
    public async Task Guests_of_a_shared_channel_click_but_have_no_commands()
    {
        await using var caller = await Caller.StartAsync();
        using var socket = await RawSocket.OpenAsync(caller);
        var team = caller.Server.Driver.AddWorkspace("Lighthouse", "keeper");
        var shared = caller.Server.Driver.AddSharedChannel("shared", team);
        var posted = await caller.JsonAsync("chat.postMessage", Card(shared));
        var keeper = caller.Server.Human("keeper");

        keeper.Click(shared, posted["ts"]!, "discuss");
        var click = (await socket.ReadQuestionAsync())["payload"]!;

        Assert.Equal(
            (team, caller.Server.TeamId),
            (click["user"]!["team_id"]!.ToString(), click["team"]!["id"]!.ToString())
        );
        Assert.Equal(
            "app_not_installed",
            Assert.Throws<FakeApiException>(() => keeper.Slash("/news", "", shared)).Code
        );
    }

    [Fact]
    public async Task Private_messages_reach_members_only()
    {
        await using var caller = await Caller.StartAsync();
        var kofi = caller.Server.Human("Kofi");
        var message = new JsonObject
        {
            ["channel"] = caller.News,
            ["user"] = kofi.Id,
            ["text"] = "For you",
        };

        var shown = await caller.BotAsync("chat.postEphemeral", message);
        message["channel"] = caller.Server.Channels.Private;
        var refused = await caller.BotAsync("chat.postEphemeral", message);
        var update = await caller.BotAsync(
            "chat.update",
            new JsonObject
            {
                ["channel"] = caller.News,
                ["ts"] = shown["message_ts"],
                ["text"] = "x",
            }
        );

        Assert.Contains("For you", kofi.Inbox.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(("user_not_in_channel", "message_not_found"), (refused.Error, update.Error));
    }

    private static async Task<string> AskAsync(RawSocket socket, Func<FakeExchange> ask)
    {
        ask();
        var envelope = await socket.ReadAsync();
        await socket.AckAsync(envelope);
        return envelope["payload"]!["response_url"]!.ToString();
    }

    private static JsonObject Card(string channel) =>
        new()
        {
            ["channel"] = channel,
            ["text"] = "A card",
            ["blocks"] = new JsonArray(
                new JsonObject { ["type"] = "actions", ["elements"] = new JsonArray(Shapes.Button("discuss", "7")) }
            ),
        };
}
