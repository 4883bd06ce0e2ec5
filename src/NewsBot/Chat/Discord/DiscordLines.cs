using System.Text.RegularExpressions;

namespace NewsBot.Chat.Discord;

/// <summary>The part of Discord's Markdown that hangs on how a line begins. Pure.</summary>
internal static partial class DiscordLines
{
    /// <summary>Converts the lines of a message.</summary>
    /// <param name="lines">Without line ends.</param>
    public static IEnumerable<string> Convert(IEnumerable<string> lines)
    {
        var before = Kind.Text;
        var quotesRest = false;
        foreach (var raw in lines)
        {
            var line = raw;
            if (!quotesRest && line.StartsWith(">>> ", StringComparison.Ordinal))
            {
                quotesRest = true;
                line = line[4..];
            }

            var (kind, converted) = quotesRest
                ? (Kind.Quote, "> " + Plain(line, Kind.Quote).Line)
                : Plain(line, before);
            // Without an empty line between them, what follows a quote or a list would become part of it.
            if (kind == Kind.Text && before is Kind.Quote or Kind.List && converted.Length > 0)
            {
                yield return "";
            }

            before = converted.Length == 0 ? Kind.Text : kind;
            yield return converted;
        }
    }

    private static (Kind Kind, string Line) Plain(string line, Kind before)
    {
        if (line.StartsWith("> ", StringComparison.Ordinal))
        {
            return (Kind.Quote, "> " + Plain(line[2..], Kind.Quote).Line);
        }

        if (ListItem().IsMatch(line))
        {
            // Far in it would be code, unless it stands below another item.
            return (Kind.List, before == Kind.List ? line : line.TrimStart());
        }

        var text = line.TrimStart(' ', '\t');
        if (text.StartsWith("-# ", StringComparison.Ordinal))
        {
            return (Kind.Text, text[3..].TrimStart());
        }

        if (Heading().IsMatch(text))
        {
            return (Kind.Text, text);
        }

        return (Kind.Text, Guard().IsMatch(text) ? Escape(text) : text);
    }

    // "1) x" and "12. x" are escaped at the sign behind the number, all else at its first sign.
    private static string Escape(string text)
    {
        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        return $"{text[..digits]}\\{text[digits..]}";
    }

    [GeneratedRegex(@"^[ \t]{0,40}([-*]|[0-9]{1,9}\.)[ \t]+\S", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex ListItem();

    [GeneratedRegex(@"^#{1,3} ", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Heading();

    // What begins a block in our Markdown and nothing in Discord's: deep headings, quotes without a space, "+" and "1)"
    // lists, empty items, rules and underlines of headings, definitions of links, fences of tildes.
    [GeneratedRegex(
        @"^(\#{1,6}([ \t]|$)|>|\+([ \t]|$)|[0-9]{1,9}[.)]([ \t]|$)|[-*]([ \t]|$)|=+[ \t]*$|-+[ \t]*$|([-*_][ \t]*){3,}$|\[[^\]]{0,999}\]:|~~~)",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Guard();

    private enum Kind
    {
        Text,
        Quote,
        List,
    }
}
