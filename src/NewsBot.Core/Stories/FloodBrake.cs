namespace NewsBot.Core.Stories;

/// <summary>Notices when a feed suddenly has far more news than ever, so that no channel drowns in it.</summary>
public static class FloodBrake
{
    // A feed may wake up: fewer than this never drown anybody.
    private const int AlwaysFine = 20;

    // A big event multiplies a feed's pace by three or four; a re-import by hundreds.
    private const double FarMore = 8;

    // About the last ten polls count.
    private const double Weight = 0.2;

    /// <summary>Whether so many new entries are far more than this feed's normal.</summary>
    /// <param name="average">New entries per poll so far, as <see cref="NextAverage"/> gave it; 0 at first.</param>
    /// <param name="count">New entries of this poll.</param>
    public static bool IsFlood(double average, int count) => count > Limit(average);

    /// <summary>The moving average after a poll. A flood counts only up to the limit, else the next one would pass.</summary>
    /// <param name="average">The average before it.</param>
    /// <param name="count">New entries of this poll.</param>
    public static double NextAverage(double average, int count) =>
        average + (Weight * (Math.Min(count, Limit(average)) - average));

    private static double Limit(double average) => Math.Max(AlwaysFine, FarMore * average);
}
