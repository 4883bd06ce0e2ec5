using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace NewsBot.Web.Security;

/// <summary>Believes X-Forwarded-For, -Proto and -Host from the proxies of Web:TrustedProxies, and from nobody else.</summary>
internal static class TrustedProxies
{
    public static IServiceCollection AddTrustedProxies(this IServiceCollection services)
    {
        services
            .AddOptions<ForwardedHeadersOptions>()
            .Configure<IOptions<WebOptions>>(
                (forwarded, web) =>
                {
                    forwarded.KnownProxies.Clear();
                    forwarded.KnownIPNetworks.Clear();
                    foreach (var proxy in web.Value.TrustedProxies)
                    {
                        forwarded.KnownProxies.Add(IPAddress.Parse(proxy));
                    }

                    // The middleware takes empty lists for "believe everybody".
                    forwarded.ForwardedHeaders =
                        forwarded.KnownProxies.Count == 0
                            ? ForwardedHeaders.None
                            : ForwardedHeaders.XForwardedFor
                                | ForwardedHeaders.XForwardedProto
                                | ForwardedHeaders.XForwardedHost;
                    // Every hop has to be a known proxy, so a chain of them needs no limit of its own.
                    forwarded.ForwardLimit = null;
                }
            );
        return services;
    }
}
