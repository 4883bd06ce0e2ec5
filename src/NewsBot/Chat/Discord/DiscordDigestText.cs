using System.Globalization;
using System.Text.RegularExpressions;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Core.Posts;

namespace NewsBot.Chat.Discord;

/// <summary>The longer texts: a digest's list, and notices. Pure.</summary>
internal static partial class DiscordDigestText
{
    // Room for the heading of the list and for the words about what found no place.
    private const int MaxLines = DiscordRenderer.MaxText - 200;

    // A text of its own, so that one that is too long for a small screen is not folded as a whole.
    private const int MaxOneText = 1_900;

    private const int MaxHeadline = 200;
    private const int MaxSource = 60;
    private const int MaxName = 60;
    private const int MaxUrl = 400;
    private const int MaxQuote = 600;

    // Below a line or on a card, where it is not what the message is about.
    private const int MaxShortQuote = 160;

    // Of a notice; with words for what is left out it stays below the limit.
    private const int MaxNotice = 3_900;

    /// <summary>A list of links, best first, and the liveliest comment below it. What does not fit is counted.</summary>
    public static IReadOnlyList<Component> List(PostBody.DigestList list, DiscordView view)
    {
        var best = list.BestComment is { } comment ? Best(comment, list, view) : "";
        if (list.MostAnswered.Count > 0)
        {
            best +=
                "### Most answered\n" + string.Join('\n', list.MostAnswered.Select(answered => Quote(answered, view)));
        }

        if (list.Welcome(name => DiscordText.Line(name, MaxName)) is { } welcome)
        {
            best += $"{(best.Length > 0 ? "\n" : "")}-# {welcome}";
        }

        List<Component> parts = [];
        if (list.Lines.Count > 0)
        {
            parts.AddRange(Lines(list, MaxLines - best.Length, view));
        }

        if (best.Length > 0)
        {
            parts.Add(DiscordRenderer.Text(best));
        }

        return parts.Count > 0 ? parts : [DiscordRenderer.Text("-# What stood here was taken down.")];
    }

    /// <summary>Our own Markdown. Links to our pages become absolute, or words where nobody outside reaches them.</summary>
    /// <param name="markdown">Anything foreign in it is escaped.</param>
    /// <param name="view">Where it stands.</param>
    /// <param name="most">Longest text, before the words for what is left out.</param>
    public static string Notice(string markdown, DiscordView view, int most = MaxNotice)
    {
        var text = PageLink()
            .Replace(
                markdown,
                match =>
                    view.Links.Origin is { } origin
                        ? $"[{match.Groups["text"].Value}]({origin}{match.Groups["path"].Value})"
                        : match.Groups["text"].Value
            )
            .Trim();
        if (text.Length > most)
        {
            var end = text.LastIndexOfAny(['\n', ' '], most);
            text = text[..(end > most / 2 ? end : most)].TrimEnd('\\', ' ', '\n') + "\n…";
        }

        return text.Length > 0 ? text : "-# There is nothing to show.";
    }

    /// <summary>A comment in one small line, with a link to it where there is a page.</summary>
    public static string Quote(BestComment comment, DiscordView view)
    {
        var number = string.Create(CultureInfo.InvariantCulture, $"#{comment.Number}");
        var named = view.Links.Page(comment.Story) is { } page
            ? string.Create(CultureInfo.InvariantCulture, $"[{number}]({page}/comments/{comment.Number})")
            : number;
        return $"-# “{DiscordText.Line(comment.Text, MaxShortQuote)}” — {DiscordText.Line(comment.Author, 60)}, {named}";
    }

    private static IEnumerable<Component> Lines(PostBody.DigestList list, int room, DiscordView view)
    {
        var lines = list.Lines;
        List<string> texts = [];
        var (text, used, shown) = ("", 0, 0);
        foreach (var (heading, section) in list.InSections())
        {
            // A heading stands only above a line that fits as well, and begins a text of its own.
            var above = $"### {DiscordText.Line(heading ?? list.Title ?? "And in brief", 100)}\n";
            foreach (var one in section)
            {
                var line = above + Line(one, view);
                if (used + line.Length + 1 > room)
                {
                    return Finished(texts, text, lines.Count - shown);
                }

                if (text.Length > 0 && (text.Length + line.Length + 1 > MaxOneText || above.Length > 0))
                {
                    texts.Add(text);
                    text = line;
                }
                else
                {
                    text += text.Length > 0 ? "\n" + line : line;
                }

                used += line.Length + 1;
                shown++;
                above = "";
            }
        }

        return Finished(texts, text, 0);
    }

    private static IEnumerable<Component> Finished(List<string> texts, string text, int left)
    {
        if (text.Length > 0)
        {
            texts.Add(text);
        }

        if (left > 0)
        {
            texts.Add(string.Create(CultureInfo.InvariantCulture, $"-# and {left} more"));
        }

        return texts.Select(DiscordRenderer.Text);
    }

    private static string Line(DigestLine line, DiscordView view)
    {
        var link = DiscordText.Link(line.Headline, Url(line, view), MaxHeadline, MaxUrl);
        var comments = line.Comments switch
        {
            <= 0 => "",
            1 => " · 1 comment",
            _ => string.Create(CultureInfo.InvariantCulture, $" · {line.Comments} comments"),
        };
        var updated = line.UpdatedAt is { } at
            ? string.Create(CultureInfo.InvariantCulture, $" · ✎ updated <t:{at.ToUnixTimeSeconds()}:t>")
            : "";
        var quote = line.Quote is { } best ? "\n" + Quote(best, view) : "";
        return $"- {(link.Length > 0 ? link : "News")} · {DiscordText.Line(line.Source, MaxSource)}{comments}{updated}{quote}";
    }

    // A forum post is a channel of its own, with the id of its first message.
    private static string? Url(DigestLine line, DiscordView view) =>
        !Snowflake.TryParse(line.CardMessage, out var card) ? view.Links.Page(line.Story) ?? line.Url
        : view.IsForum ? $"https://discord.com/channels/{view.Guild}/{card}"
        : $"https://discord.com/channels/{view.Guild}/{view.Channel}/{card}";

    private static string Best(BestComment comment, PostBody.DigestList list, DiscordView view)
    {
        var number = string.Create(CultureInfo.InvariantCulture, $"#{comment.Number}");
        var named = view.Links.Page(comment.Story) is { } page
            ? string.Create(CultureInfo.InvariantCulture, $"[{number}]({page}/comments/{comment.Number})")
            : number;
        var line = list.Lines.FirstOrDefault(line => line.Story == comment.Story);
        var story = line?.Headline ?? view.QuotedHeadline;
        var about = story is null
            ? ""
            : $" on {DiscordText.Link(story, line is null ? view.Links.Page(comment.Story) : Url(line, view), MaxHeadline, MaxUrl)}";
        return $"### Most discussed\n> {DiscordText.Line(comment.Text, MaxQuote)}\n-# {named} by {DiscordText.Line(comment.Author, 100)}{about}";
    }

    // A link of our own Markdown that leads to one of our pages.
    [GeneratedRegex(
        @"\[(?<text>(\\.|[^\]\\\n]){1,600})\]\((?<path>/[^)\s]{0,600})\)",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex PageLink();
}
