using System.Globalization;
using System.Text;
using NewsBot.Core.Text;

namespace NewsBot.Chat.Discord;

/// <summary>
/// Writes our Markdown as Discord's, within a length. A cut falls between words, and whatever is open at it is closed. Pure.
/// Source: https://discord.com/developers/docs/reference#message-formatting
/// </summary>
internal static class DiscordMarkdownWriter
{
    /// <summary>What stands at a cut.</summary>
    public const string Ellipsis = "…";

    // Longer addresses are not linked: they would take the room of the words.
    private const int MaxUrl = 600;

    // A sign without width, where two marks of Markdown would read as one.
    private const char Between = '\u200B';

    // Discord shows lists to this depth.
    private const int MaxIndent = 8;

    private const string Fence = "```";

    /// <summary>Writes a comment.</summary>
    /// <param name="markdown">Foreign Markdown.</param>
    /// <param name="origin">Of our pages, without a slash at its end; where it is null, links to them are words only.</param>
    /// <param name="room">Longest result in UTF-16 units.</param>
    /// <returns>The text, and whether it was cut.</returns>
    public static (string Text, bool IsCut) Write(string markdown, string? origin, int room)
    {
        var text = new StringBuilder();
        MarkdownBlock? before = null;
        room -= Ellipsis.Length + 1;
        foreach (var block in MarkdownBlocks.Read(markdown))
        {
            var gap = before is null ? "" : Gap(before.Kind, block.Kind);
            var left = room - text.Length - gap.Length;
            var (fitting, isCut) = Fit(block, origin, left);
            if (fitting.Length > 0)
            {
                text.Append(gap).Append(fitting);
            }

            if (isCut)
            {
                return ((fitting.Length > 0 ? text : text.Append("\n" + Ellipsis)).ToString(), true);
            }

            before = block;
        }

        return (text.ToString(), false);
    }

    private static string Gap(MarkdownBlockKind before, MarkdownBlockKind next) =>
        (before, next) switch
        {
            (MarkdownBlockKind.Quote, MarkdownBlockKind.Quote) => "\n> \n",
            (MarkdownBlockKind.Quote, _) => "\n",
            (
                MarkdownBlockKind.Item
                    or MarkdownBlockKind.NumberedItem,
                MarkdownBlockKind.Item
                    or MarkdownBlockKind.NumberedItem
            ) => "\n",
            (_, MarkdownBlockKind.Item or MarkdownBlockKind.NumberedItem) => "\n",
            _ => "\n\n",
        };

    // Escaping makes text longer by an amount nobody knows before: it is cut until it fits, in a few steps.
    private static (string Text, bool IsCut) Fit(MarkdownBlock block, string? origin, int room)
    {
        if (room <= 0)
        {
            return ("", true);
        }

        var length = block.Runs.Sum(run => run.Text.Length);
        var whole = Block(block, origin, length);
        if (whole.Length <= room)
        {
            return (whole, false);
        }

        var most = Math.Min(length - 1, room);
        while (most > 0)
        {
            var part = Block(block, origin, most);
            if (part.Length <= room)
            {
                return (part, true);
            }

            most = Math.Max(0, Math.Min(most - 1, (int)((long)most * room / part.Length)));
        }

        return ("", true);
    }

    private static string Block(MarkdownBlock block, string? origin, int most)
    {
        var runs = Cut(block.Runs, most);
        var indent = new string(' ', 2 * Math.Min(block.Depth, MaxIndent));
        return block.Kind switch
        {
            MarkdownBlockKind.Code => Code(string.Concat(runs.Select(run => run.Text))),
            MarkdownBlockKind.Quote => Prefixed(Inline(runs, origin), "> ", "> "),
            MarkdownBlockKind.Item => Prefixed(Inline(runs, origin), $"{indent}- ", $"{indent}  "),
            MarkdownBlockKind.NumberedItem => Prefixed(
                Inline(runs, origin),
                string.Create(CultureInfo.InvariantCulture, $"{indent}{block.Number}. "),
                $"{indent}   "
            ),
            _ => Inline(runs, origin),
        };
    }

    private static List<MarkdownRun> Cut(IReadOnlyList<MarkdownRun> runs, int most)
    {
        List<MarkdownRun> kept = [];
        foreach (var run in runs)
        {
            if (run.Text.Length <= most)
            {
                kept.Add(run);
                most -= run.Text.Length;
                continue;
            }

            kept.Add(run with { Text = Beginning(run.Text, most) });
            kept.Add(new MarkdownRun(Ellipsis, null, MarkdownStyle.None));
            break;
        }

        return kept;
    }

    // At the end of a word where one is near, else of a sign as people see it.
    private static string Beginning(string text, int most)
    {
        var space = most > 0 ? text.LastIndexOfAny([' ', '\n'], most - 1) : -1;
        if (space > most / 2)
        {
            return text[..space];
        }

        var end = 0;
        while (end < most && end + StringInfo.GetNextTextElementLength(text, end) is var next && next <= most)
        {
            end = next;
        }

        return text[..end];
    }

    private static string Prefixed(string text, string first, string rest) =>
        first + text.Replace("\n", "\n" + rest, StringComparison.Ordinal);

    private static string Code(string text) =>
        $"{Fence}\n{text.Replace(Fence, $"``{Between}`", StringComparison.Ordinal)}\n{Fence}";

    private static string Inline(List<MarkdownRun> runs, string? origin)
    {
        var text = new StringBuilder();
        foreach (var run in runs)
        {
            var lines = Target(run, origin) is { } target ? [Link(run, target)] : run.Text.Split('\n').Select(Lined);
            var isFirst = true;
            foreach (var line in lines)
            {
                if (!isFirst)
                {
                    text.Append('\n');
                }

                Append(text, line);
                isFirst = false;
            }

            string Lined(string line) => Styled(line, run.Style);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string part)
    {
        if (part.Length > 0 && text.Length > 0 && IsMark(text[^1]) && IsMark(part[0]))
        {
            text.Append(Between);
        }

        text.Append(part);
    }

    private static bool IsMark(char character) => character is '*' or '~' or '`';

    private static string? Target(MarkdownRun run, string? origin) =>
        run.Url switch
        {
            null => null,
            // An address that shows itself is a link already.
            var url when url == run.Text => null,
            ['/', ..] path => origin is null ? null : DiscordText.Target(origin + path),
            var url => DiscordText.Target(url) is { Length: <= MaxUrl } target ? target : null,
        };

    private static string Link(MarkdownRun run, string target) =>
        $"[{Styled(run.Text.Replace('\n', ' '), run.Style, isLabel: true)}](<{target}>)";

    private static string Styled(string line, MarkdownStyle style, bool isLabel = false)
    {
        var core = line.Trim();
        if (core.Length == 0 || style is MarkdownStyle.None)
        {
            return DiscordText.Words(line, isLabel);
        }

        var at = line.IndexOf(core, StringComparison.Ordinal);
        var marks = Marks(style);
        var words = style.HasFlag(MarkdownStyle.Code) ? InlineCode(core) : DiscordText.Words(core, isLabel);
        var closing = new string([.. marks.Reverse()]);
        return $"{line[..at]}{marks}{words}{closing}{line[(at + core.Length)..]}";
    }

    private static string Marks(MarkdownStyle style) =>
        (style.HasFlag(MarkdownStyle.Strike) ? "~~" : "")
        + (style.HasFlag(MarkdownStyle.Bold) ? "**" : "")
        + (style.HasFlag(MarkdownStyle.Italic) ? "*" : "");

    private static string InlineCode(string code)
    {
        if (!code.Contains('`', StringComparison.Ordinal))
        {
            return $"`{code}`";
        }

        return $"`` {code.Replace("``", $"`{Between}`", StringComparison.Ordinal)} ``";
    }
}
