using System.Text;
using NewsBot.Core.Feeds;

namespace NewsBot.Core.Tests.Feeds;

/// <summary>From a site to its feeds.</summary>
public sealed class FeedDiscoveryTests
{
    private static readonly Uri Paper = new("https://paper.example/index.html");

    [Fact]
    public void Declared_feeds_come_first_in_document_order_then_links_then_guesses()
    {
        var found = FeedDiscovery.Find(FeedFile.Bytes("front-page.html"), "text/html", Paper);

        Assert.Equal(
            new FeedCandidate(new Uri("https://paper.example/start/all.rss"), "All & everything", true),
            found[0]
        );
        Assert.Equal(new FeedCandidate(new Uri("https://feeds.paper.example/atom"), null, true), found[1]);
        Assert.Equal(new FeedCandidate(new Uri("https://paper.example/sport/rss.xml"), "Sport", false), found[2]);
        Assert.Equal("https://paper.example/feed", found[3].Url.AbsoluteUri);
        Assert.Contains(found, candidate => candidate.Url.AbsolutePath == "/feed.json");
        Assert.All(found.Skip(2), candidate => Assert.False(candidate.Declared));
    }

    [Fact]
    public void Scripts_comments_languages_and_interfaces_are_no_feeds()
    {
        var found = FeedDiscovery.Find(FeedFile.Bytes("front-page.html"), "text/html", Paper);

        string[] traps = ["/trap.xml", "/old.xml", "/oembed", "/wp-json/pages/1"];
        Assert.DoesNotContain(found, candidate => traps.Contains(candidate.Url.AbsolutePath));
        Assert.DoesNotContain(found, candidate => candidate.Url.Host == "fr.paper.example");
    }

    [Theory]
    [InlineData(
        "https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv",
        "https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrstuv"
    )]
    [InlineData(
        "https://www.youtube.com/playlist?list=PL123",
        "https://www.youtube.com/feeds/videos.xml?playlist_id=PL123"
    )]
    [InlineData("https://github.com/owner/tool", "https://github.com/owner/tool/releases.atom")]
    [InlineData("https://github.com/owner/tool/tags", "https://github.com/owner/tool/tags.atom")]
    [InlineData("https://social.example/@jane", "https://social.example/@jane.rss")]
    [InlineData("https://www.reddit.com/r/selfhosted/", "https://www.reddit.com/r/selfhosted/.rss")]
    [InlineData("https://harbour.wordpress.com/2025/", "https://harbour.wordpress.com/feed/")]
    [InlineData("https://medium.com/@jane", "https://medium.com/feed/@jane")]
    public void Known_sites_are_known_by_their_address(string page, string feed) =>
        Assert.Equal(feed, FeedDiscovery.Find(ReadOnlyMemory<byte>.Empty, null, new Uri(page))[0].Url.AbsoluteUri);

    [Fact]
    public void A_YouTube_handle_is_followed_by_the_id_in_its_page()
    {
        var page = Encoding.UTF8.GetBytes("<html><meta itemprop=\"identifier\" content=\"UCabcdefghijklmnopqrstuv\">");

        var found = FeedDiscovery.Find(page, "text/html", new Uri("https://www.youtube.com/@somebody"));

        Assert.Equal(
            "https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrstuv",
            found[0].Url.AbsoluteUri
        );
    }

    [Fact]
    public void WordPress_is_asked_where_it_keeps_its_feed_below_the_page()
    {
        var page = Encoding.UTF8.GetBytes("<meta name=generator content='WordPress 6.8'>");

        var found = FeedDiscovery.Find(page, "text/html", new Uri("https://site.example/blog/"));

        Assert.Equal("https://site.example/blog/feed/", found[0].Url.AbsoluteUri);
    }

    [Fact]
    public void Candidates_are_few_and_unlike_each_other()
    {
        var links = string.Concat(
            Enumerable.Range(0, 500).Select(i => $"<link rel=alternate type=application/rss+xml href=/{i % 200}.xml>")
        );

        var found = FeedDiscovery.Find(Encoding.UTF8.GetBytes(links), null, Paper);

        Assert.Equal(FeedDiscovery.MaxCandidates, found.Count);
        Assert.Equal(found.Count, found.Select(candidate => candidate.Url).Distinct().Count());
    }
}
