using System.Diagnostics.Metrics;
using System.Net;

namespace NewsBot.Clients.RateLimits;

/// <summary>Counts the calls made to one platform, and how long they waited for its limits.</summary>
/// <param name="meter">Where it is counted.</param>
/// <param name="platform">Name of the platform, for the label.</param>
public sealed class CallMeter(Meter meter, string platform)
{
    // From a call that goes at once to the longest wait that any client makes.
    private static readonly InstrumentAdvice<double> Waits = new()
    {
        HistogramBucketBoundaries = [0.01, 0.1, 0.5, 1, 2, 5, 10, 30, 60, 300, 600],
    };

    private readonly KeyValuePair<string, object?> _platform = new("platform", platform);

    private readonly Counter<long> _calls = meter.CreateCounter<long>(
        "newsbot.platform.calls",
        "{call}",
        "Calls to a platform, by how they ended; one that is tried again counts each time."
    );

    private readonly Histogram<double> _waits = meter.CreateHistogram(
        "newsbot.platform.limit.wait",
        "s",
        "Time that calls waited for a platform's limits before they were made.",
        advice: Waits
    );

    internal void Waited(TimeSpan time) => _waits.Record(time.TotalSeconds, _platform);

    internal void Ended(CallOutcome outcome) => _calls.Add(1, _platform, new("outcome", Word(outcome)));

    /// <param name="status">Of the answer; null where none came.</param>
    internal static CallOutcome OutcomeOf(HttpStatusCode? status) =>
        status switch
        {
            null => CallOutcome.NoAnswer,
            HttpStatusCode.TooManyRequests => CallOutcome.Limited,
            >= HttpStatusCode.InternalServerError => CallOutcome.Broken,
            >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices => CallOutcome.Ok,
            _ => CallOutcome.Refused,
        };

    private static string Word(CallOutcome outcome) =>
        outcome switch
        {
            CallOutcome.Ok => "ok",
            CallOutcome.Limited => "limited",
            CallOutcome.Refused => "refused",
            CallOutcome.Broken => "broken",
            _ => "no_answer",
        };
}

/// <summary>How a call ended.</summary>
internal enum CallOutcome
{
    Ok,

    /// <summary>There were too many.</summary>
    Limited,

    /// <summary>It was not taken as it is.</summary>
    Refused,

    /// <summary>The platform itself failed.</summary>
    Broken,

    NoAnswer,
}
