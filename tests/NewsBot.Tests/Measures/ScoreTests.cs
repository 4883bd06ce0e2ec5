using System.Text.Json.Nodes;
using NewsBot.Testing.Measures;

namespace NewsBot.Tests.Measures;

public sealed class ScoreTests
{
    [Fact]
    public void Groups_are_scored_by_items_and_by_pairs()
    {
        var right = Groups("a1 b1 c1 d2 e2");
        var made = Groups("a1 b1 c2 d2");

        var score = GroupScore.Of(right, made);

        // a and b are right and miss c; c and d are half right; e stands alone.
        Assert.Equal((1 + 1 + 0.5 + 0.5 + 1) / 5, score.Precision, 6);
        Assert.Equal(((2 / 3.0) + (2 / 3.0) + (1 / 3.0) + 0.5 + 0.5) / 5, score.Recall, 6);
        Assert.Equal((1, 2, 4), (score.Agreed, score.Found, score.Wanted));
        Assert.Equal(0.5, score.PairPrecision, 6);
        Assert.Equal(0.25, score.PairRecall, 6);
        Assert.Equal(0.5, GroupScore.PairsOf([score, score]).PairPrecision, 6);
    }

    [Fact]
    public void Copies_of_copies_are_one_group()
    {
        var groups = GroupScore.Chains(
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["a"] = null,
                ["b"] = "a",
                ["c"] = "b",
                ["d"] = null,
            }
        );

        Assert.Equal(groups["a"], groups["c"]);
        Assert.NotEqual(groups["a"], groups["d"]);
    }

    [Theory]
    [InlineData("The cat sat.", "the CAT sat", 1, 1, 1)]
    [InlineData("a b c d", "a c b d", 1, 0, 0.75)]
    [InlineData("a a a", "a b", 0.4, 0, 0.4)]
    [InlineData("", "a", 0, 0, 0)]
    [InlineData("x", "y", 0, 0, 0)]
    public void Summaries_are_scored_by_shared_words(
        string summary,
        string reference,
        double one,
        double two,
        double longest
    )
    {
        var score = Rouge.Of(summary, reference);

        Assert.Equal(one, score.One, 6);
        Assert.Equal(two, score.Two, 6);
        Assert.Equal(longest, score.Longest, 6);
    }

    [Fact]
    public void Text_is_scored_by_passages_it_must_and_must_not_have()
    {
        var hits = Hits.In("The ferry\n sails. Subscribe!", ["ferry sails", "at night"], ["Subscribe", "Imprint"]);

        Assert.Equal(new Hits(1, 1, 1), hits);
        Assert.Equal(0.5, (hits + hits).F1, 6);
    }

    [Theory]
    [InlineData(
        """{"ok":true,"title":"A","entries":[{"title":"B","link":"http://x.example","published":null,"updated":"2026-03-02T09:00:00Z"}]}""",
        true
    )]
    [InlineData(
        """{"ok":true,"title":"A","entries":[{"title":"B","link":"http://y.example","published":"2026-03-02T09:00:00Z"}]}""",
        false
    )]
    [InlineData(
        """{"ok":true,"title":"A","entries":[{"title":"B","link":"http://x.example","published":"2026-03-02T09:00:01Z"}]}""",
        false
    )]
    [InlineData("""{"ok":true,"title":"A","entries":[]}""", false)]
    [InlineData("""{"ok":false}""", false)]
    public void A_feed_is_right_where_all_that_is_known_is(string read, bool right)
    {
        const string Expected = """
            {"feed":{"title":"<b>A</b>"},"entryCount":1,"entries":[{"index":0,"title":" B","link":"http://x.example/","dates":["2026-03-02T09:00:00.5Z"]}]}
            """;
        var expected = JsonNode.Parse(Expected)!;

        Assert.Equal(right, FeedFacts.Agree(expected, JsonNode.Parse(read)!));
    }

    private static Dictionary<string, string> Groups(string pairs) =>
        pairs.Split(' ').ToDictionary(pair => pair[..1], pair => pair[1..], StringComparer.Ordinal);
}
