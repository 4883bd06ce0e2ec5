using NewsBot.Core.Summaries;
using NewsBot.Fetching.Articles;

namespace NewsBot.Tests.Fetching;

public sealed class SiteLinesTests
{
    private const string Notice = "This newspaper is printed on paper from our own forest.";

    private readonly SiteLines _lines = new();

    [Fact]
    public void A_line_of_two_other_pages_of_the_site_is_left_out()
    {
        Read("https://a.example/1");
        Read("https://a.example/2");

        var third = Read("https://a.example/3");

        Assert.DoesNotContain(Notice, third.Text, StringComparison.Ordinal);
        Assert.Equal(
            "What stands in https://a.example/3 stands nowhere else, and it is the longer part of it.",
            third.Text
        );
        Assert.Equal(third.Text, third.Prose);
    }

    [Fact]
    public void A_page_read_again_is_no_other_page()
    {
        Read("https://a.example/1");
        Read("https://a.example/1");

        Assert.Contains(Notice, Read("https://a.example/1").Text, StringComparison.Ordinal);
        Assert.Contains(Notice, Read("https://a.example/2").Text, StringComparison.Ordinal);
        Assert.Contains(Notice, Read("https://a.example/1").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_sites_do_not_count()
    {
        Read("https://a.example/1");
        Read("https://b.example/2");

        Assert.Contains(Notice, Read("https://c.example/3").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_article_with_many_addresses_stays_whole()
    {
        foreach (var way in (string[])["", "?from=feed", "?from=mail", "?from=app"])
        {
            var article = Without("https://a.example/1" + way, $"The bridge is open.\n\n{Notice}");

            Assert.Equal($"The bridge is open.\n\n{Notice}", article.Text);
        }
    }

    [Fact]
    public void What_was_seen_long_ago_is_forgotten()
    {
        Read("https://a.example/1");
        Read("https://a.example/2");
        for (var page = 0; page < 50; page++)
        {
            var others = Enumerable.Range(0, 40).Select(line => $"Line {line} of page {page} stands here alone.");
            Without($"https://a.example/other/{page}", string.Join("\n\n", others));
        }

        Assert.Contains(Notice, Read("https://a.example/3").Text, StringComparison.Ordinal);
    }

    private ArticleText Read(string url) =>
        Without(url, $"What stands in {url} stands nowhere else, and it is the longer part of it.\n\n{Notice}");

    private ArticleText Without(string url, string text) =>
        _lines.Without(new Uri(url), new ArticleText("Title", null, "en", text, null));
}
