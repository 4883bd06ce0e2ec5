namespace NewsBot.Chat.Discord;

/// <summary>
/// What the ids of everything of ours that people can press, choose or send in Discord begin with. What is not here is
/// not done. Pure.
/// </summary>
internal static class DiscordActions
{
    /// <summary>A button; the line it runs follows.</summary>
    public const string Run = "run:";

    public const string Confirm = "confirm:";
    public const string Cancel = "cancel:";

    /// <summary>The select that names the story to merge into; the story that is merged follows.</summary>
    public const string Merge = "merge:";

    /// <summary>The button that opens the form for the login of a feed that is not added yet, and that form.</summary>
    public const string LoginAdd = "login-add:";

    /// <summary>The form for the login of a source.</summary>
    public const string Login = "login:";

    /// <summary>Buttons and selects below messages.</summary>
    public static IReadOnlyList<string> Buttons { get; } =
    [Run, Confirm, Cancel, Merge, MessageTarget.Discuss, LoginAdd];

    /// <summary>Forms.</summary>
    public static IReadOnlyList<string> Forms { get; } =
    [Login, LoginAdd, .. SourceForm.Fields.Select(field => $"{field}:")];

    public static bool IsButton(string? customId) => Begins(Buttons, customId);

    public static bool IsForm(string? customId) => Begins(Forms, customId);

    private static bool Begins(IReadOnlyList<string> known, string? customId) =>
        customId is not null && known.Any(one => customId.StartsWith(one, StringComparison.Ordinal));
}
