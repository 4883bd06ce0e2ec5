using NewsBot.Core.Summaries;
using NewsBot.Fetching;
using NewsBot.Testing.Servers;

namespace NewsBot.Tests.Fetching;

public sealed class ArticleExtractorTests
{
    private static readonly Uri Page = new("https://harbour.example/articles/harbour/0");
    private static readonly FakeNewsroom Newsroom = new("https://harbour.example", DateTimeOffset.UnixEpoch);

    [Fact]
    public async Task An_article_gives_its_text_in_paragraphs_and_its_facts()
    {
        var article = await ReadAsync(Newsroom.Article("harbour", 0)!);

        Assert.NotNull(article);
        Assert.Equal("Harbour bridge opens to cyclists", article.Title);
        Assert.Equal("Ada Field", article.Byline);
        Assert.Equal("en", article.Language);
        Assert.Equal("harbour", article.SiteName);
        Assert.Equal(new Uri("https://harbour.example/pictures/0.png"), article.Image);
        var paragraphs = article.Text.Split("\n\n");
        Assert.Equal(3, paragraphs.Length);
        Assert.StartsWith("The new bridge across the harbour opened", paragraphs[0]);
        Assert.Contains("“We never thought it would take this long,” said Ada Field", paragraphs[1]);
        Assert.EndsWith("is to be published in the autumn.", paragraphs[2]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("plain words")]
    [InlineData("<html><body><form><input name=user><input type=password></form></body></html>")]
    [InlineData("<p>Too short to be an article.</p>")]
    [InlineData("<!-- <p> --><script>if (a < b) { }</script>")]
    public async Task What_is_no_article_gives_nothing(string html) => Assert.Null(await ReadAsync(html));

    [Fact]
    public async Task Neither_script_nor_navigation_nor_captions_get_into_the_text()
    {
        var html = Newsroom
            .Article("field", 1)!
            .Replace(
                "<figure>",
                "<script>var stolen = 1;</script><style>p{}</style><figure>",
                StringComparison.Ordinal
            );

        var article = await ReadAsync(html);

        Assert.DoesNotContain("stolen", article!.Text);
        Assert.DoesNotContain("The scene on Monday", article.Text);
        Assert.DoesNotContain("Imprint", article.Text);
        Assert.DoesNotContain("World", article.Text);
    }

    [Fact]
    public async Task A_long_article_is_cut_at_a_paragraph()
    {
        var paragraph = string.Concat(
            Enumerable.Repeat("The council met again and decided, after long talks, nothing. ", 10)
        );
        var html =
            $"<html><title>Talks</title><body><article>{string.Concat(Enumerable.Repeat($"<p>{paragraph}</p>", 200))}</article></body></html>";

        var article = await ReadAsync(html);

        Assert.InRange(article!.Text.Length, ArticleText.MaxLength - 700, ArticleText.MaxLength);
        Assert.EndsWith("nothing.", article.Text);
    }

    [Theory]
    [InlineData("<div>")]
    [InlineData("<b>")]
    [InlineData("<table><tr><td>")]
    [InlineData("<svg><g>")]
    [InlineData("<svg><tr>")]
    [InlineData("<p><a href=x>")]
    public async Task A_page_nested_without_end_gives_nothing_and_harms_nothing(string open)
    {
        var html = "<html><body>" + string.Concat(Enumerable.Repeat(open, 60_000 / open.Length)) + "some words";

        Assert.Null(await ReadAsync(html));
    }

    [Fact]
    public async Task Foreign_elements_whose_names_look_flat_are_measured_in_the_tree()
    {
        var html = "<html><body><svg>" + string.Concat(Enumerable.Repeat("<tr>", 20_000)) + "</svg>";

        Assert.Null(await ReadAsync(html));
    }

    [Theory]
    [InlineData("<a href=x>word, word</a> ")]
    [InlineData("<img src=x>")]
    [InlineData("<h2>word</h2>")]
    [InlineData("<table><tr><td>word</td></tr></table>")]
    public async Task A_page_made_to_keep_us_busy_is_not_searched(string part)
    {
        var html = "<html><body><article>" + string.Concat(Enumerable.Repeat(part, 3_000)) + "</article>";

        Assert.Null(await ReadAsync(html));
    }

    [Fact]
    public async Task A_page_just_within_the_depth_is_read()
    {
        var html = Newsroom
            .Article("orbit", 2)!
            .Replace(
                "<article>",
                string.Concat(Enumerable.Repeat("<div>", 300)) + "<article>",
                StringComparison.Ordinal
            )
            .Replace(
                "</article>",
                "</article>" + string.Concat(Enumerable.Repeat("</div>", 300)),
                StringComparison.Ordinal
            );

        var article = await ReadAsync(html);

        Assert.Contains("A comet last seen eighty years ago", article!.Text);
    }

    private static Task<ArticleText?> ReadAsync(string html) =>
        ArticleExtractor.ExtractAsync(html, Page, TestContext.Current.CancellationToken);
}
