namespace NewsBot.Clients.Slack.SocketMode;

/// <summary>One connection, as <see cref="SlackSocketSession"/> knows it.</summary>
internal sealed class SocketLink(int id, SocketLane lane)
{
    public int Id { get; } = id;

    public SocketLane Lane { get; } = lane;

    public SocketLinkPhase Phase { get; set; }

    public DateTimeOffset? LiveSince { get; set; }

    /// <summary>When it is to be closed; null for not.</summary>
    public DateTimeOffset? Deadline { get; set; }

    public bool IsListening => Phase is SocketLinkPhase.Live or SocketLinkPhase.Retiring;
}

internal enum SocketLinkPhase
{
    Opening,
    AwaitingHello,
    Live,

    /// <summary>Still listens, until the next one is there.</summary>
    Retiring,
    Closing,
}

/// <summary>The place of one connection, whichever holds it at the time.</summary>
internal sealed class SocketLane(int place)
{
    public int Place { get; } = place;

    /// <summary>Null while none is there and none is being opened.</summary>
    public SocketLink? Active { get; set; }

    /// <summary>When the next one is opened; null where the first lane has to listen before.</summary>
    public DateTimeOffset? OpenAt { get; set; }

    public int Failures { get; set; }
}
