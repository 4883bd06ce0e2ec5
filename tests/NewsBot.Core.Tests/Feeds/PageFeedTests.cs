using System.Text;
using NewsBot.Core.Feeds;

namespace NewsBot.Core.Tests.Feeds;

/// <summary>Web pages that are read as if they were feeds.</summary>
public sealed class PageFeedTests
{
    private static readonly Uri Url = new("https://town.example/news/");

    private const string Page = """
        <!doctype html><html lang="en-GB"><head><title>Town  News</title><base href="/news/"></head><body>
        <nav><ul><li><a href="/a">About the town hall and us</a></li><li><a href="/b">Opening hours of the office</a></li>
          <li><a href="/c">How to reach the town hall</a></li></ul></nav>
        <div class="list">
          <article class="teaser post-101"><h2><a href="ferry">Ferry is back after forty days</a></h2>
            <time datetime="2026-03-02T08:00:00+01:00">today</time>
            <img src="data:image/gif;base64,x" data-src="/img/ferry.jpg" width="640">
            <p>The ferry runs again, and the school on the island opens.</p></article>
          <article class="teaser post-102"><h2><a href="https://town.example/news/bridge?x=1&amp;y=2">Bridge &amp; road closed</a></h2>
            <span class="date">28 February 2026</span><img src="/icon.png" width="16">
            <p>Short.</p></article>
          <article class="teaser post-103"><h2><a href="javascript:alert(1)">No real link here at all</a></h2><p>Nothing.</p></article>
          <article class="teaser post-104"><h2><a href="market">Market moves to the old harbour</a></h2></article>
        </div>
        <aside><article class="teaser"><h2><a href="/ad">Buy a new boat at the pier today</a></h2></article></aside>
        <script>document.write("<article class='teaser'><h2><a href='/s'>Made by a script</a></h2></article>")</script>
        </body></html>
        """;

    [Fact]
    public void Only_the_items_need_a_selector_for_the_rest_stands_where_it_usually_does()
    {
        var feed = Read(".list > article.teaser");

        Assert.Equal(FeedFormat.Html, feed.Format);
        Assert.Equal("Town News", feed.Title);
        Assert.Equal("en-GB", feed.Language);
        Assert.Equal(3, feed.Entries.Count);
        var ferry = feed.Entries[0];
        Assert.Equal("Ferry is back after forty days", ferry.Title);
        Assert.Equal("https://town.example/news/ferry", ferry.Link!.AbsoluteUri);
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 7, 0, 0, TimeSpan.Zero), ferry.PublishedAt);
        Assert.Equal("The ferry runs again, and the school on the island opens.", ferry.Summary);
        Assert.Equal("https://town.example/img/ferry.jpg", ferry.Image!.AbsoluteUri);
        var bridge = feed.Entries[1];
        Assert.Equal("Bridge & road closed", bridge.Title);
        Assert.Equal("https://town.example/news/bridge?x=1&y=2", bridge.Link!.AbsoluteUri);
        Assert.Equal(new DateTimeOffset(2026, 2, 28, 0, 0, 0, TimeSpan.Zero), bridge.PublishedAt);
        Assert.Null(bridge.Summary);
        Assert.Null(bridge.Image);
    }

    [Fact]
    public void Parts_may_be_named_with_an_attribute_or_without()
    {
        const string Html = """
            <ul><li data-when="2026-01-05"><b>First <i>of</i> all</b><span>Read <a href="/1">on</a></span><em>A word or two</em></li></ul>
            """;

        var entry = Assert.Single(Read("li; title: b; link: span a@href; date: @data-when; summary: em", Html).Entries);

        Assert.Equal("First of all", entry.Title);
        Assert.Equal("https://town.example/1", entry.Link!.AbsoluteUri);
        Assert.Equal(new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero), entry.PublishedAt);
        Assert.Equal("A word or two", entry.Summary);
    }

    [Theory]
    [InlineData("li", "a b c d e f")]
    [InlineData("ul > li", "a b c d")]
    [InlineData("#first li", "a b c d")]
    [InlineData("ol li, #first .x", "a c e f")]
    [InlineData("li:first-child", "a e")]
    [InlineData("li:last-child", "d f")]
    [InlineData("ul li:nth-child(odd)", "a c")]
    [InlineData("ul li:nth-child(2n+2)", "b d")]
    [InlineData("ul li:nth-child(-n+2)", "a b")]
    [InlineData("ul li:nth-last-child(1)", "d")]
    [InlineData("li:not(.x)", "b d e f")]
    [InlineData("li.x + li", "b d")]
    [InlineData("li.x ~ li", "b c d")]
    [InlineData("body ol > li + li", "f")]
    [InlineData("[data-k^='on']", "b")]
    [InlineData("[data-k$=o]", "c")]
    [InlineData("[data-k*=n]", "b")]
    [InlineData("[data-k=two].x", "c")]
    [InlineData("ul li[class~=\"y\"]", "c")]
    [InlineData(".md\\:flex", "d")]
    [InlineData("* > ul > *:only-child, ol > *:nth-child(1)", "e")]
    public void Selectors_match_what_they_match_in_a_browser(string selector, string expected)
    {
        const string Html = """
            <body><ul id=first><li class=x><a href=/a>a</a><li data-k=one><a href=/b>b</a><li class="x y" data-k=two><a href=/c>c</a>
            <li class="md:flex"><a href=/d>d</a></ul><ol><li><a href=/e>e</a><li><a href=/f>f</a></ol>
            """;

        Assert.Equal(expected, string.Join(' ', Read(selector, Html).Entries.Select(entry => entry.Title)));
    }

    [Theory]
    [InlineData("", "It ends too early.")]
    [InlineData("li >", "It ends too early.")]
    [InlineData("li[", "It ends too early.")]
    [InlineData("li[a='x]", "A quotation mark is not closed.")]
    [InlineData("li:hover", "“:hover” is not known here.")]
    [InlineData("li::before", "cannot stand at its place 4")]
    [InlineData("li { }", "cannot stand at its place 4")]
    [InlineData("li:nth-child(x)", "is no place among siblings")]
    [InlineData("li; body: p", "is no part of an item")]
    [InlineData("li; title h2", "is no part of an item")]
    [InlineData("li; title: h2; title: h3", "each once")]
    [InlineData("li; date: >", "is no selector")]
    public void What_is_no_selector_is_said_in_a_sentence(string text, string expected)
    {
        Assert.Null(PageRecipe.Read(text, out var problem));

        Assert.Contains(expected, problem);
    }

    [Fact]
    public void A_recipe_is_kept_as_one_line_that_reads_the_same()
    {
        var recipe = PageRecipe.Read(" ul  >\n li[title=\"a;b\"] ;title:  h2 ;; ", out _)!;

        Assert.Equal("ul > li[title='a;b']; title:  h2".Replace("  ", " ", StringComparison.Ordinal), recipe.Text);
        Assert.Equal(recipe.Text, PageRecipe.Read(recipe.Text, out _)!.Text);
        Assert.Null(PageRecipe.Read(new string('a', PageRecipe.MaxLength + 1), out _));
    }

    [Fact]
    public void A_page_without_what_is_sought_says_so()
    {
        Assert.Contains("match nothing on the page", Refusal(".gone", Page));
        Assert.Contains("has no headline with a link", Refusal("p", "<p>Words</p><p>More words</p>"));
    }

    [Fact]
    public void The_structure_that_repeats_is_found_by_itself()
    {
        var (recipe, feed) = PageFeed.Suggest(Encoding.UTF8.GetBytes(Page), "text/html", Url)!.Value;

        Assert.Equal("div.list > article.teaser", recipe.Text);
        Assert.Equal(3, feed.Entries.Count);
        Assert.Equal("Ferry is back after forty days", feed.Entries[0].Title);
        Assert.NotNull(feed.Entries[0].PublishedAt);
    }

    [Theory]
    [InlineData(
        "<div class='row'><div class='card'><a href='/{0}'><img src='/i.png'><h3>The {0} headline of the day</h3></a><p>{1}</p></div></div>",
        "div.card"
    )]
    [InlineData("<tr><td>{0}</td><td><a href='/{0}'>The {0} decision of the council</a></td></tr>", "tbody > tr")]
    [InlineData("<li><a href='/{0}'>The {0} notice to all of you</a> <small>2026-01-0{0}</small></li>", "div > li")]
    [InlineData("<div class='e-1x234 entry'><h2><a href='/{0}'>町議会が第{0}号議案を可決</a></h2></div>", "div.entry")]
    public void Lists_of_many_kinds_are_found(string item, string expected)
    {
        var items = string.Concat(
            Enumerable
                .Range(1, 6)
                .Select(i =>
                    string.Format(
                        System.Globalization.CultureInfo.InvariantCulture,
                        item,
                        i,
                        "Words about it that say somewhat more."
                    )
                )
        );
        var body = item.StartsWith("<tr", StringComparison.Ordinal)
            ? $"<table>{items}</table>"
            : $"<div id=m>{items}</div>";

        var found = PageFeed.Suggest(
            Encoding.UTF8.GetBytes(
                $"<html><body><h1>News</h1>{body}<footer><a href=/x>Some legal words here</a></footer>"
            ),
            "text/html",
            Url
        );

        Assert.Equal(expected, found!.Value.Recipe.Text);
        Assert.Equal(6, found.Value.Feed.Entries.Count);
    }

    [Theory]
    [InlineData("<p>Hello</p>")]
    [InlineData(
        "<nav><ul><li><a href=/1>One of the many pages</a><li><a href=/2>Two of the many pages</a><li><a href=/3>Three of the pages</a></ul></nav>"
    )]
    [InlineData(
        "<ul><li><a href=/1>Home</a><li><a href=/2>Sport</a><li><a href=/3>News</a><li><a href=/4>Log in</a></ul>"
    )]
    [InlineData("")]
    public void A_page_without_a_list_of_headlines_suggests_nothing(string body) =>
        Assert.Null(PageFeed.Suggest(Encoding.UTF8.GetBytes($"<html><body>{body}"), "text/html", Url));

    [Fact]
    public void Declared_encodings_are_followed()
    {
        System.Text.Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var bytes = Encoding
            .GetEncoding(1251)
            .GetBytes("<meta charset=windows-1251><ul><li><a href=/1>Мост открыли раньше срока</a></ul>");

        var feed = Assert.IsType<FeedParseOutcome.Parsed>(PageFeed.Read(Recipe("li"), bytes, "text/html", Url)).Feed;

        Assert.Equal("Мост открыли раньше срока", feed.Entries[0].Title);
    }

    private static PageRecipe Recipe(string text) =>
        PageRecipe.Read(text, out var problem) ?? throw new InvalidOperationException(problem);

    private static ParsedFeed Read(string recipe, string html = Page) =>
        Assert
            .IsType<FeedParseOutcome.Parsed>(
                PageFeed.Read(Recipe(recipe), Encoding.UTF8.GetBytes(html), "text/html", Url)
            )
            .Feed;

    private static string Refusal(string recipe, string html) =>
        Assert
            .IsType<FeedParseOutcome.NotAFeed>(
                PageFeed.Read(Recipe(recipe), Encoding.UTF8.GetBytes(html), "text/html", Url)
            )
            .Reason;
}
