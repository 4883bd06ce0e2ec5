namespace NewsBot.Clients.Discord.Objects;

/// <summary>The bot's application. Source: https://discord.com/developers/docs/resources/application#application-object</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">As shown.</param>
/// <param name="VerifyKey">Hex of the key that signs interactions sent by HTTP.</param>
/// <param name="Flags">Which privileged intents are on: message content is 1 &lt;&lt; 18 or 1 &lt;&lt; 19.</param>
/// <param name="InteractionsEndpointUrl">Where interactions are sent by HTTP; null where they come over the gateway.</param>
public sealed record Application(
    Snowflake Id,
    string? Name = null,
    string? VerifyKey = null,
    int? Flags = null,
    string? InteractionsEndpointUrl = null
)
{
    public bool HasMessageContent => ((Flags ?? 0) & ((1 << 18) | (1 << 19))) != 0;
}

/// <summary>Where the gateway is. Source: https://discord.com/developers/docs/events/gateway#get-gateway-bot</summary>
public sealed record GatewayBot(string Url, int Shards, SessionStartLimit SessionStartLimit);

/// <param name="Total">Starts a day.</param>
/// <param name="Remaining">Starts left.</param>
/// <param name="ResetAfter">Milliseconds until all are back.</param>
/// <param name="MaxConcurrency">Starts in five seconds.</param>
public sealed record SessionStartLimit(int Total, int Remaining, long ResetAfter, int MaxConcurrency);
