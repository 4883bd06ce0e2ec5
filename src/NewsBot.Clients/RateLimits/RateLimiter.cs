namespace NewsBot.Clients.RateLimits;

/// <summary>
/// Lets calls wait until they may be sent. Every ticket it hands out must be ended, also after a failure.
/// </summary>
internal sealed class RateLimiter : IDisposable
{
    // More than three minutes' worth of the limit over all calls: whoever is behind that must hear of it, not wait.
    private const int MaxWaiting = 10_000;

    private const string TooMany = "More than 10,000 calls wait for rate limits.";

    private const string TooLong = "A rate limit holds this kind of call up for longer than it is worth waiting.";

    private const string Braked =
        "Too many calls were refused within ten minutes. To keep this address from being shut out, none are made until "
        + "the count is down again.";

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly long _origin;
    private readonly LimitTable _table;
    private readonly RefusalBrake _brake = new();
    private readonly TimeSpan _longestWait;
    private readonly ITimer _timer;
    private TimeSpan _pausedUntil = TimeSpan.MinValue;
    private string _pausedFor = "";
    private string? _stoppedFor;

    /// <param name="table">Decides which call goes when; used by this limiter only.</param>
    /// <param name="longestWait">A refusal that asks for more makes calls fail instead of wait.</param>
    /// <param name="time">The clock; only its monotonic part is used.</param>
    public RateLimiter(LimitTable table, TimeSpan longestWait, TimeProvider time)
    {
        _time = time;
        _origin = time.GetTimestamp();
        _table = table;
        _longestWait = longestWait;
        _timer = time.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        _timer.Dispose();
        Stop("The client was closed.");
    }

    /// <summary>Waits for leave to send a call once.</summary>
    /// <param name="kind">What is counted with it.</param>
    /// <param name="refused">The ticket of the try before, which was refused for a limit and has ended: its place is kept.</param>
    /// <param name="cancellationToken">Gives the place up.</param>
    /// <exception cref="CallsStoppedException">It is not worth waiting.</exception>
    public async Task<CallTicket> TakeAsync(CallKind kind, CallTicket? refused, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        CallTicket ticket;
        lock (_gate)
        {
            var now = Now();
            ThrowIfHopeless(kind, now);
            ticket = refused is null ? _table.Enqueue(kind, now) : _table.Again(refused, now);
            Pump(now);
        }

        await using var registration = cancellationToken.UnsafeRegister(_ => Cancel(ticket, cancellationToken), null);
        await ticket.Taken;
        return ticket;
    }

    /// <summary>A sent call has ended.</summary>
    /// <param name="ticket">Its leave.</param>
    /// <param name="signal">What the answer said of limits.</param>
    /// <param name="isInvalid">Whether the server counts it as a call that should not have been made.</param>
    public void End(CallTicket ticket, LimitSignal signal, bool isInvalid)
    {
        lock (_gate)
        {
            var now = Now();
            if (isInvalid)
            {
                _brake.Count(now);
            }

            _table.End(ticket, signal, now);
            if (_table.HeldFor(ticket.Queue.Kind, now) is var held && held > _longestWait)
            {
                FailWaiting(TooLong, held, ticket.Queue.Kind);
            }

            Pump(now);
        }
    }

    /// <summary>Fails every call, waiting or to come, for a time.</summary>
    public void Pause(TimeSpan length, string reason)
    {
        lock (_gate)
        {
            _pausedUntil = Now() + length;
            _pausedFor = reason;
            FailWaiting(reason, length);
        }
    }

    /// <summary>Fails every call, waiting or to come, for ever.</summary>
    public void Stop(string reason)
    {
        lock (_gate)
        {
            _stoppedFor ??= reason;
            FailWaiting(_stoppedFor, null);
        }
    }

    public (int Limit, int Left, TimeSpan ResetAfter)? Peek(string route, string major)
    {
        lock (_gate)
        {
            return _table.Peek(route, major, Now());
        }
    }

    /// <summary>How long a call of this kind would wait if it were made now.</summary>
    public TimeSpan WaitFor(CallKind kind)
    {
        lock (_gate)
        {
            var now = Now();
            var wait = _table.WaitFor(kind, now);
            return _pausedUntil > now + wait ? _pausedUntil - now : wait;
        }
    }

    /// <summary>Calls of this kind that limits known beforehand would let go at once.</summary>
    public int PlannedLeft(CallKind kind)
    {
        lock (_gate)
        {
            return _table.PlannedLeft(kind, Now());
        }
    }

    private TimeSpan Now() => _time.GetElapsedTime(_origin);

    private void Wake()
    {
        lock (_gate)
        {
            if (_stoppedFor is null)
            {
                Pump(Now());
            }
        }
    }

    private void Cancel(CallTicket ticket, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_table.Cancel(ticket))
            {
                ticket.Cancel(cancellationToken);
            }
        }
    }

    private void Pump(TimeSpan now)
    {
        if (_brake.StoppedFor(now) is { } pause)
        {
            FailWaiting(Braked, pause);
            return;
        }

        _table.Pace.Spacing = _brake.Spacing(now);
        TimeSpan? wakeAt;
        while (_table.TryTake(now, out wakeAt) is { } ticket)
        {
            ticket.Release();
        }

        if (wakeAt is { } wake)
        {
            // Timers tick in whole milliseconds; one that fires early would only have to be set again.
            _timer.Change(
                TimeSpan.FromMilliseconds(Math.Ceiling((wake - now).TotalMilliseconds)),
                Timeout.InfiniteTimeSpan
            );
        }
    }

    private void ThrowIfHopeless(CallKind kind, TimeSpan now)
    {
        if (_stoppedFor is not null)
        {
            throw new CallsStoppedException(_stoppedFor, null);
        }

        if (now < _pausedUntil)
        {
            throw new CallsStoppedException(_pausedFor, _pausedUntil - now);
        }

        if (_brake.StoppedFor(now) is { } pause)
        {
            throw new CallsStoppedException(Braked, pause);
        }

        if (_table.HeldFor(kind, now) is var held && held > _longestWait)
        {
            throw new CallsStoppedException(TooLong, held);
        }

        if (_table.WaitingCount >= MaxWaiting)
        {
            throw new CallsStoppedException(TooMany, TimeSpan.FromMinutes(1));
        }
    }

    private void FailWaiting(string reason, TimeSpan? retryAfter, CallKind? kind = null)
    {
        foreach (var ticket in _table.CancelAll(kind))
        {
            ticket.Fail(new CallsStoppedException(reason, retryAfter));
        }
    }
}
