using NewsBot.Storage;
using NewsBot.Web.Security;

namespace NewsBot.Web.SignIn;

/// <summary>Knows who signed in by the browser's cookie.</summary>
internal sealed class WebSessions(WebSessionStore store)
{
    private const string Cookie = "newsbot-session";

    // Our own are 43 characters long.
    private const int LongestSecret = 100;

    private static readonly object Key = new();

    /// <returns>Who sits at this browser; null where nobody signed in. Read once a request.</returns>
    public async Task<SignedIn?> FindAsync(HttpContext context)
    {
        if (SecretOf(context) is not { } secret)
        {
            return null;
        }

        if (!context.Items.TryGetValue(Key, out var known))
        {
            known = await store.FindAsync(secret, context.RequestAborted);
            context.Items[Key] = known;
        }

        return (SignedIn?)known;
    }

    /// <summary>As <see cref="FindAsync"/>, with what became known since the request came.</summary>
    public Task<SignedIn?> FindAnewAsync(HttpContext context)
    {
        context.Items.Remove(Key);
        return FindAsync(context);
    }

    /// <summary>The secret this browser has; null for none.</summary>
    public static string? SecretOf(HttpContext context) =>
        context.Request.Cookies.TryGetValue(SafeCookie.Name(Cookie, context.Request), out var secret)
        && secret is { Length: > 0 and < LongestSecret }
            ? secret
            : null;

    /// <summary>Gives this browser a session's secret.</summary>
    public static void Keep(HttpContext context, string secret) =>
        context.Response.Cookies.Append(
            SafeCookie.Name(Cookie, context.Request),
            secret,
            new CookieOptions
            {
                HttpOnly = true,
                // A stricter one is not sent where a link in a chat leads here, nor on the way back from the platform's own
                // page: whoever comes from there would be a stranger. Forms have a proof of their own against other sites.
                SameSite = SameSiteMode.Lax,
                Secure = context.Request.IsHttps,
                MaxAge = WebSessionStore.Life,
                Path = "/",
                IsEssential = true,
            }
        );

    /// <summary>Ends the session of this browser.</summary>
    public async Task EndAsync(HttpContext context)
    {
        if (SecretOf(context) is { } secret)
        {
            await store.EndAsync(secret, context.RequestAborted);
        }

        context.Items.Remove(Key);
        context.Response.Cookies.Delete(
            SafeCookie.Name(Cookie, context.Request),
            // A browser takes a change of such a name from nobody who does not speak TLS.
            new CookieOptions { Path = "/", Secure = context.Request.IsHttps }
        );
    }
}
