using NewsBot.Core.Feeds;
using NewsBot.Core.Stories;
using NewsBot.Fetching;

namespace NewsBot.Tests.Fetching;

public sealed class PagePicturesTests
{
    private const string Text = """
        <p>The ferry that left the harbour three years ago came back on Monday with two hundred people on board, said Ada Field, who runs the quay.</p>
        <p>It had been repaired in another town, where the engine was replaced and the cabins were painted white, at a cost of nine million.</p>
        <p>From tomorrow it crosses the bay every forty minutes until late in the evening, and on Sundays until midnight, as it did before.</p>
        """;

    [Fact]
    public async Task The_picture_in_the_article_is_chosen_and_neither_logo_nor_teaser_nor_advertisement()
    {
        var best = await BestAsync(
            $"""
            <header><img src="/theme/masthead.jpg" width="900" height="300" alt="The Quay"></header>
            <nav><img src="/menu.jpg" width="600" height="400"></nav>
            <main><article><h1>Ferry returns</h1>
            <div class="wp-caption"><img src="/ferry.jpg" width="800" height="450" alt="A white ferry at the quay"></div>
            {Text}
            <div class="related-posts"><img src="/related.jpg" width="1200" height="800"></div>
            <div class="advert"><img src="/shoes.jpg" width="1000" height="600"></div>
            <a href="/other-story"><img src="/other.jpg" width="1200" height="700"></a>
            </article>
            <section id="comments"><img src="/cat.jpg" width="1000" height="700"></section></main>
            <aside><img src="/side.jpg" width="1000" height="700"></aside>
            """
        );

        Assert.Equal(("/ferry.jpg", "A white ferry at the quay"), best);
    }

    [Fact]
    public async Task Structured_properties_belong_to_the_picture_before_them()
    {
        var article = await ReadAsync(
            Text,
            """
            <meta property="og:image" content="https://cdn.example/small.jpg">
            <meta property="og:image:width" content="200"><meta property="og:image:height" content="200">
            <meta property="og:image" content="/large.jpg">
            <meta property="og:image:width" content="1200"><meta property="og:image:height" content="630">
            <meta property="og:image:alt" content="A ferry in fog">
            <meta name="twitter:image" content="/card.jpg"><meta name="twitter:image:alt" content="Fog">
            """
        );

        Assert.Equal(
            [
                ("/small.jpg", 200, 200, null),
                ("/large.jpg", 1_200, 630, "A ferry in fog"),
                ("/card.jpg", null, null, "Fog"),
            ],
            article.Pictures.Select(offer => (offer.Url.AbsolutePath, offer.Width, offer.Height, offer.Alt))
        );
        Assert.Equal("/large.jpg", PictureChoice.Rank(article.Pictures, article.Title)[0].Url.AbsolutePath);
    }

    [Theory]
    [InlineData("""{"@type":"NewsArticle","image":"/ferry.jpg"}""", null, null)]
    [InlineData("""{"@type":"NewsArticle","image":["/ferry.jpg","/b.jpg"]}""", null, null)]
    [InlineData(
        """{"@type":"NewsArticle","image":{"@type":"ImageObject","url":"/ferry.jpg","width":1200,"caption":"A quay"}}""",
        1_200,
        "A quay"
    )]
    [InlineData(
        """{"@graph":[{"@type":"NewsArticle","image":[{"contentUrl":"/ferry.jpg","width":{"value":"640"}}]}]}""",
        640,
        null
    )]
    public async Task Linked_data_names_pictures(string json, int? width, string? alt)
    {
        var article = await ReadAsync(Text, $"<script type='application/ld+json'>{json}</script>");

        var offer = article.Pictures[0];
        Assert.Equal("https://quay.example/ferry.jpg", offer.Url.AbsoluteUri);
        Assert.Equal((width, alt), (offer.Width, offer.Alt));
        Assert.Equal(PictureOrigin.Described, offer.Origin);
    }

    [Theory]
    [InlineData("<figure><img src='/pixel.gif' data-src='/ferry.jpg'><figcaption>A white ferry</figcaption></figure>")]
    [InlineData(
        "<figure><img src='data:image/gif;base64,R0' srcset='/a.jpg 320w, /ferry.jpg 960w' alt='A white ferry'></figure>"
    )]
    [InlineData(
        "<picture><source srcset='/ferry.avif 900w' type='image/avif'><source srcset='/ferry.jpg 900w'><img src='/s.jpg' alt='A white ferry'></picture>"
    )]
    [InlineData("<p><a href='/full/ferry.jpg'><img src='/ferry.jpg' width='600' alt='A white ferry'></a></p>")]
    [InlineData("<noscript><img src='/ferry.jpg' width='600' alt='A white ferry'></noscript>")]
    public async Task Pictures_that_come_late_or_in_several_sizes_are_found(string picture) =>
        Assert.Equal(("/ferry.jpg", "A white ferry"), await BestAsync($"<article>{picture}{Text}</article>"));

    [Fact]
    public async Task An_icon_in_the_text_goes_behind_what_the_page_hands_out() =>
        Assert.Equal(
            ("/shared.jpg", null),
            await BestAsync(
                $"<article><img src='/a7.png'>{Text}</article>",
                "<meta property='og:image' content='/shared.jpg'>"
            )
        );

    [Fact]
    public async Task A_page_without_pictures_offers_none() => Assert.Empty((await ReadAsync(Text)).Pictures);

    [Fact]
    public async Task Relative_addresses_start_where_the_page_says() =>
        Assert.Equal(
            "https://cdn.example/news/ferry.jpg",
            (
                await ReadAsync(
                    $"<article><figure><img src='ferry.jpg'></figure>{Text}</article>",
                    "<base href='https://cdn.example/news/'>"
                )
            )
                .Pictures[0]
                .Url
                .AbsoluteUri
        );

    [Fact]
    public async Task A_page_of_nothing_but_pictures_is_read_in_bounds()
    {
        var many = string.Concat(Enumerable.Range(0, 5_000).Select(i => $"<figure><img src='/{i}.jpg'></figure>"));

        var article = await ReadAsync($"<article>{Text}{many}</article>");

        Assert.InRange(article.Pictures.Count, 1, 10);
    }

    private static async Task<(string Path, string? Alt)> BestAsync(string body, string head = "")
    {
        var article = await ReadAsync(body, head);
        var best = PictureChoice.Rank(article.Pictures, article.Title)[0];
        return (best.Url.AbsolutePath, best.Alt);
    }

    private static async Task<Core.Summaries.ArticleText> ReadAsync(string body, string head = "")
    {
        var html = $"<html><head><title>Ferry returns to the harbour</title>{head}</head><body>{body}</body></html>";
        var reading = await ArticleExtractor.ReadAsync(
            html,
            new Uri("https://quay.example/ferry"),
            TestContext.Current.CancellationToken
        );
        return reading.Article!;
    }
}
