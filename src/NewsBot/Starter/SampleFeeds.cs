using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;

namespace NewsBot.Starter;

/// <summary>Writes the outlets' feeds, each in its outlet's format.</summary>
internal static class SampleFeeds
{
    private const string AtomNamespace = "http://www.w3.org/2005/Atom";
    private const string DublinCore = "http://purl.org/dc/elements/1.1/";
    private const string MediaRss = "http://search.yahoo.com/mrss/";

    /// <summary>The outlet's feed, newest article first.</summary>
    public static SampleDocument Feed(SampleSite site, SampleOutlet outlet)
    {
        var articles = SampleSite.Articles(outlet);
        var (body, type) = outlet.Format switch
        {
            SampleFormat.Rss => (Xml(xml => Rss(xml, site, outlet, articles)), "application/rss+xml; charset=utf-8"),
            SampleFormat.Atom => (Xml(xml => Atom(xml, site, outlet, articles)), "application/atom+xml; charset=utf-8"),
            SampleFormat.Json => (Json(site, outlet, articles), "application/feed+json; charset=utf-8"),
            _ => (SampleUntidyFeed.Write(site, outlet, articles), "text/xml"),
        };
        return new SampleDocument(body, type, articles.Max(site.UpdatedAt));
    }

    private static byte[] Xml(Action<XmlWriter> write)
    {
        var settings = new XmlWriterSettings
        {
            Indent = true,
            Encoding = new UTF8Encoding(false),
            NewLineChars = "\n",
        };
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, settings))
        {
            write(xml);
        }

        return stream.ToArray();
    }

    private static void Rss(XmlWriter xml, SampleSite site, SampleOutlet outlet, IReadOnlyList<SampleArticle> articles)
    {
        xml.WriteStartElement("rss");
        xml.WriteAttributeString("version", "2.0");
        xml.WriteAttributeString("xmlns", "atom", null, AtomNamespace);
        xml.WriteAttributeString("xmlns", "dc", null, DublinCore);
        xml.WriteAttributeString("xmlns", "media", null, MediaRss);
        xml.WriteStartElement("channel");
        xml.WriteElementString("title", outlet.Name);
        xml.WriteElementString("link", site.HomeUrl(outlet));
        xml.WriteElementString("description", outlet.Motto);
        xml.WriteElementString("language", outlet.Language);
        xml.WriteElementString("copyright", StarterSources.Licence);
        xml.WriteElementString("ttl", "15");
        xml.WriteElementString("lastBuildDate", Rfc822(articles.Max(site.UpdatedAt)));
        xml.WriteStartElement("link", AtomNamespace);
        xml.WriteAttributeString("rel", "self");
        xml.WriteAttributeString("href", site.FeedUrl(outlet));
        xml.WriteEndElement();
        foreach (var article in articles)
        {
            xml.WriteStartElement("item");
            xml.WriteElementString("title", article.Title);
            xml.WriteElementString("link", site.ArticleUrl(outlet, article));
            xml.WriteElementString("guid", site.ArticleUrl(outlet, article));
            xml.WriteElementString("pubDate", Rfc822(site.PublishedAt(article)));
            xml.WriteElementString("creator", DublinCore, article.Author);
            xml.WriteElementString("category", article.Category);
            xml.WriteElementString("description", article.Lead);
            xml.WriteStartElement("content", MediaRss);
            xml.WriteAttributeString("url", site.PictureUrl(article));
            xml.WriteAttributeString("medium", "image");
            xml.WriteAttributeString("type", "image/webp");
            xml.WriteElementString("description", MediaRss, article.Caption);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Atom(XmlWriter xml, SampleSite site, SampleOutlet outlet, IReadOnlyList<SampleArticle> articles)
    {
        xml.WriteStartElement("feed", AtomNamespace);
        xml.WriteAttributeString("xml", "lang", null, outlet.Language);
        xml.WriteElementString("id", $"tag:{outlet.Slug}.example,2020:feed");
        xml.WriteElementString("title", outlet.Name);
        xml.WriteElementString("subtitle", outlet.Motto);
        xml.WriteElementString("rights", StarterSources.Licence);
        xml.WriteElementString("updated", SampleSite.Stamp(articles.Max(site.UpdatedAt)));
        AtomLink(xml, "alternate", site.HomeUrl(outlet), "text/html");
        AtomLink(xml, "self", site.FeedUrl(outlet), "application/atom+xml");
        foreach (var article in articles)
        {
            xml.WriteStartElement("entry");
            xml.WriteElementString("id", $"tag:{outlet.Slug}.example,2020:{article.Slug}");
            xml.WriteElementString("title", article.Title);
            AtomLink(xml, "alternate", site.ArticleUrl(outlet, article), "text/html");
            AtomLink(xml, "enclosure", site.PictureUrl(article), "image/webp");
            xml.WriteElementString("published", SampleSite.Stamp(site.PublishedAt(article)));
            xml.WriteElementString("updated", SampleSite.Stamp(site.UpdatedAt(article)));
            xml.WriteStartElement("author");
            xml.WriteElementString("name", article.Author);
            xml.WriteEndElement();
            xml.WriteStartElement("category");
            xml.WriteAttributeString("term", article.Category);
            xml.WriteEndElement();
            xml.WriteElementString("summary", article.Lead);
            xml.WriteStartElement("content");
            xml.WriteAttributeString("type", "html");
            xml.WriteString(SamplePages.Paragraphs(article.Blocks));
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void AtomLink(XmlWriter xml, string relation, string url, string type)
    {
        xml.WriteStartElement("link");
        xml.WriteAttributeString("rel", relation);
        xml.WriteAttributeString("type", type);
        xml.WriteAttributeString("href", url);
        xml.WriteEndElement();
    }

    private static byte[] Json(SampleSite site, SampleOutlet outlet, IReadOnlyList<SampleArticle> articles) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new JsonObject
            {
                ["version"] = "https://jsonfeed.org/version/1.1",
                ["title"] = outlet.Name,
                ["description"] = outlet.Motto,
                ["home_page_url"] = site.HomeUrl(outlet),
                ["feed_url"] = site.FeedUrl(outlet),
                ["language"] = outlet.Language,
                ["items"] = new JsonArray([.. articles.Select(article => JsonItem(site, outlet, article))]),
            }
        );

    private static JsonObject JsonItem(SampleSite site, SampleOutlet outlet, SampleArticle article) =>
        new()
        {
            ["id"] = $"{outlet.Slug}/{article.Slug}",
            ["url"] = site.ArticleUrl(outlet, article),
            ["title"] = article.Title,
            ["summary"] = article.Lead,
            ["content_html"] = SamplePages.Paragraphs(article.Blocks),
            ["image"] = site.PictureUrl(article),
            ["date_published"] = SampleSite.Stamp(site.PublishedAt(article)),
            ["date_modified"] = SampleSite.Stamp(site.UpdatedAt(article)),
            ["authors"] = new JsonArray(new JsonObject { ["name"] = article.Author }),
            ["tags"] = new JsonArray(article.Category),
        };

    private static string Rfc822(DateTimeOffset time) =>
        time.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);
}
