using System.Collections.Frozen;
using AngleSharp.Dom;

namespace NewsBot.Fetching.Articles;

/// <summary>Which elements hold no text for readers, and which stand within a line.</summary>
internal static class PageTags
{
    private static readonly FrozenSet<string> Textless = Set(
        """
        script style template svg math iframe object embed applet audio video canvas map button select option datalist
        textarea input progress meter head title link meta rp rt frameset frame noframes img picture source track param base
        legend
        """
    );

    private static readonly FrozenSet<string> Inline = Set(
        """
        a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rb ruby s samp small span strike
        strong sub sup time tt u var wbr
        """
    );

    /// <summary>Whether what is below it is never text of the page.</summary>
    public static bool IsTextless(string tag) => Textless.Contains(tag);

    /// <summary>Whether it stands within a line of text.</summary>
    public static bool IsInline(string tag) => Inline.Contains(tag) || tag.Contains(':', StringComparison.Ordinal);

    /// <summary>Whether it holds blocks although its name says it stands within a line.</summary>
    public static bool HoldsBlocks(IElement element)
    {
        foreach (var child in element.ChildNodes)
        {
            if (child is IElement { LocalName: var tag } && tag != "br" && !IsInline(tag) && !IsTextless(tag))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>1 to 6 for a heading, else 0.</summary>
    public static int HeadingLevel(string tag) => tag is ['h', >= '1' and <= '6'] ? tag[1] - '0' : 0;

    private static FrozenSet<string> Set(string words) =>
        words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
