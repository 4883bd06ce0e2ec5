using System.Text;
using NewsBot.Core.Feeds;

namespace NewsBot.Core.Tests.Feeds;

/// <summary>Pages and selectors made to hang whoever reads them: a test that hangs is one that fails.</summary>
public sealed class PageHostilityTests
{
    private static readonly Uri Url = new("https://page.example/");

    [Theory]
    [InlineData("<div>")]
    [InlineData("<table><tr><td>")]
    [InlineData("<ul><li>")]
    [InlineData("<a href=/x><p>")]
    [InlineData("<svg><foreignObject>")]
    [InlineData("<button><p>")]
    public void Nesting_without_end_is_refused_or_read_flat(string piece) => Ends("li, p, td", Many(piece, 50_000));

    [Fact]
    public void Unclosed_letters_in_bold_are_not_made_bold_in_every_paragraph_again()
    {
        var start = string.Concat(Enumerable.Range(0, 400).Select(i => $"<b id=x{i}><i id=y{i}>"));

        Ends("p", $"<p>{start}</p>{Many("<p>x", 40_000)}");
    }

    [Fact]
    public void Quotation_marks_that_lie_hide_no_tags()
    {
        var hidden = Many("<i><i><i>", 30_000);

        Ends("i", $"<a title=\">{hidden}\"><b title=\"{hidden}\">{hidden}");
    }

    [Fact]
    public void Selectors_that_could_be_followed_in_many_ways_are_followed_in_one()
    {
        var selector = string.Join(' ', Enumerable.Repeat("div", 28)) + " li";
        var tags = Many("<div>", 150) + Many("<p><a href=/x>x</a></p>", 5_000);

        Assert.IsType<FeedParseOutcome.NotAFeed>(Read(selector, tags));
        Assert.IsType<FeedParseOutcome.NotAFeed>(Read("p ~ p ~ p ~ p ~ p ~ p ~ p ~ p > li", tags));
        Assert.IsType<FeedParseOutcome.NotAFeed>(Read(":not(p) :not(p) :not(p) :not(p) > li:nth-child(2n+1)", tags));
    }

    [Theory]
    [InlineData(":not(:not(:not(p)))")]
    [InlineData(
        "a b c d e f g h i j k l m n o p q r s t u v w x y z a b c d e f g h i j k l m n o p q r s t u v w x y z a b c d e f g h i j k"
    )]
    [InlineData(".a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p")]
    public void Selectors_are_bounded_themselves(string selector) =>
        Assert.True(PageRecipe.Read(selector, out var problem) is not null || problem.Length > 0);

    [Fact]
    public void A_page_of_many_megabytes_is_refused() =>
        Assert.Contains(
            "too large",
            Assert.IsType<FeedParseOutcome.NotAFeed>(Read("p", Many("<p>hello world</p>", 500_000))).Reason
        );

    [Theory]
    [InlineData("<p><a href=/{0}>Headline number {0} of all</a></p>")]
    [InlineData("<div class=c{0}><a href=/{0}>Headline number {0} of all</a></div>")]
    [InlineData("<h2 class=date><h2><a href=/{0}>Headline number {0} of all</a>")]
    public void A_list_of_thousands_is_cut_and_suggested_in_good_time(string item)
    {
        var page = string.Concat(
            Enumerable
                .Range(0, 15_000)
                .Select(i => string.Format(System.Globalization.CultureInfo.InvariantCulture, item, i))
        );

        var found = PageFeed.Suggest(Encoding.UTF8.GetBytes(page), "text/html", Url);

        Assert.True(found is null || found.Value.Feed.Entries.Count <= PageFeed.MaxItems);
    }

    [Fact]
    public void Words_of_a_page_stay_words()
    {
        var feed = Assert
            .IsType<FeedParseOutcome.Parsed>(
                Read(
                    "li",
                    "<ul><li><a href=/1>&lt;script&gt;alert(1)&lt;/script&gt; in a title</a><p>&lt;img src=x onerror=alert(1)&gt; and so on, and so on, and more</p></ul>"
                )
            )
            .Feed;

        Assert.Equal("<script>alert(1)</script> in a title", feed.Entries[0].Title);
        Assert.StartsWith("&lt;img src=x", feed.Entries[0].Summary);
    }

    private static void Ends(string selector, string html) => Assert.NotNull(Read(selector, html));

    private static FeedParseOutcome Read(string selector, string html) =>
        PageFeed.Read(PageRecipe.Read(selector, out _)!, Encoding.UTF8.GetBytes(html), "text/html", Url);

    private static string Many(string piece, int times) => new StringBuilder().Insert(0, piece, times).ToString();
}
