using System.Collections.Frozen;

namespace NewsBot.Fetching;

/// <summary>
/// Looks at a page before any tree is built of it: trees are walked with recursion, and a page of a hundred thousand open
/// elements would end the process. An estimate in one pass; who builds the tree measures it again. Pure.
/// </summary>
internal static class HtmlShape
{
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

    /// <summary>Whether a page keeps within both bounds.</summary>
    /// <param name="html">The whole page.</param>
    /// <param name="maxTags">Most tags in all.</param>
    /// <param name="maxDepth">Most elements open at once.</param>
    public static bool IsWithin(ReadOnlySpan<char> html, int maxTags, int maxDepth)
    {
        var depth = 0;
        for (var tags = 0; tags <= maxTags; tags++)
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
            if (depth > maxDepth)
            {
                return false;
            }
        }

        return false;
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
