using System.Collections.Frozen;
using System.Runtime.InteropServices;
using AngleSharp.Dom;

namespace NewsBot.Fetching;

/// <summary>
/// Looks at a page before any tree is built of it: trees are walked with recursion, and a page of a hundred thousand open
/// elements would end the process; and the search for the text takes time with the square of some elements. Pure.
/// </summary>
internal static class HtmlShape
{
    // A long read with its whole site around it has half a million characters and ten thousand tags.
    private const int MaxLength = 1_000_000;
    private const int MaxTags = 20_000;
    private const int MaxDepth = 400;

    // The search looks at links, pictures, headings and the like in the light of all others of their kind: ten thousand of
    // one kind take ten seconds, a hundred thousand take hours.
    private const int MaxOfOneKind = 2_000;
    private const int MaxTables = 500;

    // Those it passes over quickly, and which big pages have many of.
    private static readonly FrozenSet<string> Plentiful = FrozenSet.Create(
        StringComparer.Ordinal,
        ["div", "span", "p", "li", "br", "td", "tr"]
    );

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
        var depth = 0;
        var kinds = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var step = new TreeStep(root, Leaves: false); step.Node is not null; step = step.Next(root, _ => false))
        {
            depth += step.Leaves ? -1 : 1;
            if (depth > MaxDepth || (!step.Leaves && step.Node is IElement element && !MayCome(element.LocalName)))
            {
                return false;
            }
        }

        return true;

        bool MayCome(string name)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(kinds, name, out _)++;
            return Plentiful.Contains(name) || kinds[name] <= (name == "table" ? MaxTables : MaxOfOneKind);
        }
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
