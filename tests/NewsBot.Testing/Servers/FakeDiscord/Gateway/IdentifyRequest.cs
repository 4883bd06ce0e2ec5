using System.Text.Json;
using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.Sockets;

namespace NewsBot.Testing.Servers.FakeDiscord.Gateway;

/// <summary>
/// What a client identifies with. Source: https://discord.com/developers/docs/events/gateway-events#identify
/// </summary>
/// <param name="Token">The token, unchecked.</param>
/// <param name="Intents">Bits that all exist.</param>
/// <param name="Shard">From 0 to <paramref name="Shards"/> - 1.</param>
/// <param name="Shards">At least 1.</param>
/// <param name="ShardSaid">Whether the client named its shard; READY then does too.</param>
/// <param name="Presence">Null where none was sent.</param>
internal sealed record IdentifyRequest(
    string Token,
    long Intents,
    int Shard,
    int Shards,
    bool ShardSaid,
    JsonNode? Presence
)
{
    private static readonly string[] Properties = ["os", "browser", "device"];

    /// <summary>Reads the d of an identify.</summary>
    /// <param name="d">What came.</param>
    /// <param name="request">Set where the answer is null.</param>
    /// <returns>Null where all is well.</returns>
    public static SocketRefusal? Read(JsonNode? d, out IdentifyRequest? request)
    {
        request = null;
        if (d is not JsonObject said || Text(said["token"]) is not { } token)
        {
            return new SocketRefusal(GatewayProtocol.DecodeError, "An identify needs a token.");
        }

        if (Properties.Any(name => Text((said["properties"] as JsonObject)?[name]) is null))
        {
            return new SocketRefusal(
                GatewayProtocol.DecodeError,
                "An identify needs the properties os, browser, device."
            );
        }

        if (Integer(said["intents"]) is not { } intents)
        {
            return new SocketRefusal(GatewayProtocol.DecodeError, "An identify needs intents.");
        }

        if (said["large_threshold"] is { } threshold && Integer(threshold) is not (>= 50 and <= 250))
        {
            return new SocketRefusal(GatewayProtocol.DecodeError, "large_threshold is from 50 to 250.");
        }

        if ((intents & ~GatewayProtocol.AllIntents) != 0)
        {
            return new SocketRefusal(GatewayProtocol.InvalidIntents, "Invalid intent(s).");
        }

        var (shard, shards) = (0L, 1L);
        if (said["shard"] is { } pair)
        {
            if (
                pair is not JsonArray { Count: 2 } two
                || Integer(two[0]) is not { } id
                || Integer(two[1]) is not { } count
            )
            {
                return new SocketRefusal(GatewayProtocol.DecodeError, "shard is [shard_id, num_shards].");
            }

            (shard, shards) = (id, count);
        }

        if (shard < 0 || shards is < 1 or > 100_000 || shard >= shards)
        {
            return new SocketRefusal(GatewayProtocol.InvalidShard, "Invalid shard.");
        }

        var presence = said["presence"]?.DeepClone();
        request = new IdentifyRequest(token, intents, (int)shard, (int)shards, said["shard"] is not null, presence);
        return null;
    }

    /// <summary>A text, or null where the value is none.</summary>
    internal static string? Text(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    /// <summary>A whole number, or null where the value is none.</summary>
    internal static long? Integer(JsonNode? node) =>
        node is not JsonValue value ? null
        : value.TryGetValue<long>(out var number) ? number
        // Made here and not read, it gives itself only as its own type.
        : value.TryGetValue<int>(out var small) ? small
        : null;
}
