using NewsBot.Core.Stories;

namespace NewsBot.Core.Tests.Stories;

public sealed class BreakingTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Three_sources_within_three_hours_are_breaking()
    {
        Assert.True(Says("Quake", [], Report("a", 170), Report("b", 100), Report("c", 0)));
        Assert.False(Says("Quake", [], Report("a", 170), Report("b", 100), Report("b", 0)));
        Assert.False(Says("Quake", [], Report("a", 181), Report("b", 100), Report("c", 0)));
    }

    [Theory]
    [InlineData("Breaking: quake hits coast", true)]
    [InlineData("BREAKING NEWS quake hits coast", true)]
    [InlineData("Breaking - quake hits coast", true)]
    [InlineData("+++ Eilmeldung +++ Erdbeben", true)]
    [InlineData("Última hora: terremoto", true)]
    [InlineData("【速報】地震", true)]
    [InlineData("Breaking Bad star buys a house", false)]
    [InlineData("Record-breaking: the longest bridge", false)]
    [InlineData("Quake hits coast", false)]
    public void A_headline_that_says_so_is_breaking(string headline, bool breaking)
    {
        Assert.Equal(breaking, Says(headline, [], Report("a", 10)));
        Assert.False(Says(headline, [], Report("a", 200)));
    }

    [Fact]
    public void A_category_that_says_so_is_breaking()
    {
        Assert.True(Says("Quake", ["World", "Breaking News"], Report("a", 10)));
        Assert.False(Says("Quake", ["Breakingviews"], Report("a", 10)));
        Assert.False(Says("Quake", ["breaking"]));
    }

    [Theory]
    [InlineData(0, 20, false)]
    [InlineData(0, 21, true)]
    [InlineData(10, 80, false)]
    [InlineData(10, 81, true)]
    public void Far_more_than_normal_is_a_flood(double average, int count, bool flood) =>
        Assert.Equal(flood, FloodBrake.IsFlood(average, count));

    [Fact]
    public void The_average_follows_the_feed_but_not_a_flood()
    {
        var average = 0.0;
        for (var poll = 0; poll < 50; poll++)
        {
            average = FloodBrake.NextAverage(average, 5);
        }

        Assert.Equal(5, average, 2);
        Assert.True(FloodBrake.IsFlood(FloodBrake.NextAverage(average, 5_000), 5_000));
        Assert.True(FloodBrake.NextAverage(average, 5_000) < 15);
    }

    private static bool Says(string headline, string[] categories, params StoryReport[] reports) =>
        Breaking.IsBreaking(headline, categories, reports, BreakingRule.Usual, Now);

    private static StoryReport Report(string source, int minutesAgo) => new(source, Now.AddMinutes(-minutesAgo));
}
