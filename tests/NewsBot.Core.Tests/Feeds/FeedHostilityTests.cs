using System.Globalization;
using System.Text;
using CsCheck;
using NewsBot.Core.Feeds;

namespace NewsBot.Core.Tests.Feeds;

/// <summary>Documents that want to harm, and documents that broke on their way.</summary>
public sealed class FeedHostilityTests
{
    private static readonly string[] Corpus =
    [
        "harbour-gazette.rss",
        "night-desk.atom",
        "field-notes.json",
        "broken-market.rss",
        "old-river.rdf",
        "radio-hour.rss",
        "front-page.html",
    ];

    [Fact]
    public void A_bomb_of_entities_stays_small()
    {
        var bomb = new StringBuilder("<!DOCTYPE rss [<!ENTITY a0 \"lol lol lol lol lol\">");
        for (var i = 1; i < 30; i++)
        {
            bomb.Append(
                CultureInfo.InvariantCulture,
                $"<!ENTITY a{i} \"{string.Concat(Enumerable.Repeat($"&a{i - 1};", 10))}\">"
            );
        }

        bomb.Append(
            "]><rss><channel><title>&a29;</title><item><title>Still here</title><link>https://a.example/</link></item></channel></rss>"
        );

        var feed = FeedFile.Text(bomb.ToString());

        Assert.True(feed.Title.Length < 1_000);
        Assert.Equal("Still here", Assert.Single(feed.Entries).Title);
    }

    [Fact]
    public void External_entities_are_never_fetched()
    {
        var feed = FeedFile.Text(
            "<!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><rss><channel><title>&x;</title></channel></rss>"
        );

        Assert.Equal("&x;", feed.Title);
    }

    [Fact]
    public void Elements_without_end_inside_each_other_do_no_harm()
    {
        var deep = string.Concat(Enumerable.Repeat("<a>", 200_000));

        Assert.Equal("T", FeedFile.Text($"<rss><channel><title>T</title>{deep}</channel></rss>").Title);
        Assert.Contains("<a>", FeedFile.Refusal(deep), StringComparison.Ordinal);
    }

    [Fact]
    public void Html_nested_too_deep_keeps_its_text_and_loses_its_markup()
    {
        var deep = string.Concat(Enumerable.Repeat("<div><b>", 50_000));

        var entry = FeedFile.RssItem($"<description><![CDATA[{deep}in the depth]]></description>");

        Assert.Equal("in the depth", entry.Summary);
    }

    [Theory]
    [InlineData("<")]
    [InlineData("<!--")]
    [InlineData("<![CDATA[")]
    [InlineData("<!x[")]
    [InlineData("<?x")]
    [InlineData("&#")]
    [InlineData("<a b=\"")]
    [InlineData("<a b='><")]
    [InlineData("</rss>")]
    [InlineData("<item>")]
    [InlineData("{\"a\":[")]
    [InlineData("\0\u0001ÿ")]
    public void A_megabyte_of_junk_ends_in_an_answer(string junk)
    {
        var text = string.Concat(Enumerable.Repeat(junk, 1_000_000 / junk.Length));

        Assert.NotNull(FeedParser.Parse(Encoding.UTF8.GetBytes(text), null, FeedFile.Url));
        Assert.NotNull(FeedParser.Parse(Encoding.UTF8.GetBytes($"<rss><channel><title>{text}"), null, FeedFile.Url));
        Assert.NotNull(FeedDiscovery.Find(Encoding.UTF8.GetBytes(text), null, FeedFile.Url));
    }

    [Fact]
    public void A_feed_with_too_many_entries_is_cut()
    {
        var items = string.Concat(Enumerable.Repeat("<item><title>x</title></item>", FeedParser.MaxEntries + 10));

        Assert.Equal(FeedParser.MaxEntries, FeedFile.Text($"<rss><channel>{items}</channel></rss>").Entries.Count);
    }

    [Fact]
    public void A_document_cut_off_anywhere_never_throws()
    {
        foreach (var name in Corpus)
        {
            var body = FeedFile.Bytes(name);
            for (var length = 0; length <= body.Length; length += 7)
            {
                Assert.NotNull(FeedParser.Parse(body.AsMemory(0, length), null, FeedFile.Url));
            }
        }
    }

    [Fact]
    public void A_document_with_any_bytes_changed_never_throws_and_stays_harmless()
    {
        var bodies = Corpus.Select(FeedFile.Bytes).ToArray();
        var change = Gen.Select(Gen.Int[0, 3_000], Gen.Byte);

        Gen.Select(Gen.Int[0, bodies.Length - 1], change.Array[1, 30])
            .Sample(
                sample =>
                {
                    var (which, changes) = sample;
                    var body = bodies[which].ToArray();
                    foreach (var (at, value) in changes)
                    {
                        body[at % body.Length] = value;
                    }

                    var outcome = FeedParser.Parse(body, null, FeedFile.Url);
                    return outcome is not FeedParseOutcome.Parsed parsed || parsed.Feed.Entries.All(IsHarmless);
                },
                iter: 500,
                threads: 1
            );
    }

    [Theory]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("<svg/onload=alert(1)>")]
    [InlineData("<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>")]
    [InlineData("<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">")]
    [InlineData("<a href=\" java\tscript:alert(1)\">x</a>")]
    [InlineData("<a href=\"data:text/html,<script>alert(1)</script>\">x</a>")]
    [InlineData("<iframe src=\"https://a.example\"></iframe>")]
    [InlineData("<form action=\"https://a.example\"><input name=a></form>")]
    [InlineData("<p style=\"background:url(javascript:alert(1))\">x</p>")]
    [InlineData("<style>p{color:red}</style>")]
    [InlineData("<base href=\"https://evil.example/\"><meta http-equiv=refresh content=0>")]
    [InlineData("<scr<script>ipt>alert(1)</scr</script>ipt>")]
    [InlineData("<a href='https://a.example/' onclick='alert(1)'>x</a>")]
    [InlineData("<p onclick=\"alert(1)\" class=\"a\" style=\"color:red\">x</p>")]
    [InlineData("<a href=\"java&#x09;script:alert(1)\">x</a>")]
    [InlineData("<a href=\"&#106;avascript:alert(1)\">x</a>")]
    [InlineData("<img src=\"data:image/svg+xml;base64,PHN2Zz4=\">")]
    [InlineData("<p>a<!-- --!><script>alert(1)</script> -->b</p>")]
    [InlineData("<p>a<!--><script>alert(1)</script>-->b</p>")]
    [InlineData("<a href=\"https://a.example/&quot; onclick=&quot;alert(1)\">x</a>")]
    [InlineData("<a title='\" onclick=\"alert(1)' href=\"/x\">x</a>")]
    [InlineData("<p><b>x</p></b><script>alert(1)</script>")]
    public void Active_content_never_comes_through(string html)
    {
        var entry = FeedFile.RssItem(
            $"<description><![CDATA[{html}]]></description><content:encoded><![CDATA[{html}]]></content:encoded>"
        );

        Assert.True(IsHarmless(entry), entry.Content);
    }

    private static bool IsHarmless(FeedEntry entry) => IsHarmless(entry.Summary) && IsHarmless(entry.Content);

    private static bool IsHarmless(string? html)
    {
        if (html is null)
        {
            return true;
        }

        var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(html);
        return page.All.All(element =>
            element.LocalName
                is not (
                    "script"
                    or "style"
                    or "iframe"
                    or "object"
                    or "form"
                    or "input"
                    or "svg"
                    or "math"
                    or "base"
                    or "meta"
                )
            && element.Attributes.All(attribute =>
                !attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase)
                && attribute.Name != "style"
                && !(
                    attribute.Name is "href" or "src"
                    && !attribute.Value.StartsWith("http", StringComparison.Ordinal)
                    && !attribute.Value.StartsWith("mailto:", StringComparison.Ordinal)
                )
            )
        );
    }
}
