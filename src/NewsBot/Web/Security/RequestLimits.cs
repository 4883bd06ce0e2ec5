using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace NewsBot.Web.Security;

/// <summary>
/// How much one client may ask for. It holds for every address there is, so a new one is limited without being named here;
/// only what platforms sign is checked by its signature first (<see cref="ForgedRequests"/>).
/// </summary>
internal static class RequestLimits
{
    // A person signs in with a few tries; a class behind one address begins within a minute.
    private const int SignInBurst = 30;

    private static readonly TimeSpan SignInEvery = TimeSpan.FromSeconds(2);

    // A search looks through everything, and costs as much as so many pages.
    private const int PagesASearch = 15;

    // An office behind one address has some dozen pages open; each holds a connection.
    private const int OpenPages = 60;

    /// <summary>Adds the limits, and what is answered beyond them.</summary>
    public static IServiceCollection AddRequestLimits(this IServiceCollection services) =>
        services
            .AddSingleton<JoinAttempts>()
            .AddSingleton<ForgedRequests>()
            .AddSingleton<SignedRequests>()
            .AddRateLimiter(limits =>
            {
                limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
                limits.OnRejected = static (rejected, _) =>
                    new ValueTask(TooMany.AnswerAsync(rejected.HttpContext, rejected.Lease));
                limits.GlobalLimiter = PartitionedRateLimiter.CreateChained(
                    PartitionedRateLimiter.Create<HttpContext, (RequestKind, int)>(Rate),
                    PartitionedRateLimiter.Create<HttpContext, int>(Open)
                );
            });

    /// <summary>What a request is counted as.</summary>
    public static RequestKind KindOf(HttpContext context)
    {
        var request = context.Request;
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            return RequestKind.Write;
        }

        // Programs of this machine are the operator's own; how much they read is the operator's business.
        if (context.RequestServices.GetRequiredService<IOptions<WebOptions>>().Value.IsThisMachineOnly)
        {
            return IsSignIn(request.Path) ? RequestKind.SignIn : RequestKind.Free;
        }

        return IsSignIn(request.Path) ? RequestKind.SignIn
            : IsSearch(request) ? RequestKind.Search
            : RequestKind.Read;
    }

    private static bool IsSignIn(PathString path) =>
        path.StartsWithSegments("/sign-in", StringComparison.OrdinalIgnoreCase)
        || path.StartsWithSegments("/slack", StringComparison.OrdinalIgnoreCase);

    private static bool IsSearch(HttpRequest request) =>
        request.Path.StartsWithSegments("/search", StringComparison.OrdinalIgnoreCase)
        || (
            request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
            && request.Query.ContainsKey("q")
        );

    private static RateLimitPartition<(RequestKind, int)> Rate(HttpContext context)
    {
        var options = context.RequestServices.GetRequiredService<IOptions<WebOptions>>().Value;
        var kind = KindOf(context);
        if (kind == RequestKind.Free)
        {
            return RateLimitPartition.GetNoLimiter((kind, 0));
        }

        var (burst, every) = kind switch
        {
            RequestKind.Write => (options.WriteBurst, TimeSpan.FromSeconds(1) / options.WritesPerSecond),
            RequestKind.Search => (
                Math.Max(1, options.ReadBurst / PagesASearch),
                TimeSpan.FromSeconds(1) / options.ReadsPerSecond * PagesASearch
            ),
            RequestKind.SignIn => (Math.Min(SignInBurst, options.WriteBurst), SignInEvery),
            _ => (options.ReadBurst, TimeSpan.FromSeconds(1) / options.ReadsPerSecond),
        };
        return RateLimitPartition.GetTokenBucketLimiter(
            (kind, ClientSlot.Of(context.Connection.RemoteIpAddress)),
            _ => Bucket(burst, every)
        );
    }

    private static RateLimitPartition<int> Open(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/live", StringComparison.OrdinalIgnoreCase)
        && KindOf(context) != RequestKind.Free
            ? RateLimitPartition.GetConcurrencyLimiter(
                ClientSlot.Of(context.Connection.RemoteIpAddress),
                _ => new ConcurrencyLimiterOptions { PermitLimit = OpenPages }
            )
            : RateLimitPartition.GetNoLimiter(-1);

    /// <summary>A bucket that refills in steps of a second, or of one token where those take longer.</summary>
    /// <param name="burst">How much it holds.</param>
    /// <param name="every">The time one token takes.</param>
    public static TokenBucketRateLimiterOptions Bucket(int burst, TimeSpan every)
    {
        var second = TimeSpan.FromSeconds(1);
        return new TokenBucketRateLimiterOptions
        {
            TokenLimit = burst,
            TokensPerPeriod = every > second ? 1 : (int)Math.Round(second / every),
            ReplenishmentPeriod = every > second ? every : second,
        };
    }
}
