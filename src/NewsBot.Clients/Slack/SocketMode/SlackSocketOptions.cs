namespace NewsBot.Clients.Slack.SocketMode;

/// <summary>How patient the sockets are. The defaults suit Slack; tests shorten them.</summary>
public sealed class SlackSocketOptions
{
    /// <summary>Sent with the socket.</summary>
    public required string UserAgent { get; init; }

    /// <summary>
    /// Connections kept open side by side; 1 to 10. Default 2: what arrives goes to any one of them, so one may end at any
    /// time without a gap.
    /// </summary>
    public int Connections { get; init; } = 2;

    /// <summary>Between the first connection and the next, so that they do not grow old together. Default 61 s.</summary>
    public TimeSpan Stagger { get; init; } = TimeSpan.FromSeconds(61);

    /// <summary>Whether to ask for connections that live for six minutes only, to see how reconnecting goes.</summary>
    public bool DebugReconnects { get; init; }

    /// <summary>Longest time to open the socket, TLS included. Default 20 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Longest wait for hello. Default 30 s.</summary>
    public TimeSpan HelloTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Between two pings of ours. Default 10 s.</summary>
    public TimeSpan PingEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a pong may take before the connection is taken for dead. Default 10 s.</summary>
    public TimeSpan PongWithin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long Slack may take to answer a close frame, which it does not always do. Default 1 s.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a connection that was replaced stays open for what is on its way. Default 3 s, as long as an answer may take.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>A connection that lived this long was good: the next attempt after it is made at once. Default 10 s.</summary>
    public TimeSpan StableAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The wait before the second attempt in a row; each further one doubles. Default 1 s.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait between two attempts, but for what Slack asks for. Default 2 minutes.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The shortest wait after Slack said that there are too many connections. Default 1 minute.</summary>
    public TimeSpan TooManyDelay { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Longest message in bytes. Default 4 MiB: a view has at most 250 KB, a message some 200 KB.</summary>
    public int MaxFrameBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Most events waiting for the handler. Default 2,000: two busy minutes.</summary>
    public int MaxQueuedEvents { get; init; } = 2_000;

    /// <summary>Most bytes waiting for the handler. Default 64 MiB.</summary>
    public long MaxQueuedBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Most commands and interactions handled side by side; more are not answered. Default 100.</summary>
    public int MaxInteractions { get; init; } = 100;

    /// <summary>How often a failed event is tried again. Default 3, over about 5 s; then Slack sends it again.</summary>
    public int HandlerRetries { get; init; } = 3;

    /// <summary>The wait before the first retry of a failed event; each further one is four times as long. Default 0.25 s.</summary>
    public TimeSpan HandlerRetryDelay { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Longest time the handler may take for one attempt at an event. Default 30 s.</summary>
    public TimeSpan EventTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest time the handler may take for a command or interaction: Slack waits 3 s. Default 2.8 s.</summary>
    public TimeSpan InteractionTimeout { get; init; } = TimeSpan.FromMilliseconds(2_800);
}
