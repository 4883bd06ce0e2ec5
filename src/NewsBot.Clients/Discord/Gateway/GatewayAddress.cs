namespace NewsBot.Clients.Discord.Gateway;

/// <summary>The answer of GET /gateway/bot. Source: https://discord.com/developers/docs/events/gateway#get-gateway-bot</summary>
/// <param name="Url">wss; plain ws only for loopback.</param>
/// <param name="Shards">The number Discord recommends.</param>
/// <param name="Total">New sessions allowed in 24 h.</param>
/// <param name="Remaining">New sessions still allowed.</param>
/// <param name="ResetAfter">Until <paramref name="Remaining"/> is <paramref name="Total"/> again.</param>
/// <param name="MaxConcurrency">New sessions allowed in 5 s.</param>
public sealed record GatewayAddress(
    Uri Url,
    int Shards,
    int Total,
    int Remaining,
    TimeSpan ResetAfter,
    int MaxConcurrency
);
