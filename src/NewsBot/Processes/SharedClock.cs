namespace NewsBot.Processes;

/// <summary>
/// The time that all processes of one database have in common: that of the database's machine. What is due is written down
/// as an instant, so a machine whose clock is off by an hour would post everything an hour early.
/// </summary>
internal sealed class SharedClock : TimeProvider
{
    // Asking takes a few milliseconds that nobody can tell apart.
    private static readonly TimeSpan Noise = TimeSpan.FromMilliseconds(250);

    private long _ahead;

    /// <summary>How far the database's clock is ahead of this machine's; zero before it was asked, and where there is none.</summary>
    public TimeSpan Ahead => new(Interlocked.Read(ref _ahead));

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Ahead;

    /// <summary>Takes what the database said its time was.</summary>
    /// <param name="database">Its time.</param>
    /// <param name="own">The time of this machine at that moment.</param>
    public void Set(DateTimeOffset database, DateTimeOffset own)
    {
        var ahead = database - own;
        if ((ahead - Ahead).Duration() > Noise)
        {
            Interlocked.Exchange(ref _ahead, ahead.Duration() > Noise ? ahead.Ticks : 0);
        }
    }
}
