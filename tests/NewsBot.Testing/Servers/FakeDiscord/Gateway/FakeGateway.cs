using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using NewsBot.Testing.Servers.Sockets;

namespace NewsBot.Testing.Servers.FakeDiscord.Gateway;

/// <summary>
/// The gateway of a fake Discord, version 10: strict with its clients, and as faulty as it is told to be. Sessions outlive
/// their connections, and the process where the options name a file.
/// Source: https://discord.com/developers/docs/events/gateway
/// </summary>
public sealed partial class FakeGateway : IAsyncDisposable
{
    private const string Path = "/gateway";
    private const string ResumePath = Path + "/resume";

    // No test opens more at once; beyond it a client reconnects in a loop.
    private const int MaxConnections = 1000;

    private static readonly SocketRules Rules = new(
        GatewayProtocol.MaxPayloadBytes,
        new SocketRefusal(GatewayProtocol.DecodeError, "The payload is longer than 4096 bytes."),
        new SocketRefusal(GatewayProtocol.DecodeError, "With encoding=json payloads are text.")
    );

    private readonly FakeDiscordState _state;
    private readonly FakeDiscordOptions _options;
    private readonly SessionStarts _starts;
    private readonly CancellationTokenSource _stopping = new();

    // Taken inside the state's lock by Publish: nothing may ask the state for anything while holding it.
    private readonly Lock _sync = new();
    private readonly Dictionary<string, GatewaySession> _sessions = new(StringComparer.Ordinal);
    private readonly List<GatewayConversation> _conversations = [];
    private int _connections;
    private int _identifies;
    private int _resumes;
    private bool _disposed;

    /// <param name="state">Says who may come in and what there is; its dispatches come by <see cref="Publish"/>.</param>
    /// <param name="options">Heartbeats, limits, clock and file.</param>
    public FakeGateway(FakeDiscordState state, FakeDiscordOptions options)
    {
        _state = state;
        _options = options;
        _starts = new SessionStarts(state, options);
        Faults.Happening = MakeNow;
        LoadSessions();
    }

    /// <summary>What is to go wrong.</summary>
    public GatewayFaults Faults { get; } = new();

    /// <summary>Whether GUILD_MEMBERS is switched on in the application's settings.</summary>
    public bool MembersEnabled { get; set; }

    /// <summary>How long a session waits for its client to come back.</summary>
    public TimeSpan ResumeWithin { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The pause between two identifies of the same bucket.</summary>
    public TimeSpan IdentifyEvery { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The session_start_limit of GET /gateway/bot.</summary>
    public JsonObject SessionStartLimit => _starts.Describe();

    /// <summary>Sessions begun so far.</summary>
    public int Identifies => Volatile.Read(ref _identifies);

    /// <summary>Sessions resumed so far.</summary>
    public int Resumes => Volatile.Read(ref _resumes);

    /// <summary>Connections so far, refused ones too.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Sessions whose client is there.</summary>
    public int Connected
    {
        get
        {
            lock (_sync)
            {
                return _sessions.Values.Count(session => session.Connection is not null);
            }
        }
    }

    /// <summary>Serves /gateway, and /gateway/resume for those who come back.</summary>
    public void Map(WebApplication app)
    {
        // No pings: a client has to find out by its heartbeats.
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = Timeout.InfiniteTimeSpan });
        app.Map(Path, context => ServeAsync(context, viaResumeUrl: false));
        app.Map(ResumePath, context => ServeAsync(context, viaResumeUrl: true));
        app.Lifetime.ApplicationStopping.Register(_stopping.Cancel);
    }

    /// <summary>For people: sessions, connections, faults to come.</summary>
    public JsonObject Describe()
    {
        var limit = SessionStartLimit;
        lock (_sync)
        {
            return new JsonObject
            {
                ["connections"] = Connections,
                ["identifies"] = Identifies,
                ["resumes"] = Resumes,
                ["session_start_limit"] = limit,
                ["sessions"] = new JsonArray([.. _sessions.Values.Select(session => session.Describe())]),
                ["open"] = new JsonArray([.. _conversations.Select(conversation => conversation.Describe())]),
                ["faults"] = Faults.Describe(),
            };
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        await _stopping.CancelAsync();
        lock (_sync)
        {
            DeliverAllHeld();
            SaveSessions();
            _disposed = true;
        }

        _stopping.Dispose();
    }

    private async Task ServeAsync(HttpContext context, bool viaResumeUrl)
    {
        Interlocked.Increment(ref _connections);
        var query = context.Request.Query;
        var compress = query["compress"].ToString();
        if (
            !context.WebSockets.IsWebSocketRequest
            || query["encoding"] != "json"
            || compress is not ("" or "zlib-stream")
        )
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync(
                "This gateway speaks WebSocket with encoding=json and compress=zlib-stream or none.",
                context.RequestAborted
            );
            return;
        }

        if (Faults.Take(GatewayMoment.Connect, kind => kind == GatewayFaultKind.Refuse).Count > 0)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        using var connection = new FakeSocket(socket, context.Abort, Rules with { Compressed = compress.Length > 0 });
        if (query["v"] != "10")
        {
            connection.Close(new SocketRefusal(GatewayProtocol.InvalidVersion, "Invalid API version."));
        }

        var conversation = new GatewayConversation(
            this,
            connection,
            _options,
            $"ws://{context.Request.Host}{ResumePath}",
            viaResumeUrl,
            context.Request.Headers.UserAgent is [{ Length: > 0 } agent, ..] ? agent : null
        );
        await ConverseAsync(conversation);
    }

    private async Task ConverseAsync(GatewayConversation conversation)
    {
        lock (_sync)
        {
            if (_disposed || _conversations.Count >= MaxConnections)
            {
                return;
            }

            _conversations.Add(conversation);
        }

        try
        {
            var ending = await conversation.RunAsync(_stopping.Token);
            if (ending.Code is 1000 or 1001)
            {
                // Saying goodbye ends the session.
                Forget(conversation);
            }
        }
        finally
        {
            lock (_sync)
            {
                _conversations.Remove(conversation);
                LetGo(conversation);
            }
        }
    }
}
