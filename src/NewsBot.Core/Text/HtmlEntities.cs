using System.Globalization;
using System.Text;
using AngleSharp.Html;

namespace NewsBot.Core.Text;

/// <summary>Decodes character references as browsers do. Source: https://html.spec.whatwg.org/multipage/named-characters.html</summary>
public static class HtmlEntities
{
    // The longest name of the specification has 31 letters.
    private const int MaxNameLength = 32;

    // What old editors meant by the control characters 0x80 to 0x9F: windows-1252.
    private const string Windows1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

    /// <summary>Replaces named and numeric references; what is none stays as it stands.</summary>
    /// <param name="text">Any text; without '&amp;' it is returned itself.</param>
    public static string Decode(string text)
    {
        var at = text.IndexOf('&', StringComparison.Ordinal);
        if (at < 0)
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        var from = 0;
        while (at >= 0)
        {
            result.Append(text, from, at - from);
            var length = Reference(text.AsSpan(at), out var value);
            result.Append(length == 0 ? "&" : value);
            from = at + Math.Max(1, length);
            at = text.IndexOf('&', from);
        }

        return result.Append(text, from, text.Length - from).ToString();
    }

    /// <summary>Writes plain text as HTML: only what HTML would take for markup is replaced, letters of any language stay.</summary>
    /// <param name="text">Plain text; without special characters it is returned itself.</param>
    public static string Encode(string text)
    {
        if (!text.AsSpan().ContainsAny("&<>\""))
        {
            return text;
        }

        var result = new StringBuilder(text.Length + 32);
        foreach (var letter in text)
        {
            _ = letter switch
            {
                '&' => result.Append("&amp;"),
                '<' => result.Append("&lt;"),
                '>' => result.Append("&gt;"),
                '"' => result.Append("&quot;"),
                _ => result.Append(letter),
            };
        }

        return result.ToString();
    }

    /// <summary>Reads one reference at the start of <paramref name="text"/>.</summary>
    /// <param name="text">Starts with '&amp;'.</param>
    /// <param name="value">What it stands for.</param>
    /// <returns>Its length; 0 where there is none.</returns>
    public static int Reference(ReadOnlySpan<char> text, out string value)
    {
        value = string.Empty;
        if (text.Length < 3)
        {
            return 0;
        }

        return text[1] == '#' ? Numeric(text, out value) : Named(text, out value);
    }

    /// <summary>The character meant by a code point: windows-1252 for 0x80 to 0x9F, U+FFFD for what is none.</summary>
    /// <param name="code">Any number.</param>
    public static string Character(int code) =>
        code switch
        {
            >= 0x80 and <= 0x9F => Windows1252[code - 0x80].ToString(),
            '\t' or '\n' or '\r' => ((char)code).ToString(),
            < 0x20 => string.Empty,
            >= 0xD800 and <= 0xDFFF or > 0x10FFFF => "\uFFFD",
            _ => char.ConvertFromUtf32(code),
        };

    private static int Numeric(ReadOnlySpan<char> text, out string value)
    {
        value = string.Empty;
        var hex = text[2] is 'x' or 'X';
        var start = hex ? 3 : 2;
        var end = start;
        while (end < text.Length && (hex ? char.IsAsciiHexDigit(text[end]) : char.IsAsciiDigit(text[end])))
        {
            end++;
        }

        if (end == start)
        {
            return 0;
        }

        var style = hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        var isNumber = int.TryParse(text[start..end], style, CultureInfo.InvariantCulture, out var code) && code >= 0;
        value = isNumber ? Character(code) : "\uFFFD";
        return end < text.Length && text[end] == ';' ? end + 1 : end;
    }

    private static int Named(ReadOnlySpan<char> text, out string value)
    {
        value = string.Empty;
        var end = 1;
        while (end < text.Length && end <= MaxNameLength && char.IsAsciiLetterOrDigit(text[end]))
        {
            end++;
        }

        if (end == 1 || end >= text.Length || text[end] != ';')
        {
            return 0;
        }

        var name = text[1..(end + 1)].ToString();
        var found = name switch
        {
            "amp;" => "&",
            "lt;" => "<",
            "gt;" => ">",
            "quot;" => "\"",
            "apos;" => "'",
            "nbsp;" => "\u00A0",
            _ => HtmlEntityProvider.Resolver.GetSymbol(name),
        };
        value = found ?? string.Empty;
        return found is null ? 0 : end + 1;
    }
}
