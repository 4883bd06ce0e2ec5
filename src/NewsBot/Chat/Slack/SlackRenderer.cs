using System.Globalization;
using NewsBot.Clients.Slack.Objects;
using NewsBot.Core.Posts;
using NewsBot.Core.Summaries;
using NewsBot.Core.Text;

namespace NewsBot.Chat.Slack;

/// <summary>
/// What the bot says, as Slack shows it. Foreign text stands in plain and rich text only: both show every sign as it is,
/// while in Slack's markup nothing can escape its styles. Pure. Source: https://docs.slack.dev/reference/block-kit
/// </summary>
internal static class SlackRenderer
{
    /// <summary>Most characters over all texts of a message; Slack refuses a little more.</summary>
    public const int MaxText = 10_000;

    // Of the words for notifications and screen readers: a change takes 4,000 at most.
    private const int MaxFallback = 3_500;

    private const int MaxHeader = 150;
    private const int MaxButtonUrl = 3_000;
    private const int MaxAlt = 1_000;

    // What a card's parts may take; together they stay far below the limit.
    private const int MaxHeadline = 600;
    private const int MaxUrl = 2_000;
    private const int MaxSource = 120;
    private const int MaxAlso = 240;
    private const int MaxCorrection = 500;
    private const int MaxSummary = 1_500;
    private const int MaxTemplate = 2_500;
    private const int MaxNotice = 8_000;
    private const int MaxWhy = 240;

    // More names are counted.
    private const int MaxNames = 3;

    // A picture that is small or stands upright would fill the screen or be blown up; it stands beside the text.
    private const int MinWideWidth = 400;

    /// <summary>The action a *Read* button tells of; it opens its address by itself.</summary>
    public const string ReadAction = "read";

    /// <summary>The blocks of a message, within all limits whatever the body holds.</summary>
    /// <param name="body">What it says.</param>
    /// <param name="key">The outbox's name of the message; a card keeps it in its button.</param>
    /// <param name="view">Where it stands.</param>
    public static IReadOnlyList<Block> Blocks(PostBody body, string key, SlackView view) =>
        body switch
        {
            PostBody.Card { IsRemoved: true } => [Small("This story was taken down.")],
            PostBody.Card card => Card(card, key, view),
            PostBody.DigestHeading heading =>
            [
                Block.Header(NotEmpty(ForeignText.Plain(heading.Title, MaxHeader), "News")) with
                {
                    Text = Plain(NotEmpty(ForeignText.Plain(heading.Title, MaxHeader), "News")),
                },
                .. ForeignText.Plain(heading.Subtitle, MaxCorrection) is { Length: > 0 } subtitle
                    ? [Small(subtitle)]
                    : Nothing,
            ],
            PostBody.DigestList list => SlackDigestText.List(list, view),
            PostBody.Notice notice =>
            [
                SlackMarkdown.Block(notice.Markdown, view.Links.Origin, MaxNotice)
                    ?? Small("There is nothing to show."),
            ],
            PostBody.Copy copy => SlackCopyText.Copy(copy, view),
            PostBody.SoFar so => SlackCopyText.SoFar(so),
            PostBody.More more => SlackCopyText.More(more),
            PostBody.Panel panel =>
            [
                SlackMarkdown.Block(panel.Markdown, view.Links.Origin, MaxNotice) ?? Small("There is nothing to show."),
                .. panel.Buttons.Count > 0 ? [Buttons(panel)] : Nothing,
            ],
            _ => [Small("There is nothing to show.")],
        };

    /// <summary>
    /// What notifications show and screen readers read in place of the blocks, and the whole message where Slack takes no
    /// blocks at all: Slack's markup, never empty, at most 4,000 characters.
    /// </summary>
    /// <param name="body">What it says.</param>
    /// <param name="isNamed">Whether a copy's author is named in it.</param>
    public static string Text(PostBody body, bool isNamed = true)
    {
        var call = Group(body) is { } group ? $"<!subteam^{group}> " : "";
        var lines = Said(body, isNamed)
            .ReplaceLineEndings("\n")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var text = call;
        foreach (var line in lines)
        {
            var room = MaxFallback - text.Length - 1;
            var next = room > 1 ? SlackText.Line(line, room) : "";
            if (next.Length == 0)
            {
                continue;
            }

            text += text.Length > call.Length ? $"\n{next}" : next;
        }

        return text.Length > call.Length ? text : $"{call}News";
    }

    /// <summary>The plainest blocks of a message, for when Slack takes no others: words alone, and a card's button.</summary>
    public static IReadOnlyList<Block> Fallback(PostBody body, string key) =>
        body is PostBody.Card { IsRemoved: false } card
            ?
            [
                Block.Section(Plain(NotEmpty(ForeignText.Plain(card.Headline, MaxHeadline), "News"))),
                Block.Actions(Discuss(card, key)),
            ]
            : [Block.Section(Plain(NotEmpty(ForeignText.Plain(Said(body, isNamed: true), MaxSummary), "News")))];

    /// <summary>What stands in a card's button.</summary>
    public static string DiscussId(PostBody.Card card, string key) =>
        string.Create(CultureInfo.InvariantCulture, $"discuss:{card.Story.Value}:{key}");

    /// <summary>The user group a card calls while it is new. Only a group's own id calls it; a name would be foreign text.</summary>
    public static string? Group(PostBody body) =>
        body is PostBody.Card { IsRemoved: false, Ping: { } ping } && SlackGroups.IsGroup(ping) ? ping : null;

    /// <summary>Text in which nothing means anything.</summary>
    internal static TextObject Plain(string text) => TextObject.Plain(text) with { Emoji = false };

    /// <summary>A line in small type.</summary>
    internal static Block Small(string text) => Block.Context(SmallText(text));

    private static IReadOnlyList<Block> Nothing => [];

    private static string Said(PostBody body, bool isNamed) =>
        body switch
        {
            PostBody.Notice notice => MarkdownPlain.Render(notice.Markdown),
            PostBody.Copy or PostBody.SoFar or PostBody.More => SlackCopyText.Said(body, isNamed),
            PostBody.Panel panel => MarkdownPlain.Render(panel.Markdown),
            _ => Web.WebRenderer.Text(body),
        };

    private static Element SmallText(string text) => new("plain_text") { Text = TextObject.Bare(text) };

    private static List<Block> Card(PostBody.Card card, string key, SlackView view)
    {
        List<Block> blocks = [];
        if (Group(card) is { } group)
        {
            blocks.Add(Block.Section(TextObject.Mrkdwn($"<!subteam^{group}>")));
        }

        blocks.Add(Block.RichText(Element.RichTextSection(Headline(card))));
        if (card.Text is null)
        {
            blocks.Add(Block.Context(Meta(card)));
        }

        blocks.AddRange(WithPicture(Words(card, view), card, view.Picture));
        if (card.SummaryBy is { } model)
        {
            blocks.Add(Small(ForeignText.Plain(SummaryMethods.Label(model), MaxCorrection)));
        }

        if (ForeignText.Plain(card.Correction ?? "", MaxCorrection) is { Length: > 0 } correction)
        {
            blocks.Add(Block.Context(Updated(card), SmallText(correction)));
        }

        if (card.Quote is { } quote)
        {
            blocks.Add(Block.RichText(Element.RichTextSection(SlackDigestText.Quote(quote, view))));
        }

        if (card.Why is { Length: > 0 } why)
        {
            blocks.Add(Small($"Why here: {ForeignText.Plain(why, MaxWhy)}"));
        }

        blocks.Add(Block.Actions(Buttons(card, key, view)));
        return blocks;
    }

    // Every reader sees it in their own zone.
    private static Element Updated(PostBody.Card card) =>
        card.CorrectedAt is { } at
            ? Element.Mrkdwn(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"✎ Updated <!date^{at.ToUnixTimeSeconds()}^{(UpdatedMark.IsSameDay(at, card.PublishedAt) ? "{time}" : "{date_short_pretty}, {time}")}|{UpdatedMark.Words(at, card.PublishedAt)}>:"
                )
            )
            : SmallText("✎ Updated:");

    private static Element Headline(PostBody.Card card)
    {
        var headline = NotEmpty(ForeignText.Plain(card.Headline, MaxHeadline), "News");
        var bold = new ElementStyle { Bold = true };
        return SlackText.Target(card.Url) is { Length: <= MaxUrl } url
            ? Element.RichLink(url, headline, bold)
            : Element.RichText(headline, bold);
    }

    // A template stands in place of source and summary.
    private static Block? Words(PostBody.Card card, SlackView view) =>
        card.Text is { } made ? SlackMarkdown.Block(made, view.Links.Origin, MaxTemplate)
        : ForeignText.Plain(card.Summary, MaxSummary) is { Length: > 0 } summary ? Block.Section(Plain(summary))
        : null;

    private static IEnumerable<Block> WithPicture(Block? words, PostBody.Card card, SlackPicture? picture)
    {
        if (picture is null)
        {
            return words is null ? [] : [words];
        }

        var alt = NotEmpty(
            ForeignText.Plain(picture.Alt ?? "", MaxAlt),
            $"Picture: {NotEmpty(ForeignText.Plain(card.Headline, 200), "news")}"
        );
        var isWide = picture is { Width: null } or { Width: >= MinWideWidth } && !(picture.Height > picture.Width);
        return words switch
        {
            { Type: BlockTypes.Section } when !isWide => [words with { Accessory = Element.Image(picture.Url, alt) }],
            null => [Block.Image(picture.Url, alt)],
            _ => [words, Block.Image(picture.Url, alt)],
        };
    }

    private static List<Element> Meta(PostBody.Card card)
    {
        var at = DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(card.PublishedAt.ToUnixTimeSeconds(), 0, int.MaxValue));
        List<Element> meta =
        [
            SmallText(NotEmpty(ForeignText.Plain(card.Source, MaxSource), "a source")),
            // Every reader sees it in their own zone.
            Element.Mrkdwn(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"<!date^{at.ToUnixTimeSeconds()}^{{date_short_pretty}}, {{time}}|{at:d MMMM yyyy, HH:mm} UTC>"
                )
            ),
        ];
        if (card.Also.Count > 0)
        {
            var names = string.Join(
                ", ",
                card.Also.Take(MaxNames).Select(name => ForeignText.Plain(name, MaxAlso / 3))
            );
            var more = card.Also.Count - MaxNames;
            meta.Add(
                SmallText(
                    more > 0
                        ? string.Create(CultureInfo.InvariantCulture, $"also: {names} and {more} more")
                        : $"also: {names}"
                )
            );
        }

        return meta;
    }

    private static List<Element> Buttons(PostBody.Card card, string key, SlackView view)
    {
        List<Element> buttons = [];
        if (SlackText.Target(view.Links.Page(card.Story) ?? card.Url) is { Length: <= MaxButtonUrl } url)
        {
            buttons.Add(Element.Button(ReadAction, "Read") with { Url = url });
        }

        buttons.Add(Discuss(card, key));
        return buttons;
    }

    // Pressing one runs its line as who presses, with what they may do then.
    private static Block Buttons(PostBody.Panel panel) =>
        Block.Actions([
            .. panel.Buttons.Select(
                (button, index) =>
                    Element.Button(
                        string.Create(CultureInfo.InvariantCulture, $"{SlackActions.Run}:{index}"),
                        button.Label
                    ) with
                    {
                        Value = button.Line,
                    }
            ),
        ]);

    private static Element Discuss(PostBody.Card card, string key) =>
        Element.Button(
            DiscussId(card, key),
            card.Comments > 0 ? string.Create(CultureInfo.InvariantCulture, $"Discuss ({card.Comments})") : "Discuss"
        );

    private static string NotEmpty(string text, string otherwise) => text.Length > 0 ? text : otherwise;
}
