using System.Net;
using System.Net.Sockets;

namespace NewsBot.Benchmarks;

/// <summary>Somebody with an address of their own: all of 127.0.0.0/8 is this machine, so that one machine can be many clients.</summary>
internal static class LoopbackClient
{
    /// <summary>The address of one of many clients; none of them is 127.0.0.1.</summary>
    /// <param name="group">1 to 255: who belongs together.</param>
    /// <param name="number">0 to 64,999.</param>
    public static IPAddress Address(int group, int number) =>
        new([127, (byte)group, (byte)(number / 250), (byte)((number % 250) + 1)]);

    /// <param name="address">Where it calls from.</param>
    /// <param name="server">Whom it calls.</param>
    /// <param name="host">The name it calls the server by.</param>
    /// <param name="patience">How long it waits for an answer.</param>
    public static HttpClient Of(IPAddress address, Uri server, string host, TimeSpan patience)
    {
        var http = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                AutomaticDecompression = DecompressionMethods.None,
                ConnectCallback = async (context, token) =>
                    new NetworkStream(await ConnectAsync(address, context.DnsEndPoint.Port, token), ownsSocket: true),
            }
        )
        {
            BaseAddress = server,
            Timeout = patience,
        };
        http.DefaultRequestHeaders.Host = host;
        return http;
    }

    /// <summary>Connects to a port of 127.0.0.1.</summary>
    /// <param name="from">Where the connection comes from.</param>
    /// <param name="port">Which port.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    /// <exception cref="SocketException">Nobody takes it.</exception>
    public static async Task<Socket> ConnectAsync(IPAddress from, int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Bind(new IPEndPoint(from, 0));
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
