using System.Text;

namespace NewsBot.Core.Text;

/// <summary>Puts foreign text into our own Markdown so that it shows as it was written and does nothing else. Pure.</summary>
public static class MarkdownEscape
{
    private const string Special = "\\`*_{}[]<>()#+-.!|~&@:=^\"'$";

    // Only these can begin a construct anywhere in a line; the others matter at its start or in pairs with these.
    private const string SpecialInline = "\\`*_[]<>|~&@^$";

    /// <summary>One line of plain text: white space folded, control and direction characters dropped, marks of Markdown escaped.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>Safe anywhere within a line and at its start.</returns>
    public static string Line(string text)
    {
        var line = new StringBuilder(text.Length + 8);
        var gap = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                gap = line.Length > 0;
                continue;
            }

            if (Rune.IsControl(rune) || IsDirection(rune.Value))
            {
                continue;
            }

            if (gap)
            {
                line.Append(' ');
                gap = false;
            }

            if (rune.IsAscii && Needs((char)rune.Value, line))
            {
                line.Append('\\');
            }

            line.Append(rune.ToString());
        }

        return line.ToString();
    }

    /// <summary>As <see cref="Line(string)"/>, cut with an ellipsis.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="most">Characters of the text that are kept at most.</param>
    public static string Line(string text, int most) =>
        text.Length <= most ? Line(text) : Line(text[..SafeCut(text, most)].TrimEnd() + "…");

    /// <summary>A link with foreign text and a foreign address.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="url">An address; where it is not absolute http or https only the text is left.</param>
    public static string Link(string text, string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? $"[{Line(text)}](<{Target(address)}>)"
            : Line(text);

    /// <summary>An inline code span: what somebody is to type, or foreign text that must be read letter by letter.</summary>
    /// <param name="text">Any text; line breaks become spaces.</param>
    public static string Code(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        var longest = 0;
        var run = 0;
        foreach (var character in line)
        {
            run = character == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        var fence = new string('`', longest + 1);
        var pad = longest > 0 ? " " : "";
        return $"{fence}{pad}{line}{pad}{fence}";
    }

    private static string Target(Uri address) =>
        address.AbsoluteUri.Replace("<", "%3C", StringComparison.Ordinal).Replace(">", "%3E", StringComparison.Ordinal);

    private static bool Needs(char character, StringBuilder before) =>
        SpecialInline.Contains(character, StringComparison.Ordinal)
        || (AtLineStart(before) && Special.Contains(character, StringComparison.Ordinal));

    // "12. " is a list as well as "- ": digits before the mark still count as the start.
    private static bool AtLineStart(StringBuilder before)
    {
        for (var i = 0; i < before.Length; i++)
        {
            if (!char.IsAsciiDigit(before[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static int SafeCut(string text, int most) => char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;

    // Overrides and isolates can make a line read other than it is.
    private static bool IsDirection(int value) =>
        value is 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
