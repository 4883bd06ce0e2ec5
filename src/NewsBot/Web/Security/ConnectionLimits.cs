using System.Net;
using Microsoft.AspNetCore.Connections;

namespace NewsBot.Web.Security;

/// <summary>How many connections one client may hold open, whatever it does with them or does not.</summary>
/// <param name="proxies">Who brings other people's requests, and so has as many as they need.</param>
internal sealed class ConnectionLimits(IReadOnlyCollection<IPAddress> proxies)
{
    /// <summary>All together; each takes some 20 kB while it waits.</summary>
    public const int Most = 5_000;

    /// <summary>As long as a client may take to say what it wants. Kestrel's own is twice that.</summary>
    public static readonly TimeSpan HeadersWithin = TimeSpan.FromSeconds(15);

    // A browser opens six, and an office behind one address has some dozen of them.
    private const int MostEach = 256;

    private readonly int[] _open = new int[ClientSlot.Count];

    /// <summary>Puts the limit before everything that reads from a connection.</summary>
    public static void Add(WebApplicationBuilder builder) =>
        builder.WebHost.ConfigureKestrel(
            (context, kestrel) =>
            {
                kestrel.Limits.MaxConcurrentConnections = Most;
                kestrel.Limits.RequestHeadersTimeout = HeadersWithin;
                var proxies = (context.Configuration.GetSection("Web:TrustedProxies").Get<string[]>() ?? [])
                    .Select(text => IPAddress.TryParse(text, out var address) ? address : null)
                    .OfType<IPAddress>();
                // A proxy on this machine comes from there, named or not.
                var limits = new ConnectionLimits([.. proxies, IPAddress.Loopback, IPAddress.IPv6Loopback]);
                kestrel.ConfigureEndpointDefaults(listen => listen.Use(limits.Before));
            }
        );

    /// <summary>Lets a connection through, or cuts it where its client has too many.</summary>
    public ConnectionDelegate Before(ConnectionDelegate next) =>
        async connection =>
        {
            var client = (connection.RemoteEndPoint as IPEndPoint)?.Address;
            if (client is null || proxies.Contains(client.IsIPv4MappedToIPv6 ? client.MapToIPv4() : client))
            {
                await next(connection);
                return;
            }

            var slot = ClientSlot.Of(client);
            try
            {
                if (Interlocked.Increment(ref _open[slot]) > MostEach)
                {
                    connection.Abort();
                    return;
                }

                await next(connection);
            }
            finally
            {
                Interlocked.Decrement(ref _open[slot]);
            }
        };
}
