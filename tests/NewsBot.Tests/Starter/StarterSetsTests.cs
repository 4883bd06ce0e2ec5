using NewsBot.Core.Sources;
using NewsBot.Starter;

namespace NewsBot.Tests.Starter;

/// <summary>The ready-made sets of sources, checked by form: no test reaches out to them.</summary>
public sealed class StarterSetsTests
{
    // A set that fills a screen is chosen from, not added.
    private const int MostInSet = 8;

    private static List<OpmlSource> All => [.. StarterSources.ReadSets().SelectMany(list => list.Sources)];

    [Fact]
    public void Every_list_can_be_read_without_a_problem() =>
        Assert.All(StarterSources.ReadSets(), list => Assert.Empty(list.Problems));

    [Fact]
    public void Every_feed_has_a_name_a_topic_a_site_and_a_plain_address()
    {
        Assert.All(
            All,
            source =>
            {
                Assert.InRange(source.Title.Length, 2, 60);
                Assert.False(string.IsNullOrEmpty(source.Category));
                Assert.NotNull(source.SiteUrl);
                Assert.Equal("https", source.Url.Scheme);
                Assert.Equal("", source.Url.Query + source.Url.Fragment + source.Url.UserInfo);
                Assert.True(source.Url.IsDefaultPort);
                Assert.NotEqual("/", source.Url.AbsolutePath);
            }
        );
    }

    [Fact]
    public void No_feed_is_in_two_sets_and_no_topic_in_two_lists()
    {
        Assert.Equal(All.Count, All.Select(source => source.Url).Distinct().Count());
        var topics = StarterSources
            .ReadSets()
            .SelectMany(list => list.Sources.Select(source => source.Category).Distinct(StringComparer.Ordinal))
            .ToList();
        Assert.Equal(topics.Count, topics.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void There_are_a_dozen_topics_of_a_handful_each()
    {
        var sets = All.GroupBy(source => source.Category, StringComparer.Ordinal).ToList();

        Assert.True(sets.Count >= 12);
        Assert.All(sets, set => Assert.InRange(set.Count(), 2, MostInSet));
    }

    [Fact]
    public void A_fresh_newsroom_starts_with_the_first_list_only() =>
        Assert.Equal(4, StarterSources.ReadPublicFeeds().Sources.Select(source => source.Category).Distinct().Count());
}
