using NewsBot.Core.Communities;

namespace NewsBot.Tests.Doors;

/// <summary>
/// Who may run what, written down once by hand: every door is held against this, and the catalogue too. A verb that is
/// not here fails the tests until somebody has decided whose it is.
/// </summary>
internal static class Rights
{
    private static readonly string[] Everybody =
    [
        "latest",
        "top",
        "search",
        "story",
        "why",
        "follow",
        "unfollow",
        "help",
        "confirm",
        "me",
        "me pseudonym",
        "me opt-out",
        "me opt-in",
        "me export",
        "me erase",
        "me link",
        "me unlink",
    ];

    private static readonly string[] Moderators =
    [
        "hide",
        "show",
        "lock",
        "unlock",
        "mute",
        "unmute",
        "merge",
        "unmerge",
        "split",
        "review",
        "words list",
        "words add",
        "words remove",
        "words links",
    ];

    private static readonly string[] Admins =
    [
        "list",
        "edit",
        "pause",
        "resume",
        "remove",
        "add",
        "test",
        "login set",
        "login clear",
        "filter set",
        "filter show",
        "filter clear",
        "filter replay",
        "bundle list",
        "bundle add",
        "import",
        "export",
        "template set",
        "template show",
        "template clear",
        "digest discussion",
        "digest set",
        "digest show",
        "digest preview",
        "digest now",
        "digest off",
        "channel list",
        "channel create",
        "channel mode",
        "channel layout",
        "channel limits",
        "channel quiet",
        "channel breaking",
        "channel languages",
        "channel variety",
        "channel mirror",
        "channel publish",
        "channel ping",
        "channel tags",
        "channel crosspost",
        "moderation channel",
        "moderation log",
        "status",
        "audit",
        "undo",
        "takedown",
        "indexing",
        "role",
        "token create",
        "token list",
        "token revoke",
        "community link",
        "community unlink",
    ];

    /// <summary>The least somebody must be, by verb.</summary>
    public static IReadOnlyDictionary<string, Role> Least { get; } =
        new[] { (Everybody, Role.Member), (Moderators, Role.Moderator), (Admins, Role.Admin) }
            .SelectMany(group => group.Item1.Select(verb => KeyValuePair.Create(verb, group.Item2)))
            .ToDictionary(StringComparer.Ordinal);
}
