namespace NewsBot.Core.Feeds;

/// <summary>When a feed is polled next, and what is remembered until then.</summary>
/// <param name="NextPollAt">UTC; always after the poll that led here.</param>
/// <param name="Interval">The learnt interval to hand in at the next poll; within the minimum and maximum.</param>
/// <param name="FailuresInRow">Failures in a row including this poll; 0 after a healthy one.</param>
public sealed record PollPlan(DateTimeOffset NextPollAt, TimeSpan Interval, int FailuresInRow)
{
    /// <summary>When it is polled next where a hub tells of its news by then, UTC; not before <see cref="NextPollAt"/>.</summary>
    public DateTimeOffset NextIfPushedAt { get; init; } = NextPollAt;
}
