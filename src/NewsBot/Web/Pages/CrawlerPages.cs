using System.Globalization;
using System.Text;
using System.Xml;

namespace NewsBot.Web.Pages;

/// <summary>What search engines ask for first. Sources: https://www.rfc-editor.org/rfc/rfc9309, https://www.sitemaps.org/protocol.html</summary>
internal sealed class CrawlerPages(PageFrame frame)
{
    /// <summary>Addresses in one file, as the protocol allows.</summary>
    public const int UrlsPerFile = 50_000;

    private const string Namespace = "http://www.sitemaps.org/schemas/sitemap/0.9";

    // Nothing there is worth listing, and some of it is dear to make.
    private static readonly string[] Never =
    [
        "/api/",
        "/chat",
        "/live",
        "/members/",
        "/search",
        "/settings",
        "/status",
    ];

    public async Task<IResult> RobotsAsync(HttpContext context)
    {
        var files = await FilesAsync(context);
        var text = new StringBuilder("User-agent: *\n");
        foreach (var path in Never)
        {
            text.Append("Disallow: ").Append(path).Append('\n');
        }

        text.Append(
            files.Count == 0
                // Whoever is kept from reading a page cannot read that it must not be listed, and lists its bare address.
                ? "# No page here may be listed: each says noindex, which only who reads it can know.\n"
                : $"Sitemap: {frame.Root(context)}/sitemap.xml\n"
        );
        return Send(context, Encoding.UTF8.GetBytes(text.ToString()), "text/plain");
    }

    /// <summary>The one file there is, or the list of all.</summary>
    public async Task<IResult> SitemapAsync(HttpContext context)
    {
        var files = await FilesAsync(context);
        return files switch
        {
            [] => await NoneAsync(context),
            [var only] => await StoriesAsync(context, only.Community, only.Number),
            _ => Send(
                context,
                Write(
                    "sitemapindex",
                    "sitemap",
                    files.Select(file => (frame.Root(context) + Path(file), (DateTimeOffset?)null))
                ),
                "application/xml"
            ),
        };
    }

    public async Task<IResult> FileAsync(HttpContext context, long community, int number)
    {
        var files = await FilesAsync(context);
        return files.Contains(new SitemapFile(community, number))
            ? await StoriesAsync(context, community, number)
            : await NoneAsync(context);
    }

    private async Task<IResult> StoriesAsync(HttpContext context, long community, int number)
    {
        var root = frame.Root(context);
        var stories = await frame.Reader.SitemapAsync(
            community,
            (number - 1) * UrlsPerFile,
            UrlsPerFile,
            context.RequestAborted
        );
        return Send(
            context,
            Write("urlset", "url", stories.Select(story => (root + story.Path, (DateTimeOffset?)story.UpdatedAt))),
            "application/xml"
        );
    }

    private async Task<IReadOnlyList<SitemapFile>> FilesAsync(HttpContext context)
    {
        var counts = await frame.Reader.SitemapCountsAsync(context.RequestAborted);
        return
        [
            .. counts.SelectMany(one =>
                Enumerable
                    .Range(1, (one.Stories + UrlsPerFile - 1) / UrlsPerFile)
                    .Select(number => new SitemapFile(one.Community, number))
            ),
        ];
    }

    private Task<IResult> NoneAsync(HttpContext context) =>
        frame.ErrorAsync(
            context,
            StatusCodes.Status404NotFound,
            "There is no such list of pages",
            "Nothing here is public, or no admin has let search engines in."
        );

    private static string Path(SitemapFile file) =>
        string.Create(CultureInfo.InvariantCulture, $"/sitemaps/{file.Community}-{file.Number}.xml");

    private static byte[] Write(
        string root,
        string element,
        IEnumerable<(string Address, DateTimeOffset? ChangedAt)> entries
    )
    {
        using var memory = new MemoryStream();
        using (var xml = XmlWriter.Create(memory, new XmlWriterSettings { Encoding = new UTF8Encoding(false) }))
        {
            xml.WriteStartElement(root, Namespace);
            foreach (var (address, changedAt) in entries)
            {
                xml.WriteStartElement(element, Namespace);
                xml.WriteElementString("loc", Namespace, address);
                if (changedAt is { } at)
                {
                    xml.WriteElementString(
                        "lastmod",
                        Namespace,
                        at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)
                    );
                }

                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        return memory.ToArray();
    }

    private static IResult Send(HttpContext context, byte[] bytes, string type)
    {
        PageHeaders.Apply(context.Response);
        // The same for everybody; a story that is withdrawn is gone from the list within minutes.
        context.Response.Headers.CacheControl = "public, max-age=300";
        return Results.Bytes(bytes, $"{type}; charset=utf-8", entityTag: EntityTags.Of(bytes));
    }

    private sealed record SitemapFile(long Community, int Number);
}
