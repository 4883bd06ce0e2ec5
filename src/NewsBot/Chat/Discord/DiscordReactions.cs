using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;

namespace NewsBot.Chat.Discord;

/// <summary>Reactions of Discord as reactions of ours. Pure.</summary>
internal static class DiscordReactions
{
    private const int MaxNameChars = 62;

    /// <param name="type">The event's name.</param>
    /// <param name="fields">What it says.</param>
    public static ReactionChange Change(string type, ReactionFields fields) =>
        new(
            "discord",
            // The id of a message is unique, and the place told may be a thread.
            null,
            fields.MessageId.ToString(),
            type switch
            {
                "MESSAGE_REACTION_ADD" => ReactionKind.Add,
                "MESSAGE_REACTION_REMOVE" => ReactionKind.Remove,
                "MESSAGE_REACTION_REMOVE_EMOJI" => ReactionKind.RemoveEmoji,
                _ => ReactionKind.RemoveAll,
            },
            Shown(fields.Emoji),
            fields.UserId?.ToString()
        );

    public static IEnumerable<ReactionCount> Counts(IReadOnlyList<Reaction>? reactions) =>
        (reactions ?? []).Select(reaction => new ReactionCount(Shown(reaction.Emoji), reaction.Count));

    // An emoji of the guild's own has an id, and is shown by its name.
    private static string Shown(Emoji? emoji)
    {
        var name = emoji?.Name ?? "";
        name = name.Length > MaxNameChars ? name[..MaxNameChars] : name;
        return emoji?.Id is null && name.Length > 0 ? name : $":{(name.Length == 0 ? "emoji" : name)}:";
    }
}

/// <summary>Source: https://discord.com/developers/docs/events/gateway-events#message-reaction-add</summary>
/// <param name="ChannelId">Where.</param>
/// <param name="MessageId">To what.</param>
/// <param name="UserId">Who; absent where all are removed.</param>
/// <param name="Emoji">Which; absent where all are removed.</param>
/// <param name="Member">Who, in a guild, where a reaction was added.</param>
internal sealed record ReactionFields(
    Snowflake ChannelId,
    Snowflake MessageId,
    Snowflake? UserId = null,
    Emoji? Emoji = null,
    GuildMember? Member = null
);
