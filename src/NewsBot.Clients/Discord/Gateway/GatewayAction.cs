namespace NewsBot.Clients.Discord.Gateway;

/// <summary>What <see cref="GatewaySession"/> wants done.</summary>
internal abstract record GatewayAction
{
    private GatewayAction() { }

    /// <summary>Open a socket.</summary>
    /// <param name="Url">Where to, without query; null asks Discord for the address.</param>
    /// <param name="IsResume">False where a new session begins, which must wait for its turn.</param>
    /// <param name="At">Not before then.</param>
    /// <param name="AfterDrain">True where the handler must have caught up first.</param>
    /// <param name="Reason">Why; one English sentence.</param>
    internal sealed record Connect(Uri? Url, bool IsResume, DateTimeOffset At, bool AfterDrain, string Reason)
        : GatewayAction;

    /// <param name="Payload">UTF-8 JSON.</param>
    /// <param name="Kind">What it is, for its place in the limits.</param>
    internal sealed record Send(ReadOnlyMemory<byte> Payload, GatewaySendKind Kind) : GatewayAction;

    /// <param name="Code">Never 1000 or 1001, which would end the session.</param>
    /// <param name="Reason">Why, for the log.</param>
    internal sealed record Close(int Code, string Reason) : GatewayAction;

    /// <param name="State">What to tell the owner.</param>
    internal sealed record Report(GatewayState State) : GatewayAction;

    /// <param name="Sentence">What an admin has to do.</param>
    /// <param name="Code">Discord's close code.</param>
    internal sealed record Stop(string Sentence, int? Code) : GatewayAction;
}

internal enum GatewaySendKind
{
    /// <summary>Due; goes before everything.</summary>
    Heartbeat,

    /// <summary>Asked for by Discord; left out where too many are.</summary>
    HeartbeatAnswer,
    Identify,
    Resume,
}
