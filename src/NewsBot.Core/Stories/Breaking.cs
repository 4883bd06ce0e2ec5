using System.Text.RegularExpressions;
using NewsBot.Core.Text;

namespace NewsBot.Core.Stories;

/// <summary>Decides what cannot wait for the digest.</summary>
public static partial class Breaking
{
    private static readonly HashSet<string> Categories = new(StringComparer.Ordinal)
    {
        "breaking",
        "breaking news",
        "eilmeldung",
        "eilmeldungen",
        "alerte info",
        "ultima hora",
        "速報",
        "срочно",
    };

    /// <summary>Whether a story goes out at once where a channel waits for digests otherwise.</summary>
    /// <param name="headline">Plain text.</param>
    /// <param name="categories">Labels of its entries.</param>
    /// <param name="reports">All reports so far, in any order.</param>
    /// <param name="rule">What the channel calls breaking.</param>
    /// <param name="now">The present.</param>
    public static bool IsBreaking(
        string headline,
        IReadOnlyList<string> categories,
        IReadOnlyList<StoryReport> reports,
        BreakingRule rule,
        DateTimeOffset now
    ) =>
        IsWidelyReported(reports, rule, now)
        || (
            IsFresh(reports, rule, now)
            && (SaysSo(headline) || categories.Any(category => Categories.Contains(Folded.Of(category))))
        );

    /// <summary>Whether enough outlets report a story by themselves, soon enough after each other.</summary>
    /// <param name="reports">All reports so far, in any order.</param>
    /// <param name="rule">What the channel calls breaking.</param>
    /// <param name="now">The present.</param>
    public static bool IsWidelyReported(IReadOnlyList<StoryReport> reports, BreakingRule rule, DateTimeOffset now)
    {
        if (!IsFresh(reports, rule, now))
        {
            return false;
        }

        var first = reports.Min(report => report.At);
        var early = reports.Where(report => report.At - first <= rule.Within);
        return Outlets.Independent(early).Distinct(StringComparer.Ordinal).Take(rule.Outlets).Count() == rule.Outlets;
    }

    private static bool IsFresh(IReadOnlyList<StoryReport> reports, BreakingRule rule, DateTimeOffset now) =>
        reports.Count > 0 && now - reports.Min(report => report.At) <= rule.Within;

    private static bool SaysSo(string headline) => Says().IsMatch(Folded.Of(headline));

    [GeneratedRegex(
        @"^\W*(breaking( news)?\s*[:|!-]|breaking news\b|eilmeldung\b|eil\s*[:+]|alerte info\b|urgent\s*[:|!-]|urgente\s*[:|!-]|ultima hora\b|ultim'ora\b|срочно\b|速報|【速報】|突发|عاجل)",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Says();
}
