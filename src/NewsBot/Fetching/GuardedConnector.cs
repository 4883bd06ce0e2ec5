using System.Net;
using System.Net.Sockets;

namespace NewsBot.Fetching;

/// <summary>
/// Opens connections only to addresses the rule allows. The address that was checked is the one that is connected to,
/// so a name that changes between check and connection gains nothing.
/// </summary>
/// <param name="lookup">Looks up names.</param>
/// <param name="allow">Host as asked for, address, port: whether it may be connected to.</param>
internal sealed class GuardedConnector(NameLookup lookup, Func<string, IPAddress, int, bool> allow)
{
    /// <summary>What to say where no address may be connected to.</summary>
    public Func<string, string> Refusal { get; init; } =
        host =>
            $"{host} leads to a private or reserved network, where nothing is fetched. "
            + "If it is yours, allow it under Fetching:AllowedPrivateNetworks.";

    // Big sites publish a handful; a longer list is there to keep us busy.
    private const int MaxAddresses = 6;

    /// <summary>For <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    /// <param name="context">Names the endpoint asked for.</param>
    /// <param name="cancellationToken">Cancels look-up and connecting.</param>
    /// <exception cref="FetchRefusedException">The name has no address that may be connected to.</exception>
    /// <exception cref="SocketException">No address answered.</exception>
    public async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context,
        CancellationToken cancellationToken
    )
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var bare = host.Trim('[', ']');
        // Not every look-up takes addresses for names, and 0.0.0.0 is refused by most.
        var known = IPAddress.TryParse(bare, out var literal) ? [literal] : await lookup(bare, cancellationToken);
        var allowed = known.Where(address => allow(host, address, port)).Take(MaxAddresses).ToList();
        if (known.Length == 0)
        {
            throw new SocketException((int)SocketError.HostNotFound);
        }

        if (allowed.Count == 0)
        {
            throw new FetchRefusedException(Refusal(host));
        }

        for (var index = 0; index < allowed.Count - 1; index++)
        {
            try
            {
                return await OpenAsync(allowed[index], port, cancellationToken);
            }
            catch (SocketException)
            {
                // The next address may answer; the last one's error is the one to report.
            }
        }

        return await OpenAsync(allowed[^1], port, cancellationToken);
    }

    private static async Task<Stream> OpenAsync(IPAddress address, int port, CancellationToken cancellationToken)
    {
        Socket? socket = null;
        try
        {
            socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(new IPEndPoint(address, port), cancellationToken);
            var stream = new NetworkStream(socket, ownsSocket: true);
            socket = null;
            return stream;
        }
        finally
        {
            socket?.Dispose();
        }
    }
}
