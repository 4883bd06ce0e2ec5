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
    private const int MaxDepth = 400;

    // Elements that never nest: void ones, and those whose end tag is usually left out.
    private static readonly FrozenSet<string> Flat = FrozenSet.ToFrozenSet(
        [
            .. (ReadOnlySpan<string>)
                ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param"],
            .. (ReadOnlySpan<string>)
                ["source", "track", "wbr", "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody"],
            .. (ReadOnlySpan<string>)["tfoot", "option", "optgroup", "colgroup", "html", "head", "body"],
        ],
        StringComparer.OrdinalIgnoreCase
    );

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

        var depth = 0;
        for (var tags = 0; tags <= MaxTags; tags++)
        {
            var at = html.IndexOf('<');
            if (at < 0 || at + 1 >= html.Length)
            {
                return true;
            }

            html = html[(at + 1)..];
            var closes = html[0] == '/';
            var name = Name(closes ? html[1..] : html);
            if (name.IsEmpty || FlatNames.Contains(name))
            {
                continue;
            }

            depth = closes ? Math.Max(0, depth - 1) : depth + 1;
            if (depth > MaxDepth)
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
