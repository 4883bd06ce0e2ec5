using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeDiscord.Stored;

namespace NewsBot.Testing.Servers.FakeDiscord;

/// <content>Reactions.</content>
public sealed partial class FakeDiscordState
{
    internal void React(StoredChannel channel, StoredMessage message, string name, ulong? emoji, ulong user)
    {
        var reaction = FindReaction(message, name, emoji);
        if (reaction is null)
        {
            if (message.Reactions.Count >= 20)
            {
                throw Unknown(30010);
            }

            message.Reactions.Add(reaction = new StoredReaction { Name = name, EmojiId = emoji });
        }

        if (reaction.Users.Contains(user))
        {
            return;
        }

        reaction.Users.Add(user);
        var data = AboutReaction(channel, message, reaction);
        data["user_id"] = Text(user);
        data["message_author_id"] = Text(message.AuthorId);
        data["burst"] = false;
        data["type"] = 0;
        if (channel.GuildId != 0 && World.Guilds[channel.GuildId].Members.ContainsKey(user))
        {
            data["member"] = Member(World.Guilds[channel.GuildId], user, withUser: true);
        }

        TellOfReaction("MESSAGE_REACTION_ADD", channel, data);
    }

    internal void Unreact(StoredChannel channel, StoredMessage message, string name, ulong? emoji, ulong user)
    {
        if (FindReaction(message, name, emoji) is not { } reaction || !reaction.Users.Remove(user))
        {
            return;
        }

        Tidy(message);
        var data = AboutReaction(channel, message, reaction);
        data["user_id"] = Text(user);
        data["burst"] = false;
        data["type"] = 0;
        TellOfReaction("MESSAGE_REACTION_REMOVE", channel, data);
    }

    /// <summary>Takes away one emoji, or all of them where the name is null.</summary>
    internal void ClearReactions(StoredChannel channel, StoredMessage message, string? name, ulong? emoji)
    {
        if (name is null)
        {
            message.Reactions.Clear();
            var all = new JsonObject { ["channel_id"] = Text(channel.Id), ["message_id"] = Text(message.Id) };
            TellOfReaction("MESSAGE_REACTION_REMOVE_ALL", channel, all);
        }
        else if (FindReaction(message, name, emoji) is { } reaction)
        {
            message.Reactions.Remove(reaction);
            TellOfReaction("MESSAGE_REACTION_REMOVE_EMOJI", channel, AboutReaction(channel, message, reaction));
        }
    }

    internal static StoredReaction? FindReaction(StoredMessage message, string name, ulong? emoji) =>
        message.Reactions.Find(one => emoji is null ? one.EmojiId is null && one.Name == name : one.EmojiId == emoji);

    private static void Tidy(StoredMessage message) => message.Reactions.RemoveAll(one => one.Users.Count == 0);

    private static JsonObject AboutReaction(StoredChannel channel, StoredMessage message, StoredReaction reaction) =>
        new()
        {
            ["channel_id"] = Text(channel.Id),
            ["message_id"] = Text(message.Id),
            ["emoji"] = Emoji(reaction),
        };

    private void TellOfReaction(string name, StoredChannel channel, JsonObject data)
    {
        if (channel.GuildId != 0)
        {
            data["guild_id"] = Text(channel.GuildId);
        }

        Tell(name, channel.GuildId, channel, channel.GuildId == 0 ? Intents.DirectReactions : Intents.Reactions, data);
    }
}
