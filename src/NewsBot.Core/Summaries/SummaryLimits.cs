namespace NewsBot.Core.Summaries;

/// <summary>How long a summary may get.</summary>
/// <param name="MaxWords">Upper limit, never broken: where no sentence is short enough there is no summary.</param>
/// <param name="MaxSentences">At most so many sentences.</param>
public sealed record SummaryLimits(int MaxWords, int MaxSentences)
{
    /// <summary>What fits a card: about 60 words in two or three sentences.</summary>
    public static SummaryLimits Card { get; } = new(66, 3);
}
