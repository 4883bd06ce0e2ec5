using NewsBot.Core.Commands;

namespace NewsBot.Chat;

/// <summary>What kind of value stands in a place of a command, which decides how a platform asks for it.</summary>
internal enum CommandValue
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
internal static class CommandValues
{
    private static readonly Dictionary<string, CommandValue> ByName = new(StringComparer.Ordinal)
    {
        ["offer"] = CommandValue.Number,
        ["count"] = CommandValue.Number,
        ["cards"] = CommandValue.Number,
        ["per-hour"] = CommandValue.Number,
        ["per-source"] = CommandValue.Number,
        ["per-day"] = CommandValue.Number,
        ["id"] = CommandValue.Number,
        ["source"] = CommandValue.Source,
        ["story"] = CommandValue.Story,
        ["loser"] = CommandValue.Story,
        ["winner"] = CommandValue.Story,
        ["comment"] = CommandValue.Comment,
        ["set"] = CommandValue.Bundle,
        ["command"] = CommandValue.Verb,
        ["schedule"] = CommandValue.Schedule,
        ["role"] = CommandValue.Role,
    };

    // A name means a member only where the verb is about one.
    private static readonly HashSet<string> AboutMembers = new(StringComparer.Ordinal)
    {
        "mute",
        "unmute",
        "role",
        "token create",
    };

    public static CommandValue Of(CommandSpec spec, string name) =>
        (spec.Name, name) switch
        {
            ("filter set", "filter") or ("template set", "template") => CommandValue.Form,
            ("words remove", "word") => CommandValue.Word,
            (_, "name") when AboutMembers.Contains(spec.Name) => CommandValue.Member,
            _ => ByName.GetValueOrDefault(name),
        };

    /// <summary>Whether it can be completed while it is typed; see <see cref="CommandSuggestions"/>.</summary>
    public static bool IsCompleted(CommandValue value) =>
        value
            is CommandValue.Source
                or CommandValue.Story
                or CommandValue.Comment
                or CommandValue.Member
                or CommandValue.Bundle
                or CommandValue.Verb
                or CommandValue.Word
                or CommandValue.Schedule;
}
