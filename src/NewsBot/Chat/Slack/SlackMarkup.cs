using System.Text;
using System.Text.RegularExpressions;
using NewsBot.Core.Text;

namespace NewsBot.Chat.Slack;

/// <summary>
/// Turns Slack's own markup into our Markdown. What stands between angle brackets becomes words, code stays code, and what
/// only Markdown would mean is escaped. Source: https://docs.slack.dev/messaging/formatting-message-text. Pure.
/// </summary>
internal static partial class SlackMarkup
{
    // Signs of our own for what is put aside while lines are looked at; foreign ones are taken out first.
    private const char Inline = '\uE000';
    private const char Fence = '\uE001';

    // Bold, italic and struck out are all there are to be nested.
    private const int MaxDepth = 4;

    /// <param name="text">A message's text as Slack tells it.</param>
    /// <param name="names">Who and what it names.</param>
    public static string Convert(string text, SlackNames names)
    {
        var plain = new string([
            .. text.ReplaceLineEndings("\n").Where(character => character is not (Inline or Fence)),
        ]);
        var aside = new Queue<string>();
        var rest = Tokens().Replace(plain, match => SetAside(match, names, aside));
        var lines = rest.Split('\n').Select(Line);
        return PutBack(string.Join('\n', lines), aside).Trim('\n');
    }

    /// <summary>Takes back what Slack escapes.</summary>
    public static string Unescape(string text) =>
        text.Replace("&lt;", "<", StringComparison.Ordinal)
            .Replace("&gt;", ">", StringComparison.Ordinal)
            .Replace("&amp;", "&", StringComparison.Ordinal);

    /// <summary>The ids of accounts and of channels that a text names.</summary>
    public static (IEnumerable<string> Users, IEnumerable<string> Channels) Mentions(string text)
    {
        var found = Mention().Matches(text);
        return (
            found.Where(match => match.Groups["kind"].Value == "@").Select(match => match.Groups["id"].Value),
            found.Where(match => match.Groups["kind"].Value == "#").Select(match => match.Groups["id"].Value)
        );
    }

    private static string SetAside(Match match, SlackNames names, Queue<string> aside)
    {
        if (match.Groups["fence"] is { Success: true, Value: var fenced })
        {
            aside.Enqueue(SlackProse.Block(Code(fenced)));
            return Fence.ToString();
        }

        aside.Enqueue(
            match.Groups["code"] is { Success: true, Value: var code } ? MarkdownEscape.Code(Code(code))
            : match.Groups["emoji"] is { Success: true, Value: var emoji } ? SlackEmoji.Shown(emoji)
            : Angle(match.Groups["angle"].Value, names)
        );
        return Inline.ToString();
    }

    // Addresses in code are made links as elsewhere; there they are to be read letter by letter.
    private static string Code(string code) =>
        Unescape(Bracket().Replace(code, match => match.Groups["inside"].Value.Split('|')[0]));

    private static string Angle(string inside, SlackNames names)
    {
        var bar = inside.IndexOf('|', StringComparison.Ordinal);
        var target = bar < 0 ? inside : inside[..bar];
        var label = bar < 0 ? null : Unescape(inside[(bar + 1)..]);
        return target switch
        {
            ['@', .. var user] => SlackProse.Name(names.User(user)),
            ['#', .. var channel] => SlackProse.Name(names.Channel(channel)),
            ['!', .. var special] => Special(special, label),
            _ => Link(Unescape(target), label),
        };
    }

    private static string Special(string special, string? label)
    {
        var parts = special.Split('^');
        return parts[0] switch
        {
            "date" when parts.Length > 1 => SlackProse.When(parts[1], label),
            "subteam" => SlackProse.Name(label ?? "@a-group"),
            "here" or "channel" or "everyone" => SlackProse.Name("@" + parts[0]),
            _ => SlackProse.Name(label ?? parts[0]),
        };
    }

    /// <summary>A link; what is no web address is only its text.</summary>
    public static string Link(string url, string? label) =>
        url.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? SlackProse.Name(label ?? url[7..])
        : Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? label is null || label == url || label.Contains("://", StringComparison.Ordinal)
                    ? $"<{address.AbsoluteUri.Replace(">", "%3E", StringComparison.Ordinal)}>"
                : MarkdownEscape.Link(label, url)
        : SlackProse.Name(label ?? url);

    private static string Line(string line)
    {
        if (line.StartsWith("&gt;", StringComparison.Ordinal) || line.StartsWith('>'))
        {
            var quoted = line.StartsWith('>') ? line[1..] : line[4..];
            return $"> {Emphasis(quoted.TrimStart(), 0, isLineStart: true)}";
        }

        if (Bullet().Match(line) is { Success: true } bullet)
        {
            // Slack shows the depth of a list by white space and by the shape of its points.
            var depth = Math.Min(bullet.Groups["space"].Length / 4, 4);
            return $"{new string(' ', depth * 2)}- {Emphasis(line[bullet.Length..], 0, isLineStart: true)}";
        }

        var trimmed = line.TrimStart(' ', '\t');
        return Ruler().IsMatch(trimmed) ? "\\" + trimmed : Emphasis(trimmed, 0, isLineStart: true);
    }

    private static string Emphasis(string text, int depth, bool isLineStart)
    {
        var result = new StringBuilder(text.Length + 8);
        var plain = 0;
        for (var at = 0; at < text.Length; at++)
        {
            var mark = text[at] switch
            {
                '*' => "**",
                '_' => "*",
                '~' => "~~",
                _ => null,
            };
            var end = mark is null || depth >= MaxDepth ? -1 : Closing(text, at);
            if (end < 0)
            {
                continue;
            }

            Plain(text[plain..at]);
            result.Append(mark).Append(Emphasis(text[(at + 1)..end], depth + 1, isLineStart: false)).Append(mark);
            plain = end + 1;
            at = end;
        }

        Plain(text[plain..]);
        return result.ToString();

        void Plain(string words) =>
            result.Append(SlackProse.Escape(Unescape(words), isLineStart && result.Length == 0));
    }

    /// <returns>Where what begins here ends; -1 where nothing begins.</returns>
    private static int Closing(string text, int at)
    {
        var sign = text[at];
        if (
            (at > 0 && char.IsLetterOrDigit(text[at - 1]))
            || at + 2 >= text.Length
            || char.IsWhiteSpace(text[at + 1])
            || text[at + 1] == sign
        )
        {
            return -1;
        }

        for (var end = at + 2; end < text.Length; end++)
        {
            if (
                text[end] == sign
                && !char.IsWhiteSpace(text[end - 1])
                && (end + 1 == text.Length || !char.IsLetterOrDigit(text[end + 1]))
            )
            {
                return end;
            }
        }

        return -1;
    }

    private static string PutBack(string text, Queue<string> aside)
    {
        var result = new StringBuilder(text.Length + 64);
        foreach (var character in text)
        {
            switch (character)
            {
                case Inline:
                    result.Append(aside.Dequeue());
                    break;
                case Fence:
                    if (result.Length > 0 && result[^1] != '\n')
                    {
                        result.Append('\n');
                    }

                    result.Append(aside.Dequeue()).Append('\n');
                    break;
                default:
                    result.Append(character);
                    break;
            }
        }

        return result.ToString();
    }

    [GeneratedRegex(
        @"```(?<fence>[\s\S]+?)```|`(?<code>[^`\n]+)`|<(?<angle>[^<>\n]{1,4000})>|:(?<emoji>[a-z0-9_+'\-]{1,80}):(:skin-tone-[2-6]:)?",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Tokens();

    [GeneratedRegex(@"<(?<inside>[^<>\n]{1,4000})>", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Bracket();

    [GeneratedRegex(@"<(?<kind>[@#])(?<id>[A-Z0-9]{1,32})(\|[^<>]{0,300})?>", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Mention();

    [GeneratedRegex(@"^(?<space>[ \t]*)[•◦▪︎■▫]︎?\s+", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Bullet();

    [GeneratedRegex(@"^(-[\s\-]*|=+)$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Ruler();
}
