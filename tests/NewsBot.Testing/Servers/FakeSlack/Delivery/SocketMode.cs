using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using NewsBot.Testing.Servers.FakeSlack.Faults;
using NewsBot.Testing.Servers.Sockets;

namespace NewsBot.Testing.Servers.FakeSlack.Delivery;

/// <summary>The sockets of the app. Source: https://docs.slack.dev/apis/events-api/using-socket-mode</summary>
/// <param name="state">Whose lock guards this too.</param>
/// <param name="options">Clock and limits.</param>
/// <param name="faults">What goes wrong.</param>
internal sealed class SocketMode(FakeSlackState state, FakeSlackOptions options, FakeFaults faults) : IDisposable
{
    private const string Path = "/link";

    // Acknowledgements carry modals of up to a quarter of a megabyte.
    private const int MaxPayloadBytes = 512 * 1024;

    // Source: the documents of debug_reconnects.
    private static readonly TimeSpan DebugLife = TimeSpan.FromSeconds(360);

    private static readonly SocketRules Rules = new(
        MaxPayloadBytes,
        new SocketRefusal(1009, "The message is too big."),
        new SocketRefusal(1003, "Messages are text.")
    );

    private readonly Dictionary<string, DateTimeOffset> _tickets = new(StringComparer.Ordinal);
    private readonly List<SocketClient> _clients = [];
    private readonly CancellationTokenSource _stopping = new();
    private int _turn;

    /// <summary>Told of every parcel that was not acknowledged, and why.</summary>
    public required Action<Parcel, string> Done { get; init; }

    /// <summary>Sockets that have been greeted and not been asked to go.</summary>
    public int Open
    {
        get
        {
            lock (state.Sync)
            {
                return _clients.Count(one => one.IsOpen);
            }
        }
    }

    /// <summary>Sockets opened so far.</summary>
    public int Opened { get; private set; }

    /// <summary>Envelopes acknowledged so far, those whose acknowledgement was lost too.</summary>
    public int Acknowledged { get; private set; }

    /// <summary>Whether the app may open sockets at all.</summary>
    public bool Enabled { get; set; } = true;

    public void Map(WebApplication app)
    {
        app.Use(
            (context, next) =>
            {
                if (context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } upgrade)
                {
                    context.Features.Set<IHttpUpgradeFeature>(new PingingUpgrade(upgrade));
                }

                return next(context);
            }
        );
        app.UseWebSockets();
        app.Map(Path, AcceptAsync);
        faults.SocketFaultAdded = () => state.Change(DoFaultsAtOnce);
    }

    /// <summary>The address of one socket to be.</summary>
    public string Connect()
    {
        if (!Enabled)
        {
            throw new Methods.FakeApiException("socket_mode_disabled");
        }

        var ticket = state.NextSecret(40);
        _tickets[ticket] = state.Now + TimeSpan.FromMinutes(1);
        return $"{state.Root.Replace("http", "ws", StringComparison.Ordinal)}{Path}?ticket={ticket}&app_id={state.World.AppId}";
    }

    /// <summary>Sends to any of the open sockets. Called under the lock.</summary>
    /// <returns>False where there is none.</returns>
    public bool Send(Parcel parcel, bool loseAck)
    {
        var open = _clients.Where(one => one.IsOpen).ToList();
        if (open.Count == 0)
        {
            return false;
        }

        open[_turn++ % open.Count].Send(parcel, loseAck);
        if (faults.TakeForSocket(atOnce: false) is { } fault)
        {
            Do(fault.Kind);
        }

        return true;
    }

    /// <summary>Lets something happen to one open socket, or to all. Called under the lock.</summary>
    public void Do(FakeFaultKind kind, bool all = false)
    {
        if (kind == FakeFaultKind.LinkDisabled)
        {
            Enabled = false;
        }

        var open = _clients.Where(one => one.IsOpen).ToList();
        foreach (var client in all || kind == FakeFaultKind.LinkDisabled ? open : open.Take(1))
        {
            client.Do(kind);
        }
    }

    public JsonObject Describe()
    {
        lock (state.Sync)
        {
            return new JsonObject
            {
                ["enabled"] = Enabled,
                ["open"] = Open,
                ["opened"] = Opened,
                ["acknowledged"] = Acknowledged,
                ["connections"] = new JsonArray([.. _clients.Select(one => one.Describe())]),
            };
        }
    }

    /// <summary>Cuts all connections.</summary>
    public Task StopAsync() => _stopping.CancelAsync();

    public void Dispose() => _stopping.Dispose();

    private void DoFaultsAtOnce()
    {
        while (_clients.Exists(one => one.IsOpen) && faults.TakeForSocket(atOnce: true) is { } fault)
        {
            Do(fault.Kind);
        }
    }

    private async Task AcceptAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest || !Take(context.Request.Query["ticket"].ToString()))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync(
            new WebSocketAcceptContext { KeepAliveInterval = Timeout.InfiniteTimeSpan }
        );
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        var pinging = context.Features.Get<IHttpUpgradeFeature>() is PingingUpgrade { Stream: { } stream }
            ? stream.PingAsync(options.PingEvery, ended.Token)
            : Task.CompletedTask;
        using var wire = new FakeSocket(socket, context.Abort, Rules);
        var life = context.Request.Query["debug_reconnects"] == "true" ? DebugLife : options.ConnectionLife;
        using var client = new SocketClient(wire, options, state, this, life);
        state.Change(() => Greet(client));
        try
        {
            await wire.RunAsync(client.Receive, _stopping.Token);
        }
        finally
        {
            state.Change(() =>
            {
                _clients.Remove(client);
                client.End();
            });
            await ended.CancelAsync();
            await pinging;
        }
    }

    private bool Take(string ticket) =>
        state.Change(() => Enabled && _tickets.Remove(ticket, out var until) && until > state.Now);

    private void Greet(SocketClient client)
    {
        Opened++;
        _clients.Add(client);
        if (_clients.Count(one => !one.IsLeaving) > options.MaxConnections)
        {
            client.Do(FakeFaultKind.TooManyWebsockets);
            return;
        }

        client.Hello(_clients.Count(one => !one.IsLeaving), state.World.AppId);
        DoFaultsAtOnce();
    }

    internal void Acked() => Acknowledged++;

    internal static string Host(int number) => string.Create(CultureInfo.InvariantCulture, $"applink-{number % 7}");
}
