using System.Text;
using NewsBot.Clients.Slack.Objects;
using NewsBot.Core.Text;

namespace NewsBot.Chat.Slack;

/// <summary>
/// Turns the rich text in which people's messages come into our Markdown.
/// Source: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block. Pure.
/// </summary>
internal static class SlackRichReader
{
    // Slack shows eight levels; nobody indents on purpose that far on a page.
    private const int MaxIndent = 4;

    // A message of more parts than this is cut; its text is bounded elsewhere.
    private const int MaxElements = 4_000;

    /// <returns>Null where the message has no rich text, or one with something in it we do not know.</returns>
    public static string? Convert(IReadOnlyList<Block>? blocks, SlackNames names)
    {
        if (blocks is not { Count: > 0 } || !blocks.All(block => block.Type == BlockTypes.RichText))
        {
            return null;
        }

        var text = new StringBuilder();
        foreach (var element in blocks.SelectMany(block => block.Elements ?? []).Take(MaxElements))
        {
            if (Part(element, names) is not { } part)
            {
                return null;
            }

            if (text.Length > 0 && text[^1] != '\n')
            {
                text.Append('\n');
            }

            text.Append(part);
        }

        return text.ToString().Trim('\n');
    }

    /// <summary>The ids of accounts and of channels that it names.</summary>
    public static (IEnumerable<string> Users, IEnumerable<string> Channels) Mentions(IReadOnlyList<Block>? blocks)
    {
        var all = (blocks ?? [])
            .SelectMany(block => block.Elements ?? [])
            .SelectMany(part =>
                (part.Elements ?? []).Concat((part.Elements ?? []).SelectMany(one => one.Elements ?? []))
            )
            .Take(MaxElements)
            .ToList();
        return (all.Select(one => one.UserId).OfType<string>(), all.Select(one => one.ChannelId).OfType<string>());
    }

    private static string? Part(Element element, SlackNames names) =>
        element.Type switch
        {
            ElementTypes.RichTextSection => Inline(element, names),
            ElementTypes.RichTextPreformatted => SlackProse.Block(Plain(element, names)) + "\n",
            ElementTypes.RichTextQuote => Quote(Inline(element, names)),
            ElementTypes.RichTextList => List(element, names),
            _ => null,
        };

    private static string? Quote(string? inside) =>
        inside is null ? null : string.Join('\n', inside.Trim('\n').Split('\n').Select(line => $"> {line}")) + "\n\n";

    private static string? List(Element list, SlackNames names)
    {
        var indent = new string(' ', Math.Clamp(list.Indent ?? 0, 0, MaxIndent) * 3);
        var number = Math.Clamp(list.Offset ?? 0, 0, 1_000);
        var text = new StringBuilder();
        foreach (var item in list.Elements ?? [])
        {
            if (Inline(item, names) is not { } words)
            {
                return null;
            }

            number++;
            var point =
                list.Style?.Name == "ordered"
                    ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{number}.")
                    : "-";
            text.Append(indent)
                .Append(point)
                .Append(' ')
                .Append(words.Trim('\n').Replace("\n", $"\n{indent}   ", StringComparison.Ordinal))
                .Append('\n');
        }

        return text.Append('\n').ToString();
    }

    private static string? Inline(Element section, SlackNames names)
    {
        var text = new StringBuilder();
        foreach (var element in section.Elements ?? [])
        {
            if (Words(element, names, text.Length == 0 || text[^1] == '\n') is not { } words)
            {
                return null;
            }

            text.Append(words);
        }

        return text.ToString();
    }

    private static string? Words(Element element, SlackNames names, bool isLineStart) =>
        element.Type switch
        {
            ElementTypes.Text => Styled(element.Text?.Text ?? "", element.Style, isLineStart),
            ElementTypes.Link => Link(element),
            ElementTypes.User => SlackProse.Name(names.User(element.UserId)),
            ElementTypes.Channel => SlackProse.Name(names.Channel(element.ChannelId)),
            ElementTypes.Usergroup => SlackProse.Name("@a-group"),
            ElementTypes.Broadcast => SlackProse.Name("@" + (element.Range ?? "everyone")),
            ElementTypes.Emoji => SlackEmoji.Shown(element.Name ?? "", element.Unicode),
            ElementTypes.Date => SlackProse.When(
                element.Timestamp?.ToString(System.Globalization.CultureInfo.InvariantCulture),
                element.Fallback
            ),
            ElementTypes.Color => SlackProse.Name(element.Value ?? ""),
            _ => null,
        };

    private static string Link(Element link) =>
        SlackMarkup.Link(link.Url ?? "", link.Text?.Text is { Length: > 0 } label ? label : null);

    private static string Styled(string text, ElementStyle? style, bool isLineStart)
    {
        if (style?.Code == true)
        {
            return text.Trim().Length == 0 ? text : MarkdownEscape.Code(text);
        }

        var marks = (style?.Bold == true ? "**" : "") + (style?.Italic == true ? "*" : "");
        var strike = style?.Strike == true ? "~~" : "";
        if (marks.Length + strike.Length == 0)
        {
            return SlackProse.Escape(text, isLineStart);
        }

        // Marks begin and end at letters, in every line anew.
        return string.Join(
            '\n',
            text.Split('\n')
                .Select(line =>
                {
                    var core = line.Trim();
                    return core.Length == 0
                        ? line
                        : $"{Before(line)}{marks}{strike}{SlackProse.Escape(core, false)}{strike}{Reversed(marks)}{After(line)}";
                })
        );
    }

    private static string Before(string line) => line[..^line.TrimStart().Length];

    private static string After(string line) => line[line.TrimEnd().Length..];

    private static string Reversed(string marks) => new([.. marks.Reverse()]);

    private static string Plain(Element element, SlackNames names)
    {
        var text = new StringBuilder();
        foreach (var one in element.Elements ?? [])
        {
            text.Append(
                one.Type switch
                {
                    ElementTypes.Text => one.Text?.Text,
                    ElementTypes.Link => one.Text?.Text ?? one.Url,
                    ElementTypes.User => names.User(one.UserId),
                    ElementTypes.Channel => names.Channel(one.ChannelId),
                    ElementTypes.Emoji => $":{one.Name}:",
                    _ => "",
                }
            );
        }

        return text.ToString();
    }
}
