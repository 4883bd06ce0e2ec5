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

    // Bold, links and fonts that are left open are opened again by the parser in every block that follows.
    private const int MaxReopened = 1_000_000;

    // Elements that never nest: void ones, and those whose end tag is usually left out.
    private static readonly FrozenSet<string> Flat = FrozenSet.ToFrozenSet(
        [
            .. (ReadOnlySpan<string>)
                ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param"],
            .. (ReadOnlySpan<string>)
                ["source", "track", "wbr", "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody"],
            .. (ReadOnlySpan<string>)["tfoot", "option", "optgroup", "colgroup", "html", "head", "body"],
            .. (ReadOnlySpan<string>)["path", "use", "circle", "rect", "line", "polygon", "polyline", "ellipse", "stop"],
        ],
        StringComparer.OrdinalIgnoreCase
    );

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Formatting = FrozenSet
        .Create(
            StringComparer.OrdinalIgnoreCase,
            "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"
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

        var (depth, formatting, reopened) = (0, 0, 0L);
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

            if (Formatting.Contains(name))
            {
                formatting = Math.Max(0, formatting + step);
            }
            else if (!name.IsEmpty)
            {
                reopened += formatting;
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
