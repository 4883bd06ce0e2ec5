namespace NewsBot.Benchmarks;

/// <summary>What polling some feeds once took.</summary>
/// <param name="Feeds">How many.</param>
/// <param name="Wall">From the first to the last.</param>
/// <param name="ProcessorTime">Of all threads of the one who polled.</param>
internal sealed record PollRound(int Feeds, TimeSpan Wall, TimeSpan ProcessorTime)
{
    public double PerSecond => Feeds / Wall.TotalSeconds;

    public double ProcessorSecondsPerThousand => ProcessorTime.TotalSeconds * 1_000 / Feeds;

    public static PollRound Mean(IReadOnlyList<PollRound> rounds) =>
        new(
            rounds[0].Feeds,
            rounds.Aggregate(TimeSpan.Zero, (sum, round) => sum + round.Wall) / rounds.Count,
            rounds.Aggregate(TimeSpan.Zero, (sum, round) => sum + round.ProcessorTime) / rounds.Count
        );
}
