using NewsBot.Core.Digests;
using NewsBot.Core.Stories;

namespace NewsBot.Core.Tests.Digests;

public sealed class DigestReasonTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 9, 0, 0, TimeSpan.Zero);

    private static readonly DigestCandidate Plain = new(
        new StoryId(1),
        "Harbour bridge opens",
        "https://daily.example/a",
        "The Daily",
        Now.AddHours(-3)
    );

    [Fact]
    public void The_two_reasons_that_weigh_most_are_told_in_one_sentence()
    {
        var interest = Talked("The Daily", null, 3);

        var why = DigestReason.Of(Plain with { Outlets = 5, Comments = 1 }, interest, Now);

        Assert.Equal("5 outlets report it; your community talked about 3 stories of The Daily this week.", why);
    }

    [Theory]
    [InlineData(1, "Your community talked about 1 story about Science this week.")]
    [InlineData(4, "Your community talked about 4 stories about Science this week.")]
    public void What_is_cared_for_is_told_by_its_topic_where_the_source_is_another(int stories, string expected)
    {
        var why = DigestReason.Of(Plain with { Topic = "Science" }, Talked("Another", "Science", stories), Now);

        Assert.Equal(expected, why);
    }

    [Fact]
    public void Talk_and_weight_are_told_as_they_are()
    {
        Assert.Equal("It has 2 comments already.", Why(Plain with { Comments = 2 }));
        Assert.Equal("The Daily was given more weight here.", Why(Plain with { Weight = 2 }));
        Assert.Equal("It is among the newest: 3 hours old.", Why(Plain with { Weight = 0.5 }));
    }

    [Theory]
    [InlineData(5, "It is among the newest: 5 hours old.")]
    [InlineData(7, "There was room for it: 7 hours old.")]
    [InlineData(50, "There was room for it: 2 days old.")]
    public void Only_what_is_new_is_called_so(int hours, string expected) =>
        Assert.Equal(expected, Why(Plain with { PublishedAt = Now.AddHours(-hours) }));

    [Fact]
    public void Talk_of_last_month_is_no_reason_any_more()
    {
        var interest = CommunityInterest.Of([new InterestSign(9, "The Daily", null, Now.AddDays(-10), 0)], Now);

        Assert.Equal("It is among the newest: 3 hours old.", DigestReason.Of(Plain, interest, Now));
        Assert.True(interest.ForSource("The Daily").Strength > 0);
        Assert.Equal(
            0,
            CommunityInterest.Of([new(9, "The Daily", null, Now.AddDays(-29), 0)], Now).ForSource("The Daily").Strength
        );
    }

    [Fact]
    public void A_sentence_stays_short_whatever_the_names()
    {
        var candidate = Plain with { Source = new string('x', 300), Outlets = 12, Weight = 4, Comments = 3 };

        Assert.InRange(
            DigestReason.Of(candidate, Talked(candidate.Source, null, 50), Now).Length,
            1,
            DigestReason.MaxChars
        );
    }

    [Fact]
    public void Interest_fades_and_one_heated_discussion_is_one_story()
    {
        var fresh = CommunityInterest.Of([new InterestSign(1, "A", null, Now, 0)], Now);
        var faded = CommunityInterest.Of([new InterestSign(1, "A", null, Now.AddDays(-14), 0)], Now);
        var heated = CommunityInterest.Of([.. Enumerable.Repeat(new InterestSign(1, "A", null, Now, 0), 100)], Now);
        var many = CommunityInterest.Of(
            [.. Enumerable.Range(1, 100).Select(story => new InterestSign(story, "A", null, Now, 0))],
            Now
        );

        Assert.True(faded.ForSource("A").Strength < fresh.ForSource("A").Strength);
        Assert.Equal(1, heated.ForSource("A").Stories);
        Assert.True(heated.ForSource("A").Strength < many.ForSource("A").Strength);
        Assert.InRange(many.ForSource("A").Strength, 0, 1);
        Assert.True(
            CommunityInterest.Of([new InterestSign(1, "A", null, Now, 8)], Now).ForSource("A").Strength
                > fresh.ForSource("A").Strength
        );
    }

    [Fact]
    public void Reactions_to_cards_are_interest_too_and_are_called_what_they_are()
    {
        var clicked = CommunityInterest.Of(Clicks(story: 1, people: 3), Now);
        var both = CommunityInterest.Of([.. Clicks(story: 1, people: 3), new InterestSign(2, "A", null, Now, 0)], Now);
        var candidate = Plain with { Source = "A" };

        Assert.Equal("Your community reacted to 1 story of A this week.", DigestReason.Of(candidate, clicked, Now));
        Assert.Equal(
            "Your community talked about or reacted to 2 stories of A this week.",
            DigestReason.Of(candidate, both, Now)
        );
    }

    [Fact]
    public void A_reaction_says_less_than_a_comment_and_a_crowd_no_more_than_some()
    {
        var one = Strength(Clicks(1, people: 1));

        Assert.InRange(one, 0.01, Strength([new InterestSign(1, "A", null, Now, 0)]));
        Assert.InRange(Strength(Clicks(1, people: 5)), one + 0.01, 1);
        Assert.Equal(Strength(Clicks(1, people: 20)), Strength(Clicks(1, people: 5_000)));
        Assert.True(Strength([.. Clicks(1, 4), .. Clicks(2, 4), .. Clicks(3, 4)]) > Strength(Clicks(1, 5_000)));
    }

    private static double Strength(IReadOnlyList<InterestSign> signs) =>
        CommunityInterest.Of(signs, Now).ForSource("A").Strength;

    private static List<InterestSign> Clicks(long story, int people) =>
        [.. Enumerable.Repeat(new InterestSign(story, "A", null, Now, 1, IsComment: false), people)];

    private static string Why(DigestCandidate candidate) => DigestReason.Of(candidate, CommunityInterest.None, Now);

    private static CommunityInterest Talked(string source, string? topic, int stories) =>
        CommunityInterest.Of(
            [
                .. Enumerable
                    .Range(1, stories)
                    .Select(story => new InterestSign(story, source, topic, Now.AddDays(-1), 0)),
            ],
            Now
        );
}
