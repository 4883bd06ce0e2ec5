using NewsBot.Chat.Discord;
using NewsBot.Chat.Slack;
using NewsBot.Core.Communities;

namespace NewsBot.Tests.Doors;

/// <summary>
/// Who may do what with buttons, forms, shortcuts and selects, written down once by hand, by what their ids begin with. What
/// the program knows and this does not fails the tests until somebody has decided whose it is.
/// </summary>
internal static class ActionRights
{
    // What a button runs is checked as if it had been typed, and what it confirms is only for whoever was shown it.
    private const Role AsTyped = Role.Member;

    public static IReadOnlyDictionary<string, Role> DiscordButtons { get; } =
        new Dictionary<string, Role>(StringComparer.Ordinal)
        {
            ["run:"] = AsTyped,
            ["confirm:"] = AsTyped,
            ["cancel:"] = AsTyped,
            ["merge:"] = Role.Moderator,
            ["discuss:"] = Role.Member,
            ["login-add:"] = Role.Admin,
        };

    public static IReadOnlyDictionary<string, Role> DiscordForms { get; } =
        new Dictionary<string, Role>(StringComparer.Ordinal)
        {
            ["login:"] = Role.Admin,
            ["login-add:"] = Role.Admin,
            ["filter:"] = Role.Admin,
            ["template:"] = Role.Admin,
        };

    public static IReadOnlyDictionary<string, Role> DiscordMessages { get; } =
        new Dictionary<string, Role>(StringComparer.Ordinal)
        {
            [DiscordCatalogue.NumberAndLink] = Role.Member,
            [DiscordCatalogue.Hide] = Role.Moderator,
            [DiscordCatalogue.MergeInto] = Role.Moderator,
        };

    public static IReadOnlyDictionary<string, Role> SlackButtons { get; } =
        new Dictionary<string, Role>(StringComparer.Ordinal)
        {
            ["confirm"] = AsTyped,
            ["cancel"] = AsTyped,
            ["run:"] = AsTyped,
            ["open:login"] = Role.Admin,
            ["open:"] = Role.Admin,
            ["merge:"] = Role.Moderator,
            ["discuss"] = Role.Member,
        };

    public static IReadOnlyDictionary<string, Role> SlackWindows { get; } =
        new Dictionary<string, Role>(StringComparer.Ordinal)
        {
            ["confirm"] = AsTyped,
            ["source"] = Role.Admin,
            ["digest"] = Role.Admin,
            ["import"] = Role.Admin,
            ["login"] = Role.Admin,
            ["text"] = Role.Admin,
            ["answer"] = Role.Member,
            ["pick:filter"] = Role.Admin,
            ["pick:template"] = Role.Admin,
            ["pick:login"] = Role.Admin,
        };

    public static IReadOnlyDictionary<string, Role> SlackShortcuts { get; } =
        new Dictionary<string, Role>(StringComparer.Ordinal)
        {
            ["number"] = Role.Member,
            ["answer"] = Role.Member,
            ["hide"] = Role.Moderator,
            ["merge"] = Role.Moderator,
        };

    public static IReadOnlyDictionary<string, Role> SlackSelects { get; } =
        new Dictionary<string, Role>(StringComparer.Ordinal)
        {
            // The world's time zones are no secret.
            ["zone"] = Role.Member,
            ["source"] = Role.Admin,
            ["merge:"] = Role.Moderator,
        };

    /// <summary>Every table with what the program knows.</summary>
    public static IReadOnlyList<(
        string What,
        IReadOnlyDictionary<string, Role> Table,
        IReadOnlyList<string> Known
    )> All { get; } =
    [
        ("buttons of Discord", DiscordButtons, DiscordActions.Buttons),
        ("forms of Discord", DiscordForms, DiscordActions.Forms),
        (
            "message commands of Discord",
            DiscordMessages,
            [
                .. DiscordCatalogue
                    .Build()
                    .Where(command => command.Type == Clients.Discord.Objects.ApplicationCommandType.Message)
                    .Select(command => command.Name),
            ]
        ),
        ("buttons of Slack", SlackButtons, SlackActions.Buttons),
        ("windows of Slack", SlackWindows, SlackActions.Windows),
        ("shortcuts of Slack", SlackShortcuts, [.. SlackActions.Shortcuts.Select(one => one.CallbackId)]),
        ("selects of Slack", SlackSelects, SlackActions.Selects),
    ];
}
