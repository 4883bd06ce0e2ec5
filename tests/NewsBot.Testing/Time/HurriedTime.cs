namespace NewsBot.Testing.Time;

/// <summary>
/// A clock that goes faster than the wall's: pauses, retries and back-offs of minutes pass in seconds, while sockets and
/// disks work as they are.
/// </summary>
/// <param name="factor">How many seconds pass in one real second.</param>
public sealed class HurriedTime(double factor) : TimeProvider
{
    private readonly DateTimeOffset _began = System.GetUtcNow();
    private readonly long _start = System.GetTimestamp();

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _began + Passed();

    public override long GetTimestamp() => Passed().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new HurriedTimer(System.CreateTimer(callback, state, Real(dueTime), Real(period)), this);

    private TimeSpan Passed() => System.GetElapsedTime(_start) * factor;

    // Timers have a grain of a millisecond; less than that would be a busy loop.
    private TimeSpan Real(TimeSpan length) =>
        length == Timeout.InfiniteTimeSpan || length == TimeSpan.Zero ? length
        : length / factor < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1)
        : length / factor;

    private sealed class HurriedTimer(ITimer timer, HurriedTime time) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(time.Real(dueTime), time.Real(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
