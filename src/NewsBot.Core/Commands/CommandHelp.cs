using System.Globalization;
using System.Text;
using NewsBot.Core.Communities;
using NewsBot.Core.Text;

namespace NewsBot.Core.Commands;

/// <summary>Writes what "help" answers. Pure.</summary>
public static class CommandHelp
{
    /// <summary>Every verb the asker may use, by role.</summary>
    /// <param name="role">What the asker may do.</param>
    public static string List(Role role)
    {
        var text = new StringBuilder();
        foreach (var group in Catalogue.All.Where(spec => spec.Role <= role).GroupBy(spec => spec.Role))
        {
            text.Append(CultureInfo.InvariantCulture, $"**{Heading(group.Key)}**\n");
            foreach (var verb in group.GroupBy(spec => spec.Group, StringComparer.Ordinal))
            {
                text.Append("- ").Append(Entry([.. verb])).Append('\n');
            }

            text.Append('\n');
        }

        text.Append("Type `/news help` and a command for its details and an example, such as `/news help story`.");
        if (role < Role.Admin)
        {
            text.Append(" Moderators and admins have further commands.");
        }

        return text.ToString();
    }

    /// <summary>One verb, or all that begin with the same word.</summary>
    /// <param name="name">A verb or its first word, with or without "/news".</param>
    /// <param name="role">What the asker may do.</param>
    /// <returns>Null where there is no such verb.</returns>
    public static string? Explain(string name, Role role)
    {
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Length == 0)
        {
            return null;
        }

        var spec = Catalogue.Find(words);
        var group = Catalogue.Group(words[0]);
        if (group.Count > 0 && (spec is null || (spec.Name == spec.Group && words.Length == 1)))
        {
            var all = spec is null ? group : [spec, .. group];
            return string.Join('\n', all.Select(one => $"- `/news {one.Usage}` {one.Summary}"))
                + $"\n\nFor example: `/news {group[0].Example}`{WhoMay(group[0], role)}";
        }

        return spec is null
            ? null
            : $"`/news {spec.Name}` {spec.Summary}.\n\n{UsageOf(spec)}{OptionsOf(spec)}{(spec.Note is null ? "" : "\n\n" + spec.Note)}{Asking(spec)}{WhoMay(spec, role)}";
    }

    /// <summary>Two lines: how a verb is written, and an example that works.</summary>
    /// <param name="spec">The verb.</param>
    public static string UsageOf(CommandSpec spec) =>
        $"Write it as `/news {spec.Usage}`\nFor example: `/news {spec.Example}`";

    /// <summary>Who may use a verb, for somebody who may not.</summary>
    /// <param name="spec">The verb.</param>
    public static string Refusal(CommandSpec spec) =>
        spec.Role == Role.Admin
            ? $"Only admins of this newsroom may use {MarkdownEscape.Code(spec.Name)}. Ask one of them, or have them make you an admin with `/news role`."
            : $"Only moderators and admins of this newsroom may use {MarkdownEscape.Code(spec.Name)}. Ask one of them.";

    private static string Entry(List<CommandSpec> specs) =>
        specs.Count == 1
            ? $"`{specs[0].Name}` {specs[0].Summary}"
            : $"`{specs[0].Group}` " + string.Join(", ", specs.Select(spec => $"`{Sub(spec)}`"));

    private static string Sub(CommandSpec spec) =>
        spec.Name == spec.Group ? spec.Name : spec.Name[(spec.Group.Length + 1)..];

    private static string Heading(Role role) =>
        role switch
        {
            Role.Admin => "For admins",
            Role.Moderator => "For moderators",
            _ => "For everyone",
        };

    private static string OptionsOf(CommandSpec spec) =>
        spec.Options.Count == 0
            ? ""
            : "\n" + string.Join('\n', spec.Options.Select(option => $"- `--{option.Name}` {option.Summary}"));

    private static string Asking(CommandSpec spec) =>
        spec.Asks ? "\n\nIt first shows what would change and asks you to confirm." : "";

    private static string WhoMay(CommandSpec spec, Role role) => role >= spec.Role ? "" : "\n\n" + Refusal(spec);
}
