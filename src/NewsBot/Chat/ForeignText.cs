using System.Globalization;
using System.Text;
using NewsBot.Core.Summaries;

namespace NewsBot.Chat;

/// <summary>Foreign text on its way into a message, before a platform's own markup is made harmless in it. Pure.</summary>
internal static class ForeignText
{
    // Scripts that stack marks need fewer; more of them climb over the lines above.
    private const int MaxMarks = 4;

    /// <summary>One line: folds white space and drops what cannot be seen or turns the direction of reading.</summary>
    public static string Clean(string text)
    {
        var line = new StringBuilder(text.Length);
        var (gap, marks) = (false, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || rune.Value is 0x2800)
            {
                gap = line.Length > 0;
                continue;
            }

            var category = Rune.GetUnicodeCategory(rune);
            marks = category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? marks + 1 : 0;
            if (marks > MaxMarks || IsInvisible(rune.Value, category, line))
            {
                continue;
            }

            if (gap)
            {
                line.Append(' ');
                gap = false;
            }

            line.Append(rune.ToString());
        }

        return line.ToString();
    }

    private static bool IsInvisible(int value, UnicodeCategory category, StringBuilder before) =>
        value switch
        {
            // Joiners shape letters of many scripts and join emoji; after a Latin letter they only hide.
            0x200C or 0x200D => before.Length == 0 || before[^1] < 0x0300,
            // Fillers that count as letters.
            0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x034F or 0x17B4 or 0x17B5 => true,
            _ => category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned,
        };

    /// <summary>Plain text for a place without markup, such as the name of a thread.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="most">Longest result in UTF-16 units.</param>
    public static string Plain(string text, int most)
    {
        var line = Clean(text);
        return line.Length == 0 ? line : Excerpt.Of(line, most);
    }

    /// <summary>One line, cut where a reader would stop, so that it still fits after it was escaped.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="most">Longest result in UTF-16 units, all that escaping adds included.</param>
    /// <param name="escape">Puts a cleaned line into a platform's markup.</param>
    public static string Fit(string text, int most, Func<string, string> escape)
    {
        var line = Clean(text);
        if (line.Length == 0)
        {
            return "";
        }

        var room = most;
        while (true)
        {
            var escaped = escape(Excerpt.Of(line, room));
            if (escaped.Length <= most)
            {
                return escaped;
            }

            if (room == 1)
            {
                return "";
            }

            room = Math.Max(1, Math.Min(room - 1, (int)((long)room * most / escaped.Length)));
        }
    }

    /// <summary>An address as it may stand in a link or a button.</summary>
    /// <param name="url">Any text.</param>
    /// <param name="percent">Signs of the platform's markup, which are written in percent form; it leads to the same place.</param>
    /// <returns>Null where it is no http or https address, or one that hides where it leads.</returns>
    public static string? Target(string? url, string percent)
    {
        if (
            !Uri.TryCreate(url, UriKind.Absolute, out var address)
            || address.Scheme is not ("http" or "https")
            || address.HostNameType is UriHostNameType.IPv6
            || address.UserInfo.Length > 0
        )
        {
            return null;
        }

        var target = new StringBuilder(address.AbsoluteUri.Length + 8);
        foreach (var c in address.AbsoluteUri)
        {
            if (c is '<' or '>' or '\\' or '@' or '"' || percent.Contains(c, StringComparison.Ordinal))
            {
                target.Append(CultureInfo.InvariantCulture, $"%{(int)c:X2}");
            }
            else
            {
                target.Append(c);
            }
        }

        return target.ToString();
    }
}
