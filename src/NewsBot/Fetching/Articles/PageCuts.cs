namespace NewsBot.Fetching.Articles;

/// <summary>Marks the parts of a page that are not its article. Pure but for the marks.</summary>
internal static class PageCuts
{
    // How much text there has to be elsewhere, for each letter in a part that is called something else.
    private const double OtherText = 0.35;
    private const double OtherTextAtAll = 0.05;
    private const double MostOfThePage = 0.5;

    // A teaser is a small part of its page; the article's own headline may be a link to itself.
    private const double TeaserShare = 0.25;
    private const double MostlyLink = 0.9;
    private const double LinkShare = 0.5;

    // Around a short article there are more links than text, too.
    private const double LinkListShare = 0.25;

    // How far around its headline a teaser reaches: headline, text, card, item.
    private const int TeaserReach = 4;

    /// <summary>Marks them, and sums what is left.</summary>
    public static void Mark(PageOutline page)
    {
        var parts = page.Parts;
        var withHeadline = HoldHeadline(page);
        var clean = Clean(page, withHeadline);
        for (var at = 1; at < parts.Count; at++)
        {
            var around = parts[parts[at].Parent].Cut;
            var elsewhere = clean[^1] - (clean[parts[at].EndLine] - clean[parts[at].FirstLine]);
            parts[at].Cut =
                around != PageCut.None ? around : ByHint(parts[at], parts[0].Running, elsewhere, withHeadline[at]);
        }

        Keep(page);
        MarkTeasers(page, withHeadline);
        Keep(page);
    }

    private static PageCut ByHint(PagePart part, double all, double elsewhere, bool withHeadline)
    {
        if (part.Is(PageHint.Talk))
        {
            // What holds the headline as well is the whole page with its comments.
            return withHeadline || part.Running > 0.9 * all ? PageCut.None : PageCut.Talk;
        }

        // A part that is nearly all of the page is the page, whatever it is called.
        var isPage = withHeadline || elsewhere < OtherText * part.Running;
        if (part.Is(PageHint.Out) && !(withHeadline || elsewhere < OtherTextAtAll * part.Running))
        {
            return PageCut.Out;
        }

        if (part.Is(PageHint.Side) && !part.Is(PageHint.Body) && !isPage)
        {
            return PageCut.Side;
        }

        return part.Linked > LinkShare * part.Letters && part.Running <= LinkListShare * all
            ? PageCut.Links
            : PageCut.None;
    }

    /// <summary>Before each line, the running text so far in parts that nothing speaks against; all of it at the end.</summary>
    private static double[] Clean(PageOutline page, bool[] withHeadline)
    {
        var (parts, lines) = (page.Parts, page.Lines);
        var isClean = new bool[parts.Count];
        isClean[0] = true;
        for (var at = 1; at < isClean.Length; at++)
        {
            var isNamed = parts[at].Is(PageHint.Side | PageHint.Talk | PageHint.Out);
            var isMost = withHeadline[at] || parts[at].Running > MostOfThePage * parts[0].Running;
            isClean[at] = isClean[parts[at].Parent] && (!isNamed || isMost);
        }

        var clean = new double[lines.Count + 1];
        for (var at = 0; at < lines.Count; at++)
        {
            clean[at + 1] = clean[at] + (isClean[lines[at].Part] ? lines[at].Running : 0);
        }

        return clean;
    }

    private static bool[] HoldHeadline(PageOutline page)
    {
        var holds = new bool[page.Parts.Count];
        foreach (var line in page.Lines)
        {
            if (line.Level == 1)
            {
                for (var at = line.Part; at >= 0 && !holds[at]; at = page.Parts[at].Parent)
                {
                    holds[at] = true;
                }
            }
        }

        return holds;
    }

    private static void MarkTeasers(PageOutline page, bool[] withHeadline)
    {
        foreach (var line in page.Lines)
        {
            var isOfPage = line.Kind == LineKind.Heading && page.Parts[line.Part].Cut == PageCut.None;
            if (!isOfPage || line.Linked < MostlyLink * line.Text.Length)
            {
                continue;
            }

            var card = Card(page.Parts, line.Part, withHeadline);
            if (card > 0)
            {
                for (var at = card; at < page.Parts[card].End; at++)
                {
                    page.Parts[at].Cut = page.Parts[at].Cut == PageCut.None ? PageCut.Teaser : page.Parts[at].Cut;
                }
            }
        }
    }

    /// <summary>The widest part around a linked headline that is but a small part of the page.</summary>
    private static int Card(List<PagePart> parts, int heading, bool[] withHeadline)
    {
        var card = 0;
        var at = parts[heading].Parent;
        for (var reach = 0; reach < TeaserReach && at > 0; reach++, at = parts[at].Parent)
        {
            if (withHeadline[at] || parts[at].Is(PageHint.Body) || parts[at].Kept > TeaserShare * parts[0].Kept)
            {
                break;
            }

            card = at;
        }

        return card;
    }

    private static void Keep(PageOutline page)
    {
        foreach (var part in page.Parts)
        {
            part.Kept = 0;
        }

        foreach (var line in page.Lines)
        {
            var part = page.Parts[line.Part];
            part.Kept += part.Cut == PageCut.None ? line.Running : 0;
        }

        for (var at = page.Parts.Count - 1; at > 0; at--)
        {
            page.Parts[page.Parts[at].Parent].Kept += page.Parts[at].Kept;
        }
    }
}
