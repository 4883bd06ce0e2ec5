using System.Text;

namespace NewsBot.Core.Tests.Feeds;

/// <summary>One habit of publishers each.</summary>
public sealed class FeedQuirkTests
{
    [Theory]
    [InlineData("AT&amp;T", "AT&T")]
    [InlineData("AT&amp;amp;T", "AT&T")]
    [InlineData("&lt;b&gt;Bold&lt;/b&gt; move", "Bold move")]
    [InlineData("<![CDATA[<i>Leaning</i> tower]]>", "Leaning tower")]
    [InlineData("<b>Naked</b> markup", "Naked markup")]
    [InlineData("I &lt;3 feeds, a &lt; b and c &gt; d", "I <3 feeds, a < b and c > d")]
    [InlineData("Two\n  lines\tand tabs ", "Two lines and tabs")]
    [InlineData("&amp;#8220;Quoted&amp;#8221; &amp;hellip;", "“Quoted” …")]
    [InlineData("The List&lt;T&gt; class", "The List<T> class")]
    public void A_title_is_one_line_of_plain_text(string written, string read) =>
        Assert.Equal(read, FeedFile.RssItem($"<title>{written}</title>").Title);

    [Theory]
    [InlineData("text", "History of the &lt;blink&gt; tag", "History of the <blink> tag")]
    [InlineData("html", "Less is &lt;em&gt;more&lt;/em&gt;", "Less is more")]
    [InlineData("xhtml", "<div xmlns=\"http://www.w3.org/1999/xhtml\">Less is <em>more</em></div>", "Less is more")]
    public void An_Atom_title_is_read_by_its_type(string type, string written, string read) =>
        Assert.Equal(read, FeedFile.AtomEntry($"<title type=\"{type}\">{written}</title>").Title);

    [Fact]
    public void Every_named_entity_of_HTML_is_known_undeclared()
    {
        var feed = FeedFile.Text(
            "<rss><channel><title>caf&eacute; &hellip; &frac12; &Zopf; &nosuch; &amp;</title></channel></rss>"
        );

        Assert.Equal("café … ½ ℤ &nosuch; &", feed.Title);
    }

    [Fact]
    public void Entities_the_document_declares_are_put_in()
    {
        var feed = FeedFile.Text(
            "<!DOCTYPE rss [<!ENTITY pub \"The Paper\">]><rss><channel><title>&pub; today</title></channel></rss>"
        );

        Assert.Equal("The Paper today", feed.Title);
    }

    [Fact]
    public void An_undeclared_prefix_means_what_it_usually_means()
    {
        var entry = FeedFile.RssItem(
            "<dc:creator>Jo</dc:creator><content:encoded>&lt;p&gt;Hi&lt;/p&gt;</content:encoded>"
        );

        Assert.Equal(["Jo"], entry.Authors);
        Assert.Equal("<p>Hi</p>", entry.Content);
    }

    [Fact]
    public void A_guid_is_the_link_unless_it_says_otherwise()
    {
        Assert.Equal("https://a.example/1", FeedFile.RssItem("<guid>https://a.example/1</guid>").Link?.AbsoluteUri);
        Assert.Null(FeedFile.RssItem("<guid isPermaLink=\"false\">https://a.example/1</guid>").Link);
        Assert.Null(FeedFile.RssItem("<guid>tag:a.example,1</guid>").Link);
        Assert.Equal(
            "https://a.example/2",
            FeedFile.RssItem("<guid>https://a.example/1</guid><link>https://a.example/2</link>").Link?.AbsoluteUri
        );
    }

    [Fact]
    public void Only_web_addresses_become_links()
    {
        Assert.Null(FeedFile.RssItem("<link>javascript:alert(1)</link>").Link);
        Assert.Null(FeedFile.RssItem("<link>file:///etc/passwd</link>").Link);
        Assert.Null(FeedFile.RssItem("<link>mailto:a@b.example</link>").Link);
        Assert.Equal("http://www.a.example/x", FeedFile.RssItem("<link> www.a.example/\n x </link>").Link?.AbsoluteUri);
        Assert.Equal("https://feed.example/x", FeedFile.RssItem("<link>/x</link>").Link?.AbsoluteUri);
    }

    [Fact]
    public void The_alternate_page_wins_over_other_relations()
    {
        var entry = FeedFile.AtomEntry(
            """
            <link rel="replies" href="https://a.example/replies"/>
            <link rel="alternate" type="application/pdf" href="https://a.example/1.pdf"/>
            <link rel="alternate" type="text/html" href="https://a.example/1"/>
            <link rel="via" href="https://b.example/1"/>
            """
        );

        Assert.Equal("https://a.example/1", entry.Link?.AbsoluteUri);
    }

    [Fact]
    public void Titles_inside_image_text_input_and_source_stay_there()
    {
        var feed = FeedFile.Text(
            """
            <rss version="2.0"><channel><image><title>Image</title><link>https://i.example/</link></image>
            <textInput><title>Search</title></textInput><title>True</title>
            <item><source url="https://o.example/f"><title>Other</title></source><title>Item</title></item></channel></rss>
            """
        );

        Assert.Equal("True", feed.Title);
        Assert.Null(feed.Link);
        Assert.Equal("Item", Assert.Single(feed.Entries).Title);
    }

    [Fact]
    public void Entries_beside_the_channel_and_feeds_without_a_namespace_count_too()
    {
        var beside = FeedFile.Text("<rss><channel><title>T</title></channel><item><title>One</title></item></rss>");
        var nameless = FeedFile.Text("<feed version=\"0.3\"><entry><title>Two</title></entry></feed>");
        var strange = FeedFile.Text("<feed xmlns=\"urn:my-own-atom\"><entry><title>Three</title></entry></feed>");

        Assert.Equal("One", Assert.Single(beside.Entries).Title);
        Assert.Equal("Two", Assert.Single(nameless.Entries).Title);
        Assert.Equal("Three", Assert.Single(strange.Entries).Title);
    }

    [Fact]
    public void Text_without_markup_is_escaped_once()
    {
        Assert.Equal("Fish &amp; chips", FeedFile.RssItem("<description>Fish &amp; chips</description>").Summary);
        Assert.Equal("1 &lt; 2", FeedFile.AtomEntry("<summary>1 &lt; 2</summary>").Summary);
        Assert.Equal(
            "Käse &amp; Brötchen 🥐",
            FeedFile.RssItem("<description>Käse &amp; Brötchen 🥐</description>").Summary
        );
        Assert.Null(FeedFile.RssItem("<description>  </description>").Summary);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    [InlineData("shift_jis")]
    [InlineData("euc-jp")]
    [InlineData("iso-2022-jp")]
    public void Japanese_is_read_in_every_encoding_it_is_declared_in(string name)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var encoding = Encoding.GetEncoding(name);
        var document =
            $"<?xml version=\"1.0\" encoding=\"{name}\"?><rss><channel><title>東京のニュース</title></channel></rss>";

        Assert.Equal("東京のニュース", FeedFile.Parsed(encoding.GetBytes(document), null).Title);
        Assert.Equal(
            "東京のニュース",
            FeedFile.Parsed([.. encoding.Preamble, .. encoding.GetBytes(document)], null).Title
        );
    }

    [Theory]
    [InlineData("windows-1251", "Новости города и страны сегодня")]
    [InlineData("koi8-r", "Новости города и страны сегодня")]
    [InlineData("gb18030", "今天的新闻是我们国家的大事，人们都在说这个")]
    [InlineData("big5", "今天的新聞是我們國家的大事，人們都在說這個")]
    [InlineData("euc-kr", "오늘의 주요 뉴스와 날씨")]
    [InlineData("windows-1253", "Ειδήσεις της ημέρας")]
    [InlineData("iso-8859-2", "Zażółć gęślą jaźń")]
    public void The_header_tells_the_encoding_where_the_document_does_not(string name, string title)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var body = Encoding.GetEncoding(name).GetBytes($"<rss><channel><title>{title}</title></channel></rss>");

        Assert.Equal(title, FeedFile.Parsed(body, $"text/xml; charset=\"{name}\"").Title);
    }

    [Theory]
    [InlineData("windows-1251", "Новости города и страны сегодня")]
    [InlineData("koi8-r", "новости города и страны сегодня утром")]
    [InlineData("euc-kr", "오늘의 주요 뉴스와 날씨를 전합니다")]
    [InlineData("shift_jis", "きょうのニュースをおつたえします")]
    [InlineData("windows-1252", "L’été à Besançon : déjà trop chaud")]
    public void An_encoding_nobody_tells_is_guessed(string name, string title)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var body = Encoding.GetEncoding(name).GetBytes($"<rss><channel><title>{title}</title></channel></rss>");

        Assert.Equal(title, FeedFile.Parsed(body, null).Title);
    }

    [Fact]
    public void Valid_UTF8_is_read_as_such_whatever_was_declared()
    {
        var body = Encoding.UTF8.GetBytes(
            "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><rss><channel><title>naïve</title></channel></rss>"
        );

        Assert.Equal("naïve", FeedFile.Parsed(body, "text/xml; charset=iso-8859-1").Title);
    }
}
