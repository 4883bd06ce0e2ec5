using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeDiscord.Stored;

namespace NewsBot.Testing.Servers.FakeDiscord.Control;

/// <summary>Everything a fake Discord holds, for people and for asserts.</summary>
internal static class StateDescription
{
    public static JsonObject Of(FakeDiscordServer server)
    {
        var state = server.State;
        var gateway = server.Gateway.Describe();
        lock (state.Sync)
        {
            var world = state.World;
            return new JsonObject
            {
                ["application_id"] = FakeDiscordState.Text(state.ApplicationId),
                ["client_secret"] = world.ClientSecret,
                ["interactions_endpoint"] = world.InteractionsEndpoint,
                ["message_content"] = state.MessageContentEnabled,
                ["guilds"] = new JsonArray([.. world.Guilds.Values.Select(guild => Guild(state, guild))]),
                ["channels"] = new JsonArray([.. world.Channels.Values.Select(one => Channel(state, one))]),
                ["ephemeral"] = new JsonArray([.. world.Ephemeral.Values.Select(one => Message(state, one))]),
                ["webhooks"] = new JsonArray([
                    .. world.Webhooks.Values.Select(one => state.Webhook(one, withToken: false)),
                ]),
                ["commands"] = new JsonArray([
                    .. world.Commands.Values.SelectMany(list => list).Select(one => one.DeepClone()),
                ]),
                ["interactions"] = new JsonArray([.. world.Interactions.Values.Select(Interaction)]),
                ["pings"] = new JsonArray([.. world.Pings.Select(Ping)]),
                ["gateway"] = gateway,
                ["faults"] = server.Faults.Describe(),
                ["statistics"] = server.Statistics.Describe(),
            };
        }
    }

    private static JsonObject Guild(FakeDiscordState state, StoredGuild guild) =>
        new()
        {
            ["id"] = FakeDiscordState.Text(guild.Id),
            ["name"] = guild.Name,
            ["bot_in"] = guild.BotIn,
            ["unavailable"] = guild.Unavailable,
            ["roles"] = new JsonArray([.. guild.Roles.Select(FakeDiscordState.Role)]),
            ["members"] = new JsonArray([.. guild.Members.Keys.Select(user => state.Member(guild, user, true))]),
            ["bans"] = FakeDiscordState.Ids(guild.Bans),
        };

    private static JsonObject Channel(FakeDiscordState state, StoredChannel channel)
    {
        var data = state.Channel(channel);
        data["messages"] = new JsonArray([
            .. (state.World.Messages.GetValueOrDefault(channel.Id)?.Values ?? []).Select(one => Message(state, one)),
        ]);
        return data;
    }

    private static JsonObject Message(FakeDiscordState state, StoredMessage message)
    {
        var data = state.Message(message);
        data["ephemeral_to"] = message.EphemeralTo is { } only ? FakeDiscordState.Text(only) : null;
        data["nonce"] = message.Nonce;
        return data;
    }

    private static JsonObject Interaction(StoredInteraction interaction) =>
        new()
        {
            ["id"] = FakeDiscordState.Text(interaction.Id),
            ["type"] = interaction.Type,
            ["name"] = interaction.Name,
            ["user_id"] = FakeDiscordState.Text(interaction.UserId),
            ["channel_id"] = FakeDiscordState.Text(interaction.ChannelId),
            ["answer"] = interaction.Answer,
            ["ephemeral"] = interaction.Ephemeral,
            ["failed"] = interaction.Failed,
        };

    private static JsonObject Ping(FakePing ping) =>
        new()
        {
            ["message_id"] = FakeDiscordState.Text(ping.MessageId),
            ["channel_id"] = FakeDiscordState.Text(ping.ChannelId),
            ["by_bot"] = ping.ByBot,
            ["kind"] = ping.Kind,
            ["target"] = FakeDiscordState.Text(ping.Target),
        };
}
