namespace NewsBot.Core.Feeds;

/// <summary>Everything the schedule looks at after one poll.</summary>
/// <param name="Ending">How the poll ended.</param>
/// <param name="Now">When it ended, UTC.</param>
/// <param name="Interval">The interval the feed was polled at so far.</param>
/// <param name="MinInterval">The shortest interval wished for and allowed.</param>
/// <param name="MaxInterval">The longest interval of a healthy feed; not shorter than <paramref name="MinInterval"/>.</param>
public sealed record PollFacts(
    PollEnding Ending,
    DateTimeOffset Now,
    TimeSpan Interval,
    TimeSpan MinInterval,
    TimeSpan MaxInterval
)
{
    /// <summary>Entries seen for the first time; 0 on a feed's first poll, where everything is new and nothing is learnt.</summary>
    public int NewEntries { get; init; }

    /// <summary>True while a hub tells of the feed's news.</summary>
    public bool IsPushed { get; init; }

    /// <summary>Failures in a row before this poll.</summary>
    public int FailuresInRow { get; init; }

    /// <summary>How long the answer stays fresh; null where the server does not say.</summary>
    public TimeSpan? FreshFor { get; init; }

    /// <summary>The feed's own wish (ttl, sy:updatePeriod); null where it has none.</summary>
    public TimeSpan? TimeToLive { get; init; }

    /// <summary>The pause asked for with <see cref="PollEnding.Throttled"/>; null where none was named.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Hours of the UTC day (0 to 23) the publisher asks to leave out.</summary>
    public IReadOnlyList<int> SkipHours { get; init; } = [];

    /// <summary>Days (UTC) the publisher asks to leave out.</summary>
    public IReadOnlyList<DayOfWeek> SkipDays { get; init; } = [];

    /// <summary>A number drawn from 0 to 1, so that feeds added together do not stay together.</summary>
    public double Jitter { get; init; }
}
