using System.Globalization;
using System.Text;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Core.Posts;
using NewsBot.Core.Summaries;

namespace NewsBot.Chat.Discord;

/// <summary>
/// What the bot says, as Discord shows it. Components V2 and not embeds: the headline is as large as news deserves, the
/// picture is ours and keeps its description, buttons stand inside the card, and one edit replaces all of it, while an
/// embed is a small box that a moderator can fold away and whose picture cannot carry words for who does not see it.
/// Pure. Source: https://discord.com/developers/docs/components/reference
/// </summary>
internal static class DiscordRenderer
{
    /// <summary>Most characters over all texts of a message.</summary>
    public const int MaxText = 4_000;

    /// <summary>Longest name of a thread.</summary>
    public const int MaxThreadName = 100;

    // Longer addresses are not taken in a button.
    private const int MaxButtonUrl = 512;
    private const int MaxAlt = 1_000;

    // What a card's parts may take; together with the signs between them they stay below 4,000.
    private const int MaxHeadline = 600;
    private const int MaxUrl = 1_000;
    private const int MaxSource = 120;
    private const int MaxAlso = 240;
    private const int MaxCorrection = 500;
    private const int MaxSummary = 1_200;
    private const int MaxWhy = 240;

    // More names are counted.
    private const int MaxNames = 3;

    // A picture that is small or stands upright would fill the screen or be blown up; it stands beside the text.
    private const int MinGalleryWidth = 400;

    // One colour a source, so that the eye tells them apart; all are readable on Discord's dark and light ground.
    private static readonly int[] Colours =
    [
        0x3B82F6,
        0x10B981,
        0xF59E0B,
        0x8B5CF6,
        0xEF4444,
        0x14B8A6,
        0xEC4899,
        0x84CC16,
    ];

    /// <summary>The components of a message, within all limits whatever the body holds.</summary>
    /// <param name="body">What it says.</param>
    /// <param name="key">The outbox's name of the message; a card keeps it in its button.</param>
    /// <param name="view">Where it stands.</param>
    public static IReadOnlyList<Component> Components(PostBody body, string key, DiscordView view) =>
        body switch
        {
            PostBody.Card { IsRemoved: true } => [Text("-# This story was taken down.")],
            PostBody.Card card => [Card(card, key, view)],
            PostBody.DigestHeading heading =>
            [
                Text($"## {NotEmpty(DiscordText.Line(heading.Title, 600), "News")}"),
                .. heading.Subtitle.Length > 0 ? [Text($"-# {DiscordText.Line(heading.Subtitle, 600)}")] : Nothing,
            ],
            PostBody.DigestList list => DiscordDigestText.List(list, view),
            PostBody.Notice notice => [Text(DiscordDigestText.Notice(notice.Markdown, view))],
            PostBody.SoFar { Discussion: { } discussion } => DiscordDiscussionText.SoFar(discussion),
            PostBody.More more => DiscordDiscussionText.More(more),
            PostBody.Panel panel =>
            [
                Text(DiscordDigestText.Notice(panel.Markdown, view)),
                .. panel.Buttons.Count > 0 ? [Buttons(panel)] : Nothing,
            ],
            _ => [Text("-# There is nothing to show.")],
        };

    /// <summary>The plainest form of a message, for when Discord takes no other: one text and no picture.</summary>
    public static IReadOnlyList<Component> Fallback(PostBody body, string key) =>
        body is PostBody.Card { IsRemoved: false } card
            ?
            [
                Text(
                    $"**{NotEmpty(DiscordText.Label(card.Headline, MaxHeadline), "News")}**\n{DiscordText.Line(card.Source, MaxSource)}"
                ),
                new Component(ComponentType.ActionRow) { Components = [Discuss(card, key)] },
            ]
            : [Text(NotEmpty(DiscordText.Line(Web.WebRenderer.Text(body), 1_500), "News"))];

    /// <summary>Name of the thread or forum post of a message: one line of 1 to 100 characters.</summary>
    public static string ThreadName(PostBody body) =>
        body switch
        {
            PostBody.Card card => ThreadName(card.Headline),
            PostBody.DigestHeading heading => ThreadName(heading.Title),
            _ => "News",
        };

    /// <inheritdoc cref="ThreadName(PostBody)" />
    public static string ThreadName(string headline) => NotEmpty(ForeignText.Plain(headline, MaxThreadName), "News");

    /// <summary>What stands in a card's button, and is found again in the channel's history.</summary>
    public static string DiscussId(PostBody.Card card, string key) =>
        string.Create(CultureInfo.InvariantCulture, $"discuss:{card.Story.Value}:{key}");

    /// <summary>The role a card calls while it is new. Only a role's own id calls it; a name would be foreign text.</summary>
    public static Snowflake? Role(PostBody body) =>
        body is PostBody.Card { IsRemoved: false } card && Snowflake.TryParse(card.Ping, out var role) && role.Value > 0
            ? role
            : null;

    public static Component Text(string markdown) => new(ComponentType.TextDisplay) { Content = markdown };

    /// <summary>All texts of a message, one after the other.</summary>
    public static string Words(IEnumerable<Component>? components)
    {
        var words = new StringBuilder();
        Append(components);
        return words.ToString();

        void Append(IEnumerable<Component>? parts)
        {
            foreach (var part in parts ?? [])
            {
                if (part.Type is ComponentType.TextDisplay)
                {
                    words.Append(part.Content?.Trim()).Append('\n');
                }

                Append(part.Components);
            }
        }
    }

    private static IReadOnlyList<Component> Nothing => [];

    private static Component Card(PostBody.Card card, string key, DiscordView view)
    {
        List<Component> parts = [];
        if (Role(card) is { } role)
        {
            parts.Add(Text($"<@&{role}>"));
        }

        var headline = $"### {NotEmpty(DiscordText.Link(card.Headline, card.Url, MaxHeadline, MaxUrl), "News")}";
        var texts = new List<string> { card.Text is null ? $"{headline}\n{Meta(card)}" : headline };
        // A template stands in place of source and summary.
        var words = card.Text is { } made
            ? made.Trim().Length > 0
                ? DiscordDigestText.Notice(made, view, MaxSummary)
                : ""
            : DiscordText.Line(card.Summary, MaxSummary);
        if (words.Length > 0)
        {
            texts.Add(words);
        }

        if (card.SummaryBy is { } model)
        {
            texts.Add($"-# {DiscordText.Line(SummaryMethods.Label(model), MaxCorrection)}");
        }

        if (DiscordText.Line(card.Correction ?? "", MaxCorrection) is { Length: > 0 } correction)
        {
            texts.Add($"-# ✎ {Updated(card)}: {correction}");
        }

        if (card.Quote is { } quote)
        {
            texts.Add(DiscordDigestText.Quote(quote, view));
        }

        if (card.Why is { Length: > 0 } why)
        {
            texts.Add($"-# Why here: {DiscordText.Line(why, MaxWhy)}");
        }

        parts.AddRange(WithPicture([.. texts.Select(Text)], card, view.Picture));
        parts.Add(new Component(ComponentType.ActionRow) { Components = Buttons(card, key, view) });
        return new Component(ComponentType.Container) { AccentColor = Colour(card.Source), Components = parts };
    }

    private static IEnumerable<Component> WithPicture(
        IReadOnlyList<Component> texts,
        PostBody.Card card,
        DiscordPicture? picture
    )
    {
        if (picture is null)
        {
            return texts;
        }

        var media = new MediaLink($"attachment://{picture.FileName}");
        var alt = NotEmpty(
            ForeignText.Plain(picture.Alt ?? "", MaxAlt),
            $"Picture: {NotEmpty(ForeignText.Plain(card.Headline, 200), "news")}"
        );
        var isWide = picture is { Width: null } or { Width: >= MinGalleryWidth } && !(picture.Height > picture.Width);
        return isWide
            ? [.. texts, new Component(ComponentType.MediaGallery) { Items = [new GalleryItem(media, alt)] }]
            :
            [
                new Component(ComponentType.Section)
                {
                    Components = texts,
                    Accessory = new Component(ComponentType.Thumbnail) { Media = media, Description = alt },
                },
            ];
    }

    // Every reader sees it in their own zone.
    private static string Updated(PostBody.Card card) =>
        card.CorrectedAt is { } at
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"Updated <t:{at.ToUnixTimeSeconds()}:{(UpdatedMark.IsSameDay(at, card.PublishedAt) ? 't' : 'f')}>"
            )
            : "Updated";

    private static string Meta(PostBody.Card card)
    {
        var published = Math.Max(0, card.PublishedAt.ToUnixTimeSeconds());
        var meta = new StringBuilder("-# ")
            .Append(NotEmpty(DiscordText.Line(card.Source, MaxSource), "a source"))
            .Append(CultureInfo.InvariantCulture, $" · <t:{published}:R>");
        if (card.Also.Count > 0)
        {
            var names = string.Join(", ", card.Also.Take(MaxNames).Select(name => DiscordText.Line(name, MaxAlso / 3)));
            var more = card.Also.Count - MaxNames;
            meta.Append(" · also: ").Append(names);
            if (more > 0)
            {
                meta.Append(CultureInfo.InvariantCulture, $" and {more} more");
            }
        }

        return meta.ToString();
    }

    private static List<Component> Buttons(PostBody.Card card, string key, DiscordView view)
    {
        List<Component> buttons = [];
        if (DiscordText.Target(view.Links.Page(card.Story) ?? card.Url) is { Length: <= MaxButtonUrl } url)
        {
            buttons.Add(
                new Component(ComponentType.Button)
                {
                    Style = 5,
                    Label = "Read",
                    Url = url,
                }
            );
        }

        buttons.Add(Discuss(card, key));
        return buttons;
    }

    // Pressing one runs its line as who presses, with what they may do then.
    private static Component Buttons(PostBody.Panel panel) =>
        new(ComponentType.ActionRow)
        {
            Components =
            [
                .. panel.Buttons.Select(button => new Component(ComponentType.Button)
                {
                    Style = 2,
                    Label = button.Label,
                    CustomId = DiscordActions.Run + button.Line,
                }),
            ],
        };

    private static Component Discuss(PostBody.Card card, string key) =>
        new(ComponentType.Button)
        {
            Style = 2,
            Label =
                card.Comments > 0
                    ? string.Create(CultureInfo.InvariantCulture, $"Discuss ({card.Comments})")
                    : "Discuss",
            CustomId = DiscussId(card, key),
        };

    private static int Colour(string source) => Colours[StableHash.Of(source) % (uint)Colours.Length];

    private static string NotEmpty(string text, string otherwise) => text.Length > 0 ? text : otherwise;
}
