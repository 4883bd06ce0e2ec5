namespace NewsBot.Clients.Sockets;

/// <summary>
/// The time of day that never jumps: it starts at the wall clock and then follows the monotonic one, so a corrected
/// system clock neither stops heartbeats nor sends a burst of them.
/// </summary>
internal sealed class SteadyClock(TimeProvider time)
{
    private readonly DateTimeOffset _start = time.GetUtcNow();
    private readonly long _stamp = time.GetTimestamp();

    public DateTimeOffset Now => _start + time.GetElapsedTime(_stamp);
}
