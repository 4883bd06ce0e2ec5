using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeDiscord.Stored;

namespace NewsBot.Testing.Servers.FakeDiscord;

/// <content>Guilds, members and what they may do.</content>
public sealed partial class FakeDiscordState
{
    /// <summary>The GUILD_CREATE of a guild; of one that has an outage only id and unavailable.</summary>
    public JsonObject GuildCreate(ulong guild)
    {
        lock (Sync)
        {
            var found = World.Guilds[guild];
            if (found.Unavailable)
            {
                return new JsonObject { ["id"] = Text(guild), ["unavailable"] = true };
            }

            var data = Guild(found);
            var channels = World.Channels.Values.Where(channel => channel.GuildId == guild).ToList();
            data["joined_at"] = Text(found.Members[BotUserId].JoinedAt);
            data["large"] = false;
            data["unavailable"] = false;
            data["member_count"] = found.Members.Count;
            data["voice_states"] = new JsonArray();
            data["members"] = new JsonArray(Member(found, BotUserId, withUser: true));
            data["channels"] = new JsonArray([.. channels.Where(one => !one.IsThread).Select(Channel)]);
            data["threads"] = new JsonArray([
                .. channels
                    .Where(one => one.IsThread && !one.Archived && Can(BotUserId, one, Permissions.ViewChannel))
                    .Select(Channel),
            ]);
            data["presences"] = new JsonArray();
            data["stage_instances"] = new JsonArray();
            data["guild_scheduled_events"] = new JsonArray();
            data["soundboard_sounds"] = new JsonArray();
            return data;
        }
    }

    /// <summary>A human by user name.</summary>
    internal StoredUser? HumanNamed(string name) =>
        World.Users.Values.FirstOrDefault(user => !user.Bot && user.Name == name);

    internal StoredGuild FindGuild(ulong id) =>
        World.Guilds.TryGetValue(id, out var guild) ? guild : throw Unknown(10004);

    /// <summary>The guild, if this user is in it.</summary>
    internal StoredGuild FindGuild(ulong id, ulong user)
    {
        var guild = FindGuild(id);
        return IsIn(guild, user) ? guild : throw Unknown(user == BotUserId ? 10004 : 50001);
    }

    internal bool IsIn(StoredGuild guild, ulong user) =>
        guild.Members.ContainsKey(user) && (user != BotUserId || guild.BotIn);

    /// <summary>What a user may do in a channel; for threads their parent decides.</summary>
    internal ulong PermissionsIn(ulong user, StoredChannel channel)
    {
        if (channel.IsDirect)
        {
            return channel.Members.Contains(user) ? Permissions.All : 0;
        }

        var guild = World.Guilds[channel.GuildId];
        if (!IsIn(guild, user))
        {
            return 0;
        }

        if (!channel.IsThread)
        {
            return Permissions.Of(guild, channel, user, Now);
        }

        if (channel.ParentId is not { } parentId || !World.Channels.TryGetValue(parentId, out var parent))
        {
            return 0;
        }

        var bits = Permissions.Of(guild, parent, user, Now, inThread: true);
        var hidden = channel.Type == 12 && !channel.Members.Contains(user) && (bits & Permissions.ManageThreads) == 0;
        return hidden ? 0 : bits;
    }

    internal bool Can(ulong user, StoredChannel channel, ulong permission) =>
        (PermissionsIn(user, channel) & permission) == permission;

    internal bool CanInGuild(ulong user, StoredGuild guild, ulong permission) =>
        IsIn(guild, user) && (Permissions.Of(guild, null, user, Now) & permission) == permission;

    /// <summary>Refuses, as Discord does, whoever may not.</summary>
    internal void Require(ulong user, StoredChannel channel, ulong permission)
    {
        var bits = PermissionsIn(user, channel);
        if ((bits & Permissions.ViewChannel) == 0)
        {
            throw Unknown(50001);
        }

        if ((bits & permission) != permission)
        {
            throw Unknown(50013);
        }
    }

    internal void RequireInGuild(ulong user, StoredGuild guild, ulong permission)
    {
        if (!CanInGuild(user, guild, permission))
        {
            throw Unknown(50013);
        }
    }

    internal void ChangeMember(StoredGuild guild, ulong user, Action<StoredMember> change)
    {
        if (!guild.Members.TryGetValue(user, out var member))
        {
            throw Unknown(10007);
        }

        change(member);
        Tell(
            "GUILD_MEMBER_UPDATE",
            guild.Id,
            null,
            Intents.Members,
            WithGuild(Member(guild, user, withUser: true), guild.Id)
        );
    }

    internal void Ban(StoredGuild guild, ulong user)
    {
        guild.Bans.Add(user);
        Leave(guild, user);
        Tell("GUILD_BAN_ADD", guild.Id, null, Intents.Moderation, AboutUser(guild.Id, user));
    }

    internal void Unban(StoredGuild guild, ulong user)
    {
        guild.Bans.Remove(user);
        Tell("GUILD_BAN_REMOVE", guild.Id, null, Intents.Moderation, AboutUser(guild.Id, user));
    }

    internal void Leave(StoredGuild guild, ulong user)
    {
        if (guild.Members.Remove(user))
        {
            Tell("GUILD_MEMBER_REMOVE", guild.Id, null, Intents.Members, AboutUser(guild.Id, user));
        }
    }

    internal void Join(StoredGuild guild, ulong user)
    {
        if (guild.Members.TryAdd(user, new StoredMember { UserId = user, JoinedAt = Now }))
        {
            Tell(
                "GUILD_MEMBER_ADD",
                guild.Id,
                null,
                Intents.Members,
                WithGuild(Member(guild, user, withUser: true), guild.Id)
            );
        }
    }

    /// <summary>Takes the bot out of a guild.</summary>
    internal void RemoveBot(StoredGuild guild)
    {
        Tell("GUILD_DELETE", guild.Id, null, Intents.Guilds, new JsonObject { ["id"] = Text(guild.Id) });
        guild.BotIn = false;
    }

    /// <summary>Brings the bot into a guild, as the install link does.</summary>
    internal void AddBot(StoredGuild guild)
    {
        if (!guild.BotIn)
        {
            guild.BotIn = true;
            guild.Members[BotUserId].JoinedAt = Now;
            Tell("GUILD_CREATE", guild.Id, null, Intents.Guilds, GuildCreate(guild.Id));
        }
    }

    internal void SetOutage(StoredGuild guild, bool outage)
    {
        if (guild.Unavailable == outage)
        {
            return;
        }

        if (outage)
        {
            var data = new JsonObject { ["id"] = Text(guild.Id), ["unavailable"] = true };
            Tell("GUILD_DELETE", guild.Id, null, Intents.Guilds, data);
            guild.Unavailable = true;
        }
        else
        {
            guild.Unavailable = false;
            Tell("GUILD_CREATE", guild.Id, null, Intents.Guilds, GuildCreate(guild.Id));
        }
    }

    internal void GuildChanged(StoredGuild guild) => Tell("GUILD_UPDATE", guild.Id, null, Intents.Guilds, Guild(guild));

    internal void RoleChanged(StoredGuild guild, StoredRole role) =>
        Tell(
            "GUILD_ROLE_UPDATE",
            guild.Id,
            null,
            Intents.Guilds,
            new JsonObject { ["guild_id"] = Text(guild.Id), ["role"] = Role(role) }
        );

    private JsonObject AboutUser(ulong guild, ulong user) =>
        new() { ["guild_id"] = Text(guild), ["user"] = User(user) };

    private static JsonObject WithGuild(JsonObject data, ulong guild)
    {
        data["guild_id"] = Text(guild);
        return data;
    }
}
