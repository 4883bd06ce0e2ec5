using System.Text.Json.Nodes;

namespace NewsBot.Tests.Slack.FakeSlack;

/// <summary>Small parts of messages and modals.</summary>
internal static class Shapes
{
    public static JsonObject Plain(string text) => new() { ["type"] = "plain_text", ["text"] = text };

    public static JsonObject Button(string id, string value) =>
        new()
        {
            ["type"] = "button",
            ["text"] = Plain("Press"),
            ["action_id"] = id,
            ["value"] = value,
        };
}
