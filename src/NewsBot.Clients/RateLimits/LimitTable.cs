namespace NewsBot.Clients.RateLimits;

/// <summary>
/// Decides which waiting call goes next and when. Pure: it knows neither clock nor threads; whoever uses it brings the
/// time and takes turns.
/// </summary>
/// <param name="globalPerSecond">Calls in any second over all kinds.</param>
/// <param name="plan">Limits that are known beforehand; null for none. They may change while the table is in use.</param>
internal sealed class LimitTable(int globalPerSecond, Func<CallKind, IReadOnlyList<PlannedLimit>>? plan = null)
{
    private readonly LimitMemory _memory = new();
    private readonly PlannedPaces _planned = new(plan);
    private readonly List<CallQueue> _waiting = [];
    private long _sequence;

    public WindowPace Pace { get; } = new(globalPerSecond, TimeSpan.FromSeconds(1));

    /// <summary>Calls in all queues.</summary>
    public int WaitingCount { get; private set; }

    /// <summary>Limits known beforehand that are in use.</summary>
    public int PlannedCount => _planned.Count;

    /// <summary>Kinds remembered.</summary>
    public int KindCount => _memory.KindCount;

    public CallTicket Enqueue(CallKind kind, TimeSpan now)
    {
        var ticket = new CallTicket(_memory.QueueOf(kind, now), _sequence++);
        Requeue(ticket);
        return ticket;
    }

    /// <summary>Puts a refused call back where it was. Its ticket must have ended.</summary>
    public CallTicket Again(CallTicket ended, TimeSpan now)
    {
        var ticket = new CallTicket(_memory.QueueOf(ended.Queue.Kind, now), ended.Sequence);
        Requeue(ticket);
        return ticket;
    }

    public bool Cancel(CallTicket ticket)
    {
        if (!ticket.Queue.Remove(ticket))
        {
            return false;
        }

        Left(ticket.Queue);
        return true;
    }

    /// <param name="kind">Which to cancel; null for all.</param>
    public IReadOnlyList<CallTicket> CancelAll(CallKind? kind = null)
    {
        var all = _waiting
            .Where(queue => kind is null || queue.Kind == kind)
            .SelectMany(queue => queue.Waiting)
            .ToList();
        all.ForEach(ticket => Cancel(ticket));
        return all;
    }

    /// <summary>How long calls of this kind are held up by a refusal or an empty bucket; zero or less for not.</summary>
    public TimeSpan HeldFor(CallKind kind, TimeSpan now)
    {
        if (_memory.Find(kind) is not { } queue)
        {
            return TimeSpan.Zero;
        }

        var blocked = queue.Hidden.BlockedFor(now);
        var empty = kind.HasNoBucket ? TimeSpan.Zero : (queue.Bucket.ReadyAt(now) ?? now) - now;
        return blocked > empty ? blocked : empty;
    }

    /// <summary>
    /// How long a call of this kind would wait if it were made now: behind refusals, planned limits and those of its kind
    /// that wait already. Others that share a limit with it are not counted.
    /// </summary>
    public TimeSpan WaitFor(CallKind kind, TimeSpan now)
    {
        var ahead = _memory.Find(kind)?.Waiting.Count ?? 0;
        var planned = _planned.ReadyAt(kind, ahead, now) - now;
        var held = HeldFor(kind, now);
        var wait = held > planned ? held : planned;
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    /// <summary>Calls of this kind that planned limits would let go at once.</summary>
    public int PlannedLeft(CallKind kind, TimeSpan now) => _planned.Left(kind, now);

    /// <summary>Takes the next call that may be sent now: of all that may, the one that asked first.</summary>
    /// <param name="now">The time.</param>
    /// <param name="wakeAt">Where there is none: when to ask again at the latest; null for after the next event.</param>
    public CallTicket? TryTake(TimeSpan now, out TimeSpan? wakeAt)
    {
        wakeAt = null;
        CallQueue? best = null;
        var pace = Pace.ReadyAt(ahead: 0, now);
        foreach (var queue in _waiting)
        {
            var ready = ReadyAt(queue, pace, now);
            if (ready <= now)
            {
                best = best is null || queue.First!.Sequence < best.First!.Sequence ? queue : best;
            }
            else if (ready is { } later && (wakeAt is null || later < wakeAt))
            {
                wakeAt = later;
            }
        }

        return best is null ? null : Take(best, now);
    }

    /// <summary>A sent call has ended.</summary>
    public void End(CallTicket ticket, LimitSignal signal, TimeSpan now)
    {
        var queue = ticket.Queue;
        queue.InFlight--;
        queue.LastUsed = now;
        queue.Route.IsProbed &= !ticket.IsProbe;
        Pace.End(ticket, now);
        _planned.End(ticket, now);
        Learn(ticket, signal, now);
        if (signal.Refusal is not { } refusal)
        {
            return;
        }

        if (refusal.Planned is { } planned)
        {
            _planned.PauseUntil(planned, now + refusal.RetryAfter);
        }

        switch (refusal.Scope)
        {
            case LimitScope.Global:
                Pace.PauseUntil(now + refusal.RetryAfter);
                break;
            case LimitScope.Shared:
                queue.Hidden.Block(now + refusal.RetryAfter);
                break;
            default:
                RefuseForUser(ticket, signal, refusal.RetryAfter, now);
                break;
        }
    }

    /// <summary>What is left of the bucket behind a route; null while unknown.</summary>
    public (int Limit, int Left, TimeSpan ResetAfter)? Peek(string route, string major, TimeSpan now) =>
        _memory.FindBucket(route, major)?.Peek(now);

    private static void RefuseForUser(CallTicket ticket, LimitSignal signal, TimeSpan retryAfter, TimeSpan now)
    {
        // The bucket itself was empty where it says so and the wait is its own; anything else is a limit it hides.
        var isBucket = signal.Remaining == 0 && retryAfter <= signal.ResetAfter + TimeSpan.FromMilliseconds(500);
        if (isBucket)
        {
            return;
        }

        if (signal.Remaining is null)
        {
            ticket.Queue.Hidden.Block(now + retryAfter);
        }
        else
        {
            ticket.Queue.Hidden.Refuse(ticket.SentAt, retryAfter, now);
        }
    }

    private void Learn(CallTicket ticket, LimitSignal signal, TimeSpan now)
    {
        if (ticket.Bucket is not { } charged)
        {
            return;
        }

        var route = ticket.Queue.Route;
        if (signal is not { Limit: { } limit, Remaining: { } remaining, ResetAfter: { } resetAfter })
        {
            var isFree = signal is { IsAnswer: true, Refusal: null } && route.Bucket is null;
            route.IsFree |= isFree;
            charged.End(isFree);
            return;
        }

        route.Bucket = signal.Bucket ?? route.Bucket;
        route.IsFree = false;
        var told = _memory.BucketOf(ticket.Queue.Kind, route);
        ticket.Queue.Bucket = told;
        var window = ticket.Window;
        if (told != charged)
        {
            charged.End();
            told.Take(now);
            window = told.Window;
        }

        told.Learn(ticket.SentAt, window, limit, remaining, resetAfter, now);
    }

    private TimeSpan? ReadyAt(CallQueue queue, TimeSpan pace, TimeSpan now)
    {
        var ready = queue.Hidden.ReadyAt(now);
        var planned = _planned.ReadyAt(queue.Kind, ahead: 0, now);
        ready = planned > ready ? planned : ready;
        if (!queue.Kind.IsOutsideGlobal && pace > ready)
        {
            ready = pace;
        }

        if (queue.Kind.HasNoBucket)
        {
            return ready;
        }

        if (queue.Route.MustWait)
        {
            return null;
        }

        // Until a kind has learned its own bucket, that of its route is the best guess.
        if (queue.Bucket.Limit == 0 && queue.Bucket.Id != (queue.Route.Bucket ?? queue.Kind.Route))
        {
            queue.Bucket = _memory.BucketOf(queue.Kind, queue.Route);
        }

        // Where calls queue up for window after window, sending one by one costs nothing but shows a hidden limit with a
        // single refusal instead of one for each that was on its way.
        var bucket = queue.Bucket.ReadyAt(now);
        var isInTurn = queue.InFlight == 0 || !queue.Bucket.IsSustained;
        return bucket is null || !isInTurn ? null
            : bucket > ready ? bucket
            : ready;
    }

    private CallTicket Take(CallQueue queue, TimeSpan now)
    {
        var ticket = queue.First!;
        Cancel(ticket);
        var hasBucket = !queue.Kind.HasNoBucket;
        var isProbe = hasBucket && queue.Route.IsUnknown;
        if (hasBucket)
        {
            queue.Bucket.Take(now);
        }

        if (!queue.Kind.IsOutsideGlobal)
        {
            Pace.Take(ticket, now);
        }

        _planned.Take(ticket, now);
        queue.Route.IsProbed |= isProbe;
        queue.Hidden.Take(now);
        queue.InFlight++;
        queue.LastUsed = now;
        ticket.Send(now, hasBucket ? queue.Bucket : null, isProbe);
        return ticket;
    }

    private void Requeue(CallTicket ticket)
    {
        if (!ticket.Queue.IsWaiting)
        {
            _waiting.Add(ticket.Queue);
        }

        ticket.Queue.Add(ticket);
        WaitingCount++;
    }

    private void Left(CallQueue queue)
    {
        WaitingCount--;
        if (!queue.IsWaiting)
        {
            _waiting.Remove(queue);
        }
    }
}
