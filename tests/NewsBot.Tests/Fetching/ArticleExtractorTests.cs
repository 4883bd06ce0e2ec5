using NewsBot.Core.Summaries;
using NewsBot.Fetching;
using NewsBot.Fetching.Articles;
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
        Assert.Equal(new Uri("https://harbour.example/pictures/0.png"), article.Pictures[0].Url);
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
        var sentences = string.Concat(
            Enumerable.Repeat("The council met again and decided, after long talks, nothing. ", 10)
        );
        var paragraphs = Enumerable.Range(100, 200).Select(day => $"<p>On day {day} it was no better. {sentences}</p>");
        var html = $"<html><title>Talks</title><body><article>{string.Concat(paragraphs)}</article></body></html>";

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
    [InlineData("<p hidden>Nobody ever reads what stands here, and nobody shall.</p>")]
    public async Task Much_of_what_is_no_text_is_no_text_either(string part)
    {
        var html = "<html><body><article>" + string.Concat(Enumerable.Repeat(part, 3_000)) + "</article>";

        Assert.Null(await ReadAsync(html));
    }

    [Fact]
    public async Task A_page_too_large_or_too_deep_says_so()
    {
        var large = $"<p>{new string('x', 5_000_000)}";
        var many = string.Concat(Enumerable.Repeat("<p>x", 70_000));
        var deep = string.Concat(Enumerable.Repeat("<div>", 10_000));

        var attributes = $"<p {string.Concat(Enumerable.Range(0, 10_000).Select(number => $"a{number} "))}>x";
        var bold = string.Concat(Enumerable.Range(0, 100).Select(number => $"<b id={number}>"));
        var reopened = $"<p>{bold}</p>{string.Concat(Enumerable.Repeat("<p>x", 10_000))}";
        var endless = string.Concat(Enumerable.Repeat("<b \"", 20_000));

        foreach (var html in (string[])[large, many, deep, attributes, reopened, endless])
        {
            var reading = await ArticleExtractor.ReadAsync(html, Page, TestContext.Current.CancellationToken);

            Assert.Same(PageReading.TooLarge, reading);
        }
    }

    [Theory]
    [InlineData("{\"@type\":\"NewsArticle\",\"articleBody\":5,\"author\":[1,{}],\"image\":[],\"datePublished\":{}}")]
    [InlineData("{\"@type\":[],\"@graph\":{\"@graph\":null}}")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")]
    [InlineData("<!-- not JSON -->")]
    public async Task Broken_linked_data_harms_nothing(string json)
    {
        var html = Newsroom
            .Article("harbour", 0)!
            .Replace(
                "<article>",
                $"<script type=application/ld+json>{json}</script><article>",
                StringComparison.Ordinal
            );

        var article = await ReadAsync(html);

        Assert.Equal("Harbour bridge opens to cyclists", article!.Title);
        Assert.StartsWith("The new bridge across the harbour opened", article.Text);
    }

    [Fact]
    public async Task A_summary_is_made_of_paragraphs_alone()
    {
        var html = Newsroom
            .Article("harbour", 0)!
            .Replace(
                "<article>",
                "<article><h2>What is known so far?</h2><ul><li>it is open.</li></ul>",
                StringComparison.Ordinal
            );

        var article = await ReadAsync(html);

        Assert.Contains("What is known so far?", article!.Text);
        Assert.Contains("it is open.", article.Text);
        Assert.StartsWith("The new bridge across the harbour opened", article.Prose);
    }

    [Theory]
    [InlineData(
        "<meta name=author content='Mira Tal'><meta property=article:published_time content=2024-03-05T07:30:00+01:00>",
        ""
    )]
    [InlineData("", "<span itemprop=author>By Mira Tal</span> <time datetime=2024-03-05T06:30:00Z>5 March</time>")]
    [InlineData(
        "<script type=application/ld+json>{\"@type\":\"BlogPosting\",\"author\":\"Mira Tal\",\"datePublished\":\"2024-03-05T06:30:00Z\"}</script>",
        ""
    )]
    public async Task Author_and_time_are_found_wherever_they_stand(string head, string inside)
    {
        var html =
            $"<html lang=en_GB><head><title>Bread for half the price</title>{head}</head><body><article>{inside}<p>Bakers in Veld will sell yesterday's bread at half its price from Monday on, after a trial in three shops brought more customers than anybody had thought it would.</p></article>";

        var article = await ReadAsync(html);

        Assert.Equal("Mira Tal", article!.Byline);
        Assert.Equal(new DateTimeOffset(2024, 3, 5, 6, 30, 0, TimeSpan.Zero), article.PublishedAt);
        Assert.Equal("en-GB", article.Language);
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

    private static async Task<ArticleText?> ReadAsync(string html) =>
        (await ArticleExtractor.ReadAsync(html, Page, TestContext.Current.CancellationToken)).Article;
}
