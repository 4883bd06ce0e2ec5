namespace NewsBot.Fetching.Articles;

/// <summary>
/// Finds the lines of a page that are its article: the smallest part that holds nearly all running text, without what is
/// marked as belonging to the page. Pure.
/// </summary>
internal static class MainText
{
    // Two or three sentences: with less we look further, and take what is found where it is far more.
    private const double Enough = 250;
    private const double MuchMore = 3;

    // What readers wrote, and what is called something else, is the text only where there is next to none.
    private static readonly (PageCut Widest, double TooLittle)[] Wider =
    [
        (PageCut.None, Enough),
        (PageCut.Links, Enough),
        (PageCut.Talk, Enough / 2),
    ];

    // How much of the running text a smaller part has to hold to be taken instead.
    private const double NearlyAll = 0.92;
    private const double NearlyAllByName = 0.75;

    // A part that is called the article's text is taken while it is no mere scrap of the page.
    private const double ByName = 0.25;
    private const double MostOfNamed = 0.7;

    // Shorter headlines are the names of sites and sections.
    private const double TellingHeadline = 15;

    /// <summary>The lines, in reading order; empty where the page has no running text.</summary>
    /// <param name="page">The page.</param>
    /// <param name="title">Its headline, which is no part of the text; null where unknown.</param>
    /// <param name="description">How the page sums itself up, which often is its opening; null where unknown.</param>
    public static IReadOnlyList<PageLine> Of(PageOutline page, string? title, string? description)
    {
        PageCuts.Mark(page);
        var container = Container(page, title);
        var lines = ArticleLines.Tidy(page, Within(page, container, description), title);
        if (RunningOf(lines) >= Enough)
        {
            return lines;
        }

        foreach (var (widest, tooLittle) in Wider)
        {
            if (RunningOf(lines) < tooLittle)
            {
                var wider = ArticleLines.Tidy(page, Anywhere(page, widest), title);
                lines = RunningOf(wider) > MuchMore * RunningOf(lines) ? wider : lines;
            }
        }

        return lines;
    }

    /// <summary>How much the lines say.</summary>
    public static double SizeOf(IReadOnlyList<PageLine> lines) =>
        lines.Sum(line => line.Kind == LineKind.Heading ? 0 : line.Size);

    private static double RunningOf(IReadOnlyList<PageLine> lines) => lines.Sum(line => line.Running);

    private static int Container(PageOutline page, string? title)
    {
        var start = Headlined(page, title);
        var at = Named(page, start) ?? start;
        while (Inner(page, at) is { } inner)
        {
            at = inner;
        }

        return at;
    }

    /// <summary>Where a page holds several articles with their headlines, the part of the one it is about.</summary>
    private static int Headlined(PageOutline page, string? title)
    {
        var heads = page.Lines.Where(line => line.Level == 1 && page.Parts[line.Part].Cut == PageCut.None).ToList();
        var own = title is null ? null : heads.Find(line => line.Size >= TellingHeadline && IsOf(title, line.Text));
        if (heads.Count < 2 || own is null)
        {
            return 0;
        }

        var best = 0;
        for (
            var at = own.Part;
            at > 0 && heads.Count(head => IsWithin(page, head.Part, at)) == 1;
            at = page.Parts[at].Parent
        )
        {
            best = at;
        }

        return page.Parts[best].Kept >= Enough ? best : Below(page, own, heads);
    }

    /// <summary>The greatest part between a headline and the next one.</summary>
    private static int Below(PageOutline page, PageLine own, List<PageLine> heads)
    {
        var start = page.Lines.IndexOf(own);
        var next = heads.SkipWhile(head => !ReferenceEquals(head, own)).Skip(1).FirstOrDefault();
        var end = next is null ? page.Lines.Count : page.Lines.IndexOf(next);
        var (best, most) = (0, Enough);
        for (var at = own.Part + 1; at < page.Parts.Count && page.Parts[at].FirstLine < end; at++)
        {
            var part = page.Parts[at];
            if (part.FirstLine > start && part.EndLine <= end && part.Kept > most)
            {
                (best, most) = (at, part.Kept);
            }
        }

        return best;
    }

    private static bool IsOf(string title, string headline) =>
        title.Contains(headline, StringComparison.OrdinalIgnoreCase)
        || headline.Contains(title, StringComparison.OrdinalIgnoreCase);

    private static bool IsWithin(PageOutline page, int part, int around) =>
        part >= around && part < page.Parts[around].End;

    /// <summary>The part called the article's text, where there is one that stands out.</summary>
    private static int? Named(PageOutline page, int within)
    {
        var (best, most, all) = (0, 0d, 0d);
        for (var at = within + 1; at < page.Parts[within].End; at++)
        {
            var part = page.Parts[at];
            if (part.Is(PageHint.Body) && part.Cut == PageCut.None)
            {
                all += part.Kept;
                (best, most) = part.Kept > most ? (at, part.Kept) : (best, most);
                at = part.End - 1;
            }
        }

        return most >= Enough && most >= ByName * page.Parts[within].Kept && most >= MostOfNamed * all ? best : null;
    }

    private static int? Inner(PageOutline page, int around)
    {
        var whole = page.Parts[around].Kept;
        for (var at = around + 1; at < page.Parts[around].End; at = page.Parts[at].End)
        {
            var part = page.Parts[at];
            var share = part.Is(PageHint.Body | PageHint.Content) && !HasEqual(page, at) ? NearlyAllByName : NearlyAll;
            if (part.Kept > 0 && part.Kept >= share * whole && part.EndLine - part.FirstLine > 1)
            {
                return at;
            }
        }

        return null;
    }

    // One article in several parts has parts of one name beside each other.
    private static bool HasEqual(PageOutline page, int child)
    {
        var around = page.Parts[child].Parent;
        for (var at = around + 1; at < page.Parts[around].End; at = page.Parts[at].End)
        {
            var other = page.Parts[at];
            if (
                at != child
                && other.Kept > 0
                && other.Tag == page.Parts[child].Tag
                && other.Is(PageHint.Body | PageHint.Content)
            )
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<int> Within(PageOutline page, int container, string? description)
    {
        var part = page.Parts[container];
        var opening = new PageOpening(page, description);
        foreach (var lead in opening.Before(part.FirstLine))
        {
            yield return lead;
        }

        for (var at = part.FirstLine; at < part.EndLine; at++)
        {
            if (IsKept(page, page.Lines[at]) || opening.IsTold(page.Lines[at]))
            {
                yield return at;
            }
        }
    }

    private static bool IsKept(PageOutline page, PageLine line) =>
        page.Parts[line.Part].Cut == PageCut.None && !line.IsLink && (line.Running > 0 || !IsInHead(page, line));

    // Below a headline stand names, dates and buttons.
    private static bool IsInHead(PageOutline page, PageLine line)
    {
        for (var at = line.Part; at > 0; at = page.Parts[at].Parent)
        {
            if (page.Parts[at].Is(PageHint.Head))
            {
                return line.Level < 2;
            }
        }

        return false;
    }

    private static IEnumerable<int> Anywhere(PageOutline page, PageCut widest) =>
        Enumerable
            .Range(0, page.Lines.Count)
            .Where(at =>
                page.Parts[page.Lines[at].Part].Cut <= widest
                && !page.Lines[at].IsLink
                && (page.Lines[at].Running > 0 || IsFollowed(page, at))
            );

    private static bool IsFollowed(PageOutline page, int heading) =>
        page.Lines[heading].Kind == LineKind.Heading
        && heading + 1 < page.Lines.Count
        && page.Lines[heading + 1].Running > 0;
}
