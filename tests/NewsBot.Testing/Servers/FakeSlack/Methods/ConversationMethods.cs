using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeSlack.Stored;

namespace NewsBot.Testing.Servers.FakeSlack.Methods;

/// <summary>Channels. Source: https://docs.slack.dev/reference/methods?family=conversations</summary>
internal static class ConversationMethods
{
    public static IEnumerable<FakeMethod> All() =>
        [
            new("conversations.list", Tier.Two, List),
            new("users.conversations", Tier.Two, Mine),
            new("conversations.info", Tier.Three, Info),
            new("conversations.members", Tier.Four, Members),
            new("conversations.join", Tier.Three, Join) { Scope = "channels:join", TakesJson = true },
            new("conversations.leave", Tier.Three, Leave) { TakesJson = true },
            new("conversations.open", Tier.Three, Open) { Scope = "im:write", TakesJson = true },
            new("conversations.create", Tier.Two, Create) { For = [ActorKind.Human], TakesJson = true },
            new("conversations.invite", Tier.Three, Invite) { For = [ActorKind.Human], TakesJson = true },
            new("conversations.kick", Tier.Three, Kick) { For = [ActorKind.Human], TakesJson = true },
            new("conversations.rename", Tier.Two, Rename) { For = [ActorKind.Human], TakesJson = true },
            new("conversations.archive", Tier.Two, call => Archive(call, true))
            {
                For = [ActorKind.Human],
                TakesJson = true,
            },
            new("conversations.unarchive", Tier.Two, call => Archive(call, false))
            {
                For = [ActorKind.Human],
                TakesJson = true,
            },
        ];

    private static JsonObject List(FakeCall call) => Listed(call, call.Sees);

    private static JsonObject Mine(FakeCall call) => Listed(call, call.IsIn);

    private static JsonObject Listed(FakeCall call, Func<StoredChannel, bool> seen)
    {
        var types = (call.Text("types") ?? "public_channel").Split(',', StringSplitOptions.TrimEntries);
        foreach (var type in types)
        {
            call.Actor.Need(
                type switch
                {
                    "public_channel" => "channels:read",
                    "private_channel" => "groups:read",
                    "im" => "im:read",
                    "mpim" => "mpim:read",
                    _ => throw new FakeApiException("invalid_types"),
                }
            );
        }

        var withoutArchived = call.Flag("exclude_archived");
        var all = call.State.World.Channels.Values.Where(seen).OrderBy(one => one.Id, StringComparer.Ordinal).ToList();
        var (page, next) = call.Page(all, one => one.Id, call.Number("limit", 100, 999));
        return new JsonObject
        {
            ["channels"] = new JsonArray([
                .. page.Where(one => types.Contains(Type(one)) && !(withoutArchived && one.IsArchived))
                    .Select(one => Shape(call, one)),
            ]),
            ["response_metadata"] = FakeCall.Next(next),
        };
    }

    private static JsonObject Info(FakeCall call)
    {
        var channel = call.Channel();
        call.Actor.Need(channel, "read");
        return new JsonObject { ["channel"] = Shape(call, channel) };
    }

    private static JsonObject Members(FakeCall call)
    {
        var channel = call.Channel();
        call.Actor.Need(channel, "read");
        var (page, next) = call.Page(channel.Members, one => one, call.Number("limit", 100, 999));
        return new JsonObject
        {
            ["members"] = new JsonArray([.. page.Select(one => (JsonNode)one)]),
            ["response_metadata"] = FakeCall.Next(next),
        };
    }

    private static JsonObject Join(FakeCall call)
    {
        var channel = call.Channel();
        if (channel.IsPrivate || channel.DirectWith is not null)
        {
            throw new FakeApiException("method_not_supported_for_channel_type");
        }

        if (channel.IsArchived)
        {
            throw new FakeApiException("is_archived");
        }

        var already = call.IsIn(channel);
        call.State.Join(channel, call.Actor.UserId);
        var answer = new JsonObject { ["channel"] = Shape(call, channel) };
        if (already)
        {
            answer["warning"] = "already_in_channel";
            answer["response_metadata"] = new JsonObject { ["warnings"] = new JsonArray("already_in_channel") };
        }

        return answer;
    }

    private static JsonObject Leave(FakeCall call)
    {
        var channel = call.Channel();
        if (!call.IsIn(channel))
        {
            return new JsonObject { ["not_in_channel"] = true };
        }

        if (channel.IsGeneral)
        {
            throw new FakeApiException("cant_leave_general");
        }

        call.State.Leave(channel, call.Actor.UserId);
        return [];
    }

    private static JsonObject Open(FakeCall call)
    {
        if (call.Text("channel") is not null)
        {
            return new JsonObject { ["channel"] = new JsonObject { ["id"] = call.Channel().Id } };
        }

        var users = call.Need("users", "users_list_not_supplied").Split(',');
        if (
            users.Length != 1
            || !call.State.World.Users.TryGetValue(users[0], out var user)
            || user.IsBot
            || user.TeamId != call.Actor.TeamId
        )
        {
            throw new FakeApiException("user_not_found");
        }

        return new JsonObject { ["channel"] = new JsonObject { ["id"] = call.State.Direct(user.Id).Id } };
    }

    private static JsonObject Create(FakeCall call)
    {
        var name = call.Need("name", "invalid_name_required");
        if (call.State.World.Channels.Values.Any(one => one.Name == name && one.Teams.Contains(call.Actor.TeamId)))
        {
            throw new FakeApiException("name_taken");
        }

        var channel = call.State.AddChannel(call.Actor.TeamId, name, call.Flag("is_private"), call.Actor.UserId);
        return new JsonObject { ["channel"] = Shape(call, channel) };
    }

    private static JsonObject Invite(FakeCall call)
    {
        var channel = call.Channel();
        foreach (var user in call.Need("users", "no_user").Split(','))
        {
            if (channel.Members.Contains(call.State.User(user).Id))
            {
                throw new FakeApiException("already_in_channel");
            }

            call.State.Join(channel, user, call.Actor.UserId);
        }

        return new JsonObject { ["channel"] = Shape(call, channel) };
    }

    private static JsonObject Kick(FakeCall call)
    {
        call.State.Leave(call.Channel(), call.Need("user", "user_not_found"));
        return [];
    }

    private static JsonObject Rename(FakeCall call)
    {
        var channel = call.Channel();
        call.State.Rename(channel, call.Need("name", "invalid_name_required"), call.Actor.UserId);
        return new JsonObject { ["channel"] = Shape(call, channel) };
    }

    private static JsonObject Archive(FakeCall call, bool archived)
    {
        call.State.SetArchived(call.Channel(), archived, call.Actor.UserId);
        return [];
    }

    private static JsonObject Shape(FakeCall call, StoredChannel channel) =>
        call.State.ChannelShape(channel, call.Actor.UserId, call.Actor.TeamId);

    private static string Type(StoredChannel channel) =>
        channel.DirectWith is not null ? "im"
        : channel.IsPrivate ? "private_channel"
        : "public_channel";
}
