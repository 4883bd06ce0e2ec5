namespace NewsBot.Clients.RateLimits;

/// <summary>
/// So many calls in any period. A place is free again one period after its call was answered, not after it was sent: the
/// server saw the call somewhere in between, so however late calls arrive it never sees too many in any period.
/// </summary>
/// <param name="count">Calls in any period.</param>
/// <param name="period">Its length.</param>
internal sealed class WindowPace(int count, TimeSpan period) : IPace
{
    // A call that is not answered by then has reached the server, which is merely slow.
    private static readonly TimeSpan Unanswered = TimeSpan.FromSeconds(1);

    private readonly List<Place> _places = [];
    private TimeSpan _pausedUntil = TimeSpan.MinValue;
    private TimeSpan _lastSent = TimeSpan.MinValue;
    private TimeSpan _freedAt = TimeSpan.MinValue;

    /// <summary>Least time between two calls; zero for none.</summary>
    public TimeSpan Spacing { get; set; }

    public bool IsIdle(TimeSpan now)
    {
        Free(now);
        return _places.Count == 0 && _pausedUntil <= now;
    }

    public TimeSpan ReadyAt(int ahead, TimeSpan now)
    {
        Free(now);
        var ready = _pausedUntil > now ? _pausedUntil : now;
        if (Spacing > TimeSpan.Zero && _lastSent != TimeSpan.MinValue && _lastSent + Spacing > ready)
        {
            ready = _lastSent + Spacing;
        }

        var missing = _places.Count + ahead - count;
        if (missing < 0)
        {
            return ready;
        }

        // Those ahead take places that become free, and hold them for a period each.
        var free = FreeAt(missing % Math.Max(1, _places.Count), now) + (period * (missing / count));
        return free > ready ? free : ready;
    }

    public int Left(TimeSpan now)
    {
        Free(now);
        return Math.Max(0, count - _places.Count);
    }

    public void Take(CallTicket ticket, TimeSpan now)
    {
        _lastSent = now;
        _places.Add(new Place(ticket) { FreeAt = now + Unanswered + period });
    }

    public void End(CallTicket ticket, TimeSpan now)
    {
        var place = _places.Find(place => place.Ticket == ticket);
        if (place is not null && now + period < place.FreeAt)
        {
            place.FreeAt = now + period;
        }
    }

    public void PauseUntil(TimeSpan until) => _pausedUntil = until > _pausedUntil ? until : _pausedUntil;

    private void Free(TimeSpan now)
    {
        // Every kind that waits asks at the same instant.
        if (now > _freedAt)
        {
            _freedAt = now;
            _places.RemoveAll(place => place.FreeAt <= now);
        }
    }

    private TimeSpan FreeAt(int place, TimeSpan now) =>
        _places.Count == 0 ? now
        : place == 0 ? _places.Min(taken => taken.FreeAt)
        : _places.Select(taken => taken.FreeAt).Order().ElementAt(place);

    private sealed class Place(CallTicket ticket)
    {
        public CallTicket Ticket { get; } = ticket;

        public TimeSpan FreeAt { get; set; }
    }
}
