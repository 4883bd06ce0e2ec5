using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace NewsBot.Testing.Servers.FakeSlack.Validation;

/// <summary>The texts of messages. Source: https://docs.slack.dev/messaging/formatting-message-text</summary>
internal static partial class TextForm
{
    private const RegexOptions Plain = RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking;

    [GeneratedRegex(@"<(?<inside>[@#!][^<>|]+(\|[^<>]*)?|(https?|mailto|tel|slack):[^<>|]+(\|[^<>]*)?)>", Plain)]
    private static partial Regex Token { get; }

    [GeneratedRegex(@"https?://[^\s<>|]+[^\s<>|.,;:!?)\]""']", Plain)]
    private static partial Regex BareUrl { get; }

    [GeneratedRegex(@":(?<emoji>[a-z0-9_+\-]+(::skin-tone-[2-6])?):", Plain)]
    private static partial Regex Emoji { get; }

    /// <summary>
    /// A text as Slack keeps it: what looks like markup but is none is escaped, and addresses become links.
    /// </summary>
    public static string Normalise(string text)
    {
        var kept = new StringBuilder();
        var at = 0;
        foreach (Match token in Token.Matches(text))
        {
            kept.Append(Linked(text[at..token.Index])).Append(token.Value);
            at = token.Index + token.Length;
        }

        return kept.Append(Linked(text[at..])).ToString();
    }

    /// <summary>The structure that the messages of humans come with.</summary>
    /// <param name="text">As it is kept.</param>
    /// <param name="blockId">The id of the block.</param>
    public static JsonArray RichText(string text, string blockId)
    {
        var elements = new JsonArray();
        var at = 0;
        foreach (Match token in Token.Matches(text))
        {
            AddPlain(elements, text[at..token.Index]);
            elements.Add(Element(token.Groups["inside"].Value));
            at = token.Index + token.Length;
        }

        AddPlain(elements, text[at..]);
        return
        [
            new JsonObject
            {
                ["type"] = "rich_text",
                ["block_id"] = blockId,
                ["elements"] = new JsonArray(
                    new JsonObject { ["type"] = "rich_text_section", ["elements"] = elements }
                ),
            },
        ];
    }

    /// <summary>What an escaped text shows.</summary>
    public static string Unescape(string text) =>
        text.Replace("&lt;", "<", StringComparison.Ordinal)
            .Replace("&gt;", ">", StringComparison.Ordinal)
            .Replace("&amp;", "&", StringComparison.Ordinal);

    /// <summary>A text of which nothing is markup.</summary>
    public static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);

    private static string Linked(string plain) => BareUrl.Replace(Escape(Unescape(plain)), match => $"<{match.Value}>");

    private static void AddPlain(JsonArray elements, string text)
    {
        var at = 0;
        foreach (Match emoji in Emoji.Matches(text))
        {
            AddText(elements, text[at..emoji.Index]);
            elements.Add(new JsonObject { ["type"] = "emoji", ["name"] = emoji.Groups["emoji"].Value });
            at = emoji.Index + emoji.Length;
        }

        AddText(elements, text[at..]);
    }

    private static void AddText(JsonArray elements, string text)
    {
        if (text.Length > 0)
        {
            elements.Add(new JsonObject { ["type"] = "text", ["text"] = Unescape(text) });
        }
    }

    private static JsonObject Element(string inside)
    {
        var (target, label) = inside.Split('|', 2) is [var before, var after] ? (before, after) : (inside, null);
        return target switch
        {
            ['@', .. var user] => new JsonObject { ["type"] = "user", ["user_id"] = user },
            ['#', .. var channel] => new JsonObject { ["type"] = "channel", ["channel_id"] = channel },
            "!here" or "!channel" or "!everyone" => new JsonObject { ["type"] = "broadcast", ["range"] = target[1..] },
            ['!', .. var command] when command.Split('^') is ["subteam", var group, ..] => new JsonObject
            {
                ["type"] = "usergroup",
                ["usergroup_id"] = group,
            },
            ['!', .. var command]
                when command.Split('^') is ["date", var at, var format, ..]
                    && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var second) =>
                new JsonObject
                {
                    ["type"] = "date",
                    ["timestamp"] = second,
                    ["format"] = format,
                    ["fallback"] = label ?? "",
                },
            _ => Link(target, label),
        };
    }

    private static JsonObject Link(string url, string? label)
    {
        var link = new JsonObject { ["type"] = "link", ["url"] = Unescape(url) };
        if (label is not null)
        {
            link["text"] = Unescape(label);
        }

        return link;
    }
}
