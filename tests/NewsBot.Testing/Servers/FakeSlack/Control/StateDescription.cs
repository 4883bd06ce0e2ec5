using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeSlack.Stored;

namespace NewsBot.Testing.Servers.FakeSlack.Control;

/// <summary>Everything a fake Slack holds, for people and for asserts.</summary>
internal static class StateDescription
{
    public static JsonObject Of(FakeSlackServer server)
    {
        var state = server.State;
        lock (state.Sync)
        {
            var world = state.World;
            return new JsonObject
            {
                ["app_id"] = world.AppId,
                ["request_urls"] = Urls(world.Urls),
                ["teams"] = new JsonArray([.. world.Teams.Values.Select(Team)]),
                ["users"] = new JsonArray([.. world.Users.Values.Select(one => state.UserShape(one, one.TeamId))]),
                ["channels"] = new JsonArray([.. world.Channels.Values.Select(one => Channel(state, one))]),
                ["ephemeral"] = new JsonArray([.. world.Ephemeral.Values.Select(one => Ephemeral(state, one))]),
                ["views"] = new JsonArray([.. world.Views.Values.Select(one => View(state, one))]),
                ["exchanges"] = new JsonArray([.. world.Exchanges.Values.Select(Exchange)]),
                ["pings"] = new JsonArray([.. world.Pings.Select(Ping)]),
                ["sockets"] = server.Delivery.Sockets.Describe(),
                ["retries"] = server.Delivery.Retries,
                ["given_up"] = server.Delivery.GivenUp,
                ["faults"] = server.Faults.Describe(),
                ["statistics"] = server.Statistics.Describe(),
            };
        }
    }

    private static JsonObject? Urls(StoredUrls? urls) =>
        urls is null
            ? null
            : new JsonObject
            {
                ["events"] = urls.Events,
                ["commands"] = urls.Commands,
                ["interactions"] = urls.Interactions,
                ["options"] = urls.Options,
            };

    private static JsonObject Team(StoredTeam team)
    {
        var shape = FakeSlackState.TeamShape(team);
        shape["bot_user_id"] = team.BotUserId;
        shape["bot_id"] = team.BotId;
        shape["installed"] = team.Installed;
        shape["scopes"] = new JsonArray([.. team.Scopes.Select(one => (JsonNode)one)]);
        return shape;
    }

    private static JsonObject Channel(FakeSlackState state, StoredChannel channel)
    {
        var shape = state.ChannelShape(channel, state.Team(channel.TeamId).BotUserId, channel.TeamId);
        shape["members"] = new JsonArray([.. channel.Members.Select(one => (JsonNode)one)]);
        shape["messages"] = new JsonArray([
            .. state.Stored(channel.Id).Values.Select(one => state.Message(one, withMetadata: true)),
        ]);
        return shape;
    }

    private static JsonObject Ephemeral(FakeSlackState state, StoredMessage message)
    {
        var shape = state.Message(message, withMetadata: true);
        shape["channel"] = message.ChannelId;
        shape["ephemeral_to"] = message.EphemeralTo;
        return shape;
    }

    private static JsonObject View(FakeSlackState state, StoredView view)
    {
        var shape = state.ViewShape(view);
        shape["user_id"] = view.UserId;
        shape["closed"] = view.Closed;
        return shape;
    }

    private static JsonObject Exchange(StoredExchange exchange) =>
        new()
        {
            ["id"] = exchange.Id,
            ["type"] = exchange.Type,
            ["user_id"] = exchange.UserId,
            ["channel_id"] = exchange.ChannelId,
            ["acked"] = exchange.Acked,
            ["acked_after_ms"] = exchange.AckedAfter?.TotalMilliseconds,
            ["failed"] = exchange.Failed,
        };

    private static JsonObject Ping(FakePing ping) =>
        new()
        {
            ["ts"] = ping.Ts,
            ["channel_id"] = ping.ChannelId,
            ["by_bot"] = ping.ByBot,
            ["kind"] = ping.Kind,
            ["target"] = ping.Target,
        };
}
