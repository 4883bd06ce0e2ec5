using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace NewsBot.Chat;

/// <summary>What every chat does with the Markdown of an answer: links that can be reached, and pieces of a size. Pure.</summary>
internal static partial class AnswerText
{
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

    /// <summary>Gives links to pages of ours an address that can be reached.</summary>
    /// <param name="markdown">Our own text; anything foreign in it is escaped.</param>
    /// <param name="origin">Where our pages are reached, without a slash at the end; null where nobody reaches them.</param>
    /// <param name="articles">Addresses of articles by story, for where nobody reaches our pages.</param>
    /// <returns>What leads nowhere is left as text.</returns>
    public static string WithLinks(string markdown, string? origin, IReadOnlyDictionary<long, string> articles) =>
        OwnLink().Replace(markdown, match => Link(match, origin, articles));

    /// <summary>Cuts a text between lines; a block of code that is cut is closed and opened again.</summary>
    /// <param name="text">Any length.</param>
    /// <param name="most">At most so many characters a piece.</param>
    public static IReadOnlyList<string> Split(string text, int most)
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

    // A link to a page of ours: [text](/stories/12-slug).
    [GeneratedRegex(
        @"\[(?<text>(?:\\.|[^\]\\\n])*)\]\(<?(?<path>/(?:stories/(?<story>[0-9]{1,15})(?=[-/)#>])|(?!/))[^)\s>]*)>?\)",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        1_000
    )]
    private static partial Regex OwnLink();
}
