namespace NewsBot.Clients.RateLimits;

/// <summary>
/// One call a step, and a few at once where none were made before. A call counts from when it was answered at the latest:
/// the server saw it earlier, so it never sees a call too early however unevenly calls travel.
/// </summary>
/// <param name="step">Between two calls in the long run.</param>
/// <param name="burst">Calls that may go at once; at least 1.</param>
internal sealed class StepPace(TimeSpan step, int burst) : IPace
{
    // A call that is not answered by then has reached the server, which is merely slow.
    private static readonly TimeSpan Unanswered = TimeSpan.FromSeconds(1);

    // Timers tick in whole milliseconds, the server's too.
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(5);

    private readonly Dictionary<CallTicket, TimeSpan> _inFlight = [];

    // When all that is known to have reached the server is paid off.
    private TimeSpan _paidAt = TimeSpan.MinValue;

    public bool IsIdle(TimeSpan now) => _inFlight.Count == 0 && _paidAt <= now;

    /// <param name="ahead">Calls that go before this one.</param>
    /// <param name="now">The time.</param>
    public TimeSpan ReadyAt(int ahead, TimeSpan now)
    {
        Settle(now);
        var paid = (_paidAt > now ? _paidAt : now) + (step * (_inFlight.Count + ahead));
        var ready = paid - (step * (burst - 1));
        return ready > now ? ready + Margin : now;
    }

    public int Left(TimeSpan now)
    {
        Settle(now);
        var owed = _paidAt > now ? (int)Math.Ceiling((_paidAt - now) / step) : 0;
        return Math.Max(0, burst - owed - _inFlight.Count);
    }

    public void Take(CallTicket ticket, TimeSpan now) => _inFlight[ticket] = now;

    public void End(CallTicket ticket, TimeSpan now)
    {
        if (_inFlight.Remove(ticket))
        {
            Pay(now);
        }
    }

    public void PauseUntil(TimeSpan until)
    {
        var full = until + (step * (burst - 1));
        _paidAt = full > _paidAt ? full : _paidAt;
    }

    private void Settle(TimeSpan now)
    {
        foreach (var (ticket, sentAt) in _inFlight.Where(pair => pair.Value + Unanswered <= now).ToList())
        {
            _inFlight.Remove(ticket);
            Pay(sentAt + Unanswered);
        }
    }

    private void Pay(TimeSpan arrived) => _paidAt = (_paidAt > arrived ? _paidAt : arrived) + step;
}
