using System.Globalization;
using System.Net;
using System.Text;

namespace NewsBot.Starter;

/// <summary>
/// Writes a feed with the faults that real outlets serve every day, so that the tolerant reader is seen at work from the
/// first minute: each fault below was chosen on purpose.
/// </summary>
internal static class SampleUntidyFeed
{
    /// <summary>An RSS document that no strict XML reader accepts, in windows-1252.</summary>
    public static byte[] Write(SampleSite site, SampleOutlet outlet, IReadOnlyList<SampleArticle> articles)
    {
        var feed = new StringBuilder(
            $"""

            <?xml version="1.0" encoding="windows-1252"?>
            <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
            <channel>
            <title>{outlet.Name} &raquo;&nbsp;Feed</title>
            <link>{outlet.HomePath}</link>
            <description>{outlet.Motto} & more</description>
            <language>en-us</language>

            """
        );
        foreach (var (index, article) in articles.Index())
        {
            Item(feed, site, outlet, article, index);
        }

        feed.Append("</channel>\n</rss>\n");
        var windows = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
        return windows.GetBytes(feed.ToString());
    }

    private static void Item(StringBuilder feed, SampleSite site, SampleOutlet outlet, SampleArticle article, int index)
    {
        // A thumbnail in a namespace that nobody declares, and a category that nobody closes.
        // No guid, a relative link with tracking parameters, and only every other ampersand escaped.
        var and = index % 2 == 0 ? "&amp;" : "&";
        var path = outlet.HomePath + article.Slug;
        var link = string.Create(
            CultureInfo.InvariantCulture,
            $"{path}?utm_source=rss{and}utm_medium=feed{and}utm_campaign=gazette{and}fbclid=GG{index + 1000}"
        );
        var lead = WebUtility.HtmlEncode(article.Lead);
        feed.Append(
            CultureInfo.InvariantCulture,
            $"""
            <item>
            <title>{Title(article)}</title>
            <link>{link}</link>
            <pubDate>{Date(site.PublishedAt(article), index)}</pubDate>
            <media:thumbnail url="{SampleSite.PicturePath(article)}" width="150" />
            <author>newsdesk@gullcliff-gazette.example ({article.Author})</author>
            <category>{article.Category}
            <description><![CDATA[&lt;p&gt;{lead} &lt;a href="{link}"&gt;Read&nbsp;more&amp;hellip;&lt;/a&gt;&lt;/p&gt;]]></description>
            <content:encoded><![CDATA[<div class="share"><a href="https://share.example/post?u={link}">Share this</a> | <a href="https://mail.example/send">E-mail</a></div>
            <script type="text/javascript">document.write('<img src="https://ads.example/b.gif">');</script>
            <img src="{SampleSite.PicturePath(article)}" alt="{WebUtility.HtmlEncode(article.Caption)}" onerror="alert(1)">
            <p>{lead}<p>{WebUtility.HtmlEncode(article.Blocks[1])}
            <img src="https://pixel.example/p.gif" width="1" height="1">
            <p><b>The post <a href="{link}">{WebUtility.HtmlEncode(
                article.Title
            )}</a> appeared first on <a href="/">Gullcliff Gazette</a>.]]></content:encoded>
            </item>

            """
        );
    }

    /// <summary>HTML entities that XML does not know.</summary>
    private static string Title(SampleArticle article)
    {
        var title = article
            .Title.Replace("–", "&ndash;", StringComparison.Ordinal)
            .Replace("’", "&rsquo;", StringComparison.Ordinal);
        var last = title.LastIndexOf(' ');
        return $"{title[..last]}&nbsp;{title[(last + 1)..]}";
    }

    /// <summary>The day name is always one too many, and every third time lacks its seconds.</summary>
    private static string Date(DateTimeOffset time, int index)
    {
        var wrongDay = time.AddDays(1).ToString("ddd", CultureInfo.InvariantCulture);
        var format = index % 3 == 2 ? "d MMM yyyy HH:mm 'GMT'" : "dd MMM yyyy HH:mm:ss 'GMT'";
        return $"{wrongDay}, {time.ToString(format, CultureInfo.InvariantCulture)}";
    }
}
