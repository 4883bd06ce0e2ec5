using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using NewsBot.Core.Commands;
using NewsBot.Core.Communities;

namespace NewsBot.Chat.Discord;

/// <summary>Turns the Markdown of an answer into what Discord shows, in pieces it takes. Pure.</summary>
internal static partial class DiscordAnswerText
{
    /// <summary>Discord takes 2,000; what it counts is not written down, so a little is left.</summary>
    public const int MaxPiece = 1_900;

    private const string Fence = "```";

    /// <summary>Numbers of the stories whose pages a text links.</summary>
    public static IReadOnlyList<long> StoriesIn(string markdown) =>
        [
            .. OwnLink()
                .Matches(markdown)
                .Select(match => match.Groups["story"])
                .Where(story => story.Success)
                .Select(story => long.Parse(story.ValueSpan, CultureInfo.InvariantCulture))
                .Distinct(),
        ];

    /// <summary>Writes an answer for Discord.</summary>
    /// <param name="markdown">Our own text; anything foreign in it is escaped.</param>
    /// <param name="origin">Where our pages are reached, without a slash at the end; null where nobody reaches them.</param>
    /// <param name="articles">Addresses of articles by story, for where nobody reaches our pages.</param>
    public static string Write(string markdown, string? origin, IReadOnlyDictionary<long, string> articles)
    {
        var linked = OwnLink().Replace(markdown, match => Link(match, origin, articles));
        return Headings().Replace(Options().Replace(Commands().Replace(linked, Command), Option), Heading);
    }

    /// <summary>Cuts a text between lines; a block of code that is cut is closed and opened again.</summary>
    /// <param name="text">Any length.</param>
    /// <param name="most">At most so many characters a piece.</param>
    public static IReadOnlyList<string> Split(string text, int most = MaxPiece)
    {
        var pieces = new List<string>();
        var piece = new StringBuilder();
        var isCode = false;
        // Room for closing a block.
        var room = most - Fence.Length - 1;
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n').SelectMany(line => Chunks(line, room - 8)))
        {
            if (piece.Length > 0 && piece.Length + 1 + line.Length > room)
            {
                pieces.Add(Closed(piece, isCode));
                piece.Clear().Append(isCode ? Fence : "");
            }

            piece.Append(piece.Length > 0 ? "\n" : "").Append(line);
            isCode ^= line.StartsWith(Fence, StringComparison.Ordinal);
        }

        pieces.Add(Closed(piece, isCode));
        return [.. pieces.Where(one => one.Length > 0)];
    }

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

    private static string Closed(StringBuilder piece, bool isCode) =>
        (isCode ? piece.Append('\n').Append(Fence) : piece).ToString().Trim('\n');

    private static IEnumerable<string> Chunks(string line, int most)
    {
        while (line.Length > most)
        {
            var at = line.LastIndexOf(' ', most - 1, most / 2);
            at =
                at > 0 ? at
                : char.IsHighSurrogate(line[most - 1]) ? most - 1
                : most;
            yield return line[..at];
            line = line[at..].TrimStart(' ');
        }

        yield return line;
    }

    private static string Link(Match match, string? origin, IReadOnlyDictionary<long, string> articles)
    {
        var text = match.Groups["text"].Value;
        if (origin is not null)
        {
            return $"[{text}](<{origin}{match.Groups["path"].Value}>)";
        }

        return
            match.Groups["story"].Success
            && articles.GetValueOrDefault(long.Parse(match.Groups["story"].ValueSpan, CultureInfo.InvariantCulture))
                is { } article
            && Uri.TryCreate(article, UriKind.Absolute, out var url)
            && url.Scheme is "http" or "https"
            ? $"[{text}](<{url.AbsoluteUri.Replace(">", "%3E", StringComparison.Ordinal)}>)"
            : text;
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

    // A link to a page of ours: [text](/stories/12-slug).
    [GeneratedRegex(
        @"\[(?<text>(?:\\.|[^\]\\\n])*)\]\(<?(?<path>/(?:stories/(?<story>[0-9]{1,15})(?=[-/)#>])|(?!/))[^)\s>]*)>?\)",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        1_000
    )]
    private static partial Regex OwnLink();

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
        @"(?<=[`\[ ])--(?<name>channel|offer|name|count|days)\b(?<gap> (?=[\w<""]))?",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        1_000
    )]
    private static partial Regex Options();
}
