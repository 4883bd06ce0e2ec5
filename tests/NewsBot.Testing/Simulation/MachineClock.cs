namespace NewsBot.Testing.Simulation;

/// <summary>The clock of one process: what time it is may be wrong, and what it waits for never comes once it is dead.</summary>
/// <param name="clock">The true one.</param>
/// <param name="machine">Whose wall clock it shows.</param>
internal sealed class MachineClock(SimulatedClock clock, Machine machine) : TimeProvider
{
    private bool _isDead;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow() + machine.ClockError;

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        clock.CreateTimer(
            callback,
            state,
            _isDead ? Timeout.InfiniteTimeSpan : dueTime,
            _isDead ? Timeout.InfiniteTimeSpan : period,
            this
        );

    public void Die()
    {
        _isDead = true;
        clock.Drop(this);
    }
}

/// <summary>What outlives a process.</summary>
internal sealed class Machine
{
    /// <summary>How far its wall clock is from the true time.</summary>
    public TimeSpan ClockError { get; set; }
}
