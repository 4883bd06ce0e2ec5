using System.Diagnostics.Metrics;

namespace NewsBot.Telemetry;

/// <summary>Counts what happened to replies, and how long they took to the page.</summary>
internal sealed class ReplyMeter(Meter meter)
{
    // From one that is told at once to one that was read up on after a weekend.
    private static readonly InstrumentAdvice<double> Lags = new()
    {
        HistogramBucketBoundaries = [0.5, 1, 2, 5, 10, 30, 60, 300, 1_800, 3_600, 86_400],
    };

    private readonly Counter<long> _replies = meter.CreateCounter<long>(
        "newsbot.replies",
        "{event}",
        "What was told of replies: new ones, edits and deletions."
    );

    private readonly Histogram<double> _lag = meter.CreateHistogram(
        "newsbot.reply.lag",
        "s",
        "Time from the writing of a reply to its standing on the page.",
        advice: Lags
    );

    /// <summary>Begins at nothing, so that the first one is seen as a rise.</summary>
    public void Begin(IEnumerable<string> platforms)
    {
        foreach (var platform in platforms)
        {
            _replies.Add(0, new("platform", platform), new("kind", "create"));
        }
    }

    public void Count(NewReplies news)
    {
        foreach (var (platform, kind, count) in news.Events)
        {
            _replies.Add(count, new("platform", platform), new("kind", kind));
        }

        foreach (var (platform, lag) in news.Lags)
        {
            _lag.Record(Math.Max(0, lag.TotalSeconds), new KeyValuePair<string, object?>("platform", platform));
        }
    }
}
