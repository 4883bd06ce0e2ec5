using CsCheck;
using NewsBot.Chat;
using NewsBot.Chat.Slack;
using NewsBot.Clients.Slack.Objects;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;
using NewsBot.Tests.Discord.Publishing;

namespace NewsBot.Tests.Slack.Publishing;

/// <summary>What messages look like, whatever the news is.</summary>
public sealed class SlackRendererTests
{
    private static readonly SlackView View = new("C01") { TeamUrl = "https://harbour.slack.com/" };
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_card_says_headline_source_age_summary_and_has_its_buttons()
    {
        var card = Card("Bridge opens") with { Also = ["B", "C", "D", "E"], Comments = 3, Summary = "It opened." };

        var blocks = SlackRenderer.Blocks(card, "story:7/0", View);

        Assert.Equal(
            [BlockTypes.RichText, BlockTypes.Context, BlockTypes.Section, BlockTypes.Actions],
            blocks.Select(block => block.Type)
        );
        var headline = blocks[0].Elements!.Single().Elements!.Single();
        Assert.Equal(("Bridge opens", "https://a.example/b"), (headline.Text!.Text, headline.Url));
        Assert.Equal(
            [
                "Gazette",
                "<!date^1772452800^{date_short_pretty}, {time}|2 March 2026, 12:00 UTC>",
                "also: B, C, D and 1 more",
            ],
            blocks[1].Elements!.Select(part => part.Text!.Text)
        );
        Assert.Equal("It opened.", blocks[2].Text!.Text);
        var buttons = blocks[3].Elements!;
        Assert.Equal(["Read", "Discuss (3)"], buttons.Select(button => button.Text!.Text));
        Assert.Equal("https://a.example/b", buttons[0].Url);
        Assert.Equal("discuss:7:story:7/0", buttons[1].ActionId);
    }

    [Fact]
    public void Notifications_and_screen_readers_get_all_of_it_in_words()
    {
        var card = Card("Bridge & <tunnel>") with { Summary = "It opened.", Also = ["B"] };

        Assert.Equal(
            "Bridge &amp; &lt;tunnel&gt;\nGazette · also: B\nIt opened.\nhttps://a.example/b",
            SlackRenderer.Text(card)
        );
    }

    [Fact]
    public void Read_leads_to_our_page_where_there_is_one()
    {
        var view = View with { Links = new StoryLinks("https://news.example", "bridge") };

        var blocks = SlackRenderer.Blocks(Card("Bridge opens"), "story:7/0", view);

        Assert.Equal("https://news.example/stories/7-bridge", blocks[^1].Elements![0].Url);
    }

    [Theory]
    [InlineData(1280, 720, true)]
    [InlineData(null, null, true)]
    [InlineData(300, 200, false)]
    [InlineData(900, 1400, false)]
    public void A_wide_picture_stands_below_and_another_beside(int? width, int? height, bool isWide)
    {
        var view = View with
        {
            Picture = new SlackPicture(4, "https://news.example/pictures/4/small", "A bridge", width, height),
        };

        var blocks = SlackRenderer.Blocks(Card("Bridge opens") with { Summary = "It opened." }, "story:7/0", view);

        var alt = isWide
            ? blocks.Single(block => block.Type == BlockTypes.Image).AltText
            : blocks.Single(block => block.Accessory is not null).Accessory!.AltText;
        Assert.Equal("A bridge", alt);
        Assert.Equal(isWide ? 1 : 0, blocks.Count(block => block.Type == BlockTypes.Image));
    }

    [Fact]
    public void A_template_stands_in_place_of_source_and_summary()
    {
        var card = Card("Bridge opens") with { Summary = "It opened.", Text = "**Gazette** says: *open*" };

        var blocks = SlackRenderer.Blocks(card, "story:7/0", View);

        Assert.DoesNotContain(blocks, block => block.Text?.Text == "It opened.");
        Assert.Equal(
            ["Gazette", " says: ", "open"],
            blocks[1].Elements!.Single().Elements!.Select(part => part.Text!.Text)
        );
    }

    [Fact]
    public void A_digest_links_to_the_cards_that_are_there()
    {
        var list = new PostBody.DigestList(
            [Line(1, "Carded") with { CardMessage = "1772452800.000100" }, Line(2, "Bare") with { Comments = 2 }],
            new BestComment(new StoryId(1), 4, "Inês", "Well said")
        );

        var blocks = SlackRenderer.Blocks(list, "digest:3/1", View);

        var items = blocks[0].Elements![1].Elements!;
        Assert.Equal("https://harbour.slack.com/archives/C01/p1772452800000100", items[0].Elements![0].Url);
        Assert.Equal("https://a.example/b", items[1].Elements![0].Url);
        Assert.Equal(" · Gazette · 2 comments", items[1].Elements![1].Text!.Text);
        Assert.Contains("Well said", SlackRenderer.Text(list), StringComparison.Ordinal);
    }

    [Fact]
    public void A_correction_of_which_nothing_can_be_seen_leaves_the_card_as_it_is()
    {
        var card = Card("Bridge opens") with { Correction = "\u200b " };

        AssertValid(SlackRenderer.Blocks(card, "story:7/0", View));
    }

    [Fact]
    public void Any_card_is_within_all_limits_and_calls_nobody() =>
        Gen.Select(DiscordTextTests.Hostile, DiscordTextTests.Hostile, DiscordTextTests.Hostile, Gen.Int[0, 5_000])
            .Sample(
                (one, two, three, scale) =>
                {
                    var card = Card(Long(one.Text, scale)) with
                    {
                        Url = "https://a.example/" + Long(two.Text, scale),
                        Source = Long(two.Text, 300),
                        Also = [one.Text, two.Text, three.Text, "x", "y"],
                        Summary = Long(three.Text, scale),
                        Correction = Long(one.Text, scale),
                        Text = scale % 3 == 0 ? Long(three.Text, scale) : null,
                        Ping = one.Text,
                        Comments = scale,
                    };
                    var picture = new SlackPicture(1, "https://news.example/p", Long(two.Text, scale), scale, 700);

                    AssertValid(SlackRenderer.Blocks(card, "story:7/0", View with { Picture = picture }));
                    AssertValid(SlackRenderer.Fallback(card, "story:7/0"));
                    AssertWords(SlackRenderer.Text(card));
                },
                iter: 1_000
            );

    [Fact]
    public void Very_many_very_short_paragraphs_are_within_all_limits()
    {
        var notice = new PostBody.Notice(string.Join("\n\n", Enumerable.Repeat("a", 8_000)));

        AssertValid(SlackRenderer.Blocks(notice, "notice:x/0", View));
    }

    [Fact]
    public void Any_digest_is_within_all_limits_and_calls_nobody() =>
        Gen.Select(DiscordTextTests.Hostile.Array[0, 40], DiscordTextTests.Hostile, Gen.Int[0, 3_000])
            .Sample(
                (lines, best, scale) =>
                {
                    var list = new PostBody.DigestList(
                        [
                            .. lines.Select(
                                (line, number) =>
                                    Line(number, Long(line.Text, scale)) with
                                    {
                                        Url = "https://a.example/" + Long(line.Text, scale),
                                        Source = line.Text,
                                        Comments = line.Most,
                                    }
                            ),
                        ],
                        new BestComment(new StoryId(1), 4, best.Text, Long(best.Text, scale))
                    );
                    var talk = list with
                    {
                        BestComment = null,
                        MostAnswered = [.. Enumerable.Repeat(list.BestComment!, 5)],
                        Newcomers = [.. Enumerable.Repeat(new Newcomer(1, Long(best.Text, scale)), 5)],
                        MoreNewcomers = scale,
                    };
                    var view = View with { Links = new StoryLinks(scale % 2 == 0 ? null : "https://news.example", "") };
                    var heading = new PostBody.DigestHeading(Long(best.Text, scale), Long(best.Text, scale));
                    var notice = new PostBody.Notice(Long(best.Text, scale * 5));
                    foreach (var body in new PostBody[] { list, talk, heading, notice })
                    {
                        AssertValid(SlackRenderer.Blocks(body, "digest:3/1", view));
                        AssertValid(SlackRenderer.Fallback(body, "digest:3/1"));
                        AssertWords(SlackRenderer.Text(body));
                    }
                },
                iter: 500
            );

    private static PostBody.Card Card(string headline) =>
        new(new StoryId(7), headline, "https://a.example/b", "Gazette", [], Noon, "", null, 0, null, false);

    private static DigestLine Line(long story, string headline) =>
        new(new StoryId(story), headline, "https://a.example/b", "Gazette", 0, null);

    private static string Long(string text, int length)
    {
        var repeated = string.Concat(Enumerable.Repeat(text + "a", length / (text.Length + 1) + 1));
        return repeated[..Math.Min(length, repeated.Length)];
    }

    private static void AssertWords(string text)
    {
        Assert.InRange(text.Length, 1, 4_000);
        Assert.DoesNotMatch("<|>", text);
    }

    private static void AssertValid(IReadOnlyList<Block> blocks)
    {
        Assert.InRange(blocks.Count, 1, 50);
        var elements = blocks.SelectMany(block => block.Elements ?? []).SelectMany(All).ToList();
        var texts = blocks
            .Select(block => block.Text)
            .Concat(elements.Select(one => one.Text))
            .OfType<TextObject>()
            .ToList();
        Assert.All(texts, text => Assert.InRange(text.Text.Length, 1, 3_000));
        Assert.InRange(texts.Sum(text => text.Text.Length), 1, SlackRenderer.MaxText);
        Assert.All(
            blocks.Where(block => block.Type == BlockTypes.Header),
            block => Assert.InRange(block.Text!.Text.Length, 1, 150)
        );
        Assert.All(
            blocks.Where(block => block.Type == BlockTypes.Context).SelectMany(block => block.Elements!),
            part => Assert.InRange(part.Text!.Text.Length, 1, 2_000)
        );
        // Markup is only what we made ourselves: the date.
        Assert.All(
            elements.Where(one => one.Type == "mrkdwn"),
            one => Assert.Matches(@"\A<!date\^[0-9]+\^[^<>]+\|[^<>]+>\z", one.Text!.Text)
        );
        Assert.All(
            blocks.Select(block => block.Text).OfType<TextObject>(),
            text => Assert.Equal("plain_text", text.Type)
        );
        Assert.All(elements.Select(one => one.Url).OfType<string>(), url => Assert.InRange(url.Length, 1, 3_000));
        Assert.All(
            blocks.Where(block => block.Type == BlockTypes.Actions).SelectMany(block => block.Elements!),
            button => Assert.InRange(button.ActionId!.Length, 1, 255)
        );
        Assert.All(
            blocks.Select(block => block.AltText ?? block.Accessory?.AltText).OfType<string>(),
            alt => Assert.InRange(alt.Length, 1, 2_000)
        );
    }

    private static IEnumerable<Element> All(Element element) =>
        (element.Elements ?? []).SelectMany(All).Prepend(element);
}
