using System.Net;
using System.Net.Sockets;
using System.Text;

namespace NewsBot.Testing.Servers;

/// <summary>A server on a bare socket of loopback: it says what it is told to, whether or not that is HTTP.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    // A request of ours has some 400 bytes.
    private const int MaxRequestBytes = 64 * 1024;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new(Timeout.InfiniteTimeSpan, TimeProvider.System);
    private readonly Func<NetworkStream, CancellationToken, Task> _serve;
    private readonly List<Task> _connections = [];
    private readonly Task _accepting;

    private RawServer(Func<NetworkStream, CancellationToken, Task> serve)
    {
        _serve = serve;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Its address, such as http://127.0.0.1:40123/.</summary>
    public Uri Root => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    /// <summary>Starts one.</summary>
    /// <param name="serve">Serves a connection from its first byte on; the stream is closed when it ends.</param>
    public static RawServer Start(Func<NetworkStream, CancellationToken, Task> serve) => new(serve);

    /// <summary>Starts one that reads a request and then writes.</summary>
    /// <param name="answer">What it writes.</param>
    public static RawServer Answering(string answer) =>
        Start(
            async (stream, stop) =>
            {
                await RequestAsync(stream, stop);
                await stream.WriteAsync(Encoding.Latin1.GetBytes(answer), stop);
                await UntilHungUpAsync(stream, stop);
            }
        );

    /// <summary>Starts one that reads a request, writes a beginning and then the same again and again.</summary>
    public static RawServer Repeating(string start, string piece) =>
        Start(
            async (stream, stop) =>
            {
                await RequestAsync(stream, stop);
                await stream.WriteAsync(Encoding.Latin1.GetBytes(start), stop);
                var bytes = Encoding.Latin1.GetBytes(piece);
                while (true)
                {
                    await stream.WriteAsync(bytes, stop);
                }
            }
        );

    /// <summary>Reads the head of a request.</summary>
    /// <returns>Its text; what was there where the other side hung up.</returns>
    public static async Task<string> RequestAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var buffer = new byte[4_096];
        while (text.Length < MaxRequestBytes && !text.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer, cancellationToken);
            if (read == 0)
            {
                break;
            }

            text.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        return text.ToString();
    }

    /// <summary>Waits until the other side has closed the connection.</summary>
    public static async Task UntilHungUpAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[4_096];
        while (await stream.ReadAsync(buffer, cancellationToken) > 0) { }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_connections);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception error)
            when (error is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // It was stopped.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await _serve(client.GetStream(), _stop.Token);
            }
            catch (Exception error) when (error is IOException or OperationCanceledException)
            {
                // The other side had enough, or the test is over.
            }
        }
    }
}
