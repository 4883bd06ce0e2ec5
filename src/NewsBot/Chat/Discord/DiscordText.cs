using System.Globalization;
using System.Text;

namespace NewsBot.Chat.Discord;

/// <summary>
/// Puts foreign text into Discord's Markdown so that it shows as it was written and does nothing else: no mention, link,
/// spoiler or heading of its own, no character that hides or turns what stands beside it. Pure.
/// Source: https://discord.com/developers/docs/reference#message-formatting
/// </summary>
internal static class DiscordText
{
    // With these a construct or a mention can begin or end anywhere in a line.
    private const string Special = "\\*_~`|<>[]()@";

    // With these a block begins, but only at the start of a line.
    private const string SpecialAtStart = "#-+.";

    // Inside an address a backslash would be part of it; the percent form leads to the same place.
    private const string PercentInUrl = "*|[]()`";

    private static readonly string[] Schemes = ["https://", "http://"];

    /// <summary>One line of foreign text, cut where a reader would stop; addresses in it stay whole.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="most">Longest result in UTF-16 units, all backslashes included.</param>
    public static string Line(string text, int most) =>
        ForeignText.Fit(text, most, part => Escape(part, isLabel: false));

    /// <summary>As <see cref="Line"/>, for the words of a link: Discord shows no link whose words hold an address.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="most">Longest result in UTF-16 units, all backslashes included.</param>
    public static string Label(string text, int most) =>
        ForeignText.Fit(text, most, part => Escape(part, isLabel: true));

    /// <summary>A link with foreign words and a foreign address.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="url">An address; where it cannot be linked only the words are left.</param>
    /// <param name="most">Longest words in UTF-16 units, all backslashes included.</param>
    /// <param name="mostUrl">A longer address is not linked.</param>
    public static string Link(string text, string? url, int most, int mostUrl) =>
        Label(text, most) is var label && label.Length > 0 && Target(url) is { } target && target.Length <= mostUrl
            ? $"[{label}]({target})"
            : label;

    /// <summary>A stretch of foreign text within a line, escaped and not cut; white space stays as it is.</summary>
    /// <param name="text">Without line ends.</param>
    /// <param name="isLabel">Whether it is the words of a link.</param>
    public static string Words(string text, bool isLabel = false) => Escape(text, isLabel);

    /// <returns>An http or https address as it may stand in a link or a button; null where it is none.</returns>
    public static string? Target(string? url) => ForeignText.Target(url, PercentInUrl);

    private static string Escape(string line, bool isLabel)
    {
        var escaped = new StringBuilder(line.Length + 16);
        var i = 0;
        while (i < line.Length)
        {
            if (!isLabel && SchemeAt(line, i) is { } scheme)
            {
                // Discord sees an address by the small letters of its scheme; in others it would see marks within it.
                escaped.Append(scheme);
                i = AppendUrl(line, i + scheme.Length, escaped);
                continue;
            }

            var c = line[i++];
            if (
                Special.Contains(c, StringComparison.Ordinal)
                || (c == ':' && isLabel)
                || (SpecialAtStart.Contains(c, StringComparison.Ordinal) && IsStart(line, i - 1))
            )
            {
                escaped.Append('\\');
            }

            escaped.Append(c);
        }

        return escaped.ToString();
    }

    private static string? SchemeAt(string line, int at) =>
        Array.Find(
            Schemes,
            scheme => string.Compare(line, at, scheme, 0, scheme.Length, StringComparison.OrdinalIgnoreCase) == 0
        );

    private static int AppendUrl(string line, int from, StringBuilder escaped)
    {
        var i = from;
        for (
            ;
            i < line.Length
                && !char.IsWhiteSpace(line[i])
                && line[i] is not ('<' or '>' or '\\' or '"')
                && !IsCall(line, i);
            i++
        )
        {
            if (PercentInUrl.Contains(line[i], StringComparison.Ordinal))
            {
                escaped.Append(CultureInfo.InvariantCulture, $"%{(int)line[i]:X2}");
            }
            else
            {
                escaped.Append(line[i]);
            }
        }

        return i;
    }

    private static bool IsCall(string line, int at) =>
        line[at] == '@'
        && (
            string.Compare(line, at, "@everyone", 0, 9, StringComparison.OrdinalIgnoreCase) == 0
            || string.Compare(line, at, "@here", 0, 5, StringComparison.OrdinalIgnoreCase) == 0
        );

    // "12. " is a list as well as "- ", and so is either behind spaces: these before the mark still count as the start.
    private static bool IsStart(string line, int at)
    {
        for (var i = 0; i < at; i++)
        {
            if (!char.IsAsciiDigit(line[i]) && !char.IsWhiteSpace(line[i]))
            {
                return false;
            }
        }

        return true;
    }
}
