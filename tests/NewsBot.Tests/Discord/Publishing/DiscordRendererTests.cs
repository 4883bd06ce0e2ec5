using CsCheck;
using NewsBot.Chat;
using NewsBot.Chat.Discord;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;

namespace NewsBot.Tests.Discord.Publishing;

/// <summary>What messages look like, whatever the news is.</summary>
public sealed class DiscordRendererTests
{
    private static readonly DiscordView View = new(new Snowflake(5), new Snowflake(6), IsForum: false);
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_card_says_headline_source_age_summary_and_has_its_buttons()
    {
        var card = Card("Bridge opens") with { Also = ["B", "C", "D", "E"], Comments = 3, Summary = "It opened." };

        var container = Assert.Single(DiscordRenderer.Components(card, "story:7/0", View));

        Assert.Equal(
            """
            ### [Bridge opens](https://a.example/b)
            -# Gazette · <t:1772452800:R> · also: B, C, D and 1 more
            It opened.

            """.ReplaceLineEndings("\n"),
            DiscordRenderer.Words([container])
        );
        var buttons = container.Components![^1].Components!;
        Assert.Equal(["Read", "Discuss (3)"], buttons.Select(button => button.Label));
        Assert.Equal("https://a.example/b", buttons[0].Url);
        Assert.Equal("discuss:7:story:7/0", buttons[1].CustomId);
    }

    [Fact]
    public void A_card_says_when_a_machine_wrote_its_summary()
    {
        var card = Card("Bridge opens") with { Summary = "It opened.", SummaryBy = "scribe7 @everyone" };

        var words = DiscordRenderer.Words(DiscordRenderer.Components(card, "story:7/0", View));

        Assert.Matches(@"It opened.\n-# Summary written by a machine .{0,2}scribe7 ", words);
        Assert.DoesNotMatch(@"[^\\]@everyone", words);
    }

    [Fact]
    public void A_correction_of_which_nothing_can_be_seen_leaves_the_card_as_it_is()
    {
        var card = Card("Bridge opens") with { Summary = "It opened." };

        var words = DiscordRenderer.Words(
            DiscordRenderer.Components(card with { Correction = "\u200b " }, "story:7/0", View)
        );

        Assert.Equal(DiscordRenderer.Words(DiscordRenderer.Components(card, "story:7/0", View)), words);
    }

    [Fact]
    public void A_template_stands_in_place_of_source_and_summary()
    {
        var card = Card("Bridge opens") with { Summary = "It opened.", Text = "**Gazette** says: *open*" };

        Assert.Equal(
            "### [Bridge opens](https://a.example/b)\n**Gazette** says: *open*\n",
            DiscordRenderer.Words(DiscordRenderer.Components(card, "story:7/0", View))
        );
    }

    [Fact]
    public void Read_leads_to_our_page_where_there_is_one()
    {
        var view = View with { Links = new StoryLinks("https://news.example", "bridge") };

        var container = Assert.Single(DiscordRenderer.Components(Card("Bridge opens"), "story:7/0", view));

        Assert.Equal("https://news.example/stories/7-bridge", container.Components![^1].Components![0].Url);
    }

    [Fact]
    public void An_address_too_long_for_a_button_has_none()
    {
        var card = Card("Bridge opens") with { Url = "https://a.example/" + new string('x', 600) };

        var container = Assert.Single(DiscordRenderer.Components(card, "story:7/0", View));

        Assert.Equal(["Discuss"], container.Components![^1].Components!.Select(button => button.Label));
    }

    [Theory]
    [InlineData(1280, 720, ComponentType.MediaGallery)]
    [InlineData(300, 200, ComponentType.Section)]
    [InlineData(800, 1200, ComponentType.Section)]
    public void A_wide_picture_is_large_and_others_stand_beside_the_text(int width, int height, ComponentType expected)
    {
        var view = View with { Picture = new DiscordPicture(4, "A bridge", width, height, new byte[] { 1 }) };

        var container = Assert.Single(DiscordRenderer.Components(Card("Bridge opens"), "story:7/0", view));

        var part = Assert.Single(container.Components!, one => one.Type == expected);
        Assert.Equal("attachment://story-4.webp", part.Items?[0].Media.Url ?? part.Accessory!.Media!.Url);
        Assert.Equal("A bridge", part.Items?[0].Description ?? part.Accessory!.Description);
    }

    [Fact]
    public void A_story_taken_down_shows_neither_headline_nor_buttons()
    {
        var text = Assert.Single(
            DiscordRenderer.Components(Card("Bridge opens") with { IsRemoved = true }, "story:7/0", View)
        );

        Assert.Equal("-# This story was taken down.", text.Content);
    }

    [Fact]
    public void A_role_is_called_by_its_id_and_by_nothing_else()
    {
        Assert.Equal(new Snowflake(42), DiscordRenderer.Role(Card("a") with { Ping = "42" }));
        Assert.Null(DiscordRenderer.Role(Card("a") with { Ping = "everyone" }));
        Assert.Null(DiscordRenderer.Role(Card("a") with { Ping = "<@&42>" }));
        Assert.Null(DiscordRenderer.Role(Card("a") with { Ping = "42", IsRemoved = true }));
    }

    [Fact]
    public void A_list_links_to_the_card_the_channel_has()
    {
        var list = new PostBody.DigestList(
            [Line(1, "Carded") with { CardMessage = "99" }, Line(2, "Listed") with { Comments = 2 }],
            new BestComment(new StoryId(1), 4, "Inês", "Well *said*")
        );

        var words = DiscordRenderer.Words(DiscordRenderer.Components(list, "digest:3/1", View));

        Assert.Equal(
            """
            ### And in brief
            - [Carded](https://discord.com/channels/5/6/99) · Gazette
            - [Listed](https://a.example/b) · Gazette · 2 comments
            ### Most discussed
            > Well \*said\*
            -# #4 by Inês on [Carded](https://discord.com/channels/5/6/99)

            """.ReplaceLineEndings("\n"),
            words
        );
        Assert.Contains(
            "https://discord.com/channels/5/99)",
            DiscordRenderer.Words(DiscordRenderer.Components(list, "digest:3/1", View with { IsForum = true })),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_notice_keeps_our_own_marks_and_loses_links_nobody_can_follow()
    {
        var notice = new PostBody.Notice(
            "**From now on** see [the page](/stories/3-a) and [a site](https://a.example)."
        );

        Assert.Equal(
            "**From now on** see the page and [a site](https://a.example).",
            DiscordRenderer.Components(notice, "notice:a/0", View)[0].Content
        );
        Assert.Contains(
            "[the page](https://news.example/stories/3-a)",
            DiscordRenderer
                .Components(notice, "notice:a/0", View with { Links = new StoryLinks("https://news.example", "") })[0]
                .Content!,
            StringComparison.Ordinal
        );
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
                        Comments = scale,
                    };
                    var picture = new DiscordPicture(1, Long(two.Text, scale), scale, 700, new byte[] { 1 });

                    AssertValid(DiscordRenderer.Components(card, "story:7/0", View with { Picture = picture }));
                    AssertValid(DiscordRenderer.Fallback(card, "story:7/0"));
                    Assert.InRange(DiscordRenderer.ThreadName(card).Length, 1, 100);
                },
                iter: 2_000
            );

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

                    AssertValid(DiscordRenderer.Components(list, "digest:3/1", view));
                    AssertValid(DiscordRenderer.Components(talk, "talk:3/1", view));
                    AssertValid(
                        DiscordRenderer.Components(
                            new PostBody.DigestHeading(Long(best.Text, scale), Long(best.Text, scale)),
                            "digest:3/0",
                            view
                        )
                    );
                    AssertValid(
                        DiscordRenderer.Components(new PostBody.Notice(new string('a', scale * 3)), "notice:a/0", view)
                    );
                },
                iter: 1_000
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

    private static void AssertValid(IReadOnlyList<Component> components)
    {
        var all = components.SelectMany(All).ToList();
        Assert.InRange(all.Count, 1, 40);
        var texts = all.Where(one => one.Type is ComponentType.TextDisplay).Select(one => one.Content!).ToList();
        Assert.All(texts, text => Assert.InRange(text.Trim().Length, 1, 4_000));
        Assert.InRange(texts.Sum(text => text.Length), 1, 4_000);
        foreach (var text in texts)
        {
            Assert.DoesNotMatch(@"(?<!\\)<(?!t:[0-9]+:R>)|(?<!\\|/[^\s]*)@", text);
        }

        var buttons = all.Where(one => one.Type is ComponentType.Button).ToList();
        Assert.All(buttons, button => Assert.InRange(button.Label!.Length, 1, 80));
        Assert.All(buttons, button => Assert.InRange((button.Url ?? button.CustomId)!.Length, 1, 512));
        Assert.All(
            buttons.Where(button => button.CustomId is not null),
            button => Assert.InRange(button.CustomId!.Length, 1, 100)
        );
        Assert.All(
            all.Select(one => one.Items?[0].Description ?? one.Description).OfType<string>(),
            alt => Assert.InRange(alt.Length, 1, 1_024)
        );
    }

    private static IEnumerable<Component> All(Component component) =>
        [
            component,
            .. (component.Components ?? []).SelectMany(All),
            .. component.Accessory is { } accessory ? All(accessory) : [],
        ];
}
