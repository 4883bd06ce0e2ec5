using System.Globalization;
using System.Threading.RateLimiting;
using NewsBot.Web.Api;

namespace NewsBot.Web.Security;

/// <summary>What somebody who asks for too much, or with too many others, is answered. It reads nothing, so that refusing costs less than asking.</summary>
internal static class TooMany
{
    // Where a limit knows no time, as with pages that stay open.
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(10);

    /// <param name="context">The request.</param>
    /// <param name="lease">What was not given.</param>
    public static Task AnswerAsync(HttpContext context, RateLimitLease lease) =>
        AnswerAsync(context, lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : Usual);

    /// <param name="context">The request.</param>
    /// <param name="pause">When to ask again.</param>
    public static Task AnswerAsync(HttpContext context, TimeSpan pause) =>
        AnswerAsync(
            context,
            StatusCodes.Status429TooManyRequests,
            "Too many requests",
            "You ask for more than this server takes at once.",
            pause
        );

    /// <summary>What somebody is answered who asks while too many others do.</summary>
    /// <param name="context">The request.</param>
    /// <param name="pause">When to ask again.</param>
    public static Task BusyAsync(HttpContext context, TimeSpan pause) =>
        AnswerAsync(
            context,
            StatusCodes.Status503ServiceUnavailable,
            "Too many at once",
            "More people ask this server at once than it can answer.",
            pause
        );

    private static Task AnswerAsync(HttpContext context, int status, string title, string why, TimeSpan pause)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling(pause.TotalSeconds));
        context.Response.StatusCode = status;
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        context.Response.Headers.CacheControl = "no-store";
        var detail = string.Create(CultureInfo.InvariantCulture, $"{why} Nothing was done; try again in {seconds} s.");
        if (!WantsPage(context.Request))
        {
            return ApiProblems.Of(status, detail).ExecuteAsync(context);
        }

        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(
            $"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title></head><body><main><h1>{title}</h1><p>{detail}</p></main></body></html>",
            context.RequestAborted
        );
    }

    private static bool WantsPage(HttpRequest request) =>
        !request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
