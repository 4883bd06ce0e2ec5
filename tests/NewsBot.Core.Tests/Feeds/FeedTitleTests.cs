using NewsBot.Core.Feeds;

namespace NewsBot.Core.Tests.Feeds;

public sealed class FeedTitleTests
{
    [Theory]
    [InlineData("Gullcliff Gazette » Feed", "Gullcliff Gazette")]
    [InlineData("The Daily - RSS Feed", "The Daily")]
    [InlineData("Le Soir | Flux RSS", "Le Soir")]
    [InlineData("The Daily - Sport", "The Daily - Sport")]
    [InlineData("Feed", "Feed")]
    [InlineData(" » Feed", "» Feed")]
    [InlineData("Chicken Feed", "Chicken Feed")]
    [InlineData("", "")]
    public void An_outlet_is_not_called_a_feed(string title, string name) =>
        Assert.Equal(name, FeedTitle.NameOf(title));
}
