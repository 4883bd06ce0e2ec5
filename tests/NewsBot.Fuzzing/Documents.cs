using NewsBot.Core.Feeds;
using NewsBot.Core.Sources;
using NewsBot.Core.Text;
using NewsBot.Fetching;

namespace NewsBot.Fuzzing;

/// <summary>Whole documents: feeds, pages and lists of sources.</summary>
internal static class Documents
{
    private static readonly Uri Origin = new("https://news.example.org/a/b?c=d");

    private static readonly string?[] Types =
    [
        null,
        "text/xml",
        "application/rss+xml; charset=utf-8",
        "application/feed+json",
        "text/html; charset=windows-1251",
        "text/xml; charset=utf-16",
    ];

    public static void Feed(ReadOnlyMemory<byte> bytes)
    {
        var (type, body) = Typed(bytes);
        if (FeedParser.Parse(body, type, Origin) is not FeedParseOutcome.Parsed { Feed: var feed })
        {
            return;
        }

        foreach (var entry in feed.Entries)
        {
            FindingException.ThrowUnless(
                entry.Link is null or { Scheme: "http" or "https" },
                "An entry's address is neither http nor https."
            );
            Foreign(entry.Summary);
            Foreign(entry.Content);
        }
    }

    public static void Page(ReadOnlyMemory<byte> bytes)
    {
        var (type, body) = Typed(bytes);
        foreach (var candidate in FeedDiscovery.Find(body, type, Origin))
        {
            FindingException.ThrowUnless(
                candidate.Url.Scheme is "http" or "https",
                "A feed is found at an address that is neither http nor https."
            );
        }

        PageFeed.Suggest(body, type, Origin);
        var html = HtmlBytes.Decode(body.Span, type);
        ArticleExtractor.ReadAsync(html, Origin, CancellationToken.None).GetAwaiter().GetResult();
        Foreign(html);
    }

    public static void Opml(ReadOnlyMemory<byte> bytes)
    {
        var document = Core.Sources.Opml.Read(bytes);
        if (document.Sources.Count == 0)
        {
            return;
        }

        // Sources of one folder are brought together, so that what is written once need not stand in the order it came in.
        var once = Again(document);
        FindingException.ThrowUnless(
            once.Problems.Count == 0
                && once.Sources.Select(Address)
                    .Order(StringComparer.Ordinal)
                    .SequenceEqual(document.Sources.Select(Address).Order(StringComparer.Ordinal)),
            "What is written from an OPML list lacks something."
        );
        FindingException.ThrowUnless(
            once.Sources.SequenceEqual(Again(once).Sources),
            "What is written from an OPML list reads differently."
        );

        static OpmlDocument Again(OpmlDocument list) =>
            Core.Sources.Opml.Read(Core.Sources.Opml.Write("Mine", list.Sources));

        static string Address(OpmlSource source) => source.Url.AbsoluteUri;
    }

    private static void Foreign(string? html)
    {
        if (html is null)
        {
            return;
        }

        HarmlessHtml.Check(SafeHtml.Clean(html, Origin));
        HtmlText.ToPlain(html, keepLines: true);
    }

    private static (string? Type, ReadOnlyMemory<byte> Body) Typed(ReadOnlyMemory<byte> bytes) =>
        bytes.IsEmpty ? (null, bytes) : (Types[bytes.Span[0] % Types.Length], bytes[1..]);
}
