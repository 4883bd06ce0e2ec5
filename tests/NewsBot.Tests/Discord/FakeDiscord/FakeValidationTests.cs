using System.Text.Json.Nodes;

namespace NewsBot.Tests.Discord.FakeDiscord;

public sealed class FakeValidationTests
{
    public static TheoryData<string, string, string> Refused =>
        new()
        {
            { Body("content", new string('x', 2001)), "content", "BASE_TYPE_MAX_LENGTH" },
            {
                """{"embeds":[{"title":"TITLE"}]}""".Replace("TITLE", new string('t', 257)),
                "embeds.0.title",
                "BASE_TYPE_MAX_LENGTH"
            },
            {
                """{"embeds":[{"description":"a","url":"ftp://x.example"}]}""",
                "embeds.0.url",
                "URL_TYPE_INVALID_SCHEME"
            },
            { """{"embeds":[{"footer":{}}]}""", "embeds.0.footer.text", "BASE_TYPE_REQUIRED" },
            { Sum(), "embeds", "MAX_EMBED_SIZE_EXCEEDED" },
            { Body("nonce", new string('n', 26)), "nonce", "BASE_TYPE_MAX_LENGTH" },
            {
                """{"content":"a","allowed_mentions":{"parse":["users"],"users":["1"]}}""",
                "allowed_mentions",
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE"
            },
            {
                Buttons(
                    """{"type":2,"style":1,"label":"A","custom_id":"a"},{"type":2,"style":1,"label":"B","custom_id":"a"}"""
                ),
                "components.0.components.1.custom_id",
                "COMPONENT_CUSTOM_ID_DUPLICATED"
            },
            {
                Buttons("""{"type":2,"style":1,"label":"A"}"""),
                "components.0.components.0.custom_id",
                "BASE_TYPE_REQUIRED"
            },
            { Buttons("""{"type":2,"style":5,"label":"A"}"""), "components.0.components.0.url", "BASE_TYPE_REQUIRED" },
            {
                Buttons($$"""{"type":2,"style":1,"label":"{{new string('l', 81)}}","custom_id":"a"}"""),
                "components.0.components.0.label",
                "BASE_TYPE_MAX_LENGTH"
            },
            { """{"components":[{"type":10,"content":"text"}]}""", "components.0.type", "BASE_TYPE_CHOICES" },
            {
                """{"flags":32768,"content":"old","components":[{"type":10,"content":"text"}]}""",
                "content",
                "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"
            },
            { Many(41), "components", "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED" },
            {
                """{"flags":32768,"components":[{"type":10,"content":"TEXT"},{"type":10,"content":"TEXT"}]}""".Replace(
                    "TEXT",
                    new string('t', 2001)
                ),
                "components",
                "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED"
            },
            {
                """{"flags":32768,"components":[{"type":9,"components":[{"type":10,"content":"text"}]}]}""",
                "components.0.accessory",
                "BASE_TYPE_REQUIRED"
            },
        };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_breaks_a_rule_is_refused_at_its_path(string body, string path, string code)
    {
        await using var caller = await Caller.StartAsync();

        var answer = await caller.BotAsync("POST", $"/channels/{caller.Text}/messages", JsonNode.Parse(body));

        Assert.Equal((400, 50035), (answer.Status, answer.Code));
        Assert.Equal(code, answer.ErrorAt(path));
        Assert.Empty(caller.Told);
    }

    [Theory]
    [InlineData("""{}""", 50006)]
    [InlineData("""{"content":"  "}""", 50006)]
    public async Task Nothing_is_no_message(string body, int code)
    {
        await using var caller = await Caller.StartAsync();

        var answer = await caller.BotAsync("POST", $"/channels/{caller.Text}/messages", JsonNode.Parse(body));

        Assert.Equal(code, answer.Code);
    }

    [Fact]
    public async Task Components_of_the_second_version_are_shown_with_their_ids()
    {
        await using var caller = await Caller.StartAsync();
        var body = JsonNode.Parse(
            """
            {"flags":32768,"components":[{"type":17,"components":[
              {"type":9,"components":[{"type":10,"content":"# Headline"}],
               "accessory":{"type":11,"media":{"url":"https://news.example/p.png"}}},
              {"type":14},
              {"type":1,"components":[{"type":2,"style":5,"label":"Read","url":"https://news.example/1"}]}]}]}
            """
        );

        var answer = await caller.BotAsync("POST", $"/channels/{caller.Text}/messages", body);
        var edited = await caller.BotAsync(
            "PATCH",
            $"/channels/{caller.Text}/messages/{answer.Id}",
            new JsonObject { ["content"] = "back to the old" }
        );

        Assert.Equal(200, answer.Status);
        Assert.NotNull(answer.Body!["components"]![0]!["components"]![0]!["id"]);
        Assert.Equal("MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", edited.ErrorAt("content"));
    }

    [Theory]
    [InlineData("""{"name":"News","description":"d"}""", "name", "APPLICATION_COMMAND_INVALID_NAME")]
    [InlineData("""{"name":"news"}""", "description", "BASE_TYPE_REQUIRED")]
    [InlineData(
        """{"name":"n","type":3,"description":"d"}""",
        "description",
        "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_CANNOT_BE_SET"
    )]
    [InlineData(
        """{"name":"n","description":"d","options":[{"type":3,"name":"a","description":"a"},{"type":3,"name":"b","description":"b","required":true}]}""",
        "options.1",
        "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID"
    )]
    public async Task A_wrong_command_is_refused(string command, string path, string code)
    {
        await using var caller = await Caller.StartAsync();

        var answer = await caller.BotAsync(
            "POST",
            $"/applications/{caller.Server.ApplicationId}/commands",
            JsonNode.Parse(command)
        );

        Assert.Equal(code, answer.ErrorAt(path));
    }

    [Fact]
    public async Task Commands_keep_their_ids_when_all_are_replaced()
    {
        await using var caller = await Caller.StartAsync();
        var path = $"/applications/{caller.Server.ApplicationId}/guilds/{caller.Server.GuildId}/commands";
        var first = await caller.BotAsync("PUT", path, JsonNode.Parse("""[{"name":"news","description":"d"}]"""));

        var second = await caller.BotAsync(
            "PUT",
            path,
            JsonNode.Parse("""[{"name":"news","description":"better"},{"name":"more","description":"d"}]""")
        );
        var upserted = await caller.BotAsync("POST", path, JsonNode.Parse("""{"name":"more","description":"e"}"""));

        Assert.Equal(first.Body![0]!["id"]!.ToString(), second.Body![0]!["id"]!.ToString());
        Assert.Equal(200, upserted.Status);
        Assert.Equal(2, (await caller.BotAsync("GET", path)).Body!.AsArray().Count);
    }

    [Fact]
    public async Task Who_does_not_say_what_it_is_gets_in_nowhere()
    {
        await using var caller = await Caller.StartAsync();

        var nameless = await caller.AskAsync("GET", "/users/@me", null, "Bot " + caller.Server.BotToken, agent: "");
        var wrong = await caller.AskAsync("GET", "/users/@me", null, "Bot wrong");

        Assert.Equal((403, 40333), (nameless.Status, nameless.Code));
        Assert.Equal((401, "401: Unauthorized"), (wrong.Status, wrong["message"]));
    }

    private static string Body(string field, string value) =>
        new JsonObject { ["content"] = "a", [field] = value }.ToJsonString();

    private static string Buttons(string buttons) => $$"""{"components":[{"type":1,"components":[{{buttons}}]}]}""";

    private static string Many(int count)
    {
        var flat = string.Join(',', Enumerable.Repeat("""{"type":14}""", count - 3));
        return $$"""{"flags":32768,"components":[{{flat}},{"type":17,"components":[{"type":14},{"type":14}]}]}""";
    }

    private static string Sum() =>
        $$"""{"embeds":[{"description":"{{new string('d', 4000)}}"},{"description":"{{new string('d', 2001)}}"}]}""";
}
