using System.Globalization;

namespace NewsBot.Chat.Slack;

/// <summary>
/// Ids of everything of ours that people can press, choose or send in Slack. The manifest has to name the shortcuts; all
/// else Slack sends back as we wrote it.
/// </summary>
internal static class SlackActions
{
    /// <summary>The slash command.</summary>
    public const string Command = "/news";

    public const string Confirm = "confirm";
    public const string Cancel = "cancel";

    /// <summary>Begins the id of a button whose value is a line to run.</summary>
    public const string Run = "run";

    /// <summary>Begins the id of a button whose value says which form it opens.</summary>
    public const string Open = "open";

    /// <summary>The button that opens the form for the login of a feed.</summary>
    public const string OpenLogin = "open:login";

    /// <summary>Begins the id of the select that names the story to merge into; the story that is merged follows.</summary>
    public const string MergeInto = "merge:";

    /// <summary>Begins the id of the button below a story's card; the story follows.</summary>
    public const string Discuss = "discuss";

    public const string NumberShortcut = "number";
    public const string AnswerShortcut = "answer";
    public const string HideShortcut = "hide";
    public const string MergeShortcut = "merge";

    /// <summary>Beginnings of the ids of all buttons and selects; what is not here is not done.</summary>
    public static IReadOnlyList<string> Buttons { get; } =
    [Confirm, Cancel, $"{Run}:", OpenLogin, $"{Open}:", MergeInto, Discuss];

    /// <summary>The windows that can be sent, by their callback ids; what is not here is not done.</summary>
    public static IReadOnlyList<string> Windows { get; } =
    [
        SlackViews.ConfirmCallback,
        SlackFormKinds.Source,
        SlackFormKinds.Digest,
        SlackFormKinds.Import,
        SlackFormKinds.Login,
        "text",
        "answer",
        $"pick:{SlackFormKinds.Filter}",
        $"pick:{SlackFormKinds.Template}",
        $"pick:{SlackFormKinds.Login}",
    ];

    /// <summary>Beginnings of the ids of the selects that are filled while somebody types.</summary>
    public static IReadOnlyList<string> Selects { get; } = [SlackFormFields.Zone, SlackFormFields.Source, MergeInto];

    public static bool IsButton(string? actionId) => Begins(Buttons, actionId);

    public static bool IsSelect(string? actionId) => Begins(Selects, actionId);

    private static bool Begins(IReadOnlyList<string> known, string? actionId) =>
        actionId is not null && known.Any(one => actionId.StartsWith(one, StringComparison.Ordinal));

    /// <summary>The shortcuts on messages, as the manifest names them. Slack shows a name of at most 24 characters.</summary>
    public static IReadOnlyList<SlackShortcut> Shortcuts { get; } =
    [
        new(NumberShortcut, "Comment number & link", "Tells a comment's number and where it can be linked"),
        new(AnswerShortcut, "Answer this comment", "Writes a comment that answers this one"),
        new(HideShortcut, "Hide this comment", "For moderators: hides a comment on its page"),
        new(MergeShortcut, "Merge this story into…", "For moderators: points a story at another"),
    ];

    /// <summary>The story a *Discuss* button belongs to: its id holds it, or its value does.</summary>
    /// <returns>Null for another button.</returns>
    public static long? StoryOf(string? actionId, string? value) =>
        MessageTarget.StoryOf(actionId)
        ?? (
            actionId is null || !actionId.StartsWith(Discuss, StringComparison.Ordinal) ? null
            : long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var story) ? story
            : MessageTarget.StoryOf(value)
        );
}

/// <summary>A shortcut in the menu of a message.</summary>
/// <param name="CallbackId">How Slack names it to us; at most 255 characters.</param>
/// <param name="Name">At most 24 characters.</param>
/// <param name="Description">At most 150 characters.</param>
internal sealed record SlackShortcut(string CallbackId, string Name, string Description);
