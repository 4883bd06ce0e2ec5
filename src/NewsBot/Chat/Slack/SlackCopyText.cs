using System.Globalization;
using System.Text;
using NewsBot.Clients.Slack.Objects;
using NewsBot.Core.Posts;
using NewsBot.Core.Text;

namespace NewsBot.Chat.Slack;

/// <summary>What stands in a story's thread of comments that were written elsewhere, as Slack shows it. Pure.</summary>
internal static class SlackCopyText
{
    /// <summary>Longest name of an author; Slack cuts longer ones.</summary>
    public const int MaxName = 80;

    // Of words and addresses together: what is answered, files and what Slack adds still find room below its limit.
    private const int MaxBody = 8_000;

    private const int MaxOrigin = 60;
    private const int MaxQuote = 200;
    private const int MaxBest = 280;
    private const int MaxUrl = 1_000;
    private const int MaxFile = 100;

    // More files than that go with no message.
    private const int MostFiles = 10;

    private const string Hidden = "[hidden by a moderator]";
    private const string Deleted = "[deleted]";

    private static readonly ElementStyle Bold = new() { Bold = true };

    /// <summary>The name a copy is posted under; null where it has none to show.</summary>
    public static string? Name(PostBody body) =>
        body is PostBody.Copy { Comment: { State: CopyState.Shown } comment }
        && ForeignText.Plain(comment.Author, MaxName) is { Length: > 0 } name
            ? name
            : null;

    /// <summary>A comment with its number, what it answers, its words and its files.</summary>
    public static IReadOnlyList<Block> Copy(PostBody.Copy copy, SlackView view)
    {
        var number = Link(Number(copy.Number), copy.Comment?.Page, Bold);
        return copy.Comment is { State: CopyState.Shown } comment
            ? [Block.RichText(Shown(comment, number, view))]
            : [Block.RichText(Element.RichTextSection(number, Element.RichText($" {Words(copy.Comment)}")))];
    }

    /// <summary>A discussion that began before the channel took part in it.</summary>
    public static IReadOnlyList<Block> SoFar(PostBody.SoFar body)
    {
        var (count, page) = (body.Discussion?.Count ?? 0, body.Discussion?.Page);
        List<Element> parts =
        [
            Element.RichTextSection(
                Element.RichText("The discussion so far: ", Bold),
                Link(Comments(count), page, style: null)
            ),
        ];
        foreach (var best in body.Discussion?.Best ?? [])
        {
            var own = page is null
                ? null
                : string.Create(CultureInfo.InvariantCulture, $"{page}/comments/{best.Number}");
            parts.Add(
                new Element(ElementTypes.RichTextQuote)
                {
                    Elements =
                    [
                        Link(Number(best.Number), own, style: null),
                        Element.RichText($" {Line(best.Author, MaxName)}: {Line(best.Text, MaxBest)}"),
                    ],
                }
            );
        }

        return [Block.RichText(parts)];
    }

    /// <summary>One line in place of many copies.</summary>
    public static IReadOnlyList<Block> More(PostBody.More body)
    {
        var from = string.Create(CultureInfo.InvariantCulture, $"from #{body.First} on");
        return
        [
            Block.RichText(
                Element.RichTextSection(
                    Element.RichText($"{Comments(body.Count)} more, "),
                    body.Page is null ? Element.RichText(from) : Link($"read here {from}", body.Page, style: null)
                )
            ),
        ];
    }

    /// <summary>The same in words alone, of several lines.</summary>
    /// <param name="body">A copy, or what stands for many.</param>
    /// <param name="isNamed">Whether a copy's author is named.</param>
    public static string Said(PostBody body, bool isNamed) =>
        body switch
        {
            PostBody.Copy { Comment: { State: CopyState.Shown } comment } copy => Said(copy.Number, comment, isNamed),
            PostBody.Copy copy => $"{Number(copy.Number)} {Words(copy.Comment)}",
            PostBody.SoFar so => $"The discussion so far: {Comments(so.Discussion?.Count ?? 0)}",
            PostBody.More more => string.Create(
                CultureInfo.InvariantCulture,
                $"{Comments(more.Count)} more, from #{more.First} on {more.Page}"
            ),
            _ => "",
        };

    private static List<Element> Shown(CopiedComment comment, Element number, SlackView view)
    {
        List<Element> head = [number];
        if (view.IsNameInText && Line(comment.Author, MaxName) is { Length: > 0 } name)
        {
            head.AddRange([Element.RichText(" "), Element.RichText(name, Bold)]);
        }

        if (Line(comment.Origin, MaxOrigin) is { Length: > 0 } origin)
        {
            head.Add(Element.RichText($" · {origin}"));
        }

        List<Element> parts = [Element.RichTextSection(head)];
        if (comment.Answers is { } answered)
        {
            parts.Add(Quote(answered, view));
        }

        var (words, isCut) = SlackMarkdown.Cut(comment.Markdown, MaxBody);
        parts.AddRange(words);
        if (isCut)
        {
            parts.Add(Element.RichTextSection(Link("the rest is on its page", comment.Page, style: null)));
        }

        if (comment.Files.Count > 0)
        {
            parts.Add(Element.RichTextSection(Element.RichText(Files(comment))));
        }

        return parts;
    }

    private static Element Quote(AnsweredComment answered, SlackView view)
    {
        var words = new StringBuilder();
        if (Line(answered.Author, MaxName) is { Length: > 0 } author)
        {
            words.Append(' ').Append(author);
        }

        if (Line(answered.Excerpt, MaxQuote) is { Length: > 0 } excerpt)
        {
            words.Append(": ").Append(excerpt);
        }

        var link = Link(Number(answered.Number), view.Permalink(answered.Message) ?? answered.Page, style: null);
        return new Element(ElementTypes.RichTextQuote)
        {
            Elements = words.Length == 0 ? [link] : [link, Element.RichText(words.ToString())],
        };
    }

    private static string Said(int number, CopiedComment comment, bool isNamed)
    {
        var text = new StringBuilder(Number(number));
        if (isNamed)
        {
            text.Append(' ').Append(ForeignText.Plain(comment.Author, MaxName));
        }

        if (comment.Answers is { } answered)
        {
            text.Append(CultureInfo.InvariantCulture, $" (answers #{answered.Number})");
        }

        text.Append(": ").Append(MarkdownPlain.Render(comment.Markdown));
        return comment.Files.Count > 0 ? text.Append('\n').Append(Files(comment)).ToString() : text.ToString();
    }

    private static string Files(CopiedComment comment) =>
        $"📎 {string.Join(" · ", comment.Files.Take(MostFiles).Select(name => Line(name, MaxFile)))}";

    private static string Words(CopiedComment? comment) => comment is { State: CopyState.Hidden } ? Hidden : Deleted;

    private static string Number(int number) => string.Create(CultureInfo.InvariantCulture, $"#{number}");

    private static string Comments(int count) =>
        count == 1 ? "1 comment" : string.Create(CultureInfo.InvariantCulture, $"{count} comments");

    private static Element Link(string words, string? url, ElementStyle? style) =>
        SlackText.Target(url) is { Length: <= MaxUrl } target
            ? Element.RichLink(target, words, style)
            : Element.RichText(words, style);

    // What is read from the right must not turn what stands beside it.
    private static string Line(string text, int most)
    {
        var line = ForeignText.Plain(text, most);
        return line.Any(IsFromTheRight) ? $"\u2068{line}\u2069" : line;
    }

    // Hebrew, Arabic and their neighbours, and the forms of them that old texts use.
    private static bool IsFromTheRight(char c) =>
        c is (>= '\u0590' and <= '\u08FF') or (>= '\uFB1D' and <= '\uFDFF') or (>= '\uFE70' and <= '\uFEFC');
}
