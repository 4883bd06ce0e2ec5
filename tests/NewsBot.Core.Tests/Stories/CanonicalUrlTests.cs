using CsCheck;
using NewsBot.Core.Stories;

namespace NewsBot.Core.Tests.Stories;

public sealed class CanonicalUrlTests
{
    [Theory]
    [InlineData("http://www.Example.com/a/", "https://example.com/a")]
    [InlineData("https://example.com:443/a#top", "https://example.com/a")]
    [InlineData("http://example.com:80/", "https://example.com")]
    [InlineData("http://example.com:8080/a", "https://example.com:8080/a")]
    [InlineData("https://m.example.com/a/index.html", "https://example.com/a")]
    [InlineData("https://amp.example.com/a", "https://example.com/a")]
    [InlineData("https://example.com/a/amp/", "https://example.com/a")]
    [InlineData("https://example.com/a?utm_source=x&utm_medium=y", "https://example.com/a")]
    [InlineData(
        "https://example.com/a?b=2&fbclid=z&a=1&at_medium=rss&xtor=1&cmpid=2&ref=3",
        "https://example.com/a?a=1&b=2"
    )]
    [InlineData("https://example.com/a?UTM_SOURCE=x&", "https://example.com/a")]
    [InlineData("https://example.com/%7euser/caf%c3%a9", "https://example.com/~user/caf%C3%A9")]
    [InlineData("https://example.com/café", "https://example.com/caf%C3%A9")]
    [InlineData("https://münchen.example/a", "https://xn--mnchen-3ya.example/a")]
    [InlineData("https://user:secret@example.com/a", "https://example.com/a")]
    [InlineData("https://www.gov.uk/a", "https://gov.uk/a")]
    [InlineData("https://m.co/a", "https://m.co/a")]
    [InlineData("https://[::1]:8443/a", "https://[::1]:8443/a")]
    [InlineData("mailto:a@example.com", "mailto:a@example.com")]
    public void The_many_spellings_of_an_address_become_one(string url, string canonical) =>
        Assert.Equal(canonical, CanonicalUrl.Of(new Uri(url)));

    [Fact]
    public void A_relative_address_comes_back_as_it_is() =>
        Assert.Equal("a/b", CanonicalUrl.Of(new Uri("a/b", UriKind.Relative)));

    [Fact]
    public void A_story_number_in_the_query_is_kept() =>
        Assert.NotEqual(
            CanonicalUrl.Of(new Uri("https://example.com/story.php?id=1")),
            CanonicalUrl.Of(new Uri("https://example.com/story.php?id=2"))
        );

    [Theory]
    [InlineData("https://www.example.com/", true)]
    [InlineData("https://example.com/index.html?utm_source=rss", true)]
    [InlineData("https://example.com/a", false)]
    [InlineData("https://example.com/?p=12", false)]
    public void A_home_page_is_no_article(string url, bool isHome) =>
        Assert.Equal(isHome, CanonicalUrl.IsHomePage(new Uri(url)));

    [Theory]
    [InlineData(
        "http://www.example.com/a/?id=7&utm_source=rss&b=%20x&fbclid=z#top",
        "http://www.example.com/a/?id=7&b=%20x#top"
    )]
    [InlineData("https://example.com/a?utm_source=rss&UTM_Medium=feed", "https://example.com/a")]
    [InlineData("https://example.com/a?ref=home&page=2", "https://example.com/a?ref=home&page=2")]
    [InlineData("https://example.com/a?", "https://example.com/a?")]
    [InlineData("tag:example.com,2026:utm_source", "tag:example.com,2026:utm_source")]
    public void What_is_shown_loses_only_what_counts_clicks(string url, string shown) =>
        Assert.Equal(shown, CanonicalUrl.WithoutTracking(new Uri(url)).AbsoluteUri);

    [Fact]
    public void Writing_it_twice_changes_nothing()
    {
        var pieces = new[]
        {
            "/",
            "a",
            "index.html",
            "amp",
            ".amp",
            "%2e",
            "%7E",
            "%2f",
            "%c3%a9",
            "é",
            "?",
            "&",
            "utm_x=1",
            "b=2",
            "=",
            "#x",
            ":80",
            "..",
            ".",
            "%",
            "%zz",
            "+",
            " ",
            "www.",
            "m.",
            "/amp/",
            "//",
            "小",
            "%25",
            "%3F",
            "%26",
            "ref=1",
        };
        Gen.Int[0, pieces.Length - 1]
            .Array[0, 14]
            .Select(picks => "http://www.example.com/" + string.Concat(picks.Select(pick => pieces[pick])))
            .Sample(
                text =>
                {
                    var once = CanonicalUrl.Of(new Uri(text));
                    return CanonicalUrl.Of(new Uri(once)) == once;
                },
                iter: 20_000
            );
    }
}
