using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeSlack.Methods;
using NewsBot.Testing.Servers.FakeSlack.Stored;

namespace NewsBot.Testing.Servers.FakeSlack;

/// <content>Channels: who is in them, and what becomes of them.</content>
public sealed partial class FakeSlackState
{
    internal StoredChannel Channel(string id) =>
        World.Channels.GetValueOrDefault(id) ?? throw new FakeApiException("channel_not_found");

    /// <summary>A new channel, with its creator in it.</summary>
    internal StoredChannel AddChannel(string team, string name, bool isPrivate, string creator)
    {
        var channel = Stock.AddChannel(World, _options.Seed, team, name, creator, isPrivate);
        channel.Created = Now.ToUnixTimeSeconds();
        channel.Members.Add(creator);
        if (!isPrivate)
        {
            TellTeams(
                channel,
                new JsonObject
                {
                    ["type"] = "channel_created",
                    ["channel"] = new JsonObject
                    {
                        ["id"] = channel.Id,
                        ["name"] = name,
                        ["created"] = channel.Created,
                        ["creator"] = creator,
                    },
                }
            );
        }

        return channel;
    }

    /// <summary>The conversation between a human and the bot of their workspace.</summary>
    internal StoredChannel Direct(string human)
    {
        var found = World.Channels.Values.FirstOrDefault(one => one.DirectWith == human);
        if (found is not null)
        {
            return found;
        }

        var team = Team(User(human).TeamId);
        var channel = new StoredChannel
        {
            Id = NextId("D0"),
            TeamId = team.Id,
            Teams = [team.Id],
            DirectWith = human,
            CreatorId = human,
            Created = Now.ToUnixTimeSeconds(),
            Members = [human, team.BotUserId],
        };
        World.Channels[channel.Id] = channel;
        return channel;
    }

    /// <summary>Lets somebody in.</summary>
    /// <param name="channel">Where.</param>
    /// <param name="user">Who.</param>
    /// <param name="inviter">Null where they came by themselves.</param>
    internal void Join(StoredChannel channel, string user, string? inviter = null)
    {
        if (channel.Members.Contains(user))
        {
            return;
        }

        channel.Members.Add(user);
        Post(
            channel,
            new StoredMessage
            {
                UserId = user,
                TeamId = User(user).TeamId,
                Subtype = channel.IsPrivate ? "group_join" : "channel_join",
                Text = $"<@{user}> has joined the channel",
            }
        );
        TellOf(channel, Member("member_joined_channel", channel, user, inviter), EventScopes.Reading);
    }

    /// <summary>Takes somebody out.</summary>
    internal void Leave(StoredChannel channel, string user)
    {
        if (!channel.Members.Contains(user))
        {
            return;
        }

        var bot = IsBot(user);
        TellOf(channel, Member("member_left_channel", channel, user, null), EventScopes.Reading);
        channel.Members.Remove(user);
        if (bot)
        {
            TellTeams(
                channel,
                new JsonObject
                {
                    ["type"] = channel.IsPrivate ? "group_left" : "channel_left",
                    ["channel"] = channel.Id,
                    ["actor_id"] = channel.CreatorId,
                }
            );
            return;
        }

        Post(
            channel,
            new StoredMessage
            {
                UserId = user,
                TeamId = User(user).TeamId,
                Subtype = channel.IsPrivate ? "group_leave" : "channel_leave",
                Text = $"<@{user}> has left the channel",
            }
        );
    }

    internal void Rename(StoredChannel channel, string name, string by)
    {
        var old = channel.Name;
        channel.PreviousNames.Insert(0, old);
        channel.Name = name;
        Post(
            channel,
            new StoredMessage
            {
                UserId = by,
                TeamId = channel.TeamId,
                Subtype = channel.IsPrivate ? "group_name" : "channel_name",
                Text = $"<@{by}> has renamed the channel from \"{old}\" to \"{name}\"",
            }
        );
        TellTeams(
            channel,
            new JsonObject
            {
                ["type"] = channel.IsPrivate ? "group_rename" : "channel_rename",
                ["channel"] = new JsonObject
                {
                    ["id"] = channel.Id,
                    ["is_channel"] = !channel.IsPrivate,
                    ["is_mpim"] = false,
                    ["name"] = name,
                    ["name_normalized"] = name,
                    ["created"] = channel.Created,
                },
            }
        );
    }

    internal void SetArchived(StoredChannel channel, bool archived, string by)
    {
        if (channel.IsArchived == archived)
        {
            throw new FakeApiException(archived ? "already_archived" : "not_archived");
        }

        channel.IsArchived = archived;
        TellTeams(
            channel,
            new JsonObject
            {
                ["type"] = (channel.IsPrivate ? "group_" : "channel_") + (archived ? "archive" : "unarchive"),
                ["channel"] = channel.Id,
                ["user"] = by,
            }
        );
        if (archived && !channel.IsPrivate)
        {
            // Whoever was in it no longer is, bots too: after it comes back they have to join again.
            channel.Members.RemoveAll(IsBot);
        }
    }

    /// <summary>Makes a public channel private or the other way round; it keeps its id.</summary>
    internal void SetPrivate(StoredChannel channel, bool isPrivate, string by)
    {
        channel.IsPrivate = isPrivate;
        Post(
            channel,
            new StoredMessage
            {
                UserId = by,
                TeamId = channel.TeamId,
                Subtype = isPrivate ? "channel_convert_to_private" : "channel_convert_to_public",
                Text = isPrivate ? "made this channel private" : "made this channel public",
            }
        );
    }

    /// <summary>Gives a channel another id, as when a private one begins to be shared.</summary>
    internal string Renumber(StoredChannel channel)
    {
        var old = channel.Id;
        var id = NextId("C0");
        World.Channels.Remove(old);
        World.Channels[id] = channel;
        channel.Id = id;
        if (World.Messages.Remove(old, out var messages))
        {
            World.Messages[id] = messages;
            foreach (var message in messages.Values)
            {
                message.ChannelId = id;
            }
        }

        TellTeams(
            channel,
            new JsonObject
            {
                ["type"] = "channel_id_changed",
                ["old_channel_id"] = old,
                ["new_channel_id"] = id,
            }
        );
        return id;
    }

    /// <summary>Shares a channel with another workspace, or ends that.</summary>
    internal void Share(StoredChannel channel, string team, bool shared)
    {
        if (shared && !channel.Teams.Contains(team))
        {
            channel.Teams.Add(team);
        }
        else if (!shared)
        {
            channel.Teams.Remove(team);
            channel.Members.RemoveAll(user => User(user).TeamId == team);
        }

        TellTeams(
            channel,
            new JsonObject
            {
                ["type"] = shared ? "channel_shared" : "channel_unshared",
                [shared ? "connected_team_id" : "previously_connected_team_id"] = team,
                ["channel"] = channel.Id,
                ["is_ext_shared"] = channel.IsExternal,
            }
        );
    }

    internal void DeleteChannel(StoredChannel channel)
    {
        World.Channels.Remove(channel.Id);
        World.Messages.Remove(channel.Id);
        TellTeams(
            channel,
            new JsonObject
            {
                ["type"] = channel.IsPrivate ? "group_deleted" : "channel_deleted",
                ["channel"] = channel.Id,
            }
        );
    }

    private JsonObject Member(string type, StoredChannel channel, string user, string? inviter)
    {
        var what = new JsonObject
        {
            ["type"] = type,
            ["user"] = user,
            ["channel"] = channel.Id,
            ["channel_type"] = channel.IsPrivate ? "G" : "C",
            ["team"] = User(user).TeamId,
        };
        if (inviter is not null)
        {
            what["inviter"] = inviter;
        }

        return what;
    }

    /// <summary>Tells of a channel itself: of public ones whoever may read channels, of private ones only members.</summary>
    private void TellTeams(StoredChannel channel, JsonObject what)
    {
        foreach (var team in channel.Teams.Select(Team).Where(team => team.Installed))
        {
            var hears = channel.IsPrivate
                ? team.Scopes.Contains("groups:read") && channel.Members.Contains(team.BotUserId)
                : team.Scopes.Contains("channels:read");
            if (hears)
            {
                Tell(team, (JsonObject)what.DeepClone(), channel.IsExternal);
            }
        }
    }
}
