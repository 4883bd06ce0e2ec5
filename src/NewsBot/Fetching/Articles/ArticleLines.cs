using NewsBot.Core.Text;

namespace NewsBot.Fetching.Articles;

/// <summary>Leaves out of the lines of an article what sites put between them. Pure.</summary>
internal static class ArticleLines
{
    // Shorter lines may stand twice with a right to: "Yes." or the name of somebody who speaks.
    private const double Telling = 40;

    // A notice is a line or two.
    private const double MaxNotice = 220;
    private const double MaxLabel = 70;

    // What has come before a headline such as "Comments" is the article.
    private const double Begun = 120;

    // After a list of links under "More on this", the article goes on with a paragraph of this size.
    private const double GoesOn = 120;

    /// <summary>The lines that stay.</summary>
    /// <param name="page">The page.</param>
    /// <param name="chosen">Indexes of lines, ascending.</param>
    /// <param name="title">The page's headline; null where unknown.</param>
    public static IReadOnlyList<PageLine> Tidy(PageOutline page, IEnumerable<int> chosen, string? title)
    {
        var head = title is null ? "" : Folded.Of(title);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var kept = new List<PageLine>();
        var (said, pausedAt) = (0d, -1);
        foreach (var at in chosen)
        {
            var line = page.Lines[at];
            var folded = line.Size <= MaxNotice ? Folded.Of(line.Text) : null;
            if (folded is not null && IsLabel(line) && said >= Begun)
            {
                if (LineWords.EndsArticle(folded))
                {
                    break;
                }

                if (LineWords.LeadsElsewhere(folded))
                {
                    pausedAt = line.Part;
                    continue;
                }
            }

            if (pausedAt >= 0 && !GoesOnWith(page, line, pausedAt))
            {
                continue;
            }

            pausedAt = -1;
            if (IsNoise(line, folded, head) || (line.Size >= Telling && !seen.Add(line.Text)))
            {
                continue;
            }

            said += line.Running;
            kept.Add(line);
        }

        return kept;
    }

    private static bool IsLabel(PageLine line) =>
        line.Kind == LineKind.Heading || (line.Size <= MaxLabel && !line.Text.EndsWith('.'));

    private static bool GoesOnWith(PageOutline page, PageLine line, int pausedAt) =>
        line.Kind == LineKind.Heading
        || (line.Kind is LineKind.Prose or LineKind.Quote && line.Running >= GoesOn)
        || line.Part >= page.Parts[page.Parts[pausedAt].Parent].End;

    private static bool IsNoise(PageLine line, string? folded, string head)
    {
        if (folded is null || line.Kind == LineKind.Code)
        {
            return false;
        }

        if (line.Kind == LineKind.Heading && line.Level <= 2 && head.Length > 0)
        {
            return folded == head || (folded.Length > 15 && head.StartsWith(folded, StringComparison.Ordinal));
        }

        return LineWords.IsNotice(folded) || (IsLabel(line) && LineWords.IsLabel(folded));
    }
}
