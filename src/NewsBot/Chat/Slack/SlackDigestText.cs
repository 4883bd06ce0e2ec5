using System.Globalization;
using NewsBot.Clients.Slack.Objects;
using NewsBot.Core.Posts;

namespace NewsBot.Chat.Slack;

/// <summary>The longer text: a digest's list. Pure.</summary>
internal static class SlackDigestText
{
    // Of words and addresses together, so that the best comment and what Slack adds still find room.
    private const int MaxLines = 7_500;

    private const int MaxHeadline = 200;
    private const int MaxSource = 60;
    private const int MaxUrl = 400;
    private const int MaxQuote = 600;

    // Below a line or on a card, where it is not what the message is about.
    private const int MaxShortQuote = 160;
    private const int MaxAuthor = 100;

    /// <summary>A list of links, best first, and the liveliest comment below it. What does not fit is counted.</summary>
    public static IReadOnlyList<Block> List(PostBody.DigestList list, SlackView view)
    {
        List<Block> blocks = [];
        if (list.Lines.Count > 0)
        {
            blocks.AddRange(Lines(list, view));
        }

        if (list.BestComment is { } comment)
        {
            blocks.Add(Best(comment, list, view));
        }

        if (list.MostAnswered.Count > 0)
        {
            blocks.Add(
                Block.RichText(
                    Title("Most answered"),
                    new Element(ElementTypes.RichTextList)
                    {
                        Style = ElementStyle.Of("bullet"),
                        Elements =
                        [
                            .. list.MostAnswered.Select(comment => Element.RichTextSection(Quote(comment, view))),
                        ],
                    }
                )
            );
        }

        if (list.Welcome(name => ForeignText.Plain(name, MaxAuthor)) is { } welcome)
        {
            blocks.Add(Block.RichText(Element.RichTextSection(Element.RichText(welcome))));
        }

        return blocks.Count > 0 ? blocks : [SlackRenderer.Small("What stood here was taken down.")];
    }

    /// <summary>A comment in one line, with a link to it where there is a page.</summary>
    public static List<Element> Quote(BestComment comment, SlackView view)
    {
        var number = string.Create(CultureInfo.InvariantCulture, $"#{comment.Number}");
        var text = ForeignText.Plain(comment.Text, MaxShortQuote);
        return
        [
            Element.RichText(
                $"“{(text.Length > 0 ? text : "…")}” — {ForeignText.Plain(comment.Author, MaxAuthor)}, ",
                new ElementStyle { Italic = true }
            ),
            view.Links.Page(comment.Story) is { } page
                ? Element.RichLink(
                    string.Create(CultureInfo.InvariantCulture, $"{page}/comments/{comment.Number}"),
                    number
                )
                : Element.RichText(number),
        ];
    }

    private static IEnumerable<Block> Lines(PostBody.DigestList list, SlackView view)
    {
        var room = MaxLines;
        var shown = 0;
        foreach (var (heading, section) in list.InSections())
        {
            List<Element> items = [];
            foreach (var item in section.Select(line => Item(line, view)))
            {
                room -= item.Sum(part => (part.Text?.Text.Length ?? 0) + (part.Url?.Length ?? 0));
                if (room < 0)
                {
                    break;
                }

                items.Add(Element.RichTextSection(item));
            }

            shown += items.Count;
            if (items.Count > 0)
            {
                yield return Block.RichText(
                    Title(heading ?? list.Title ?? "And in brief"),
                    new Element(ElementTypes.RichTextList) { Style = ElementStyle.Of("bullet"), Elements = items }
                );
            }

            if (room < 0)
            {
                break;
            }
        }

        if (shown < list.Lines.Count)
        {
            yield return SlackRenderer.Small(
                string.Create(CultureInfo.InvariantCulture, $"and {list.Lines.Count - shown} more")
            );
        }
    }

    private static List<Element> Item(DigestLine line, SlackView view)
    {
        var comments = line.Comments switch
        {
            <= 0 => "",
            1 => " · 1 comment",
            _ => string.Create(CultureInfo.InvariantCulture, $" · {line.Comments} comments"),
        };
        List<Element> item =
        [
            Link(line.Headline, Url(line, view)),
            Element.RichText($" · {ForeignText.Plain(line.Source, MaxSource)}{comments}{Updated(line)}"),
        ];
        if (line.Quote is { } quote)
        {
            item.Add(Element.RichText("\n"));
            item.AddRange(Quote(quote, view));
        }

        return item;
    }

    private static string Updated(DigestLine line) =>
        line.UpdatedAt is { } at ? $" · ✎ updated {UpdatedMark.Words(at, at)}" : "";

    private static string? Url(DigestLine line, SlackView view) =>
        view.Permalink(line.CardMessage) ?? view.Links.Page(line.Story) ?? line.Url;

    private static Block Best(BestComment comment, PostBody.DigestList list, SlackView view)
    {
        var number = string.Create(CultureInfo.InvariantCulture, $"#{comment.Number}");
        List<Element> named =
        [
            view.Links.Page(comment.Story) is { } page
                ? Element.RichLink(
                    string.Create(CultureInfo.InvariantCulture, $"{page}/comments/{comment.Number}"),
                    number
                )
                : Element.RichText(number),
            Element.RichText($" by {ForeignText.Plain(comment.Author, MaxAuthor)}"),
        ];
        var line = list.Lines.FirstOrDefault(line => line.Story == comment.Story);
        if ((line?.Headline ?? view.QuotedHeadline) is { } story)
        {
            named.Add(Element.RichText(" on "));
            named.Add(Link(story, line is null ? view.Links.Page(comment.Story) : Url(line, view)));
        }

        var quote = ForeignText.Plain(comment.Text, MaxQuote);
        return Block.RichText(
            Title("Most discussed"),
            new Element(ElementTypes.RichTextQuote) { Elements = [Element.RichText(quote.Length > 0 ? quote : "…")] },
            Element.RichTextSection(named)
        );
    }

    private static Element Title(string words) =>
        Element.RichTextSection(Element.RichText(words, new ElementStyle { Bold = true }));

    private static Element Link(string headline, string? url)
    {
        var words = ForeignText.Plain(headline, MaxHeadline);
        words = words.Length > 0 ? words : "News";
        return SlackText.Target(url) is { Length: <= MaxUrl } target
            ? Element.RichLink(target, words)
            : Element.RichText(words);
    }
}
