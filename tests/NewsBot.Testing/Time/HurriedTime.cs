using System.Globalization;

namespace NewsBot.Testing.Time;

/// <summary>
/// A clock that goes faster than the wall's: pauses, retries and back-offs of minutes pass in seconds, while sockets and
/// disks work as they are.
/// </summary>
public sealed class HurriedTime : TimeProvider
{
    private readonly double _factor;
    private readonly TimeSpan _patience;
    private readonly DateTimeOffset _began;
    private readonly long _start;

    /// <param name="factor">How many seconds pass in one real second.</param>
    /// <param name="patience">
    /// What is waited for longer than this is not over sooner by the wall's clock: a program that is given seconds to answer
    /// has to have them where the factor would leave it none.
    /// </param>
    public HurriedTime(double factor, TimeSpan patience = default)
        : this(factor, patience, System.GetUtcNow(), System.GetTimestamp()) { }

    private HurriedTime(double factor, TimeSpan patience, DateTimeOffset began, long start)
    {
        _factor = factor;
        _patience = patience;
        _began = began;
        _start = start;
    }

    /// <summary>Goes in step with one of another process of this machine.</summary>
    /// <param name="written">What <see cref="ToString"/> gave there.</param>
    public static HurriedTime Of(string written)
    {
        var parts = written.Split('/');
        return new HurriedTime(
            double.Parse(parts[0], CultureInfo.InvariantCulture),
            TimeSpan.FromTicks(long.Parse(parts[1], CultureInfo.InvariantCulture)),
            new DateTimeOffset(long.Parse(parts[2], CultureInfo.InvariantCulture), TimeSpan.Zero),
            long.Parse(parts[3], CultureInfo.InvariantCulture)
        );
    }

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _began + Passed();

    public override long GetTimestamp() => Passed().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new HurriedTimer(System.CreateTimer(callback, state, Real(dueTime), Real(period)), this);

    /// <summary>Says how it goes, for another process of this machine.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{_factor}/{_patience.Ticks}/{_began.UtcTicks}/{_start}");

    private TimeSpan Passed() => System.GetElapsedTime(_start) * _factor;

    private TimeSpan Real(TimeSpan length)
    {
        if (length == Timeout.InfiniteTimeSpan || length == TimeSpan.Zero)
        {
            return length;
        }

        // Timers have a grain of a millisecond; less than that would be a busy loop.
        var shortest =
            length < _patience ? length : TimeSpan.FromTicks(Math.Max(_patience.Ticks, TimeSpan.TicksPerMillisecond));
        return length / _factor > shortest ? length / _factor : shortest;
    }

    private sealed class HurriedTimer(ITimer timer, HurriedTime time) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(time.Real(dueTime), time.Real(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
