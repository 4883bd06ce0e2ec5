using System.Globalization;
using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeDiscord.Stored;

namespace NewsBot.Testing.Servers.FakeDiscord.Routes;

/// <summary>
/// Threads listed, and who is in them. Source: https://discord.com/developers/docs/resources/guild#list-active-guild-threads
/// </summary>
internal static class ThreadListRoutes
{
    public static IEnumerable<FakeRoute> All() =>
        [
            new("GET", "/guilds/{guild}/threads/active", Active),
            new("GET", "/channels/{channel}/threads/archived/public", call => Archived(call, 11, false)),
            new("GET", "/channels/{channel}/threads/archived/private", call => Archived(call, 12, false)),
            new("GET", "/channels/{channel}/users/@me/threads/archived/private", call => Archived(call, 12, true)),
            new("PUT", "/channels/{channel}/thread-members/@me", call => SetMember(call, call.Actor.UserId, true)),
            new("DELETE", "/channels/{channel}/thread-members/@me", call => SetMember(call, call.Actor.UserId, false)),
            new("PUT", "/channels/{channel}/thread-members/{user}", call => SetMember(call, call.Id("user"), true)),
            new("DELETE", "/channels/{channel}/thread-members/{user}", call => SetMember(call, call.Id("user"), false)),
            new("GET", "/channels/{channel}/thread-members/{user}", OneMember),
            new("GET", "/channels/{channel}/thread-members", Members),
        ];

    private static FakeReply Active(FakeCall call)
    {
        var state = call.State;
        var guild = state.FindGuild(call.Id("guild"), call.Actor.UserId);
        var ids = state
            .World.Channels.Values.Where(one => one.IsThread && one.GuildId == guild.Id)
            .Select(one => one.Id)
            .ToList();
        // Looking each one up archives those whose time has come.
        return List(call, ids.Select(state.FindChannel).Where(one => !one.Archived), int.MaxValue, hasMore: false);
    }

    private static FakeReply Archived(FakeCall call, int type, bool joined)
    {
        var state = call.State;
        var channel = state.FindChannel(call.Id("channel"), call.Actor.UserId);
        state.Require(call.Actor.UserId, channel, Permissions.ReadHistory);
        if (type == 12 && !joined)
        {
            state.Require(call.Actor.UserId, channel, Permissions.ManageThreads);
        }

        var limit = call.QueryNumber("limit", 50, 2, 100);
        var before = DateTimeOffset.MaxValue;
        if (
            call.Query["before"].ToString() is { Length: > 0 } text
            && !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out before)
        )
        {
            throw Fail.Field("before", "DATE_TIME_TYPE_PARSE", $"Could not parse {text}. Should be ISO8601.");
        }

        var ids = state
            .World.Channels.Values.Where(one => one.IsThread && one.ParentId == channel.Id)
            .Select(one => one.Id)
            .ToList();
        var found = ids.Select(state.FindChannel)
            .Where(one => one.Archived && (one.Type == 12) == (type == 12) && one.ArchiveChangedAt < before)
            .Where(one => !joined || one.Members.Contains(call.Actor.UserId))
            .OrderByDescending(one => one.ArchiveChangedAt)
            .ToList();
        return List(call, found.Take(limit), limit, found.Count > limit);
    }

    private static FakeReply List(FakeCall call, IEnumerable<StoredChannel> threads, int limit, bool hasMore)
    {
        var state = call.State;
        var user = call.Actor.UserId;
        var seen = threads.Where(one => state.Can(user, one, Permissions.ViewChannel)).Take(limit).ToList();
        return FakeReply.Ok(
            new JsonObject
            {
                ["threads"] = new JsonArray([.. seen.Select(state.Channel)]),
                ["members"] = new JsonArray([
                    .. seen.Where(one => one.Members.Contains(user))
                        .Select(one => FakeDiscordState.ThreadMember(one, user)),
                ]),
                ["has_more"] = hasMore,
            }
        );
    }

    private static FakeReply SetMember(FakeCall call, ulong user, bool member)
    {
        var thread = Thread(call);
        if (thread.Archived)
        {
            throw Fail.With(50083);
        }

        if (member)
        {
            thread.Members.Add(user);
        }
        else
        {
            thread.Members.Remove(user);
        }

        return FakeReply.Nothing;
    }

    private static FakeReply OneMember(FakeCall call)
    {
        var thread = Thread(call);
        var user = call.Values["user"] == "@me" ? call.Actor.UserId : call.Id("user");
        return thread.Members.Contains(user)
            ? FakeReply.Ok(FakeDiscordState.ThreadMember(thread, user))
            : throw Fail.With(10007);
    }

    private static FakeReply Members(FakeCall call)
    {
        var thread = Thread(call);
        return FakeReply.List(thread.Members.Order().Select(user => FakeDiscordState.ThreadMember(thread, user)));
    }

    private static StoredChannel Thread(FakeCall call)
    {
        var thread = call.State.FindChannel(call.Id("channel"), call.Actor.UserId);
        return thread.IsThread ? thread : throw Fail.With(50024);
    }
}
