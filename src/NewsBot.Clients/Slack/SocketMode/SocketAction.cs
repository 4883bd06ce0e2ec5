namespace NewsBot.Clients.Slack.SocketMode;

/// <summary>What <see cref="SlackSocketSession"/> wants done.</summary>
internal abstract record SocketAction
{
    private SocketAction() { }

    /// <summary>Ask for an address and open a socket to it.</summary>
    /// <param name="Connection">What it is called from now on.</param>
    internal sealed record Open(int Connection) : SocketAction;

    /// <param name="Connection">Which.</param>
    /// <param name="Reason">Why, for the log.</param>
    internal sealed record Close(int Connection, string Reason) : SocketAction;

    /// <param name="State">What to tell the owner.</param>
    internal sealed record Report(SlackSocketState State) : SocketAction;

    /// <param name="Sentence">What an admin has to do.</param>
    internal sealed record Stop(string Sentence) : SocketAction;
}
