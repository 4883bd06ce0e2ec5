using NewsBot.Core.Stories;

namespace NewsBot.Core.Tests.Stories;

public sealed class StoryTopicTests
{
    [Theory]
    [InlineData("sport", "Anything", null, "Sport")]
    [InlineData("Wissenschaft & Technik", "Irgendetwas", null, "Technology")]
    [InlineData("Politik", "Der Klub gewinnt die Bundesliga", null, "Politics")]
    [InlineData("", "Parliament votes on the budget", null, "Politics")]
    [InlineData("", "Something happened", "https://paper.example/business/2026/a-story", "Business")]
    [InlineData("", "Something happened", "https://paper.example/business", null)]
    [InlineData("Raspberry Pi", "A board", null, "Raspberry Pi")]
    [InlineData("knitting", "A pattern", null, "Knitting")]
    [InlineData("Top Stories", "Something happened", null, null)]
    [InlineData("https://paper.example/tag/1", "Something happened", null, null)]
    [InlineData("スポーツ", "試合", null, "Sport")]
    [InlineData("", "A world record that was no war", null, null)]
    [InlineData("World", "A bank is robbed", null, "World")]
    [InlineData("Verkehr", "Die Linie 4 wird verlängert", null, "Transport")]
    [InlineData("Stadtleben", "Die Bibliothek bleibt offen", null, "Local")]
    [InlineData("Energie", "Windpark genehmigt", null, "Energy")]
    [InlineData("", "A local shop and its city", null, null)]
    [InlineData("", "", null, null)]
    public void The_publishers_label_counts_most_then_the_address_and_the_headline(
        string category,
        string headline,
        string? url,
        string? expected
    )
    {
        Assert.Equal(expected, StoryTopic.Of(category.Length == 0 ? [] : [category], headline, url));
    }
}
