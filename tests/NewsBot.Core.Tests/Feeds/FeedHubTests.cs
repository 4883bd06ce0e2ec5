using System.Text;
using NewsBot.Core.Feeds;

namespace NewsBot.Core.Tests.Feeds;

/// <summary>Which hub a feed names, and by what name it goes there.</summary>
public sealed class FeedHubTests
{
    private const string Rss = """
        <rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Gazette</title>
        <atom:link rel="self" href="https://gazette.example/feed"/><atom:link rel="hub" href="https://hub.example/"/>
        <item><title>Bridge opens</title><atom:link rel="hub" href="https://evil.example/"/></item></channel></rss>
        """;

    private const string Atom = """
        <feed xmlns="http://www.w3.org/2005/Atom"><title>Gazette</title>
        <link rel="hub" href="http://plain.example/"/><link rel="hub" href="https://hub.example/"/>
        <link rel="hub" href="https://second.example/"/>
        <link rel="self" href="https://gazette.example/feed"/></feed>
        """;

    private const string Json = """
        {"version": "https://jsonfeed.org/version/1.1", "title": "Gazette", "feed_url": "https://gazette.example/feed",
         "hubs": [{"type": "rssCloud", "url": "https://cloud.example/"}, 7, {"type": "WebSub"},
                  {"type": "WebSub", "url": "https://hub.example/"}], "items": []}
        """;

    private static readonly Uri Asked = new("https://gazette.example/rss?all");

    [Theory]
    [InlineData(Rss)]
    [InlineData(Atom)]
    [InlineData(Json)]
    public void A_document_names_its_hub(string document)
    {
        var hub = Of(document);

        Assert.Equal("https://hub.example/", hub?.Hub.AbsoluteUri);
        Assert.Equal("https://gazette.example/feed", hub?.Topic.AbsoluteUri);
    }

    [Fact]
    public void What_the_headers_say_goes_first()
    {
        var hub = Of(Rss, new Uri("https://header.example/"), new Uri("https://gazette.example/self"));

        Assert.Equal(new FeedHub(new("https://header.example/"), new("https://gazette.example/self")), hub);
    }

    [Fact]
    public void A_feed_that_does_not_say_its_name_goes_by_its_address() =>
        Assert.Equal(Asked, Of("<rss><channel><title>x</title></channel></rss>", new Uri("https://h.example/"))?.Topic);

    [Theory]
    [InlineData("<rss><channel><title>x</title><link>https://gazette.example/</link></channel></rss>")]
    [InlineData(
        """<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><link rel="hub" href="javascript:alert(1)"/></feed>"""
    )]
    [InlineData("""{"version": "https://jsonfeed.org/version/1.1", "title": "x", "hubs": "none", "items": []}""")]
    public void Where_none_is_named_there_is_none(string document) => Assert.Null(Of(document));

    [Fact]
    public void An_address_too_long_for_anybody_is_none() =>
        Assert.Null(Of(Rss, new Uri("https://header.example/" + new string('a', 5_000))));

    private static FeedHub? Of(string document, Uri? hub = null, Uri? self = null)
    {
        var body = Encoding.UTF8.GetBytes(document);
        var parsed = Assert.IsType<FeedParseOutcome.Parsed>(FeedParser.Parse(body, null, Asked));
        return FeedHub.Of(
            parsed.Feed,
            new FetchOutcome.Fetched(body, null, Asked, null, null, null, "", null) { Hub = hub, Self = self }
        );
    }
}
