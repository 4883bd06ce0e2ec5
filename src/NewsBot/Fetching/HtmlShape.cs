using System.Collections.Frozen;
using AngleSharp.Dom;

namespace NewsBot.Fetching;

/// <summary>
/// Looks at a page before any tree is built of it: trees are walked with recursion by the parser's library, and a page of a
/// hundred thousand open elements would end the process. Pure.
/// </summary>
internal static class HtmlShape
{
    // A long read with its whole site around it has half a million characters and ten thousand tags; front pages that carry
    // their own data have three times as much.
    private const int MaxLength = 3_000_000;
    private const int MaxTags = 60_000;
    private const int MaxDepth = 600;

    // What the estimate takes for open is often closed by what comes next; the parser's time grows with depth times tags.
    private const int MaxOpen = 4_000;

    // Bold, fonts and the like that are left open are opened again by the parser in every block that follows, three at most
    // of those that are written alike.
    private const int MaxReopened = 100_000;
    private const int MaxAlike = 3;
    private const int LongestWay = 200;

    // Each is looked through to its end.
    private const int MaxLongTags = 200;
    private const int MaxAttributes = 4_000;

    // Elements that never nest: void ones, and those whose end tag is usually left out.
    private static readonly FrozenSet<string> Flat = FrozenSet.ToFrozenSet(
        [
            .. (ReadOnlySpan<string>)
                ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param"],
            .. (ReadOnlySpan<string>)
                ["source", "track", "wbr", "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody"],
            .. (ReadOnlySpan<string>)["tfoot", "option", "optgroup", "colgroup", "html", "head", "body"],
            .. (ReadOnlySpan<string>)
                ["path", "use", "circle", "rect", "line", "polygon", "polyline", "ellipse", "stop"],
        ],
        StringComparer.OrdinalIgnoreCase
    );

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Formatting = FrozenSet
        .Create(
            StringComparer.OrdinalIgnoreCase,
            "b",
            "big",
            "code",
            "em",
            "font",
            "i",
            "nobr",
            "s",
            "small",
            "strike",
            "strong",
            "tt",
            "u"
        )
        .GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> FlatNames = Flat.GetAlternateLookup<
        ReadOnlySpan<char>
    >();

    /// <summary>Whether a tree may be built: an estimate in one pass.</summary>
    public static bool IsWithin(ReadOnlySpan<char> html)
    {
        if (html.Length > MaxLength)
        {
            return false;
        }

        var (depth, formatting, reopened, longTags) = (0, 0, 0, 0);
        var ways = new HashSet<int>();
        for (var tags = 0; tags <= MaxTags; tags++)
        {
            var at = html.IndexOf('<');
            if (at < 0 || at + 1 >= html.Length)
            {
                return true;
            }

            html = html[(at + 1)..];
            var step = html[0] == '/' ? -1 : 1;
            var name = Name(step < 0 ? html[1..] : html);
            if (step > 0 && name.Equals("script", StringComparison.OrdinalIgnoreCase))
            {
                html = AfterScript(html);
                continue;
            }

            var isLong = step > 0 && !html[..Math.Min(html.Length, MaxAttributes)].Contains('>');
            if (isLong && (++longTags > MaxLongTags || HasTooManyAttributes(html)))
            {
                return false;
            }

            if (Formatting.Contains(name))
            {
                formatting = Math.Max(0, formatting + step);
                ways.Add(step > 0 ? WayOf(html) : 0);
            }
            else if (!name.IsEmpty)
            {
                reopened += Math.Min(formatting, MaxAlike * ways.Count);
            }

            depth = name.IsEmpty || FlatNames.Contains(name) ? depth : Math.Max(0, depth + step);
            if (depth > MaxOpen || reopened > MaxReopened)
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>Whether a tree may be searched: the measure itself.</summary>
    public static bool IsWithin(INode root)
    {
        var open = new Stack<(INodeList Nodes, int Next)>();
        open.Push((root.ChildNodes, 0));
        while (open.TryPop(out var level))
        {
            if (level.Next == level.Nodes.Length)
            {
                continue;
            }

            open.Push((level.Nodes, level.Next + 1));
            if (level.Nodes[level.Next] is { HasChildNodes: true } node)
            {
                open.Push((node.ChildNodes, 0));
            }

            if (open.Count > MaxDepth)
            {
                return false;
            }
        }

        return true;
    }

    // The parser compares each attribute with all before it. Data in a single one may be long.
    private static bool HasTooManyAttributes(ReadOnlySpan<char> tag)
    {
        var (words, quote) = (0, '\0');
        foreach (var letter in tag)
        {
            if (quote == '\0' && letter == '>')
            {
                return false;
            }

            words += quote == '\0' && letter is (' ' or '\t' or '\n' or '\r' or '\f' or '/' or '"' or '\'') ? 1 : 0;
            quote =
                letter is not ('"' or '\'') ? quote
                : quote == '\0' ? letter
                : quote == letter ? '\0'
                : quote;
            if (words > MaxAttributes)
            {
                return true;
            }
        }

        return false;
    }

    private static int WayOf(ReadOnlySpan<char> tag)
    {
        var start = tag[..Math.Min(tag.Length, LongestWay)];
        var end = start.IndexOf('>');
        return string.GetHashCode(end < 0 ? start : start[..end], StringComparison.Ordinal);
    }

    // Programs hold markup in their strings, and close it in their own way.
    private static ReadOnlySpan<char> AfterScript(ReadOnlySpan<char> html)
    {
        var end = html.IndexOf("</script", StringComparison.OrdinalIgnoreCase);
        return end < 0 ? [] : html[end..];
    }

    private static ReadOnlySpan<char> Name(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && length < 32 && char.IsAsciiLetterOrDigit(text[length]))
        {
            length++;
        }

        return length > 0 && char.IsAsciiLetter(text[0]) ? text[..length] : [];
    }
}
