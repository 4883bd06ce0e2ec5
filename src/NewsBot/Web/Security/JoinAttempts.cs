using System.Net;
using System.Threading.RateLimiting;

namespace NewsBot.Web.Security;

/// <summary>
/// How often one client may be wrong about the join word. Only wrong words count: a class that joins at once behind one
/// address knows the right one.
/// </summary>
internal sealed class JoinAttempts : IDisposable
{
    // Eight characters of a careless choice stand a million guesses; at this pace those take four months.
    private const int Burst = 10;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    private readonly PartitionedRateLimiter<int> _wrong = PartitionedRateLimiter.Create<int, int>(slot =>
        RateLimitPartition.GetTokenBucketLimiter(slot, _ => RequestLimits.Bucket(Burst, Every))
    );

    /// <summary>Whether a client may try again.</summary>
    public bool MayTry(IPAddress? client) =>
        // Asked for nothing, a bucket that holds a part of a token would say yes.
        _wrong.GetStatistics(ClientSlot.Of(client))
            is null
                or { CurrentAvailablePermits: > 0 };

    /// <summary>Counts a wrong word.</summary>
    public void WasWrong(IPAddress? client) => _wrong.AttemptAcquire(ClientSlot.Of(client)).Dispose();

    public void Dispose() => _wrong.Dispose();
}
