namespace NewsBot.Clients.Slack.SocketMode;

/// <summary>How the sockets are doing.</summary>
public abstract record SlackSocketState
{
    private SlackSocketState() { }

    /// <summary>A connection listens.</summary>
    /// <param name="Connections">How many do now.</param>
    /// <param name="MayHaveMissed">True where none did before: the owner must catch up.</param>
    public sealed record Connected(int Connections, bool MayHaveMissed) : SlackSocketState;

    /// <summary>No connection listens.</summary>
    /// <param name="Reason">One English sentence without secrets.</param>
    /// <param name="Until">When the next attempt begins.</param>
    public sealed record Waiting(string Reason, DateTimeOffset Until) : SlackSocketState;

    /// <summary>An envelope was not acknowledged: Slack sends an event again up to three times within about six minutes.</summary>
    /// <param name="Kind">What it was.</param>
    /// <param name="Reason">One English sentence without secrets.</param>
    public sealed record Skipped(SlackEnvelopeKind Kind, string Reason) : SlackSocketState;

    /// <summary>They will not connect again by themselves.</summary>
    /// <param name="Sentence">What an admin has to do, in English, without secrets.</param>
    public sealed record Stopped(string Sentence) : SlackSocketState;
}
