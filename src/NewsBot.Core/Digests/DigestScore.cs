namespace NewsBot.Core.Digests;

/// <summary>What speaks for a story, in points that can be told apart. Pure.</summary>
/// <param name="Outlets">How many outlets report it by themselves: every doubling is worth the same.</param>
/// <param name="Weight">What an admin says of its source; below 0 for one that counts less.</param>
/// <param name="OfSource">How much the community cares for its source.</param>
/// <param name="OfTopic">How much the community cares for its topic.</param>
/// <param name="Talk">What was said about it so far.</param>
/// <param name="Freshness">How new it is.</param>
/// <param name="Looks">Whether it has a picture.</param>
public sealed record DigestScore(
    double Outlets,
    double Weight,
    double OfSource,
    double OfTopic,
    double Talk,
    double Freshness,
    double Looks
)
{
    // Twice as many outlets outweigh being new; being new outweighs what the community may like; and no liking outweighs
    // what everybody reports.
    private const double OutletValue = 2;
    private const double WeightValue = 1.5;
    private const double SourceValue = 1.5;
    private const double TopicValue = 1;
    private const double TalkValue = 0.5;
    private const double FreshnessValue = 2;
    private const double PictureValue = 0.15;

    // What is half a day old is half as new.
    private const double HalfLifeHours = 12;

    private const double LeastWeight = 0.1;

    /// <summary>All of it.</summary>
    public double Total => Outlets + Weight + OfSource + OfTopic + Talk + Freshness + Looks;

    /// <summary>Weighs a story.</summary>
    /// <param name="candidate">The story.</param>
    /// <param name="interest">What the community cares for.</param>
    /// <param name="now">When the digest is made.</param>
    public static DigestScore Of(DigestCandidate candidate, CommunityInterest interest, DateTimeOffset now)
    {
        var hours = Math.Max(0, (now - candidate.PublishedAt).TotalHours);
        return new DigestScore(
            OutletValue * Math.Log2(Math.Max(1, candidate.Outlets)),
            WeightValue * Math.Log2(Math.Max(LeastWeight, candidate.Weight)),
            SourceValue * interest.ForSource(candidate.Source).Strength,
            TopicValue * interest.ForTopic(candidate.Topic).Strength,
            TalkValue * Math.Log2(1 + Math.Max(0, candidate.Comments)),
            FreshnessValue * Math.Pow(2, -hours / HalfLifeHours),
            candidate.HasPicture ? PictureValue : 0
        );
    }
}
