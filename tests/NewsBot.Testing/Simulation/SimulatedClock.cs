namespace NewsBot.Testing.Simulation;

/// <summary>A clock that stands still until it is moved. Timers go off one at a time, in the order in which they are due.</summary>
/// <param name="start">What it says at first.</param>
internal sealed class SimulatedClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _sync = new();
    private readonly SortedSet<Timer> _timers = new(
        Comparer<Timer>.Create(
            (one, other) => one.Due == other.Due ? one.Id.CompareTo(other.Id) : one.Due.CompareTo(other.Due)
        )
    );

    private long _now;
    private long _ids;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => start + TimeSpan.FromTicks(_now);

    public override long GetTimestamp() => _now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        CreateTimer(callback, state, dueTime, period, owner: null);

    /// <param name="callback">What goes off.</param>
    /// <param name="state">For the callback.</param>
    /// <param name="dueTime">From now; infinite for not yet.</param>
    /// <param name="period">Between two times; infinite for once.</param>
    /// <param name="owner">Whose it is, see <see cref="Drop"/>.</param>
    public ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period, object? owner)
    {
        var timer = new Timer(this, callback, state, owner, Interlocked.Increment(ref _ids));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves to the next timer that is due within a while, and lets it go off.</summary>
    /// <returns>False where there is none; the clock then stands at the end of the while.</returns>
    public bool GoToNext(long until)
    {
        Timer? next;
        lock (_sync)
        {
            next = _timers.Min;
            if (next is null || next.Due > until)
            {
                _now = Math.Max(_now, until);
                return false;
            }

            _timers.Remove(next);
            _now = Math.Max(_now, next.Due);
            next.Rewind(_now);
            if (next.Due != long.MaxValue)
            {
                _timers.Add(next);
            }
        }

        next.GoOff();
        return true;
    }

    /// <summary>Forgets the timers of an owner.</summary>
    public void Drop(object owner)
    {
        lock (_sync)
        {
            _timers.RemoveWhere(timer => timer.Owner == owner);
        }
    }

    private sealed class Timer(SimulatedClock clock, TimerCallback callback, object? state, object? owner, long id)
        : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public long Id => id;

        public object? Owner => owner;

        public long Due { get; private set; } = long.MaxValue;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._sync)
            {
                clock._timers.Remove(this);
                _period = period;
                Due = dueTime == Timeout.InfiniteTimeSpan ? long.MaxValue : clock._now + dueTime.Ticks;
                if (Due != long.MaxValue)
                {
                    clock._timers.Add(this);
                }
            }

            return true;
        }

        public void Rewind(long now) => Due = _period > TimeSpan.Zero ? now + _period.Ticks : long.MaxValue;

        public void GoOff() => callback(state);

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
