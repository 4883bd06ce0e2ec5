using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeDiscord.Stored;
using NewsBot.Testing.Servers.FakeDiscord.Validation;

namespace NewsBot.Testing.Servers.FakeDiscord.Routes;

/// <summary>Guilds, members, users and the application itself.</summary>
internal static class GuildRoutes
{
    public static IEnumerable<FakeRoute> All() =>
        [
            new("GET", "/guilds/{guild}", One),
            new("GET", "/guilds/{guild}/channels", Channels),
            new("GET", "/guilds/{guild}/roles", Roles),
            new("GET", "/guilds/{guild}/members/{user}", Member),
            new("GET", "/guilds/{guild}/members", Members),
            new("PATCH", "/guilds/{guild}/members/{user}", ChangeMember),
            new("DELETE", "/guilds/{guild}/members/{user}", Kick),
            new("PUT", "/guilds/{guild}/members/{user}/roles/{role}", call => SetRole(call, true)),
            new("DELETE", "/guilds/{guild}/members/{user}/roles/{role}", call => SetRole(call, false)),
            new("PUT", "/guilds/{guild}/bans/{user}", Ban),
            new("DELETE", "/guilds/{guild}/bans/{user}", Unban),
            new("GET", "/guilds/{guild}/bans/{user}", IsBanned),
            new("GET", "/users/@me", Me) { Bearer = true },
            new("GET", "/users/@me/guilds", MyGuilds) { Bearer = true },
            new("DELETE", "/users/@me/guilds/{guild}", LeaveGuild),
            new("POST", "/users/@me/channels", Direct),
            new("GET", "/users/{user}", User),
            new("GET", "/applications/@me", Application),
            new("GET", "/oauth2/applications/@me", Application),
        ];

    private static FakeReply One(FakeCall call)
    {
        var guild = Guild(call);
        var data = FakeDiscordState.Guild(guild);
        if (call.QueryFlag("with_counts"))
        {
            data["approximate_member_count"] = guild.Members.Count;
            data["approximate_presence_count"] = guild.Members.Count;
        }

        return FakeReply.Ok(data);
    }

    private static FakeReply Channels(FakeCall call)
    {
        var guild = Guild(call);
        return FakeReply.List(
            call.State.World.Channels.Values.Where(one => one.GuildId == guild.Id && !one.IsThread)
                .Select(call.State.Channel)
        );
    }

    private static FakeReply Roles(FakeCall call) => FakeReply.List(Guild(call).Roles.Select(FakeDiscordState.Role));

    private static FakeReply Member(FakeCall call) =>
        FakeReply.Ok(
            call.State.Member(
                Guild(call),
                call.Values["user"] == "@me" ? call.Actor.UserId : call.Id("user"),
                withUser: true
            )
        );

    private static FakeReply Members(FakeCall call)
    {
        var guild = Guild(call);
        var limit = call.QueryNumber("limit", 1, 1, 1000);
        var after = call.QueryId("after") ?? 0;
        return FakeReply.List(
            guild
                .Members.Keys.Where(user => user > after)
                .Order()
                .Take(limit)
                .Select(user => call.State.Member(guild, user, withUser: true))
        );
    }

    private static FakeReply ChangeMember(FakeCall call)
    {
        var guild = Guild(call);
        var user = call.Values["user"] == "@me" ? call.Actor.UserId : call.Id("user");
        var errors = new FieldErrors();
        var nick = errors.Text(call.Body, "nick", "nick", 0, 32);
        DateTimeOffset? until = null;
        if (call.Body["communication_disabled_until"] is { } text)
        {
            if (
                !DateTimeOffset.TryParse(text.ToString(), System.Globalization.CultureInfo.InvariantCulture, out var at)
            )
            {
                errors.Add("communication_disabled_until", "DATE_TIME_TYPE_PARSE", "Should be ISO8601.");
            }

            until = at;
        }

        errors.ThrowIfAny();
        if (call.Body.ContainsKey("communication_disabled_until"))
        {
            call.State.RequireInGuild(call.Actor.UserId, guild, Permissions.ModerateMembers);
        }

        call.State.ChangeMember(
            guild,
            user,
            member =>
            {
                if (call.Body.ContainsKey("nick"))
                {
                    member.Nick = nick.Length > 0 ? nick : null;
                }

                if (call.Body.ContainsKey("communication_disabled_until"))
                {
                    member.TimedOutUntil = until;
                }
            }
        );
        return FakeReply.Ok(call.State.Member(guild, user, withUser: true));
    }

    private static FakeReply SetRole(FakeCall call, bool has)
    {
        var guild = Guild(call);
        call.State.RequireInGuild(call.Actor.UserId, guild, Permissions.ManageGuild);
        var role = call.Id("role");
        if (!guild.Roles.Exists(one => one.Id == role))
        {
            throw Fail.With(10011);
        }

        call.State.ChangeMember(
            guild,
            call.Id("user"),
            member =>
            {
                member.Roles.Remove(role);
                if (has)
                {
                    member.Roles.Add(role);
                }
            }
        );
        return FakeReply.Nothing;
    }

    private static FakeReply Kick(FakeCall call)
    {
        var guild = Guild(call);
        call.State.RequireInGuild(call.Actor.UserId, guild, Permissions.KickMembers);
        call.State.Leave(guild, call.Id("user"));
        return FakeReply.Nothing;
    }

    private static FakeReply Ban(FakeCall call)
    {
        var guild = Guild(call);
        call.State.RequireInGuild(call.Actor.UserId, guild, Permissions.BanMembers);
        call.State.Ban(guild, call.Id("user"));
        return FakeReply.Nothing;
    }

    private static FakeReply Unban(FakeCall call)
    {
        var guild = Guild(call);
        call.State.RequireInGuild(call.Actor.UserId, guild, Permissions.BanMembers);
        call.State.Unban(guild, call.Id("user"));
        return FakeReply.Nothing;
    }

    private static FakeReply IsBanned(FakeCall call)
    {
        var guild = Guild(call);
        call.State.RequireInGuild(call.Actor.UserId, guild, Permissions.BanMembers);
        return guild.Bans.Contains(call.Id("user"))
            ? FakeReply.Ok(new JsonObject { ["reason"] = null, ["user"] = call.State.User(call.Id("user")) })
            : throw new FakeApiException(404, 10026, "Unknown Ban");
    }

    private static FakeReply Me(FakeCall call) =>
        FakeReply.Ok(call.Actor.IsBot ? call.State.BotUser() : call.State.User(call.Actor.UserId));

    private static FakeReply MyGuilds(FakeCall call)
    {
        var state = call.State;
        var user = call.Actor.UserId;
        return FakeReply.List(
            state
                .World.Guilds.Values.Where(guild => state.IsIn(guild, user))
                .OrderBy(guild => guild.Id)
                .Where(guild => guild.Id > (call.QueryId("after") ?? 0))
                .Take(call.QueryNumber("limit", 200, 1, 200))
                .Select(guild => new JsonObject
                {
                    ["id"] = FakeDiscordState.Text(guild.Id),
                    ["name"] = guild.Name,
                    ["icon"] = null,
                    ["banner"] = null,
                    ["owner"] = guild.OwnerId == user,
                    ["permissions"] = FakeDiscordState.Text(Permissions.Of(guild, null, user, state.Now)),
                    ["features"] = new JsonArray(),
                })
        );
    }

    private static FakeReply LeaveGuild(FakeCall call)
    {
        var guild = Guild(call);
        if (call.Actor.IsBot)
        {
            call.State.RemoveBot(guild);
        }
        else
        {
            call.State.Leave(guild, call.Actor.UserId);
        }

        return FakeReply.Nothing;
    }

    private static FakeReply Direct(FakeCall call)
    {
        var errors = new FieldErrors();
        var recipient = errors.Id(call.Body, "recipient_id", "recipient_id");
        if (recipient is null)
        {
            errors.Missing("recipient_id");
        }

        errors.ThrowIfAny();
        if (!call.State.World.Users.ContainsKey(recipient!.Value) || recipient == call.Actor.UserId)
        {
            throw Fail.With(50033);
        }

        var channel = call.State.Direct(call.Actor.UserId, recipient.Value);
        return FakeReply.Ok(call.State.Channel(channel));
    }

    private static FakeReply User(FakeCall call) => FakeReply.Ok(call.State.User(call.Id("user")));

    private static FakeReply Application(FakeCall call)
    {
        if (!call.Actor.IsBot)
        {
            throw Fail.Unauthorized();
        }

        var state = call.State;
        // GATEWAY_MESSAGE_CONTENT_LIMITED: what applications in few guilds are granted.
        var flags = state.MessageContentEnabled ? 1 << 19 : 0;
        return FakeReply.Ok(
            new JsonObject
            {
                ["id"] = FakeDiscordState.Text(state.ApplicationId),
                ["name"] = "NewsBot",
                ["icon"] = null,
                ["description"] = "",
                ["bot_public"] = true,
                ["bot_require_code_grant"] = false,
                ["verify_key"] = state.PublicKey,
                ["flags"] = flags,
                ["owner"] = state.User(state.World.Guilds[state.World.GuildId].OwnerId),
                ["team"] = null,
                ["bot"] = state.BotUser(),
                ["approximate_guild_count"] = state.GuildIds.Count,
                ["interactions_endpoint_url"] = state.World.InteractionsEndpoint,
                ["redirect_uris"] = new JsonArray(),
                ["tags"] = new JsonArray(),
            }
        );
    }

    private static StoredGuild Guild(FakeCall call) => call.State.FindGuild(call.Id("guild"), call.Actor.UserId);
}
