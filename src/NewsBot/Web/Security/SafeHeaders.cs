using NewsBot.Web.Pages;

namespace NewsBot.Web.Security;

/// <summary>Puts the protecting headers on every answer that has not set its own, also on errors.</summary>
internal sealed class SafeHeaders(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(static state => Add((HttpContext)state), context);
        return next(context);
    }

    private static Task Add(HttpContext context)
    {
        var headers = context.Response.Headers;
        // The sample newsroom plays other people's sites, which bring their own styles.
        if (!context.Request.Path.StartsWithSegments("/sample", StringComparison.OrdinalIgnoreCase))
        {
            headers.TryAdd("Content-Security-Policy", PageHeaders.Policy);
        }

        headers.TryAdd("X-Content-Type-Options", "nosniff");
        headers.TryAdd("Referrer-Policy", "same-origin");
        if (context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
        {
            var isRead = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
            // What a caller may see depends on who calls, so nobody between may keep it for others.
            headers.TryAdd("Cache-Control", isRead ? "private, no-cache" : "no-store");
        }

        return Task.CompletedTask;
    }
}
