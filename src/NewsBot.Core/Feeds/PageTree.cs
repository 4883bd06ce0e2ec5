using System.Collections.Frozen;
using System.Text;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using NewsBot.Core.Text;

namespace NewsBot.Core.Feeds;

/// <summary>
/// Builds the tree of a web page after writing it anew without all that is not looked at. What the tree builder gets is
/// thereby known: no page can make it nest without end or repeat elements a million times. Pure.
/// </summary>
internal static class PageTree
{
    /// <summary>Nothing lies deeper in a tree built here.</summary>
    public const int MaxDepth = 400;

    // The longest lists of news have half of it, with their scripts.
    private const int MaxLength = 6_000_000;

    // A page with ten thousand links has about as many.
    private const int MaxTags = 60_000;

    // The tree builder opens those that were not closed again in every paragraph that follows.
    private const int MaxOpenFormatting = 8;

    // The only attributes that a selector or an entry can need; longer values are data, not addresses.
    private const int MaxAttribute = 4_000;

    private static readonly FrozenSet<string> Dropped = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        ["script", "style", "svg", "math", "template", "iframe", "object", "canvas", "select", "textarea", "noembed"]
    );

    private static readonly FrozenSet<string> Formatting = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        ["b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"]
    );

    // Void elements, and those whose end is usually left out: they never nest by themselves.
    private static readonly FrozenSet<string> Flat = FrozenSet.ToFrozenSet(
        "area base br col embed hr img input link meta param source track wbr p li dt dd tr td th thead tbody tfoot option html head body a".Split(
            ' '
        ),
        StringComparer.OrdinalIgnoreCase
    );

    // Their content is text up to their own end tag, whatever stands in it, or they change how all that follows is read.
    private static readonly FrozenSet<string> Odd = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        ["plaintext", "xmp", "noframes", "frameset", "noscript", "listing"]
    );

    /// <summary>Parses a page.</summary>
    /// <param name="page">Bytes as sent, decompressed.</param>
    /// <param name="contentType">The Content-Type header as sent; null where absent.</param>
    /// <returns>Null where it is too large or too deep to be a list of news.</returns>
    public static IHtmlDocument? Parse(ReadOnlyMemory<byte> page, string? contentType)
    {
        if (page.Length > MaxLength)
        {
            return null;
        }

        var (encoding, skip) = FeedEncoding.Detect(page.Span, contentType);
        return Rewritten(encoding.GetString(page.Span[skip..])) is { } html
            ? new HtmlParser().ParseDocument(html)
            : null;
    }

    private static string? Rewritten(string html)
    {
        var scanner = new MarkupScanner(html);
        var result = new StringBuilder(Math.Min(html.Length, 500_000));
        var (tags, depth, formatting) = (0, 0, 0);
        while (scanner.Read())
        {
            if (scanner.Kind is MarkupToken.Text)
            {
                Text(result, scanner.Value);
            }

            if (scanner.Kind is not (MarkupToken.Start or MarkupToken.End))
            {
                continue;
            }

            var name = scanner.Name.ToString();
            var opens = scanner.Kind is MarkupToken.Start;
            if (Dropped.Contains(name))
            {
                Skip(scanner, name, opens);
                continue;
            }

            if (Odd.Contains(name) || !Plain(name))
            {
                continue;
            }

            if (Formatting.Contains(name))
            {
                if (opens && formatting >= MaxOpenFormatting)
                {
                    continue;
                }

                formatting = opens ? formatting + 1 : Math.Max(0, formatting - 1);
            }
            else if (!Flat.Contains(name))
            {
                depth = opens ? depth + 1 : Math.Max(0, depth - 1);
            }

            if (++tags > MaxTags || depth > MaxDepth / 2)
            {
                return null;
            }

            Tag(result, scanner, name, opens);
        }

        return result.ToString();
    }

    private static void Skip(MarkupScanner scanner, string name, bool opens)
    {
        if (opens && !scanner.SelfClosing)
        {
            scanner.SkipPast(name);
        }
    }

    private static void Tag(StringBuilder result, MarkupScanner scanner, string name, bool opens)
    {
        result.Append(opens ? "<" : "</").Append(name);
        if (opens)
        {
            foreach (var (key, value) in scanner.Attributes())
            {
                if (
                    Plain(key)
                    && value.Length <= MaxAttribute
                    && !key.StartsWith("on", StringComparison.OrdinalIgnoreCase)
                )
                {
                    result.Append(' ').Append(key).Append("=\"").Append(HtmlEntities.Encode(value)).Append('"');
                }
            }
        }

        result.Append('>');
    }

    // A "<" that begins no tag stays text.
    private static void Text(StringBuilder result, ReadOnlySpan<char> text)
    {
        var start = result.Length;
        result.Append(text).Replace("<", "&lt;", start, result.Length - start);
    }

    private static bool Plain(string name) =>
        name.Length <= 60
        && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or ':' or '.');
}
