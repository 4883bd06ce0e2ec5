namespace NewsBot.Core.Feeds;

/// <summary>Decides when a feed is polled next. Pure: no clock, no I/O.</summary>
public static class PollSchedule
{
    /// <summary>A cache header or ttl beyond this is a mistake more often than a wish.</summary>
    public static readonly TimeSpan LongestFreshness = TimeSpan.FromDays(1);

    /// <summary>A server may ask for a longer pause, but a feed is looked at once a week for ever.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromDays(7);

    /// <summary>
    /// How often a feed whose hub tells of its news is polled all the same, in case the hub loses something. Where a poll finds
    /// news that the hub did not tell, the next one comes as without a hub.
    /// </summary>
    public static readonly TimeSpan SafetyInterval = TimeSpan.FromHours(4);

    // The jitter comes on top; with it a probe still happens within the week.
    private static readonly TimeSpan Probe = LongestPause / (1 + JitterShare);

    private const double JitterShare = 0.1;
    private const double Shorten = 0.5;
    private const double Lengthen = 1.2;

    // Twelve doublings turn five minutes into two weeks, which is beyond the weekly probe.
    private const int MaxDoublings = 12;

    /// <summary>Plans the next poll.</summary>
    /// <param name="facts">What the poll that just ended showed.</param>
    /// <returns>A plan whose next poll is at least the minimum interval and at most a little over a week away.</returns>
    public static PollPlan Plan(PollFacts facts)
    {
        var interval = Learn(facts);
        var failures = Failures(facts);
        var wait = facts.Ending switch
        {
            PollEnding.Gone => Probe,
            PollEnding.Throttled when facts.RetryAfter is { } pause => Longer(interval, Shorter(pause, LongestPause)),
            PollEnding.Failed or PollEnding.Throttled => BackOff(interval, failures),
            _ => Longer(interval, Longer(Asked(facts.FreshFor), Asked(facts.TimeToLive))),
        };

        // Jitter only ever adds: an interval somebody asked for is never undercut.
        var next = After(wait, facts);
        return new PollPlan(next, interval, failures)
        {
            NextIfPushedAt = IsQuiet(facts)
                ? After(Longer(wait, Shorter(SafetyInterval, facts.MaxInterval)), facts)
                : next,
        };
    }

    private static DateTimeOffset After(TimeSpan wait, PollFacts facts)
    {
        var next = facts.Now + wait * (1 + JitterShare * Unit(facts.Jitter));
        return facts.Ending is PollEnding.Read or PollEnding.Unchanged ? AfterSkipped(next, facts) : next;
    }

    private static bool IsQuiet(PollFacts facts) =>
        facts.Ending is PollEnding.Unchanged || (facts.Ending is PollEnding.Read && facts.NewEntries == 0);

    private static TimeSpan Learn(PollFacts facts)
    {
        var factor = facts.Ending switch
        {
            PollEnding.Read when facts.NewEntries > 0 => Shorten,
            // What the hub has told is no news any more; that says nothing of the feed's pace.
            _ when facts.IsPushed => 1,
            PollEnding.Read or PollEnding.Unchanged => Lengthen,
            _ => 1,
        };
        var longest = Shorter(facts.MaxInterval, Probe);
        var known = Longer(Shorter(facts.Interval, longest), facts.MinInterval);
        return Longer(Shorter(known * factor, longest), facts.MinInterval);
    }

    private static TimeSpan BackOff(TimeSpan interval, int failures) =>
        Shorter(Shorter(interval, Probe) * (1 << Math.Min(failures, MaxDoublings)), Probe);

    private static TimeSpan Asked(TimeSpan? wish) => Shorter(wish ?? TimeSpan.Zero, LongestFreshness);

    private static DateTimeOffset AfterSkipped(DateTimeOffset next, PollFacts facts)
    {
        if (facts.SkipHours.Count == 0 && facts.SkipDays.Count == 0)
        {
            return next;
        }

        var utc = next.ToUniversalTime();
        var hour = new DateTimeOffset(utc.Year, utc.Month, utc.Day, utc.Hour, 0, 0, TimeSpan.Zero);
        // A week of hours holds every combination; a feed that leaves out all of them contradicts itself.
        for (var step = 0; step < 7 * 24; step++)
        {
            var candidate = hour.AddHours(step);
            if (!facts.SkipHours.Contains(candidate.Hour) && !facts.SkipDays.Contains(candidate.DayOfWeek))
            {
                // Not all at the stroke of the hour.
                return step == 0 ? next : candidate + TimeSpan.FromMinutes(10) * Unit(facts.Jitter);
            }
        }

        return next;
    }

    private static int Failures(PollFacts facts) =>
        facts.Ending switch
        {
            PollEnding.Read or PollEnding.Unchanged => 0,
            // Busy, and says until when: neither well nor broken.
            PollEnding.Throttled when facts.RetryAfter is not null => facts.FailuresInRow,
            // A server that answers 503 for ever is as dead as one that does not answer.
            _ => Math.Max(facts.FailuresInRow, 0) + (facts.FailuresInRow == int.MaxValue ? 0 : 1),
        };

    private static double Unit(double jitter) => double.IsNaN(jitter) ? 0 : Math.Clamp(jitter, 0, 1);

    private static TimeSpan Longer(TimeSpan left, TimeSpan right) => left > right ? left : right;

    private static TimeSpan Shorter(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
