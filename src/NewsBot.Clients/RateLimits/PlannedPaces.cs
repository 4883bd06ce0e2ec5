namespace NewsBot.Clients.RateLimits;

/// <summary>How far the limits known beforehand are used up, and not a thing for longer than it is of use.</summary>
/// <param name="plan">The limits of a kind of calls; null for none.</param>
internal sealed class PlannedPaces(Func<CallKind, IReadOnlyList<PlannedLimit>>? plan)
{
    private const int SmallestSweep = 256;

    private readonly Dictionary<PlannedLimit, IPace> _paces = [];

    // A plan may change while a call is on its way: what it took it gives back, not what it would take now.
    private readonly Dictionary<CallTicket, List<IPace>> _taken = [];
    private int _sweepAt = SmallestSweep;

    public int Count => _paces.Count;

    public TimeSpan ReadyAt(CallKind kind, int ahead, TimeSpan now)
    {
        var ready = now;
        foreach (var limit in LimitsOf(kind))
        {
            if (_paces.TryGetValue(limit, out var pace))
            {
                var free = pace.ReadyAt(ahead, now);
                ready = free > ready ? free : ready;
            }
            else if (ahead > 0)
            {
                var free = Make(limit).ReadyAt(ahead, now);
                ready = free > ready ? free : ready;
            }
        }

        return ready;
    }

    public int Left(CallKind kind, TimeSpan now) =>
        LimitsOf(kind)
            .Select(limit => (_paces.GetValueOrDefault(limit) ?? Make(limit)).Left(now))
            .DefaultIfEmpty(0)
            .Min();

    public void Take(CallTicket ticket, TimeSpan now)
    {
        var limits = LimitsOf(ticket.Queue.Kind);
        if (limits.Count == 0)
        {
            return;
        }

        Sweep(now);
        var taken = new List<IPace>(limits.Count);
        foreach (var limit in limits)
        {
            if (!_paces.TryGetValue(limit, out var pace))
            {
                pace = _paces[limit] = Make(limit);
            }

            pace.Take(ticket, now);
            taken.Add(pace);
        }

        _taken[ticket] = taken;
    }

    public void End(CallTicket ticket, TimeSpan now)
    {
        if (_taken.Remove(ticket, out var taken))
        {
            taken.ForEach(pace => pace.End(ticket, now));
        }
    }

    /// <summary>Whatever the count says, nothing goes under this limit before then.</summary>
    public void PauseUntil(PlannedLimit limit, TimeSpan until)
    {
        if (_paces.TryGetValue(limit, out var pace))
        {
            pace.PauseUntil(until);
        }
    }

    private IReadOnlyList<PlannedLimit> LimitsOf(CallKind kind) => plan?.Invoke(kind) ?? [];

    private static IPace Make(PlannedLimit limit) =>
        limit.Burst > 0
            ? new StepPace(limit.Period / limit.Count, limit.Burst)
            : new WindowPace(limit.Count, limit.Period);

    // Each channel has one of its own. Sweeping at twice what was left last time keeps the cost per call constant.
    private void Sweep(TimeSpan now)
    {
        if (_paces.Count < _sweepAt)
        {
            return;
        }

        foreach (var (limit, _) in _paces.Where(pair => pair.Value.IsIdle(now)).ToList())
        {
            _paces.Remove(limit);
        }

        _sweepAt = Math.Max(SmallestSweep, _paces.Count * 2);
    }
}
