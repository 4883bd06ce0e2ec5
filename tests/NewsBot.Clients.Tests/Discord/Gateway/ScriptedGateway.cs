using System.Collections.Concurrent;
using NewsBot.Clients.Tests.Sockets;

namespace NewsBot.Clients.Tests.Discord.Gateway;

/// <summary>A gateway on loopback whose other half is the test: it takes one connection after the other.</summary>
internal sealed class ScriptedGateway(ScriptedSockets sockets) : IAsyncDisposable
{
    private readonly ConcurrentBag<Peer> _peers = [];

    /// <summary>Without query, as Discord gives it.</summary>
    public Uri Url => sockets.Url;

    public static async Task<ScriptedGateway> StartAsync(CancellationToken cancellationToken) =>
        new(await ScriptedSockets.StartAsync(cancellationToken));

    /// <summary>The next connection, when it comes.</summary>
    public async Task<Peer> NextAsync(CancellationToken cancellationToken)
    {
        var peer = new Peer(await sockets.NextAsync(cancellationToken));
        _peers.Add(peer);
        return peer;
    }

    public async ValueTask DisposeAsync()
    {
        await sockets.DisposeAsync();
        foreach (var peer in _peers)
        {
            peer.Dispose();
        }
    }
}
