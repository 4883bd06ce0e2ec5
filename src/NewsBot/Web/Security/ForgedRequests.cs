using System.Threading.RateLimiting;
using Microsoft.Extensions.Primitives;

namespace NewsBot.Web.Security;

/// <summary>
/// The limit of the addresses that platforms call. What they signed is never counted, however many others call from where
/// they call; whoever signs nothing is told to stop.
/// </summary>
internal sealed class ForgedRequests : IDisposable
{
    // A platform that checks our address sends a few on purpose; a secret being changed makes some more.
    private const int Burst = 60;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly PartitionedRateLimiter<int> _forged = PartitionedRateLimiter.Create<int, int>(slot =>
        RateLimitPartition.GetTokenBucketLimiter(slot, _ => RequestLimits.Bucket(Burst, Every))
    );

    /// <summary>What a request without a right signature is answered.</summary>
    public IResult Refuse(HttpRequest request)
    {
        using var lease = _forged.AttemptAcquire(ClientSlot.Of(request.HttpContext.Connection.RemoteIpAddress));
        if (lease.IsAcquired)
        {
            return Results.StatusCode(StatusCodes.Status401Unauthorized);
        }

        // A connection of its own for each try is dearer for who tries than for us.
        request.HttpContext.Response.Headers.Connection = new StringValues("close");
        return new Refusal(lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : Every);
    }

    public void Dispose() => _forged.Dispose();

    private sealed class Refusal(TimeSpan pause) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => TooMany.AnswerAsync(httpContext, pause);
    }
}
