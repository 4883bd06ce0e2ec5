using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeSlack;

namespace NewsBot.Tests.Slack.FakeSlack;

public sealed class FakeBlocksTests
{
    [Theory]
    [InlineData("""{"type":"section"}""", "missing required field: text [json-pointer:/blocks/0]")]
    [InlineData("""{"type":"section","text":{"type":"html","text":"a"}}""", "must be one of: plain_text, mrkdwn")]
    [InlineData("""{"type":"section","text":{"type":"mrkdwn","text":""}}""", "must be more than 0 characters")]
    [InlineData(
        """{"type":"section","text":{"type":"mrkdwn","text":"a","emoji":true}}""",
        "invalid additional property: emoji"
    )]
    [InlineData("""{"type":"header","text":{"type":"mrkdwn","text":"a"}}""", "must be a plain_text object")]
    [InlineData("""{"type":"image","image_url":"https://a.example/1"}""", "missing required field: alt_text")]
    [InlineData("""{"type":"image","image_url":"file:///a","alt_text":"a"}""", "invalid url")]
    [InlineData("""{"type":"actions","elements":[]}""", "no fewer than 1 items required")]
    [InlineData("""{"type":"actions","elements":[{"type":"image"}]}""", "unsupported type: image")]
    [InlineData("""{"type":"context","elements":[{"type":"button"}]}""", "must be one of: plain_text, mrkdwn")]
    [InlineData("""{"type":"divider","text":"a"}""", "invalid additional property: text")]
    [InlineData("""{"type":"video"}""", "unsupported type: video")]
    [InlineData("""{"type":"rich_text","elements":[{"type":"text","text":"a"}]}""", "unsupported type: text")]
    [InlineData("""{}""", "missing required field: type")]
    public async Task A_wrong_block_is_refused_with_its_place(string block, string said)
    {
        await using var caller = await Caller.StartAsync();

        var answer = await PostAsync(caller, [JsonNode.Parse(block)]);

        Assert.Equal("invalid_blocks", answer.Error);
        Assert.Contains(said, answer.Messages, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3000, "section", true)]
    [InlineData(3001, "section", false)]
    [InlineData(150, "header", true)]
    [InlineData(151, "header", false)]
    [InlineData(12_000, "markdown", true)]
    [InlineData(12_001, "markdown", false)]
    public async Task Each_block_has_its_own_length(int length, string type, bool taken)
    {
        await using var caller = await Caller.StartAsync();
        var text = new string('a', length);
        JsonNode inside = type == "markdown" ? text : Text(type == "header" ? "plain_text" : "mrkdwn", text);

        var answer = await PostAsync(caller, [new JsonObject { ["type"] = type, ["text"] = inside }]);

        Assert.Equal(taken ? null : "invalid_blocks", answer.Error);
    }

    [Fact]
    public async Task All_blocks_together_have_a_length_and_a_number()
    {
        await using var caller = await Caller.StartAsync(options => options.Limits = FakeLimits.Unlimited());

        var heavy = await PostAsync(caller, [.. Enumerable.Range(0, 5).Select(_ => Section(new string('a', 2500)))]);
        var many = await PostAsync(caller, [.. Enumerable.Range(0, 51).Select(_ => Section("a"))]);
        var fifty = await PostAsync(caller, [.. Enumerable.Range(0, 50).Select(_ => Section("a"))]);
        var twins = await PostAsync(caller, [Section("a", "same"), Section("b", "same")]);
        var text = await caller.BotAsync(
            "chat.postMessage",
            new JsonObject { ["channel"] = caller.News, ["blocks"] = "no json" }
        );

        Assert.Equal("msg_blocks_too_long", heavy.Error);
        Assert.Contains("no more than 50 items allowed", many.Messages, StringComparison.Ordinal);
        Assert.Null(fifty.Error);
        Assert.Contains("block_id same already exists", twins.Messages, StringComparison.Ordinal);
        Assert.Equal("invalid_blocks_format", text.Error);
    }

    [Theory]
    [InlineData("text", 75)]
    [InlineData("value", 2000)]
    [InlineData("url", 3000)]
    [InlineData("action_id", 255)]
    public async Task A_button_has_limits(string field, int most)
    {
        await using var caller = await Caller.StartAsync();

        var codes = new List<string?>();
        foreach (var length in (int[])[most, most + 1])
        {
            var value = field == "url" ? "https://a.example/".PadRight(length, 'a') : new string('a', length);
            var button = new JsonObject { ["type"] = "button", ["text"] = Text("plain_text", "Press") };
            button[field] = field == "text" ? Text("plain_text", value) : value;
            var block = new JsonObject { ["type"] = "actions", ["elements"] = new JsonArray(button) };
            codes.Add((await PostAsync(caller, [block])).Error);
        }

        Assert.Equal([null, "invalid_blocks"], codes);
    }

    [Theory]
    [InlineData("""{"event_type":"a"}""", "invalid_metadata_schema")]
    [InlineData("""{"event_type":"a","event_payload":{},"more":1}""", "invalid_metadata_schema")]
    [InlineData("no json", "invalid_metadata_format")]
    [InlineData("""{"event_type":"a","event_payload":{}}""", null)]
    public async Task Metadata_has_a_type_and_a_payload(string metadata, string? code)
    {
        await using var caller = await Caller.StartAsync();

        var answer = await caller.BotAsync(
            "chat.postMessage",
            new JsonObject
            {
                ["channel"] = caller.News,
                ["text"] = "a",
                ["metadata"] = metadata,
            }
        );

        Assert.Equal(code, answer.Error);
    }

    private static Task<Answer> PostAsync(Caller caller, JsonArray blocks) =>
        caller.JsonAsync(
            "chat.postMessage",
            new JsonObject
            {
                ["channel"] = caller.News,
                ["text"] = "A card",
                ["blocks"] = blocks,
            }
        );

    private static JsonObject Section(string text, string? id = null)
    {
        var section = new JsonObject { ["type"] = "section", ["text"] = Text("mrkdwn", text) };
        if (id is not null)
        {
            section["block_id"] = id;
        }

        return section;
    }

    private static JsonObject Text(string type, string text) => new() { ["type"] = type, ["text"] = text };
}
