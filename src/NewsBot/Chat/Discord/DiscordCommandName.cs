using NewsBot.Core.Commands;
using NewsBot.Core.Communities;

namespace NewsBot.Chat.Discord;

/// <summary>Where a verb of the catalogue stands in Discord's menu.</summary>
/// <param name="Root">The command, which says who is meant to use it.</param>
/// <param name="Group">The group in it; null for none.</param>
/// <param name="Verb">The subcommand.</param>
internal sealed record DiscordCommandName(string Root, string? Group, string Verb)
{
    public const string Everyone = "news";
    public const string Moderators = "news-mod";
    public const string Admins = "news-admin";

    // A group and a subcommand cannot have the same name, so "me" beside "me export" becomes "me show".
    private const string BareVerb = "show";

    /// <summary>As people write it, without the slash.</summary>
    public string Line => Group is null ? $"{Root} {Verb}" : $"{Root} {Group} {Verb}";

    public static DiscordCommandName Of(CommandSpec spec)
    {
        var words = spec.Name.Split(' ');
        var root = RootOf(spec.Role);
        return words.Length == 2 ? new DiscordCommandName(root, words[0], words[1])
            : Catalogue.Group(spec.Name).Count > 0 ? new DiscordCommandName(root, spec.Name, BareVerb)
            : new DiscordCommandName(root, null, spec.Name);
    }

    /// <summary>The verb behind a name of Discord's menu; null where there is none.</summary>
    public static CommandSpec? Find(string root, string? group, string verb) =>
        Catalogue.All.FirstOrDefault(spec => Of(spec) == new DiscordCommandName(root, group, verb));

    public static string RootOf(Role role) =>
        role switch
        {
            Role.Admin => Admins,
            Role.Moderator => Moderators,
            _ => Everyone,
        };
}
