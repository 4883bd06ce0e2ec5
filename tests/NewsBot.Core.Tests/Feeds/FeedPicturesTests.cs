using System.Text;
using NewsBot.Core.Feeds;

namespace NewsBot.Core.Tests.Feeds;

public sealed class FeedPicturesTests
{
    [Fact]
    public void An_entry_names_all_its_pictures_with_size_and_text()
    {
        var entry = Read(
            """
            <media:group>
              <media:content url="/small.jpg" medium="image" width="320" height="180"/>
              <media:content url="/large.jpg" medium="image" width="1200px" height="675.0">
                <media:description>A white &lt;b&gt;ferry&lt;/b&gt;</media:description>
                <media:thumbnail url="/thumb.jpg" width="75" height="75"/>
              </media:content>
              <media:content url="/film.mp4" medium="video" width="1920" height="1080"/>
            </media:group>
            <enclosure url="/file.png" type="image/png" length="1"/>
            """
        );

        Assert.Equal(
            [
                ("/small.jpg", PictureOrigin.Media, 320, 180, null),
                ("/large.jpg", PictureOrigin.Media, 1_200, 675, "A white ferry"),
                ("/thumb.jpg", PictureOrigin.Thumbnail, 75, 75, null),
                ("/file.png", PictureOrigin.Enclosure, null, (int?)null, (string?)null),
            ],
            entry.Pictures.Select(offer => (offer.Url.AbsolutePath, offer.Origin, offer.Width, offer.Height, offer.Alt))
        );
    }

    [Fact]
    public void A_gallery_ends_somewhere() =>
        Assert.Equal(
            FeedEntry.MaxPictures,
            Read(
                string.Concat(Enumerable.Range(0, 100).Select(i => $"<media:thumbnail url='/{i}.jpg'/>"))
            ).Pictures.Count
        );

    [Theory]
    [InlineData("", null)]
    [InlineData("<p>Words</p>", null)]
    [InlineData("<p><img alt='A quay' src='/quay.jpg' width='640' height='360'></p>", "/quay.jpg|640|360|A quay")]
    [InlineData("<img src='/a.jpg' srcset='/a-480.jpg 480w, /a-960.jpg 960w' width=480>", "/a-960.jpg|960||")]
    [InlineData("<img src='/a.jpg' srcset='/a-2.jpg 2x'>", "/a.jpg|||")]
    [InlineData("<img srcset='/w,1200/a.jpg 1200w,/b.jpg 8000w'>", "/w,1200/a.jpg|1200||")]
    [InlineData("<img src='data:image/gif;base64,R0lGOD'>", null)]
    [InlineData("<img src='javascript:alert(1)'>", null)]
    [InlineData("<img src=", null)]
    public void The_text_of_a_feed_shows_pictures(string html, string? expected)
    {
        var found = ContentPictures.Of(html, new Uri("https://a.example/story"));

        Assert.Equal(
            expected,
            found.Select(offer => $"{offer.Url.AbsolutePath}|{offer.Width}|{offer.Height}|{offer.Alt}").FirstOrDefault()
        );
    }

    private static FeedEntry Read(string parts)
    {
        var xml = $"""
            <rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Quay</title>
            <item><title>Ferry</title><link>https://a.example/ferry</link>{parts}</item></channel></rss>
            """;
        var outcome = FeedParser.Parse(
            Encoding.UTF8.GetBytes(xml),
            "application/rss+xml",
            new Uri("https://a.example/feed")
        );
        return Assert.Single(Assert.IsType<FeedParseOutcome.Parsed>(outcome).Feed.Entries);
    }
}
