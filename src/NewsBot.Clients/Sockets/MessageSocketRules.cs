namespace NewsBot.Clients.Sockets;

/// <summary>How patient a socket is.</summary>
/// <param name="CloseTimeout">How long the peer may take to answer the close frame.</param>
internal sealed record MessageSocketRules(TimeSpan CloseTimeout)
{
    /// <summary>Between two pings of ours; zero for none.</summary>
    public TimeSpan PingEvery { get; init; } = TimeSpan.Zero;

    /// <summary>How long a pong may take before the connection is given up; only where there are pings.</summary>
    public TimeSpan PongWithin { get; init; } = Timeout.InfiniteTimeSpan;
}
