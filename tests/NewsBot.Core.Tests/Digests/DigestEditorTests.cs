using System.Globalization;
using NewsBot.Core.Digests;
using NewsBot.Core.Stories;

namespace NewsBot.Core.Tests.Digests;

public sealed class DigestEditorTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly DigestTaste Taste = new(5, DigestTaste.UsualPerSource);

    private int _stories;

    [Fact]
    public void What_more_outlets_report_stands_higher()
    {
        var one = Story("One", "A");
        var two = Story("Two", "B") with { Outlets = 5 };
        var three = Story("Three", "C") with { Outlets = 2 };

        var plan = Choose([one, two, three]);

        Assert.Equal(["Two", "Three", "One"], plan.Cards.Select(card => card.Headline));
    }

    [Fact]
    public void Of_two_alike_the_newer_the_heavier_and_the_more_discussed_stands_higher()
    {
        var plain = Story("Plain", "A");

        Assert.Equal("Fresh", First(plain with { PublishedAt = Now.AddHours(-20) }, Story("Fresh", "B")));
        Assert.Equal("Heavy", First(plain, Story("Heavy", "B") with { Weight = 3 }));
        Assert.Equal("Plain", First(plain, Story("Light", "B") with { Weight = 0.5 }));
        Assert.Equal("Talked", First(plain, Story("Talked", "B") with { Comments = 4 }));
    }

    [Fact]
    public void What_the_community_cares_for_stands_higher_but_not_above_what_everybody_reports()
    {
        var interest = CommunityInterest.Of(
            [
                .. Enumerable
                    .Range(1, 20)
                    .Select(story => new InterestSign(story, "Loved", "Science", Now.AddDays(-1), 3)),
            ],
            Now
        );
        var loved = Story("Loved one", "Loved") with { Topic = "Science" };

        var beside = DigestEditor.Choose([Story("Other", "B"), loved], Taste, interest, Now);
        var below = DigestEditor.Choose([Story("Big", "B") with { Outlets = 8 }, loved], Taste, interest, Now);

        Assert.Equal("Loved one", beside.Cards[0].Headline);
        Assert.Equal("Big", below.Cards[0].Headline);
    }

    [Fact]
    public void No_source_fills_the_digest_where_others_have_news()
    {
        List<DigestCandidate> candidates =
        [
            .. Enumerable.Range(0, 20).Select(i => Story($"Loud {i}", "Loud") with { Weight = 4 }),
            Story("Quiet", "Quiet"),
        ];

        var plan = DigestEditor.Choose(candidates, new DigestTaste(5, 4), CommunityInterest.None, Now);

        Assert.Equal(2, plan.Cards.Count(card => card.Source == "Loud"));
        Assert.Contains(plan.Cards, card => card.Source == "Quiet");
        Assert.Equal(4, plan.Cards.Concat(plan.Lines).Count(one => one.Source == "Loud"));
    }

    [Fact]
    public void A_channel_of_one_source_gets_what_there_is()
    {
        var plan = DigestEditor.Choose(
            [.. Enumerable.Range(0, 12).Select(i => Story($"Only {i}", "Only"))],
            new DigestTaste(3, 1),
            CommunityInterest.None,
            Now
        );

        Assert.Equal(3, plan.Cards.Count);
        Assert.Equal(9, plan.Lines.Count);
    }

    [Fact]
    public void The_same_words_never_stand_in_a_digest_twice()
    {
        var carded = Story("Harbour bridge opens", "A") with { IsCarded = true };
        var again = Story("Harbour Bridge opens!", "B") with { Outlets = 9 };
        var other = Story("Harbour bridge closes", "C");

        var plan = Choose([again, other, carded]);

        Assert.Equal(["Harbour bridge closes"], plan.Cards.Select(card => card.Headline));
        Assert.Equal(["Harbour bridge opens"], plan.Lines.Select(line => line.Headline));
        Assert.Equal(["Harbour Bridge opens!"], plan.Repeats.Select(repeat => repeat.Headline));
    }

    [Fact]
    public void What_has_its_card_becomes_a_line_and_a_digest_of_lines_has_no_cards()
    {
        var plan = Choose([Story("Carded", "A") with { IsCarded = true }, Story("New", "B")]);
        var lines = DigestEditor.Choose([Story("New", "B")], new DigestTaste(0, 6), CommunityInterest.None, Now);

        Assert.Equal("New", Assert.Single(plan.Cards).Headline);
        Assert.Equal("Carded", Assert.Single(plan.Lines).Headline);
        Assert.Empty(lines.Cards);
        Assert.Single(lines.Lines);
    }

    private static string First(params DigestCandidate[] candidates) => Choose(candidates).Cards[0].Headline;

    private static DigestPlan Choose(IReadOnlyList<DigestCandidate> candidates) =>
        DigestEditor.Choose(candidates, Taste, CommunityInterest.None, Now);

    private DigestCandidate Story(string headline, string source) =>
        new(
            new StoryId(++_stories),
            headline,
            string.Create(CultureInfo.InvariantCulture, $"https://outlet.example/{_stories}"),
            source,
            Now.AddHours(-1)
        );
}
