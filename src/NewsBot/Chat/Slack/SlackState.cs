using NewsBot.Clients.Slack.SocketMode;

namespace NewsBot.Chat.Slack;

/// <summary>How the connection to Slack is doing. In memory: it is about this process.</summary>
internal sealed class SlackState(SlackInstalls installs, TimeProvider time)
{
    private long _lastEventAt;
    private volatile string? _stopped;
    private volatile string? _waiting;
    private volatile CatchUpProgress? _catchUp;
    private int _connections;
    private long _since;

    /// <summary>Why nothing works and what an admin has to do; null while it runs.</summary>
    public string? Stopped
    {
        get => _stopped;
        set => _stopped = value;
    }

    /// <summary>How far catching up has come; null while there is nothing to catch up with.</summary>
    public CatchUpProgress? CatchUp
    {
        get => _catchUp;
        set => _catchUp = value;
    }

    /// <summary>Whether everything comes by HTTP, so that no connection is held.</summary>
    public bool IsByHttp { get; set; }

    /// <summary>When the last event came, UTC; null for none yet.</summary>
    public DateTimeOffset? LastEventAt =>
        Interlocked.Read(ref _lastEventAt) is not 0 and var ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;

    /// <summary>Whether events arrive: over a socket, or by HTTP, where Slack calls us.</summary>
    public bool IsConnected => Stopped is null && (IsByHttp || Volatile.Read(ref _connections) > 0);

    /// <summary>All of it, for the status page and the commands.</summary>
    public ChatConditions Conditions() =>
        new(
            Interlocked.Read(ref _since) is not 0 and var ms
                ? [new ChatConnection(0, IsConnected, DateTimeOffset.FromUnixTimeMilliseconds(ms))]
                : [],
            installs.Count,
            Stopped ?? (IsConnected ? null : _waiting),
            CatchUp
        );

    public void SawEvent() => Interlocked.Exchange(ref _lastEventAt, time.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>Says since when it is as it is.</summary>
    public void Begin() => Interlocked.Exchange(ref _since, time.GetUtcNow().ToUnixTimeMilliseconds());

    public void Keep(SlackSocketState state)
    {
        switch (state)
        {
            case SlackSocketState.Connected connected:
                if (Interlocked.Exchange(ref _connections, connected.Connections) == 0)
                {
                    Begin();
                }

                _waiting = null;
                break;
            case SlackSocketState.Waiting waiting:
                Interlocked.Exchange(ref _connections, 0);
                Begin();
                _waiting = waiting.Reason;
                break;
            case SlackSocketState.Stopped stopped:
                Interlocked.Exchange(ref _connections, 0);
                Begin();
                Stopped = stopped.Sentence;
                break;
            default:
                break;
        }
    }
}
