namespace NewsBot.Clients.RateLimits;

/// <summary>A call may not even wait: it would take too long, or it would do harm.</summary>
/// <param name="reason">One English sentence for an admin.</param>
/// <param name="retryAfter">When it is worth asking again; null for never.</param>
public sealed class CallsStoppedException(string reason, TimeSpan? retryAfter) : Exception(reason)
{
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
