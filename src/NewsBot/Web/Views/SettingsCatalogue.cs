using NewsBot.Core.Commands;
using NewsBot.Core.Communities;

namespace NewsBot.Web.Views;

/// <summary>The catalogue of commands as the settings page lays it out. Pure.</summary>
internal static class SettingsCatalogue
{
    private const string Rest = "More";

    // Verbs stand where people look for them; one that is named nowhere stands at the end, so that none is missing.
    private static readonly (string Title, string[] Groups)[] Sections =
    [
        (
            "Sources",
            ["add", "list", "test", "edit", "pause", "resume", "remove", "login", "bundle", "import", "export"]
        ),
        ("What comes in", ["filter", "template"]),
        ("Channels", ["channel"]),
        ("Digests", ["digest"]),
        (
            "Discussions",
            ["hide", "show", "lock", "unlock", "merge", "unmerge", "split", "takedown", "words", "review", "moderation"]
        ),
        ("People", ["mute", "unmute", "role", "token"]),
        ("The house", ["status", "audit", "undo", "community", "indexing"]),
    ];

    /// <summary>What everybody decides about themselves; the page about oneself leads to these.</summary>
    public static IReadOnlyList<CommandSpec> Personal { get; } =
    [.. Catalogue.Group("me").Where(spec => spec.Name is not ("me" or "me link" or "me unlink"))];

    /// <summary>The verbs of admins and moderators that somebody may use, in sections.</summary>
    public static IReadOnlyList<SettingsSection> For(Role role)
    {
        var all = Catalogue.All.Where(spec => spec.Role > Role.Member && spec.Role <= role).ToList();
        return
        [
            .. Sections
                .Select(section => section.Title)
                .Append(Rest)
                .Select(title => new SettingsSection(title, [.. all.Where(spec => TitleOf(spec) == title)]))
                .Where(section => section.Commands.Count > 0),
        ];
    }

    /// <summary>The verb an address names.</summary>
    /// <param name="slug">Such as "digest-set".</param>
    /// <returns>Null where there is none that the page offers to anybody.</returns>
    public static CommandSpec? Find(string slug) =>
        Catalogue.All.FirstOrDefault(spec => IsOffered(spec) && Slug(spec) == slug);

    public static string Slug(CommandSpec spec) => spec.Name.Replace(' ', '-');

    /// <summary>The address of a verb's form.</summary>
    public static string Path(CommandSpec spec) => $"{Paths.Settings}/{Slug(spec)}";

    /// <summary>The address of the form for a line, with what the line says filled in.</summary>
    /// <param name="line">A line that may be run next, without "/news".</param>
    /// <param name="query">The part of every address that says which community is meant; empty for none.</param>
    /// <returns>Null where the page has no form for it.</returns>
    public static string? PathOf(string line, string query)
    {
        if (
            CommandLine.Parse(line) is not CommandLineOutcome.Found { Command: var command }
            || !IsOffered(command.Spec)
        )
        {
            return null;
        }

        var values = command.Arguments.Concat(command.Options).Where(value => value.Key != "yes");
        var filled = values.Select(value => $"{Uri.EscapeDataString(value.Key)}={Uri.EscapeDataString(value.Value)}");
        var parts = string.Join('&', filled.Prepend(query.TrimStart('?')).Where(part => part.Length > 0));
        return parts.Length == 0 ? Path(command.Spec) : $"{Path(command.Spec)}?{parts}";
    }

    /// <summary>What the button of a form says.</summary>
    public static string Button(CommandSpec spec) => spec.Asks ? "Show what would change" : "Show";

    private static bool IsOffered(CommandSpec spec) => spec.Role > Role.Member || Personal.Contains(spec);

    private static string TitleOf(CommandSpec spec) =>
        Sections.FirstOrDefault(section => section.Groups.Contains(spec.Group)).Title ?? Rest;
}

/// <summary>Some verbs under one heading.</summary>
internal sealed record SettingsSection(string Title, IReadOnlyList<CommandSpec> Commands);
