using System.Globalization;
using NewsBot.Core.Digests;
using NewsBot.Core.Stories;

namespace NewsBot.Core.Tests.Digests;

public sealed class DigestSectionsTests
{
    [Fact]
    public void A_long_list_stands_under_headings_the_best_first_and_what_fits_nowhere_last()
    {
        var lines = Lines("Science", "Sport", null, "Sport", "Science", "World");

        var arranged = DigestSections.Arrange(lines);

        Assert.Equal(
            ["Science 0", "Science 4", "Sport 1", "Sport 3", "More news 2", "More news 5"],
            arranged.Select(one => $"{one.Section} {one.Line.Headline}")
        );
    }

    [Fact]
    public void What_has_its_card_already_stands_above_the_topics()
    {
        var lines = Lines("Science", "Sport", "Sport", "Science", "Science", "World");
        lines[4] = lines[4] with { IsCarded = true };

        Assert.Equal(
            ["Posted already 4", "Science 0", "Science 3", "Sport 1", "Sport 2", "More news 5"],
            DigestSections.Arrange(lines).Select(one => $"{one.Section} {one.Line.Headline}")
        );
    }

    [Theory]
    [InlineData("Science", "Science", "Sport", "Sport", "World")]
    [InlineData("Science", "Science", "Science", "Science", "Science", "Science", "Sport")]
    [InlineData("A", "B", "C", "D", "E", "F", "G")]
    public void A_short_list_or_one_with_nothing_to_part_has_no_headings(params string[] topics)
    {
        var arranged = DigestSections.Arrange(Lines(topics));

        Assert.All(arranged, one => Assert.Null(one.Section));
        Assert.Equal(topics.Length, arranged.Count);
    }

    [Fact]
    public void No_line_is_lost_or_told_twice()
    {
        var lines = Lines([.. Enumerable.Range(0, 30).Select(i => i % 9 == 0 ? null : $"Topic {i % 8}")]);

        var arranged = DigestSections.Arrange(lines);

        Assert.Equal(
            lines.OrderBy(line => line.Story.Value),
            arranged.Select(one => one.Line).OrderBy(line => line.Story.Value)
        );
        Assert.InRange(arranged.Select(one => one.Section).Distinct().Count(), 2, 7);
    }

    private static List<DigestCandidate> Lines(params IReadOnlyList<string?> topics) =>
        [
            .. topics.Select(
                (topic, i) =>
                    new DigestCandidate(
                        new StoryId(i + 1),
                        i.ToString(CultureInfo.InvariantCulture),
                        "https://outlet.example",
                        "A",
                        DateTimeOffset.UnixEpoch
                    )
                    {
                        Topic = topic,
                    }
            ),
        ];
}
