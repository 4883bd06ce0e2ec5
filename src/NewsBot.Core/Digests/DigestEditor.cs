using NewsBot.Core.Posts;

namespace NewsBot.Core.Digests;

/// <summary>Chooses what a digest shows, and in which order. Pure.</summary>
public static class DigestEditor
{
    /// <summary>More lines than this nobody reads; what is left over waits for the next digest.</summary>
    public const int MaxLines = 30;

    // A second source says more of a story's weight than ten comments do, ten comments more than a few hours.
    private const double SourceValue = 1.0;
    private const double CommentValue = 0.1;
    private const double PictureValue = 0.15;
    private const double AgeCostPerHour = 0.03;

    // What is older than this competes on its merits alone.
    private const double MaxAgeHours = 48;

    /// <summary>Ranks the candidates: the best that have no card yet become cards, the rest lines.</summary>
    /// <param name="candidates">In any order.</param>
    /// <param name="maxCards">0 for a digest of lines only.</param>
    /// <param name="now">When the digest is made.</param>
    public static DigestPlan Choose(IReadOnlyList<DigestCandidate> candidates, int maxCards, DateTimeOffset now)
    {
        var ranked = candidates
            .OrderByDescending(candidate => Score(candidate, now))
            .ThenByDescending(candidate => candidate.PublishedAt)
            .ThenBy(candidate => candidate.Story.Value)
            .ToList();
        var cards = ranked.Where(candidate => !candidate.IsCarded).Take(maxCards).ToList();
        var lines = ranked.Except(cards).Take(MaxLines).ToList();
        return new DigestPlan(cards, lines);
    }

    /// <returns>The line of a candidate.</returns>
    public static DigestLine Line(DigestCandidate candidate) =>
        new(
            candidate.Story,
            candidate.Headline,
            candidate.Url,
            candidate.Source,
            candidate.Comments,
            candidate.CardMessage
        );

    private static double Score(DigestCandidate candidate, DateTimeOffset now)
    {
        var age = Math.Clamp((now - candidate.PublishedAt).TotalHours, 0, MaxAgeHours);
        return candidate.Weight * SourceValue
            + candidate.Comments * CommentValue
            + (candidate.HasPicture ? PictureValue : 0)
            - age * AgeCostPerHour;
    }
}

/// <summary>What a digest shows.</summary>
/// <param name="Cards">Best first.</param>
/// <param name="Lines">Best first.</param>
public sealed record DigestPlan(IReadOnlyList<DigestCandidate> Cards, IReadOnlyList<DigestCandidate> Lines);
