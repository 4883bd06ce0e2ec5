using System.Net;
using Microsoft.Extensions.Options;
using NewsBot.Web.Api;

namespace NewsBot.Web.Security;

/// <summary>
/// Refuses requests that a foreign page or a rebound DNS name could send: the Host has to be ours, and a write may not
/// come from another origin. Source: https://fetch.spec.whatwg.org/#origin-header and https://www.w3.org/TR/fetch-metadata/
/// </summary>
internal sealed class RequestGuard(RequestDelegate next, IOptions<WebOptions> options)
{
    private const string Loopback4 = "127.0.0.1";
    private const string Loopback6 = "[::1]";
    private const string LocalHost = "localhost";

    public async Task InvokeAsync(HttpContext context)
    {
        if (!IsOurHost(context.Request.Host, context.Connection.LocalPort))
        {
            await RefuseAsync(
                context,
                StatusCodes.Status421MisdirectedRequest,
                "This server does not answer for that host name. Use the address in Web:Url, or set Web:PublicUrl."
            );
            return;
        }

        if (IsForeign(context))
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "Another site may not call this one.");
            return;
        }

        await next(context);
    }

    private bool IsOurHost(HostString host, int port)
    {
        if (options.Value.PublicUrl is { } publicUrl && IsSame(host, new Uri(publicUrl)))
        {
            return true;
        }

        var url = new Uri(options.Value.Url);
        // The listener may have taken a free port, so the connection's own is the one that counts.
        var isPort = (host.Port ?? url.Port) == port || (host.Port is null && port is 80 or 443);
        return isPort
            && (
                string.Equals(host.Host, url.Host, StringComparison.OrdinalIgnoreCase)
                || (url.IsLoopback && (host.Host is Loopback4 or Loopback6 || IsLocalHost(host)))
                // A listener on every address is reached by any of them, but only a name can be bent to somebody else's.
                || (IsEverywhere(url) && (IsLocalHost(host) || IPAddress.TryParse(host.Host, out _)))
            );
    }

    private static bool IsLocalHost(HostString host) =>
        string.Equals(host.Host, LocalHost, StringComparison.OrdinalIgnoreCase);

    private static bool IsEverywhere(Uri url) =>
        IPAddress.TryParse(url.Host, out var address)
        && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));

    private static bool IsSame(HostString host, Uri url) =>
        string.Equals(host.Host, url.Host, StringComparison.OrdinalIgnoreCase) && (host.Port ?? url.Port) == url.Port;

    private bool IsForeign(HttpContext context)
    {
        var request = context.Request;
        var isRead = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        var isApi = request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);
        if (isRead && !isApi)
        {
            // A link from anywhere may lead here.
            return false;
        }

        var origin = request.Headers.Origin.ToString();
        if (origin.Length > 0)
        {
            return !Uri.TryCreate(origin, UriKind.Absolute, out var url)
                || !IsOurHost(HostString.FromUriComponent(url), context.Connection.LocalPort)
                || IsPublicWithoutTls(url);
        }

        return request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site";
    }

    // A page of our own name that came without TLS may be anybody's on the way.
    private bool IsPublicWithoutTls(Uri origin) =>
        options.Value.PublicUrl is { } address
        && new Uri(address) is var url
        && string.Equals(origin.Host, url.Host, StringComparison.OrdinalIgnoreCase)
        && url.Scheme == Uri.UriSchemeHttps
        && origin.Scheme != url.Scheme;

    private static Task RefuseAsync(HttpContext context, int status, string detail) =>
        ApiProblems.Of(status, detail).ExecuteAsync(context);
}
