namespace NewsBot.Clients.RateLimits;

/// <summary>
/// Counts calls that were refused. An address that collects 10,000 within ten minutes is shut out, whatever program on
/// it they came from; so one program slows down and stops far below that.
/// Source: https://discord.com/developers/docs/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans
/// </summary>
internal sealed class RefusalBrake
{
    /// <summary>From here on, one call a second: a healthy bot does not see so many in a day.</summary>
    public const int SlowFrom = 500;

    /// <summary>From here on, none: a sixth of what is allowed, as others may share the address.</summary>
    public const int StopFrom = 1_500;

    private static readonly TimeSpan Period = TimeSpan.FromMinutes(10);

    private readonly Queue<TimeSpan> _refusals = new();

    public void Count(TimeSpan now)
    {
        Forget(now);
        if (_refusals.Count < StopFrom)
        {
            _refusals.Enqueue(now);
        }
    }

    /// <summary>Least time between two calls.</summary>
    public TimeSpan Spacing(TimeSpan now)
    {
        Forget(now);
        return _refusals.Count >= SlowFrom ? TimeSpan.FromSeconds(1) : TimeSpan.Zero;
    }

    /// <summary>How long no call may be made; null for not at all.</summary>
    public TimeSpan? StoppedFor(TimeSpan now)
    {
        Forget(now);
        return _refusals.Count >= StopFrom ? _refusals.Peek() + Period - now : null;
    }

    private void Forget(TimeSpan now)
    {
        while (_refusals.TryPeek(out var oldest) && oldest + Period <= now)
        {
            _refusals.Dequeue();
        }
    }
}
