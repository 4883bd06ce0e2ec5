namespace NewsBot.Core.Digests;

/// <summary>Puts the lines of a long digest under headings, by topic. Pure.</summary>
public static class DigestSections
{
    /// <summary>The heading above what fits under no other.</summary>
    public const string Rest = "More news";

    /// <summary>The heading above what came at once and has its card already.</summary>
    public const string Before = "Posted already";

    /// <summary>A list with fewer lines is read at a glance, so it has no headings.</summary>
    public const int FewestLines = 6;

    // One line under a heading is a heading too many, and one heading alone parts nothing.
    private const int FewestInSection = 2;
    private const int FewestSections = 2;

    // Far more headings than a reader looks for.
    private const int MostSections = 6;

    /// <summary>
    /// Sorts lines by section: what has its card already, then the section of the best story, and in each the best first.
    /// </summary>
    /// <param name="lines">Best first.</param>
    /// <returns>Each line with its heading; null for all where there are none.</returns>
    public static IReadOnlyList<(DigestCandidate Line, string? Section)> Arrange(IReadOnlyList<DigestCandidate> lines)
    {
        var sections = lines
            .Where(line => line.Topic is not null && !line.IsCarded)
            .GroupBy(line => line.Topic!, StringComparer.Ordinal)
            .Where(section => section.Count() >= FewestInSection)
            .Take(MostSections)
            .ToList();
        if (lines.Count < FewestLines || sections.Count < FewestSections)
        {
            return [.. lines.Select(line => (line, (string?)null))];
        }

        List<(DigestCandidate Line, string? Section)> placed =
        [
            .. lines.Where(line => line.IsCarded).Select(line => (line, (string?)Before)),
            .. sections.SelectMany(section => section.Select(line => (line, (string?)section.Key))),
        ];
        var rest = lines.Except(placed.Select(one => one.Line)).Select(line => (line, (string?)Rest));
        return [.. placed, .. rest];
    }
}
