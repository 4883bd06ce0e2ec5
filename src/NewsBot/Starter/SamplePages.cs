using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace NewsBot.Starter;

/// <summary>Fills the outlets' page templates. A template names its places {{like this}}.</summary>
internal static class SamplePages
{
    private const string Html = "text/html; charset=utf-8";

    // Many real servers do not send the encoding, so readers have to look for it in the page.
    private const string HtmlWithoutCharset = "text/html";

    private const int RelatedArticles = 3;
    private const int LatestArticles = 5;

    /// <summary>The page that names the outlets.</summary>
    public static SampleDocument Index(SampleSite site)
    {
        var outlets = string.Concat(
            StarterSources.Outlets.Select(outlet =>
                $"""<li><a href="{Text(site.HomeUrl(outlet))}" lang="{outlet.Language}">{Text(outlet.Name)}</a> <span lang="{outlet.Language}">{Text(outlet.Motto)}</span> <small><a href="{Text(site.FeedUrl(outlet))}">{FormatName(outlet.Format)}</a></small></li>"""
            )
        );
        var places = new Dictionary<string, string>(StringComparer.Ordinal) { ["outlets"] = outlets };
        return Page("newsroom/index.html", places, Html, site.CreatedAt);
    }

    /// <summary>An outlet's home page.</summary>
    public static SampleDocument Home(SampleSite site, SampleOutlet outlet)
    {
        var articles = SampleSite.Articles(outlet);
        var places = Places(site, outlet);
        places["articles"] = string.Concat(articles.Select(article => Teaser(site, outlet, article)));
        return Page("newsroom/home.html", places, Html, articles.Max(site.UpdatedAt));
    }

    /// <summary>An article's page; null where the outlet has no such article.</summary>
    public static SampleDocument? Article(SampleSite site, SampleOutlet outlet, string slug)
    {
        var articles = SampleSite.Articles(outlet);
        var article = articles.FirstOrDefault(candidate => candidate.Slug == slug);
        if (article is null)
        {
            return null;
        }

        var others = articles.Where(other => other != article).ToList();
        var places = Places(site, outlet);
        places["title"] = Text(article.Title);
        places["lead"] = Text(article.Lead);
        places["url"] = Text(site.ArticleUrl(outlet, article));
        places["image"] = Text(site.PictureUrl(article));
        places["imagepath"] = SampleSite.PicturePath(article);
        places["caption"] = Text(article.Caption);
        places["author"] = Text(article.Author);
        places["category"] = Text(article.Category);
        places["published"] = SampleSite.Stamp(site.PublishedAt(article));
        places["updated"] = SampleSite.Stamp(site.UpdatedAt(article));
        places["date"] = Date(site.PublishedAt(article), outlet);
        places["jsonld"] = JsonLd(site, outlet, article);
        places["body"] = Body(outlet, article);
        places["related"] = Links(
            site,
            outlet,
            others.OrderBy(other => (article.Age - other.Age).Duration()),
            RelatedArticles
        );
        places["latest"] = Links(site, outlet, others, LatestArticles);
        var type = outlet.Format == SampleFormat.UntidyRss ? HtmlWithoutCharset : Html;
        return Page($"newsroom/{outlet.Slug}/article.html", places, type, site.UpdatedAt(article));
    }

    /// <summary>The article's text as tidy HTML.</summary>
    /// <param name="blocks">As in <see cref="SampleArticle.Blocks"/>.</param>
    public static string Paragraphs(IEnumerable<string> blocks) =>
        string.Concat(
            blocks.Select(block =>
                block.StartsWith("## ", StringComparison.Ordinal)
                    ? $"<h2>{Text(block[3..])}</h2>\n"
                    : $"<p>{Text(block)}</p>\n"
            )
        );

    private static Dictionary<string, string> Places(SampleSite site, SampleOutlet outlet) =>
        new(StringComparer.Ordinal)
        {
            ["outlet"] = Text(outlet.Name),
            ["motto"] = Text(outlet.Motto),
            ["language"] = outlet.Language,
            ["home"] = Text(site.HomeUrl(outlet)),
            ["feed"] = Text(site.FeedUrl(outlet)),
            ["feedtype"] = FeedType(outlet.Format),
            ["index"] = Text(site.Origin + SampleNewsroom.Prefix),
        };

    private static string Teaser(SampleSite site, SampleOutlet outlet, SampleArticle article) =>
        $"""
            <article><a href="{Text(site.ArticleUrl(outlet, article))}"><img src="{SampleSite.PicturePath(
                article
            )}" alt="" width="400" height="225" loading="lazy"><h2>{Text(article.Title)}</h2></a>
            <p class="meta">{Text(article.Category)} · <time datetime="{SampleSite.Stamp(
                site.PublishedAt(article)
            )}">{Date(site.PublishedAt(article), outlet)}</time></p></article>

            """;

    private static string Links(SampleSite site, SampleOutlet outlet, IEnumerable<SampleArticle> articles, int count) =>
        string.Concat(
            articles
                .Take(count)
                .Select(article =>
                    $"""<li><a href="{Text(site.ArticleUrl(outlet, article))}">{Text(article.Title)}</a></li>"""
                )
        );

    private static string Body(SampleOutlet outlet, SampleArticle article)
    {
        if (outlet.Format != SampleFormat.UntidyRss)
        {
            return Paragraphs(article.Blocks.Skip(1));
        }

        var inserts = StarterFiles.Text($"newsroom/{outlet.Slug}/inserts.html").Split("\n---\n");
        var body = new StringBuilder();
        foreach (var (index, block) in article.Blocks.Skip(1).Index())
        {
            body.Append("<P><FONT SIZE=3>").Append(Text(block)).Append(index % 2 == 0 ? "</FONT>\n" : "<BR>\n");
            body.Append(index < inserts.Length ? inserts[index] : "");
        }

        return body.ToString();
    }

    private static string JsonLd(SampleSite site, SampleOutlet outlet, SampleArticle article) =>
        new JsonObject
        {
            ["@context"] = "https://schema.org",
            ["@type"] = "NewsArticle",
            ["headline"] = article.Title,
            ["image"] = new JsonArray(site.PictureUrl(article)),
            ["datePublished"] = SampleSite.Stamp(site.PublishedAt(article)),
            ["dateModified"] = SampleSite.Stamp(site.UpdatedAt(article)),
            ["inLanguage"] = outlet.Language,
            ["articleSection"] = article.Category,
            ["author"] = new JsonObject { ["@type"] = "Person", ["name"] = article.Author },
            ["publisher"] = new JsonObject { ["@type"] = "NewsMediaOrganization", ["name"] = outlet.Name },
            ["mainEntityOfPage"] = site.ArticleUrl(outlet, article),
        }.ToJsonString();

    private static string Date(DateTimeOffset time, SampleOutlet outlet) =>
        time.ToString(
            outlet.Language == "de" ? "dd.MM.yyyy, HH:mm 'Uhr (UTC)'" : "d MMMM yyyy, HH:mm 'UTC'",
            CultureInfo.InvariantCulture
        );

    private static string FormatName(SampleFormat format) =>
        format switch
        {
            SampleFormat.Atom => "Atom",
            SampleFormat.Json => "JSON Feed",
            SampleFormat.UntidyRss => "RSS, untidy on purpose",
            _ => "RSS",
        };

    private static string FeedType(SampleFormat format) =>
        format switch
        {
            SampleFormat.Atom => "application/atom+xml",
            SampleFormat.Json => "application/feed+json",
            _ => "application/rss+xml",
        };

    private static SampleDocument Page(
        string template,
        Dictionary<string, string> places,
        string contentType,
        DateTimeOffset lastModified
    ) => new(Encoding.UTF8.GetBytes(Fill(StarterFiles.Text(template), places)), contentType, lastModified);

    /// <summary>Replaces each place once; what is put in is not looked at again.</summary>
    private static string Fill(string template, Dictionary<string, string> places)
    {
        var page = new StringBuilder(template.Length * 2);
        var at = 0;
        while (template.IndexOf("{{", at, StringComparison.Ordinal) is >= 0 and var open)
        {
            var close = template.IndexOf("}}", open, StringComparison.Ordinal);
            page.Append(template, at, open - at).Append(places[template[(open + 2)..close]]);
            at = close + 2;
        }

        return page.Append(template, at, template.Length - at).ToString();
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
