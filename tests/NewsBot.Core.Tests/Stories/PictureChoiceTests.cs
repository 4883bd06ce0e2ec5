using NewsBot.Core.Feeds;
using NewsBot.Core.Stories;
using static NewsBot.Core.Feeds.PictureOrigin;

namespace NewsBot.Core.Tests.Stories;

public sealed class PictureChoiceTests
{
    private const string Title = "Ferry returns to the harbour";

    // What sites show beside their articles, and is no picture of the news.
    [Theory]
    [InlineData("https://a.example/logo.png")]
    [InlineData("https://a.example/assets/site-logo-large.png")]
    [InlineData("https://a.example/img/siteLogo.jpg")]
    [InlineData("https://a.example/logos/times.jpg")]
    [InlineData("https://a.example/favicon.png")]
    [InlineData("https://a.example/apple-touch-icon.png")]
    [InlineData("https://a.example/icons/mail.png")]
    [InlineData("https://a.example/avatars/ada.jpg")]
    [InlineData("https://secure.gravatar.com/a1b2c3.jpg")]
    [InlineData("https://a.example/img/sprite.png")]
    [InlineData("https://a.example/placeholder.jpg")]
    [InlineData("https://a.example/img/placeholder-16x9.png")]
    [InlineData("https://a.example/default.jpg")]
    [InlineData("https://a.example/img/default-image.png")]
    [InlineData("https://a.example/img/default_og.jpg")]
    [InlineData("https://a.example/img/no-image-available.jpg")]
    [InlineData("https://a.example/pixel.gif")]
    [InlineData("https://a.example/t/1x1.gif")]
    [InlineData("https://pixel.a.example/b.jpg")]
    [InlineData("https://ad.doubleclick.net/x.jpg")]
    [InlineData("https://feeds.feedburner.com/~r/a/b.jpg")]
    [InlineData("https://a.example/badge.png")]
    [InlineData("https://a.example/social-share.jpg")]
    [InlineData("https://a.example/facebook-share-image.jpg")]
    [InlineData("https://a.example/images/spacer.gif")]
    [InlineData("https://a.example/ads/summer.jpg")]
    [InlineData("https://a.example/banner-728x90.jpg")]
    [InlineData("https://a.example/p.jpg?w=80&h=80")]
    [InlineData("https://a.example/photo-150x150.jpg")]
    [InlineData("https://a.example/ferry.svg")]
    [InlineData("https://a.example/ferry.mp4")]
    [InlineData("ftp://a.example/ferry.jpg")]
    public void What_is_no_picture_of_the_news_is_never_chosen(string url) => Assert.Empty(Rank(Of(url, Shared)));

    // Their names only look like such things.
    [Theory]
    [InlineData("https://a.example/share-price-falls.jpg")]
    [InlineData("https://a.example/google-pixel-9.jpg")]
    [InlineData("https://a.example/icon-of-the-seas.jpg")]
    [InlineData("https://a.example/police-badge.jpg")]
    [InlineData("https://a.example/sites/default/files/ferry.jpg")]
    [InlineData("https://i.ytimg.com/vi/abc/maxresdefault.jpg")]
    [InlineData("https://a.example/loading-dock-fire.jpg")]
    [InlineData("https://a.example/4x4-rally.jpg")]
    [InlineData("https://a.example/iconic-tower.jpg")]
    [InlineData("https://a.example/_next/image?url=%2Fferry.jpg&w=1200&q=75")]
    [InlineData("https://a.example/8f3a9c.jpg")]
    [InlineData("https://a.example/image")]
    public void A_picture_of_the_news_is_chosen_whatever_its_name_reminds_of(string url) =>
        Assert.Equal(url, Assert.Single(Rank(Of(url, Shared))).Url.AbsoluteUri);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(64, 64)]
    [InlineData(150, 150)]
    [InlineData(728, 90)]
    [InlineData(970, 250)]
    [InlineData(468, 60)]
    [InlineData(160, 600)]
    [InlineData(100, null)]
    [InlineData(null, 60)]
    public void What_is_declared_too_small_or_has_the_shape_of_a_banner_is_left_out(int? width, int? height) =>
        Assert.Empty(Rank(Of("https://a.example/ferry.jpg", Media, width, height)));

    [Theory]
    [InlineData("The Harbour Times logo")]
    [InlineData("Logo")]
    [InlineData("Avatar of Ada")]
    [InlineData("Advertisement")]
    [InlineData("Anzeige")]
    [InlineData("icon")]
    public void What_calls_itself_a_logo_or_an_advertisement_is_left_out(string alt) =>
        Assert.Empty(Rank(Of("https://a.example/1.jpg", Lead) with { Alt = alt }));

    [Fact]
    public void An_article_about_a_logo_shows_it_where_there_is_no_other_picture()
    {
        var about = Of("https://a.example/google-logo-on-an-office-in-berlin.jpg", Shared, 1_200, 630);
        var other = Of("https://a.example/office.jpg", Thumbnail);

        Assert.Equal(about.Url, Rank(about)[0].Url);
        Assert.Equal(other.Url, Rank(about, other)[0].Url);
    }

    [Fact]
    public void What_the_article_shows_goes_before_what_it_hands_out_and_that_before_a_thumbnail()
    {
        var offers = new[]
        {
            Of("https://a.example/thumb.jpg", Thumbnail, 300, 200),
            Of("https://a.example/shared.jpg", Shared),
            Of("https://a.example/lead.jpg", Lead),
        };

        Assert.Equal(["/lead.jpg", "/shared.jpg", "/thumb.jpg"], Paths(offers));
    }

    [Fact]
    public void A_picture_that_page_and_feed_agree_on_goes_before_one_that_only_stands_first()
    {
        Assert.Equal(
            "/agreed.jpg",
            Paths(
                Of("https://a.example/other.jpg", Shared),
                Of("https://a.example/agreed.jpg", Media),
                Of("https://a.example/agreed.jpg", Described)
            )[0]
        );
    }

    [Fact]
    public void Of_the_sizes_of_one_picture_the_largest_is_taken_once()
    {
        var ranked = Rank(
            Of("https://a.example/ferry-300x200.jpg", Media),
            Of("https://a.example/ferry.jpg?w=1200&h=800", Shared),
            Of("https://a.example/ferry-768x512.jpg", Lead)
        );

        Assert.Equal("https://a.example/ferry.jpg?w=1200&h=800", Assert.Single(ranked).Url.AbsoluteUri);
    }

    [Fact]
    public void A_large_picture_of_the_feed_goes_before_a_small_one_that_the_page_hands_out() =>
        Assert.Equal(
            "/large.jpg",
            Paths(
                Of("https://a.example/small.jpg", Shared, 200, 200),
                Of("https://a.example/large.jpg", Media, 1_200, 800)
            )[0]
        );

    [Fact]
    public void An_advertisement_between_paragraphs_is_known_by_its_size() =>
        Assert.Equal(
            ["/ferry.jpg"],
            Paths(Of("https://a.example/x.jpg", Inline, 300, 250), Of("https://a.example/ferry.jpg", Shared))
        );

    [Fact]
    public void Only_a_few_are_kept_of_a_gallery() =>
        Assert.Equal(
            PictureChoice.MaxKept,
            Rank([.. Enumerable.Range(0, 50).Select(i => Of($"https://a.example/{i}.jpg", Lead))]).Count
        );

    [Fact]
    public void The_text_of_a_picture_comes_from_whoever_tells_one()
    {
        var ranked = Rank(
            Of("https://a.example/f.jpg", Lead) with
            {
                Alt = "",
            },
            Of("https://a.example/f.jpg?w=1200", Shared) with
            {
                Alt = "IMG_2041.jpg",
            },
            Of("https://a.example/f.jpg", Media) with
            {
                Alt = "A white ferry\n at the quay",
            }
        );

        Assert.Equal("A white ferry at the quay", Assert.Single(ranked).Alt);
    }

    private static PictureOffer Of(string url, PictureOrigin origin, int? width = null, int? height = null) =>
        new(new Uri(url), origin) { Width = width, Height = height };

    private static IReadOnlyList<RankedPicture> Rank(params PictureOffer[] offers) => PictureChoice.Rank(offers, Title);

    private static string[] Paths(params PictureOffer[] offers) =>
        [.. Rank(offers).Select(ranked => ranked.Url.AbsolutePath)];
}
