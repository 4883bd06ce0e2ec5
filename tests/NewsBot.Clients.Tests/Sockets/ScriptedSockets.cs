using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace NewsBot.Clients.Tests.Sockets;

/// <summary>A WebSocket server on loopback whose other half is the test: it takes one connection after the other.</summary>
internal sealed class ScriptedSockets : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<SocketPeer> _peers = Channel.CreateUnbounded<SocketPeer>();
    private readonly ConcurrentBag<SocketPeer> _all = [];

    private ScriptedSockets(WebApplication app) => _app = app;

    /// <summary>Without query.</summary>
    public Uri Url { get; private set; } = null!;

    public static async Task<ScriptedSockets> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new ScriptedSockets(app);
        app.UseWebSockets();
        app.Run(async context =>
        {
            if (!context.WebSockets.IsWebSocketRequest)
            {
                context.Response.StatusCode = 400;
                return;
            }

            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            var peer = new SocketPeer(socket, context);
            server._all.Add(peer);
            await server._peers.Writer.WriteAsync(peer, CancellationToken.None);
            await peer.Over;
        });
        await app.StartAsync(cancellationToken);
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        server.Url = new UriBuilder(addresses.Addresses.Single()) { Scheme = "ws" }.Uri;
        return server;
    }

    /// <summary>The next connection, when it comes.</summary>
    public async Task<SocketPeer> NextAsync(CancellationToken cancellationToken) =>
        await _peers.Reader.ReadAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (var peer in _all)
        {
            peer.Abort();
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2), TimeProvider.System);
        await _app.StopAsync(limit.Token);
        await _app.DisposeAsync();
    }
}
