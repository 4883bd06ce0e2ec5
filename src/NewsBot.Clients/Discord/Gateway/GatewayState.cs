namespace NewsBot.Clients.Discord.Gateway;

/// <summary>How one shard is doing.</summary>
/// <param name="Shard">Counted from 0.</param>
public abstract record GatewayState(int Shard)
{
    /// <summary>A connection is being opened.</summary>
    /// <param name="Shard">Counted from 0.</param>
    /// <param name="IsResume">True where the old session is to be continued.</param>
    public sealed record Connecting(int Shard, bool IsResume) : GatewayState(Shard);

    /// <summary>A new session began. What happened before it was not seen: the owner must catch up.</summary>
    /// <param name="Shard">Counted from 0.</param>
    public sealed record Ready(int Shard) : GatewayState(Shard);

    /// <summary>The old session goes on; everything missed has been replayed.</summary>
    /// <param name="Shard">Counted from 0.</param>
    public sealed record Resumed(int Shard) : GatewayState(Shard);

    /// <summary>Nothing is connected until then.</summary>
    /// <param name="Shard">Counted from 0.</param>
    /// <param name="Reason">One English sentence without secrets.</param>
    /// <param name="Until">When the next attempt begins; null where it waits for the handler.</param>
    public sealed record Waiting(int Shard, string Reason, DateTimeOffset? Until) : GatewayState(Shard);

    /// <summary>An event was given up after every attempt of the handler failed: the owner should catch up.</summary>
    /// <param name="Shard">Counted from 0.</param>
    /// <param name="Type">The event's name.</param>
    /// <param name="Sequence">The event's number.</param>
    public sealed record Skipped(int Shard, string Type, long Sequence) : GatewayState(Shard);

    /// <summary>It will not connect again by itself.</summary>
    /// <param name="Shard">Counted from 0.</param>
    /// <param name="Sentence">What an admin has to do, in English, without secrets.</param>
    /// <param name="CloseCode">Discord's close code; null where there was none.</param>
    public sealed record Stopped(int Shard, string Sentence, int? CloseCode) : GatewayState(Shard);
}
