using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeSlack.Stored;

namespace NewsBot.Testing.Servers.FakeSlack.Methods;

/// <summary>People and their reactions.</summary>
internal static class PeopleMethods
{
    public static IEnumerable<FakeMethod> All() =>
        [
            new("users.info", Tier.Four, Info) { Scope = "users:read" },
            new("users.list", Tier.Two, List) { Scope = "users:read" },
            new("reactions.add", Tier.Three, Add) { Scope = "reactions:write", TakesJson = true },
            new("reactions.remove", Tier.Two, Remove) { Scope = "reactions:write", TakesJson = true },
            new("reactions.get", Tier.Three, Get) { Scope = "reactions:read" },
        ];

    private static JsonObject Info(FakeCall call)
    {
        var id = call.Need("user", "user_not_found");
        if (id == "USLACKBOT")
        {
            return new JsonObject { ["user"] = Slackbot(call.Actor.TeamId) };
        }

        var user = call.State.User(id);
        var known =
            user.TeamId == call.Actor.TeamId
            || call.State.World.Channels.Values.Any(one =>
                one.Teams.Contains(call.Actor.TeamId) && one.Teams.Contains(user.TeamId)
            );
        return known
            ? new JsonObject { ["user"] = call.State.UserShape(user, call.Actor.TeamId) }
            : throw new FakeApiException("user_not_visible");
    }

    private static JsonObject List(FakeCall call)
    {
        var all = call.State.World.Users.Values.Where(user => user.TeamId == call.Actor.TeamId).ToList();
        var (page, next) = call.Page(all, user => user.Id, call.Number("limit", 1000, 1000));
        return new JsonObject
        {
            ["members"] = new JsonArray([.. page.Select(user => call.State.UserShape(user, call.Actor.TeamId))]),
            ["cache_ts"] = call.State.Now.ToUnixTimeSeconds(),
            ["response_metadata"] = FakeCall.Next(next),
        };
    }

    private static JsonObject Add(FakeCall call)
    {
        var message = Target(call);
        call.State.React(message, call.Actor.UserId, Name(call));
        return [];
    }

    private static JsonObject Remove(FakeCall call)
    {
        var message = Target(call);
        call.State.Unreact(message, call.Actor.UserId, Name(call));
        return [];
    }

    private static JsonObject Get(FakeCall call)
    {
        var message = Target(call);
        return new JsonObject
        {
            ["type"] = "message",
            ["channel"] = message.ChannelId,
            ["message"] = call.State.Message(message, withMetadata: false),
        };
    }

    private static StoredMessage Target(FakeCall call)
    {
        var channel = call.Channel();
        if (!call.IsIn(channel))
        {
            throw new FakeApiException("not_in_channel");
        }

        return
            call.State.FindMessage(channel.Id, call.Need("timestamp", "no_item_specified"))
                is { Tombstone: false } message
            ? message
            : throw new FakeApiException("message_not_found");
    }

    private static string Name(FakeCall call)
    {
        var name = call.Need("name", "invalid_name");
        return
            name.Length <= 100
            && name.All(one => char.IsAsciiLetterOrDigit(one) || one is '_' or '-' or '+' or ':')
            && !name.StartsWith(':')
            ? name
            : throw new FakeApiException("invalid_name");
    }

    private static JsonObject Slackbot(string team) =>
        new()
        {
            ["id"] = "USLACKBOT",
            ["team_id"] = team,
            ["name"] = "slackbot",
            ["deleted"] = false,
            ["real_name"] = "Slackbot",
            ["profile"] = new JsonObject { ["real_name"] = "Slackbot", ["display_name"] = "Slackbot" },
            ["is_bot"] = false,
            ["is_app_user"] = false,
        };
}
