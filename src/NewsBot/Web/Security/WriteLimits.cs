using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using NewsBot.Web.Api;

namespace NewsBot.Web.Security;

/// <summary>How fast one caller may write: a fast importer passes, a runaway loop does not fill the disk.</summary>
internal static class WriteLimits
{
    /// <summary>Adds the limit under <see cref="NewsBotHost.WriteLimit"/>.</summary>
    public static IServiceCollection AddWriteLimits(this IServiceCollection services) =>
        services.AddRateLimiter(limits =>
        {
            limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limits.OnRejected = (rejected, _) =>
            {
                var pause = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.Zero;
                var seconds = Math.Max(1, (int)Math.Ceiling(pause.TotalSeconds));
                rejected.HttpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
                var detail = string.Create(
                    CultureInfo.InvariantCulture,
                    $"You ask for more than this server takes at once. Nothing was done; try again in {seconds} s."
                );
                return new ValueTask(
                    ApiProblems.Of(StatusCodes.Status429TooManyRequests, detail).ExecuteAsync(rejected.HttpContext)
                );
            };
            limits.AddPolicy(NewsBotHost.WriteLimit, Partition);
        });

    private static RateLimitPartition<string> Partition(HttpContext context)
    {
        var options = context.RequestServices.GetRequiredService<IOptions<WebOptions>>().Value;
        return RateLimitPartition.GetTokenBucketLimiter(
            context.Connection.RemoteIpAddress?.ToString() ?? "",
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = options.WriteBurst,
                TokensPerPeriod = options.WritesPerSecond,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            }
        );
    }
}
