using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeDiscord.Stored;

namespace NewsBot.Testing.Servers.FakeDiscord;

/// <content>Channels and threads.</content>
public sealed partial class FakeDiscordState
{
    /// <summary>A channel, its thread archived first where nobody has written in it for long.</summary>
    internal StoredChannel FindChannel(ulong id)
    {
        if (!World.Channels.TryGetValue(id, out var channel))
        {
            throw Unknown(10003);
        }

        if (
            channel.IsThread
            && !channel.Archived
            && channel.ActiveAt + TimeSpan.FromMinutes(channel.AutoArchiveMinutes) < Now
        )
        {
            SetArchived(channel, true);
        }

        return channel;
    }

    /// <summary>A channel that a user can see.</summary>
    internal StoredChannel FindChannel(ulong id, ulong user)
    {
        var channel = FindChannel(id);
        Require(user, channel, Permissions.ViewChannel);
        return channel;
    }

    internal StoredChannel AddChannel(ulong guild, int type, string name, ulong? parent = null)
    {
        var channel = new StoredChannel
        {
            Id = NextId(),
            GuildId = guild,
            Type = type,
            Name = name,
            ParentId = parent,
            Position = World.Channels.Values.Count(one => one.GuildId == guild && !one.IsThread),
        };
        World.Channels[channel.Id] = channel;
        Tell("CHANNEL_CREATE", guild, channel, Intents.Guilds, Channel(channel));
        return channel;
    }

    internal void ChannelChanged(StoredChannel channel) =>
        Tell(
            channel.IsThread ? "THREAD_UPDATE" : "CHANNEL_UPDATE",
            channel.GuildId,
            // Bots are told of channels that they do not see, but not of threads.
            channel.IsThread
                ? channel
                : null,
            Intents.Guilds,
            Channel(channel)
        );

    /// <summary>Opens a thread.</summary>
    /// <param name="parent">The channel it hangs below.</param>
    /// <param name="id">The id of its starter; null gives it a new one.</param>
    /// <param name="type">10, 11 or 12.</param>
    /// <param name="name">1 to 100 characters.</param>
    /// <param name="owner">Who opens it.</param>
    /// <param name="change">Sets the rest before it is told of.</param>
    internal StoredChannel OpenThread(
        StoredChannel parent,
        ulong? id,
        int type,
        string name,
        ulong owner,
        Action<StoredChannel>? change = null
    )
    {
        var active = World.Channels.Values.Count(one =>
            one.GuildId == parent.GuildId && one is { IsThread: true, Archived: false }
        );
        if (active >= Limits.ActiveThreads)
        {
            throw Unknown(160006);
        }

        var thread = new StoredChannel
        {
            Id = id ?? NextId(),
            GuildId = parent.GuildId,
            Type = type,
            Name = name,
            ParentId = parent.Id,
            OwnerId = owner,
            ActiveAt = Now,
            ArchiveChangedAt = Now,
            AutoArchiveMinutes = parent.AutoArchiveMinutes,
            Members = [owner],
        };
        change?.Invoke(thread);
        World.Channels[thread.Id] = thread;
        var data = Channel(thread);
        data["newly_created"] = true;
        Tell("THREAD_CREATE", thread.GuildId, thread, Intents.Guilds, data);
        return thread;
    }

    internal void SetArchived(StoredChannel thread, bool archived)
    {
        if (thread.Archived == archived)
        {
            return;
        }

        thread.Archived = archived;
        thread.ArchiveChangedAt = Now;
        thread.ActiveAt = Now;
        Tell("THREAD_UPDATE", thread.GuildId, thread, Intents.Guilds, Channel(thread));
    }

    /// <summary>Removes a channel with its threads, or a thread.</summary>
    internal void DeleteChannel(StoredChannel channel)
    {
        foreach (var thread in World.Channels.Values.Where(one => one.IsThread && one.ParentId == channel.Id).ToList())
        {
            Forget(thread);
        }

        var data = channel.IsThread
            ? new JsonObject
            {
                ["id"] = Text(channel.Id),
                ["guild_id"] = Text(channel.GuildId),
                ["parent_id"] = Text(channel.ParentId ?? 0),
                ["type"] = channel.Type,
            }
            : Channel(channel);
        Tell(channel.IsThread ? "THREAD_DELETE" : "CHANNEL_DELETE", channel.GuildId, channel, Intents.Guilds, data);
        Forget(channel);
        foreach (var webhook in World.Webhooks.Values.Where(one => one.ChannelId == channel.Id).ToList())
        {
            World.Webhooks.Remove(webhook.Id);
        }
    }

    /// <summary>Sets what somebody may do in a channel; the bot learns of threads it sees anew.</summary>
    internal void SetOverwrite(StoredChannel channel, StoredOverwrite overwrite)
    {
        var saw = Can(BotUserId, channel, Permissions.ViewChannel);
        channel.Overwrites.RemoveAll(one => one.Id == overwrite.Id);
        if (overwrite.Allow != 0 || overwrite.Deny != 0)
        {
            channel.Overwrites.Add(overwrite);
        }

        ChannelChanged(channel);
        if (saw || !Can(BotUserId, channel, Permissions.ViewChannel))
        {
            return;
        }

        var threads = World
            .Channels.Values.Where(one => one is { IsThread: true, Archived: false } && one.ParentId == channel.Id)
            .ToList();
        var data = new JsonObject
        {
            ["guild_id"] = Text(channel.GuildId),
            ["channel_ids"] = Ids([channel.Id]),
            ["threads"] = new JsonArray([.. threads.Select(Channel)]),
            ["members"] = new JsonArray([
                .. threads.Where(one => one.Members.Contains(BotUserId)).Select(one => ThreadMember(one, BotUserId)),
            ]),
        };
        Tell("THREAD_LIST_SYNC", channel.GuildId, null, Intents.Guilds, data);
    }

    /// <summary>The direct conversation of two users.</summary>
    internal StoredChannel Direct(ulong one, ulong other)
    {
        var found = World.Channels.Values.FirstOrDefault(channel =>
            channel.IsDirect && channel.Members.Contains(one) && channel.Members.Contains(other)
        );
        if (found is not null)
        {
            return found;
        }

        found = new StoredChannel
        {
            Id = NextId(),
            Type = 1,
            Members = [one, other],
        };
        World.Channels[found.Id] = found;
        return found;
    }

    internal void WebhooksChanged(StoredChannel channel) =>
        Tell(
            "WEBHOOKS_UPDATE",
            channel.GuildId,
            channel,
            Intents.Webhooks,
            new JsonObject { ["guild_id"] = Text(channel.GuildId), ["channel_id"] = Text(channel.Id) }
        );

    private void Forget(StoredChannel channel)
    {
        World.Channels.Remove(channel.Id);
        World.Messages.Remove(channel.Id);
    }
}
