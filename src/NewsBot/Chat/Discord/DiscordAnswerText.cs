using System.Text.RegularExpressions;
using NewsBot.Core.Commands;
using NewsBot.Core.Communities;

namespace NewsBot.Chat.Discord;

/// <summary>Turns the Markdown of an answer into what Discord shows. Pure.</summary>
internal static partial class DiscordAnswerText
{
    /// <summary>Discord takes 2,000; what it counts is not written down, so a little is left.</summary>
    public const int MaxPiece = 1_900;

    /// <summary>Writes an answer for Discord.</summary>
    /// <param name="markdown">Our own text, with addresses that can be reached; anything foreign in it is escaped.</param>
    public static string Write(string markdown) =>
        Headings().Replace(Options().Replace(Commands().Replace(markdown, Command), Option), Heading);

    /// <summary>How a line of the catalogue is written in Discord, such as "/news-admin add".</summary>
    /// <param name="line">With or without "/news".</param>
    public static string CommandLine(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var rest = words is ["/news", ..] ? words[1..] : words;
        if (Catalogue.Find([.. rest.Take(2)]) is not { } spec)
        {
            return "/" + DiscordCommandName.Everyone + string.Concat(rest.Select(word => " " + word));
        }

        return "/"
            + DiscordCommandName.Of(spec).Line
            + string.Concat(rest.Skip(spec.Name.Split(' ').Length).Select(word => " " + word));
    }

    private static string Command(Match match) =>
        Catalogue.Find(match.Groups["words"].Value.Split(' ')) is { } spec
            ? $"/{DiscordCommandName.Of(spec).Line}{match.Groups["words"].Value[spec.Name.Length..]}"
        : GroupOf(match.Groups["words"].Value.Split(' ')[0]) is { } root ? $"/{root} {match.Groups["words"].Value}"
        : match.Value;

    private static string? GroupOf(string word) =>
        Catalogue.Group(word) is [var first, ..] ? DiscordCommandName.RootOf(first.Role) : null;

    private static string Heading(Match match) =>
        match.Groups["whom"].Value switch
        {
            "admins" => $"{match.Value}: `/{DiscordCommandName.RootOf(Role.Admin)}`",
            "moderators" => $"{match.Value}: `/{DiscordCommandName.RootOf(Role.Moderator)}`",
            _ => $"{match.Value}: `/{DiscordCommandName.Everyone}`",
        };

    private static string Option(Match match) => match.Groups["name"].Value + (match.Groups["gap"].Success ? ": " : "");

    [GeneratedRegex(
        @"/news (?<words>[a-z][a-z-]*( [a-z][a-z-]*)?)",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        1_000
    )]
    private static partial Regex Commands();

    // Heads the lists of "help"; each list is a command of its own in Discord.
    [GeneratedRegex(
        @"^\*\*For (?<whom>everyone|moderators|admins)\*\*$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.Multiline,
        1_000
    )]
    private static partial Regex Headings();

    // Only where the text speaks of an option: `--offer 0`.
    [GeneratedRegex(
        @"(?<=[`\[ ])--(?<name>channel|offer|name|items|count|days)\b(?<gap> (?=[\w<""]))?",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        1_000
    )]
    private static partial Regex Options();
}
