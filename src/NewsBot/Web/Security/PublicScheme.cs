using Microsoft.Extensions.Options;

namespace NewsBot.Web.Security;

/// <summary>
/// Takes the scheme of <c>Web:PublicUrl</c> for requests to its host: the proxy in front speaks TLS with browsers and plain
/// HTTP with us. Without this, cookies would lack what keeps them on TLS wherever the proxy is not named as trusted.
/// </summary>
internal sealed class PublicScheme(RequestDelegate next, IOptions<WebOptions> options)
{
    private readonly Uri? _public = options.Value.PublicUrl is { } address ? new Uri(address) : null;

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (
            _public is not null
            && string.Equals(request.Host.Host, _public.Host, StringComparison.OrdinalIgnoreCase)
            && (request.Host.Port ?? _public.Port) == _public.Port
        )
        {
            request.Scheme = _public.Scheme;
            // The port that goes without saying is said by some proxies; addresses made from it would differ.
            request.Host = _public.IsDefaultPort
                ? new HostString(_public.Host)
                : new HostString(_public.Host, _public.Port);
        }

        return next(context);
    }
}
