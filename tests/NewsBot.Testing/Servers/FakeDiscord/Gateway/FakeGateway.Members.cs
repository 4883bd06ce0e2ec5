using System.Text.Json.Nodes;

namespace NewsBot.Testing.Servers.FakeDiscord.Gateway;

/// <content>Who is in a guild.</content>
public sealed partial class FakeGateway
{
    /// <summary>
    /// Answers a request for members with those the bot can see.
    /// Source: https://discord.com/developers/docs/events/gateway-events#request-guild-members
    /// </summary>
    internal void SendMembers(GatewayConversation conversation, JsonObject said)
    {
        var asked =
            IdentifyRequest.Text(said["guild_id"]) ?? IdentifyRequest.Integer(said["guild_id"])?.ToString(Invariant);
        lock (_state.Sync)
        {
            if (!ulong.TryParse(asked, Invariant, out var guild) || !_state.GuildIds.Contains(guild))
            {
                return;
            }

            var body = GatewayFrame.Body(MembersChunk(_state.GuildCreate(guild), said));
            lock (_sync)
            {
                conversation.Session?.Append("GUILD_MEMBERS_CHUNK", body);
            }
        }
    }

    private static JsonObject MembersChunk(JsonObject guild, JsonObject said)
    {
        string?[] wanted = said["user_ids"] switch
        {
            JsonArray several => [.. several.Select(IdentifyRequest.Text)],
            { } one => [IdentifyRequest.Text(one)],
            null => [],
        };
        var query = IdentifyRequest.Text(said["query"]) ?? "";
        var members = (guild["members"] as JsonArray ?? [])
            .OfType<JsonObject>()
            .Where(member =>
                wanted.Length == 0
                    ? IdentifyRequest
                        .Text(member["user"]?["username"])
                        ?.StartsWith(query, StringComparison.OrdinalIgnoreCase) == true
                    : wanted.Contains(IdentifyRequest.Text(member["user"]?["id"]))
            )
            .Select(member => member.DeepClone())
            .ToList();
        var missing = wanted.Except(members.Select(member => IdentifyRequest.Text(member["user"]?["id"])));
        var chunk = new JsonObject
        {
            ["guild_id"] = guild["id"]?.DeepClone(),
            ["members"] = new JsonArray([.. members]),
            ["chunk_index"] = 0,
            ["chunk_count"] = 1,
            ["not_found"] = new JsonArray([.. missing.Select(id => (JsonNode?)id)]),
        };
        if (said["nonce"] is { } nonce)
        {
            chunk["nonce"] = nonce.DeepClone();
        }

        return chunk;
    }
}
