namespace NewsBot.Clients.RateLimits;

/// <summary>
/// How many calls a bucket still takes, from what the answers say and what is on its way. All instants are spans of the
/// process's own clock, so a wrong wall clock on either side does not matter.
/// </summary>
/// <param name="id">The server's name for it; a route where none is known.</param>
internal sealed class LimitBucket(string id)
{
    // The wait is told in milliseconds, rounded either way, and our timers tick in milliseconds as well.
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(10);

    // Taking up the next window within this time of its start means that calls were already queueing for it.
    private static readonly TimeSpan Promptly = TimeSpan.FromSeconds(1);

    private int _left;

    // The latest instant at which the window can end; null while no answer from this window has come.
    private TimeSpan? _resetAt;
    private TimeSpan _previousReset = TimeSpan.MinValue;
    private bool _isFree;

    public string Id { get; } = id;

    /// <summary>Calls in a window; 0 while unknown.</summary>
    public int Limit { get; private set; }

    public int InFlight { get; private set; }

    /// <summary>Counts the windows seen.</summary>
    public int Window { get; private set; }

    /// <summary>True while calls come faster than windows: then parallel sending gains nothing any more.</summary>
    public bool IsSustained { get; private set; }

    /// <summary>Nothing in it would be missed.</summary>
    public bool IsIdle(TimeSpan now) => InFlight == 0 && (_resetAt is null || _resetAt + Margin <= now);

    /// <summary>When the next call may go: now or earlier for at once, null where only an answer can tell.</summary>
    public TimeSpan? ReadyAt(TimeSpan now)
    {
        Roll(now);
        if (_isFree || _left > 0)
        {
            return now;
        }

        // Without knowledge, calls go one at a time until one brings some.
        return _resetAt + Margin ?? (InFlight == 0 ? now : null);
    }

    public void Take(TimeSpan now)
    {
        Roll(now);
        InFlight++;
        _left = Math.Max(0, _left - 1);
    }

    /// <summary>The call ended without news of this bucket. It stays charged: the server may have counted it.</summary>
    public void End(bool isFree = false)
    {
        InFlight--;
        _isFree |= isFree && Limit == 0;
    }

    /// <summary>An answer told the state of the bucket.</summary>
    /// <param name="sentAt">When the call was sent: the server wrote its answer between then and now.</param>
    /// <param name="window">The window it was charged to.</param>
    /// <param name="limit">Calls in a window.</param>
    /// <param name="remaining">Calls left.</param>
    /// <param name="resetAfter">Until the window ends, from when the answer was written.</param>
    /// <param name="now">When the answer came.</param>
    public void Learn(TimeSpan sentAt, int window, int limit, int remaining, TimeSpan resetAfter, TimeSpan now)
    {
        Roll(now);
        InFlight--;
        _isFree = false;
        var wasUnknown = Limit == 0;
        Limit = Math.Max(1, limit);
        var earliest = sentAt + resetAfter;
        var latest = now + resetAfter;
        if (wasUnknown)
        {
            _left = Math.Max(0, remaining - InFlight);
            _resetAt = latest;
        }
        else if (window < Window && earliest <= _previousReset)
        {
            // It still was of the window before, so the charge that was carried over is given back.
            _left = Math.Min(Limit, _left + 1);
        }
        else if (_resetAt is { } known && earliest > known)
        {
            // No instant fits both answers, so the window has moved; what is on its way may not be counted yet.
            _left = Math.Max(0, Math.Min(Limit, remaining) - InFlight);
            _resetAt = latest;
        }
        else
        {
            _left = Math.Min(_left, remaining);
            _resetAt = _resetAt is { } other && other < latest ? other : latest;
        }
    }

    public (int Limit, int Left, TimeSpan ResetAfter)? Peek(TimeSpan now)
    {
        Roll(now);
        return Limit == 0 ? null : (Limit, _left, _resetAt is { } reset ? reset - now : TimeSpan.Zero);
    }

    private void Roll(TimeSpan now)
    {
        if (_resetAt is not { } reset || now < reset + Margin)
        {
            return;
        }

        // What is on its way may reach the server in either window: charge it to the new one until its answer tells.
        IsSustained = _left == 0 && now < reset + Margin + Promptly;
        _left = Math.Max(0, Limit - InFlight);
        _previousReset = reset;
        _resetAt = null;
        Window++;
    }
}
