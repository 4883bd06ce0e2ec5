namespace NewsBot.Clients.Discord.Gateway;

/// <summary>
/// Counts what one connection sent in the last minute. Discord closes with 4008 above 120.
/// Source: https://discord.com/developers/docs/events/gateway#rate-limiting
/// </summary>
internal sealed class SendLimiter
{
    public const int Limit = 120;

    // Kept for our own heartbeats, of which a minute holds two; a server that asks for heartbeats all the time cannot
    // use them up.
    public const int Reserved = 5;

    // A little more than Discord's minute: its clock starts when a message arrives, ours when it is sent.
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(61);

    private readonly Lock _gate = new();
    private readonly Queue<DateTimeOffset> _sent = new(Limit);

    /// <summary>Whether one more may be sent now; if so it is counted.</summary>
    /// <param name="now">The time.</param>
    /// <param name="isUrgent">True for a heartbeat that is due.</param>
    public bool TryTake(DateTimeOffset now, bool isUrgent)
    {
        lock (_gate)
        {
            while (_sent.TryPeek(out var first) && now - first >= Window)
            {
                _sent.Dequeue();
            }

            if (_sent.Count >= (isUrgent ? Limit : Limit - Reserved))
            {
                return false;
            }

            _sent.Enqueue(now);
            return true;
        }
    }
}
