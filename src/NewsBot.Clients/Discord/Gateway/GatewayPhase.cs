namespace NewsBot.Clients.Discord.Gateway;

/// <summary>Where a shard stands.</summary>
internal enum GatewayPhase
{
    /// <summary>No socket.</summary>
    Closed,
    AwaitingHello,
    Identifying,

    /// <summary>Missed events are being replayed.</summary>
    Resuming,
    Live,

    /// <summary>We sent the close frame; what still arrives does not count.</summary>
    Closing,
}
