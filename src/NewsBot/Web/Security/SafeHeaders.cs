using NewsBot.Chat.Slack;
using NewsBot.Web.Pages;
using NewsBot.Web.SignIn;
using NewsBot.Web.Views;

namespace NewsBot.Web.Security;

/// <summary>Puts the protecting headers on every answer that has not set its own, also on errors.</summary>
internal sealed class SafeHeaders(RequestDelegate next)
{
    // What stands there is one person's, or changes with who looks: links, tokens and codes among it.
    private static readonly PathString[] PrivatePaths =
    [
        MyPages.Path,
        SignInPages.Path,
        "/sign-out",
        Paths.Settings,
        Paths.Moderation,
        "/chat",
        SlackOAuth.InstallPath,
        SlackOAuth.ReturnPath,
    ];

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
        else
        {
            headers.ContentSecurityPolicy = PageHeaders.SamplePolicy;
        }

        headers.TryAdd("X-Content-Type-Options", "nosniff");
        headers.TryAdd("Referrer-Policy", "same-origin");
        headers.TryAdd("Permissions-Policy", PageHeaders.Permissions);
        headers.TryAdd("Cross-Origin-Opener-Policy", "same-origin");
        if (context.Request.IsHttps)
        {
            // Other hosts of the domain are not ours to promise for.
            headers.TryAdd("Strict-Transport-Security", "max-age=31536000");
        }

        if (IsPrivate(context))
        {
            // Whoever sits at the browser next does not find it behind the Back button.
            headers.CacheControl = "no-store";
        }

        if (context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
        {
            var isRead = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
            // What a caller may see depends on who calls, so nobody between may keep it for others.
            headers.TryAdd("Cache-Control", isRead ? "private, no-cache" : "no-store");
        }

        return Task.CompletedTask;
    }

    private static bool IsPrivate(HttpContext context) =>
        PrivatePaths.Any(path => context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase))
        || (
            context.Response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) == true
            && WebSessions.SecretOf(context) is not null
        );
}
