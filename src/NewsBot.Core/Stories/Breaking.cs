using System.Text.RegularExpressions;
using NewsBot.Core.Text;

namespace NewsBot.Core.Stories;

/// <summary>Decides what cannot wait for the digest.</summary>
public static partial class Breaking
{
    /// <summary>So many different sources make a story breaking.</summary>
    public const int MinSources = 3;

    /// <summary>They must report it within this time, and after it nothing is breaking any more.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(3);

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
    /// <param name="now">The present.</param>
    public static bool IsBreaking(
        string headline,
        IReadOnlyList<string> categories,
        IReadOnlyList<StoryReport> reports,
        DateTimeOffset now
    )
    {
        if (reports.Count == 0)
        {
            return false;
        }

        var first = reports.Min(report => report.At);
        if (now - first > Window)
        {
            return false;
        }

        var early = reports.Where(report => report.At - first <= Window).Select(report => report.Source);
        return SaysSo(headline)
            || categories.Any(category => Categories.Contains(Folded.Of(category)))
            || early.Distinct(StringComparer.Ordinal).Take(MinSources).Count() == MinSources;
    }

    private static bool SaysSo(string headline) => Says().IsMatch(Folded.Of(headline));

    [GeneratedRegex(
        @"^\W*(breaking( news)?\s*[:|!-]|breaking news\b|eilmeldung\b|eil\s*[:+]|alerte info\b|urgent\s*[:|!-]|urgente\s*[:|!-]|ultima hora\b|ultim'ora\b|срочно\b|速報|【速報】|突发|عاجل)",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Says();
}
