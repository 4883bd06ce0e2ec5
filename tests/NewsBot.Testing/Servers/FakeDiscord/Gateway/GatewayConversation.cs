using System.Text.Json;
using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.Sockets;

namespace NewsBot.Testing.Servers.FakeDiscord.Gateway;

/// <summary>What one client says on one connection, and what it is answered.</summary>
/// <param name="gateway">Holds the sessions.</param>
/// <param name="connection">The socket.</param>
/// <param name="options">Heartbeat interval and clock.</param>
/// <param name="resumeUrl">What READY names as resume_gateway_url.</param>
/// <param name="viaResumeUrl">Whether the client came by that address.</param>
/// <param name="userAgent">For people; null where it sent none.</param>
internal sealed class GatewayConversation(
    FakeGateway gateway,
    FakeSocket connection,
    FakeDiscordOptions options,
    string resumeUrl,
    bool viaResumeUrl,
    string? userAgent
)
{
    // A heartbeat may be late by as much again, and by what a busy machine needs.
    private static readonly TimeSpan HeartbeatGrace = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Queue<DateTimeOffset> _sends = new();
    private DateTimeOffset _helloAt;

    // Read by the watch while the reader writes it, hence a number.
    private long _lastHeartbeatTicks;
    private bool _asked;

    /// <summary>Null until the client has identified or resumed. The gateway's lock guards it.</summary>
    public GatewaySession? Session { get; set; }

    /// <summary>The socket.</summary>
    public FakeSocket Connection => connection;

    /// <summary>The address to come back to.</summary>
    public string ResumeUrl => resumeUrl;

    /// <summary>Heartbeats so far.</summary>
    public int Heartbeats { get; private set; }

    /// <summary>From Hello to the first heartbeat.</summary>
    public TimeSpan? FirstHeartbeatAfter { get; private set; }

    /// <summary>Converses until the connection ends.</summary>
    public async Task<SocketEnding> RunAsync(CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _helloAt = options.Time.GetUtcNow();
        Volatile.Write(ref _lastHeartbeatTicks, _helloAt.UtcTicks);
        var greeted = gateway.MakeFaults(this, GatewayMoment.Connect);
        if (greeted)
        {
            connection.Send(
                GatewayFrame.Control(
                    GatewayProtocol.Hello,
                    new JsonObject
                    {
                        ["heartbeat_interval"] = (long)options.HeartbeatInterval.TotalMilliseconds,
                        ["_trace"] = new JsonArray("fake"),
                    }
                )
            );
        }

        var watching = greeted ? WatchAsync(ended.Token) : Task.CompletedTask;
        try
        {
            return await connection.RunAsync(Receive, cancellationToken);
        }
        finally
        {
            await ended.CancelAsync();
            await watching;
        }
    }

    /// <summary>Asks for a heartbeat; its answer is one that was asked for.</summary>
    public void AskHeartbeat()
    {
        _asked = true;
        connection.Send(GatewayFrame.Control(GatewayProtocol.Heartbeat, d: null));
    }

    /// <summary>For people.</summary>
    public JsonObject Describe() =>
        new()
        {
            ["session"] = Session?.Id,
            ["via_resume_url"] = viaResumeUrl,
            ["user_agent"] = userAgent,
            ["heartbeats"] = Heartbeats,
            ["first_heartbeat_ms"] = FirstHeartbeatAfter?.TotalMilliseconds,
        };

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        var patience = (options.HeartbeatInterval * 2) + HeartbeatGrace;
        try
        {
            while (options.Time.GetUtcNow().UtcTicks - Volatile.Read(ref _lastHeartbeatTicks) <= patience.Ticks)
            {
                await Task.Delay(options.HeartbeatInterval / 2, options.Time, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            return;
        }

        // The table of close codes asks for a new session after this one, so the old one is gone.
        gateway.Forget(this);
        connection.Close(new SocketRefusal(GatewayProtocol.SessionTimedOut, "Session timed out."));
    }

    private void Receive(ReadOnlyMemory<byte> payload)
    {
        if (IsTooMuch())
        {
            connection.Close(new SocketRefusal(GatewayProtocol.RateLimited, "You are being rate limited."));
        }
        else if (Read(payload.Span) is not { } frame || IdentifyRequest.Integer(frame["op"]) is not { } op)
        {
            connection.Close(new SocketRefusal(GatewayProtocol.DecodeError, "Error while decoding payload."));
        }
        else if (Answer(op, frame["d"]) is { } refusal)
        {
            connection.Close(refusal);
        }
    }

    private static JsonObject? Read(ReadOnlySpan<byte> payload)
    {
        try
        {
            return JsonNode.Parse(payload) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private bool IsTooMuch()
    {
        var now = options.Time.GetUtcNow();
        while (_sends.TryPeek(out var first) && now - first >= Minute)
        {
            _sends.Dequeue();
        }

        _sends.Enqueue(now);
        return _sends.Count > GatewayProtocol.MaxSendsPerMinute;
    }

    private SocketRefusal? Answer(long op, JsonNode? d)
    {
        switch (op)
        {
            case GatewayProtocol.Heartbeat:
                return Heartbeat(d);
            case GatewayProtocol.Identify:
                return Session is null
                    ? gateway.Identify(this, d)
                    : new SocketRefusal(GatewayProtocol.AlreadyAuthenticated, "Already authenticated.");
            case GatewayProtocol.Resume:
                return Session is null
                    ? gateway.Resume(this, d)
                    : new SocketRefusal(GatewayProtocol.AlreadyAuthenticated, "Already authenticated.");
            case GatewayProtocol.PresenceUpdate
            or GatewayProtocol.VoiceStateUpdate
            or GatewayProtocol.RequestGuildMembers
            or GatewayProtocol.RequestSoundboardSounds
            or GatewayProtocol.RequestChannelInfo:
                return Command(op, d);
            default:
                return new SocketRefusal(GatewayProtocol.UnknownOpcode, "Unknown opcode.");
        }
    }

    private SocketRefusal? Command(long op, JsonNode? d)
    {
        if (Session is null)
        {
            return new SocketRefusal(GatewayProtocol.NotAuthenticated, "Not authenticated.");
        }

        if (d is not JsonObject said)
        {
            return new SocketRefusal(GatewayProtocol.DecodeError, "Error while decoding payload.");
        }

        if (op == GatewayProtocol.PresenceUpdate)
        {
            gateway.SetPresence(this, said);
        }
        else if (op == GatewayProtocol.RequestGuildMembers)
        {
            gateway.SendMembers(this, said);
        }

        return null;
    }

    private SocketRefusal? Heartbeat(JsonNode? d)
    {
        if (d is not null && IdentifyRequest.Integer(d) is not >= 0)
        {
            return new SocketRefusal(
                GatewayProtocol.DecodeError,
                "A heartbeat holds the last sequence number or null."
            );
        }

        Heartbeats++;
        var now = options.Time.GetUtcNow();
        Volatile.Write(ref _lastHeartbeatTicks, now.UtcTicks);
        if (!_asked)
        {
            FirstHeartbeatAfter ??= now - _helloAt;
        }

        _asked = false;
        if (gateway.MakeFaults(this, GatewayMoment.Heartbeat))
        {
            connection.Send(GatewayFrame.Control(GatewayProtocol.HeartbeatAck, d: null));
        }

        return null;
    }
}
