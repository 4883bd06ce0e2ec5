using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NewsBot.Testing.Servers.FakeSlack.Stored;

namespace NewsBot.Testing.Servers.FakeSlack.Validation;

/// <summary>Whom a message notifies.</summary>
internal static partial class Notified
{
    [GeneratedRegex(
        @"<(?<kind>@|!subteam\^|!)(?<target>[A-Za-z0-9]+)(\|[^<>]*)?>",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Mention { get; }

    /// <summary>Everybody it calls by its text, or by its blocks where it has some: these are what is shown.</summary>
    public static IEnumerable<FakePing> By(StoredMessage message)
    {
        var found = message.Blocks is { Count: > 0 } blocks ? InBlock(blocks).ToList() : InText(message.Text).ToList();
        return found
            .Distinct()
            .Select(one => new FakePing(
                message.Ts,
                message.ChannelId,
                message.ByBot,
                one.Kind,
                one.Target.Length > 0 ? one.Target : message.ChannelId
            ));
    }

    private static IEnumerable<(string Kind, string Target)> InText(string text) =>
        Mention
            .Matches(text)
            .Select(match =>
                match.Groups["kind"].Value switch
                {
                    "@" => ("user", match.Groups["target"].Value),
                    "!" => (match.Groups["target"].Value, ""),
                    _ => ("group", match.Groups["target"].Value),
                }
            )
            .Where(one => one.Item1 is "user" or "group" or "here" or "channel" or "everyone");

    private static IEnumerable<(string Kind, string Target)> InBlock(JsonNode? node) =>
        node switch
        {
            JsonArray list => list.SelectMany(InBlock),
            JsonObject one => InObject(one),
            _ => [],
        };

    private static IEnumerable<(string Kind, string Target)> InObject(JsonObject one) =>
        one["type"]?.ToString() switch
        {
            "user" => [("user", one["user_id"]?.ToString() ?? "")],
            "usergroup" => [("group", one["usergroup_id"]?.ToString() ?? "")],
            "broadcast" => [(one["range"]?.ToString() ?? "", "")],
            "mrkdwn" or "markdown" when one["text"]?.GetValueKind() == JsonValueKind.String => InText(
                one["text"]!.GetValue<string>()
            ),
            _ => one.SelectMany(field => InBlock(field.Value)),
        };
}
