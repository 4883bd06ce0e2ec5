using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace NewsBot.Testing.Servers;

/// <summary>Leads to a PostgreSQL server; cuts all that goes through it in the middle, or lets it lie on the way.</summary>
internal sealed class CutConnections : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Socket> _open = [];
    private Task _serving = Task.CompletedTask;
    private volatile TaskCompletionSource _way = Open();

    /// <returns>The connection string of the way through this; new connections find it open again after a cut.</returns>
    public string Through(string connection)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection);
        var server = new UnixDomainSocketEndPoint(Path.Combine(settings.Host!, ".s.PGSQL.5432"));
        _listener.Start();
        _serving = ServeAsync(server);
        settings.Host = "127.0.0.1";
        settings.Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        return settings.ToString();
    }

    public void Cut()
    {
        while (_open.TryTake(out var socket))
        {
            socket.Dispose();
        }
    }

    /// <summary>From now on nothing arrives on either side, and nobody is told: a network that is parted.</summary>
    public void Part() => _way = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What lay on the way arrives.</summary>
    public void Join() => _way.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        Join();
        await _stop.CancelAsync();
        _listener.Dispose();
        Cut();
        await _serving;
        _stop.Dispose();
    }

    private static TaskCompletionSource Open()
    {
        var open = new TaskCompletionSource();
        open.SetResult();
        return open;
    }

    private async Task ServeAsync(EndPoint server)
    {
        try
        {
            while (true)
            {
                _ = LeadAsync(await _listener.AcceptSocketAsync(_stop.Token), server);
            }
        }
        catch (OperationCanceledException)
        {
            // Nobody needs it any more.
        }
    }

    private async Task LeadAsync(Socket client, EndPoint server)
    {
        var behind = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        _open.Add(client);
        _open.Add(behind);
        if (await ConnectAsync(behind, server))
        {
            var (there, back) = (PassAsync(client, behind), PassAsync(behind, client));
            await Task.WhenAny(there, back);
        }

        // Whoever is left is told.
        client.Close();
        behind.Close();
    }

    private async Task<bool> ConnectAsync(Socket behind, EndPoint server)
    {
        try
        {
            await behind.ConnectAsync(server, _stop.Token);
            return true;
        }
        catch (Exception error) when (IsCut(error))
        {
            // The server is not there now.
            return false;
        }
    }

    private async Task PassAsync(Socket from, Socket to)
    {
        var bytes = new byte[8192];
        try
        {
            while (await from.ReceiveAsync(bytes, _stop.Token) is > 0 and var length)
            {
                await _way.Task.WaitAsync(_stop.Token);
                await to.SendAsync(bytes.AsMemory(0, length), _stop.Token);
            }
        }
        catch (Exception error) when (IsCut(error))
        {
            // It was cut.
        }
    }

    private static bool IsCut(Exception error) =>
        error is SocketException or ObjectDisposedException or OperationCanceledException;
}
