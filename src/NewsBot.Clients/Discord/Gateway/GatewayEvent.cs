namespace NewsBot.Clients.Discord.Gateway;

/// <summary>
/// One dispatch. It may come more than once and out of order.
/// Source: https://discord.com/developers/docs/events/gateway-events
/// </summary>
/// <param name="Shard">The shard it came over.</param>
/// <param name="Sequence">Its number within the gateway session; 0 where Discord gave none.</param>
/// <param name="Type">Such as MESSAGE_CREATE; known names are always the same string object.</param>
/// <param name="Data">UTF-8 JSON of the field "d", valid and in memory of its own.</param>
public sealed record GatewayEvent(int Shard, long Sequence, string Type, ReadOnlyMemory<byte> Data);
