using NewsBot.Core.Commands;

namespace NewsBot.Chat.Discord;

/// <summary>What kind of value stands in a place of a command, which decides how Discord asks for it.</summary>
internal enum DiscordValue
{
    Text,
    Number,
    Source,
    Story,
    Comment,
    Member,
    Bundle,
    Verb,
    Word,
    Schedule,
    Role,

    /// <summary>A text that is written in a form where it is left out.</summary>
    Form,
}

/// <summary>Reads the kind from the name the catalogue gives a place. A name that is not listed is plain text.</summary>
internal static class DiscordValues
{
    private static readonly Dictionary<string, DiscordValue> ByName = new(StringComparer.Ordinal)
    {
        ["offer"] = DiscordValue.Number,
        ["count"] = DiscordValue.Number,
        ["cards"] = DiscordValue.Number,
        ["per-hour"] = DiscordValue.Number,
        ["per-day"] = DiscordValue.Number,
        ["id"] = DiscordValue.Number,
        ["source"] = DiscordValue.Source,
        ["story"] = DiscordValue.Story,
        ["loser"] = DiscordValue.Story,
        ["winner"] = DiscordValue.Story,
        ["comment"] = DiscordValue.Comment,
        ["set"] = DiscordValue.Bundle,
        ["command"] = DiscordValue.Verb,
        ["schedule"] = DiscordValue.Schedule,
        ["role"] = DiscordValue.Role,
    };

    // A name means a member only where the verb is about one.
    private static readonly HashSet<string> AboutMembers = new(StringComparer.Ordinal)
    {
        "mute",
        "unmute",
        "role",
        "token create",
    };

    public static DiscordValue Of(CommandSpec spec, string name) =>
        (spec.Name, name) switch
        {
            ("filter set", "filter") or ("template set", "template") => DiscordValue.Form,
            ("words remove", "word") => DiscordValue.Word,
            (_, "name") when AboutMembers.Contains(spec.Name) => DiscordValue.Member,
            _ => ByName.GetValueOrDefault(name),
        };

    /// <summary>Whether Discord asks us for suggestions while it is typed.</summary>
    public static bool IsCompleted(DiscordValue value) =>
        value
            is DiscordValue.Source
                or DiscordValue.Story
                or DiscordValue.Comment
                or DiscordValue.Member
                or DiscordValue.Bundle
                or DiscordValue.Verb
                or DiscordValue.Word
                or DiscordValue.Schedule;
}
