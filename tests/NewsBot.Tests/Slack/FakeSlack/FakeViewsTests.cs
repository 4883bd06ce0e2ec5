using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeSlack.Humans;
using NewsBot.Testing.Servers.FakeSlack.Methods;

namespace NewsBot.Tests.Slack.FakeSlack;

public sealed class FakeViewsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_trigger_opens_one_modal_within_three_seconds()
    {
        await using var caller = await Caller.StartAsync();
        using var socket = await RawSocket.OpenAsync(caller);
        var exchange = caller.Server.Human("Kofi").Slash("/news", "", caller.News);
        var trigger = (await socket.ReadAsync())["payload"]!["trigger_id"]!.ToString();
        caller.Server.Human("Kofi").Slash("/news", "", caller.News);
        var late = (await socket.ReadAsync())["payload"]!["trigger_id"]!.ToString();

        var opened = await OpenAsync(caller, trigger);
        var twice = await OpenAsync(caller, trigger);
        caller.Time.Advance(TimeSpan.FromSeconds(4));
        var expired = await OpenAsync(caller, late);
        var never = await OpenAsync(caller, "1.2.3");

        Assert.Null(opened.Error);
        Assert.Equal(opened.Body["view"]!["id"]!.ToString(), exchange.ViewId);
        Assert.Equal(
            ("exchanged_trigger_id", "expired_trigger_id", "invalid_trigger_id"),
            (twice.Error, expired.Error, never.Error)
        );
    }

    [Fact]
    public async Task A_modal_is_changed_only_by_who_knows_its_newest_state()
    {
        await using var caller = await Caller.StartAsync();
        using var socket = await RawSocket.OpenAsync(caller);
        var (_, view) = await ModalAsync(caller, socket);
        var hash = view["hash"]!.ToString();

        var first = await UpdateAsync(caller, view, hash);
        var second = await UpdateAsync(caller, view, hash);

        Assert.Null(first.Error);
        Assert.NotEqual(hash, first.Body["view"]!["hash"]!.ToString());
        Assert.Equal("hash_conflict", second.Error);
    }

    [Fact]
    public async Task A_modal_that_is_sent_shows_errors_a_next_step_or_closes()
    {
        await using var caller = await Caller.StartAsync();
        using var socket = await RawSocket.OpenAsync(caller);
        var kofi = caller.Server.Human("Kofi");
        var (_, view) = await ModalAsync(caller, socket);
        var id = view["id"]!.ToString();
        Assert.Throws<FakeApiException>(() => kofi.SubmitView(id, []));
        Assert.Throws<ArgumentException>(() => kofi.SubmitView(id, new JsonObject { ["nothing"] = "x" }));

        var kinds = new List<string>();
        foreach (
            var answer in (JsonObject?[])
                [
                    new()
                    {
                        ["response_action"] = "errors",
                        ["errors"] = new JsonObject { ["words"] = "No" },
                    },
                    new()
                    {
                        ["response_action"] = "errors",
                        ["errors"] = new JsonObject { ["other"] = "No" },
                    },
                    new() { ["response_action"] = "update", ["view"] = Modal("Next") },
                    null,
                ]
        )
        {
            var sent = kofi.SubmitView(id, new JsonObject { ["words"] = "ships" });
            var envelope = await socket.ReadQuestionAsync();
            var values = envelope["payload"]!["view"]!["state"]!["values"]!;
            Assert.Equal("ships", values["words"]!["typed"]!["value"]!.ToString());
            await socket.AckAsync(envelope, answer);
            kinds.Add((await sent.AnswerAsync(Token))["kind"]!.ToString());
        }

        Assert.Equal(["errors", "failed", "view", "closed"], kinds);
        Assert.Throws<FakeApiException>(() => kofi.SubmitView(id, new JsonObject { ["words"] = "again" }));
    }

    [Fact]
    public async Task A_fourth_modal_on_top_is_too_many()
    {
        await using var caller = await Caller.StartAsync();
        using var socket = await RawSocket.OpenAsync(caller);
        var kofi = caller.Server.Human("Kofi");
        var (_, view) = await ModalAsync(caller, socket);
        var id = view["id"]!.ToString();

        var codes = new List<string?>();
        for (var depth = 2; depth <= 4; depth++)
        {
            kofi.ActInView(id, "more");
            var trigger = (await socket.ReadQuestionAsync())["payload"]!["trigger_id"]!.ToString();
            var pushed = await caller.JsonAsync("views.push", Opening(trigger, "Above"));
            codes.Add(pushed.Error);
            id = pushed.Body["view"]?["id"]?.ToString() ?? id;
        }

        Assert.Equal([null, null, "push_limit_reached"], codes);
    }

    private static async Task<(FakeExchange Exchange, JsonObject View)> ModalAsync(Caller caller, RawSocket socket)
    {
        var exchange = caller.Server.Human("Kofi").Slash("/news", "", caller.News);
        var asked = await socket.ReadAsync();
        var opened = await OpenAsync(caller, asked["payload"]!["trigger_id"]!.ToString());
        await socket.AckAsync(asked);
        return (exchange, (JsonObject)opened.Body["view"]!);
    }

    private static Task<Answer> OpenAsync(Caller caller, string trigger) =>
        caller.JsonAsync("views.open", Opening(trigger, "Filter"));

    private static Task<Answer> UpdateAsync(Caller caller, JsonObject view, string hash) =>
        caller.JsonAsync(
            "views.update",
            new JsonObject
            {
                ["view_id"] = view["id"]!.ToString(),
                ["hash"] = hash,
                ["view"] = Modal("Changed"),
            }
        );

    private static JsonObject Opening(string trigger, string title) =>
        new() { ["trigger_id"] = trigger, ["view"] = Modal(title) };

    private static JsonObject Modal(string title) =>
        new()
        {
            ["type"] = "modal",
            ["title"] = Shapes.Plain(title),
            ["submit"] = Shapes.Plain("Send"),
            ["blocks"] = new JsonArray(
                new JsonObject
                {
                    ["type"] = "input",
                    ["block_id"] = "words",
                    ["label"] = Shapes.Plain("Words"),
                    ["element"] = new JsonObject { ["type"] = "plain_text_input", ["action_id"] = "typed" },
                },
                new JsonObject { ["type"] = "actions", ["elements"] = new JsonArray(Shapes.Button("more", "1")) }
            ),
        };
}
