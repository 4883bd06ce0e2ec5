namespace NewsBot.Clients.RateLimits;

/// <summary>
/// The limit over all calls. A place is free again one second after its call was answered, not after it was sent: the
/// server saw the call somewhere in between, so however late calls arrive it never sees too many in any second.
/// </summary>
internal sealed class GlobalPace(int perSecond)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    // A call that is not answered by then has reached the server, which is merely slow.
    private static readonly TimeSpan Unanswered = TimeSpan.FromSeconds(2);

    private readonly List<Place> _places = new(perSecond);
    private TimeSpan _pausedUntil = TimeSpan.MinValue;
    private TimeSpan _lastSent = TimeSpan.MinValue;

    /// <summary>Least time between two calls; zero for none.</summary>
    public TimeSpan Spacing { get; set; }

    public TimeSpan ReadyAt(TimeSpan now)
    {
        _places.RemoveAll(place => place.FreeAt <= now);
        var ready = _pausedUntil > now ? _pausedUntil : now;
        if (Spacing > TimeSpan.Zero && _lastSent != TimeSpan.MinValue && _lastSent + Spacing > ready)
        {
            ready = _lastSent + Spacing;
        }

        if (_places.Count < perSecond)
        {
            return ready;
        }

        var free = _places.Min(place => place.FreeAt);
        return free > ready ? free : ready;
    }

    public void Take(CallTicket ticket, TimeSpan now)
    {
        _lastSent = now;
        _places.Add(new Place(ticket) { FreeAt = now + Unanswered });
    }

    public void End(CallTicket ticket, TimeSpan now)
    {
        var place = _places.Find(place => place.Ticket == ticket);
        if (place is not null && now + Period < place.FreeAt)
        {
            place.FreeAt = now + Period;
        }
    }

    public void PauseUntil(TimeSpan until) => _pausedUntil = until > _pausedUntil ? until : _pausedUntil;

    private sealed class Place(CallTicket ticket)
    {
        public CallTicket Ticket { get; } = ticket;

        public TimeSpan FreeAt { get; set; }
    }
}
