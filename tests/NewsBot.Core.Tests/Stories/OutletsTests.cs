using NewsBot.Core.Stories;

namespace NewsBot.Core.Tests.Stories;

public sealed class OutletsTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("https://www.bbc.co.uk/news/1", "bbc.co.uk")]
    [InlineData("https://feeds.bbc.co.uk/1", "bbc.co.uk")]
    [InlineData("https://sub.paper.com/a", "paper.com")]
    [InlineData("https://ada.substack.com/p/a", "ada.substack.com")]
    [InlineData("http://127.0.0.1:8000/a", "Name")]
    [InlineData("https://outlet.example/a", "Name")]
    [InlineData("no address", "Name")]
    [InlineData(null, "Name")]
    public void A_publisher_is_known_by_its_site_else_by_the_sources_name(string? url, string expected) =>
        Assert.Equal(expected, Outlets.Of(url, "Name"));

    [Fact]
    public void Several_feeds_of_one_publisher_are_one_voice_and_a_reprint_is_none()
    {
        StoryReport[] reports =
        [
            new(Outlets.Of("https://a.com/1", "A World"), Now),
            new(Outlets.Of("https://www.a.com/2", "A Sport"), Now),
            new("b.com", Now),
            new("c.com", Now) { IsCopy = true },
        ];

        Assert.Equal(2, Outlets.Count(reports));
        Assert.Equal(1, Outlets.Count([new("c.com", Now) { IsCopy = true }]));
        Assert.Equal(1, Outlets.Count([]));
        Assert.False(Breaking.IsWidelyReported(reports, BreakingRule.Usual, Now));
        Assert.True(Breaking.IsWidelyReported(reports, new BreakingRule(2, TimeSpan.FromMinutes(1)), Now));
    }

    [Fact]
    public void What_is_breaking_is_the_channels_own_word()
    {
        StoryReport[] reports = [new("a.com", Now.AddMinutes(-40)), new("b.com", Now)];

        Assert.True(Breaking.IsWidelyReported(reports, new BreakingRule(2, TimeSpan.FromMinutes(40)), Now));
        Assert.False(Breaking.IsWidelyReported(reports, new BreakingRule(2, TimeSpan.FromMinutes(39)), Now));
        Assert.False(Breaking.IsWidelyReported(reports, new BreakingRule(3, TimeSpan.FromMinutes(40)), Now));
    }
}
