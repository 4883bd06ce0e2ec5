using System.Text;

namespace NewsBot.Testing.Servers;

/// <summary>What decent servers do: feeds, pages, moves, pauses, packed bodies, and the usual muddle.</summary>
internal static class OrdinaryPaths
{
    private const string Rss = "application/rss+xml; charset=utf-8";
    private const string Html = "text/html; charset=utf-8";
    private const int FloodSize = 2_000;

    private static readonly string ReaderLogin =
        "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("reader:tide"));

    /// <summary>All of them.</summary>
    public static IEnumerable<FeedSitePath> All(FakeFeedSite site, TimeProvider time) =>
        [.. Feeds(site), .. Moves(), .. Pauses(time), .. PackedBodies(site), .. Muddles(site, time)];

    private static IEnumerable<FeedSitePath> Feeds(FakeFeedSite site) =>
        [
            Fixed("/feeds/harbour.rss", "RSS 2.0 with pictures", () => FakeAnswer.Text(site.Newsroom.Rss(), Rss)),
            Fixed(
                "/feeds/field.atom",
                "Atom 1.0",
                () => FakeAnswer.Text(site.Newsroom.Atom(), "application/atom+xml; charset=utf-8")
            ),
            Fixed(
                "/feeds/orbit.json",
                "JSON Feed 1.1",
                () => FakeAnswer.Text(site.Newsroom.Json(), "application/feed+json")
            ),
            Fixed(
                "/feeds/flood.rss",
                $"RSS with {FloodSize} entries",
                () => FakeAnswer.Text(site.Newsroom.Many(FloodSize, index => $"flood-{index}"), Rss)
            ),
            new(
                "/feeds/closed.rss",
                "the RSS feed for user reader with password tide, else 401",
                context =>
                    FakeFeedSite.WriteAsync(
                        context,
                        context.Request.Headers.Authorization == ReaderLogin
                            ? FakeAnswer.Text(site.Newsroom.Rss(), Rss)
                            : Empty(401) with
                            {
                                Headers = Header("WWW-Authenticate", "Basic realm=\"harbour\""),
                            }
                    )
            ),
            new(
                "/feeds/churn.rss",
                "RSS whose guids change with every request",
                context =>
                {
                    var visit = site.Count("/feeds/churn.rss");
                    return FakeFeedSite.WriteAsync(
                        context,
                        FakeAnswer.Text(site.Newsroom.Many(5, index => $"churn-{visit}-{index}"), Rss)
                    );
                }
            ),
        ];

    private static IEnumerable<FeedSitePath> Moves() =>
        [
            Redirect("/moved/permanent", "301, then 308, then the RSS feed", 301, "/moved/permanent-2"),
            Redirect("/moved/permanent-2", "308 to the RSS feed", 308, "/feeds/harbour.rss"),
            Redirect("/moved/temporary", "302 to the RSS feed", 302, "/feeds/harbour.rss"),
            Redirect("/moved/mixed", "301, then 302, then the RSS feed", 301, "/moved/temporary"),
        ];

    private static IEnumerable<FeedSitePath> Pauses(TimeProvider time) =>
        [
            Status("/status/401", 401),
            Status("/status/403", 403),
            Status("/status/404", 404),
            Status("/status/410", 410),
            Status("/status/429", 429),
            Status("/status/500", 500),
            Status("/status/503", 503),
            Fixed(
                "/pause/seconds",
                "429 with Retry-After: 120",
                () => Empty(429) with { Headers = Header("Retry-After", "120") }
            ),
            Fixed(
                "/pause/date",
                "503 with a Retry-After an hour from now",
                () => Empty(503) with { Headers = Header("Retry-After", $"{time.GetUtcNow().AddHours(1):R}") }
            ),
        ];

    private static IEnumerable<FeedSitePath> PackedBodies(FakeFeedSite site)
    {
        return
        [
            Encoded("/packed/gzip.rss", "gzip", plain => Packed.Gzip(plain)),
            Encoded("/packed/brotli.rss", "br", plain => Packed.Brotli(plain)),
            Encoded("/packed/zlib.rss", "deflate", plain => Packed.Zlib(plain)),
            Encoded("/packed/raw-deflate.rss", "deflate", plain => Packed.RawDeflate(plain)),
            Encoded("/packed/twice.rss", "gzip, br", plain => Packed.Brotli(Packed.Gzip(plain))),
            Encoded("/packed/says-gzip-but-is-not.rss", "gzip", plain => plain),
            Encoded("/packed/broken-gzip.rss", "gzip", plain => [0x1f, 0x8b, .. plain]),
            Encoded("/packed/unknown.rss", "snappy", plain => plain),
        ];

        FeedSitePath Encoded(string path, string encoding, Func<byte[], byte[]> pack) =>
            Fixed(
                path,
                $"the RSS feed, Content-Encoding: {encoding}",
                () =>
                    new FakeAnswer(pack(Encoding.UTF8.GetBytes(site.Newsroom.Rss())), Rss)
                    {
                        Headers = Header("Content-Encoding", encoding),
                    }
            );
    }

    private static IEnumerable<FeedSitePath> Muddles(FakeFeedSite site, TimeProvider time) =>
        [
            Fixed(
                "/odd/wrong-type.rss",
                "RSS sent as a picture",
                () => FakeAnswer.Text(site.Newsroom.Rss(), "image/png")
            ),
            Fixed("/odd/no-feeds.html", "a page without feeds", () => Page("<p>Nothing to subscribe to here.</p>")),
            Fixed(
                "/odd/with-feed.html",
                "a page that names its feed",
                () =>
                    Page(
                        "<p>Our news.</p>",
                        "<link rel=alternate type='application/rss+xml' href='/feeds/harbour.rss'>"
                    )
            ),
            Fixed(
                "/odd/login.html",
                "a login page",
                () => Page("<form method=post><input name=user><input name=password type=password></form>")
            ),
            Fixed(
                "/odd/not-a-feed.xml",
                "XML of another kind",
                () => FakeAnswer.Text("<catalog><book/></catalog>", "application/xml")
            ),
            Fixed("/odd/empty.rss", "an empty body", () => FakeAnswer.Text("", Rss)),
            Fixed(
                "/odd/lying-encoding.rss",
                "says UTF-8, is Windows-1252",
                () => new FakeAnswer(Encoding.Latin1.GetBytes(site.Newsroom.RssOf("Café Münster", "")), Rss)
            ),
            new(
                "/odd/slow.rss",
                "the RSS feed after three seconds",
                async context =>
                {
                    await Task.Delay(TimeSpan.FromSeconds(3), time, context.RequestAborted);
                    await FakeFeedSite.WriteAsync(context, FakeAnswer.Text(site.Newsroom.Rss(), Rss));
                }
            ),
        ];

    private static FeedSitePath Fixed(string path, string note, Func<FakeAnswer> answer) =>
        new(path, note, context => FakeFeedSite.WriteAsync(context, answer()));

    private static FeedSitePath Status(string path, int status) => Fixed(path, $"status {status}", () => Empty(status));

    private static FeedSitePath Redirect(string path, string note, int status, string target) =>
        Fixed(path, note, () => Empty(status) with { Headers = Header("Location", target) });

    private static FakeAnswer Empty(int status) =>
        FakeAnswer.Text("", "") with
        {
            Status = status,
            Conditional = false,
        };

    private static Dictionary<string, string> Header(string name, string value) => new() { [name] = value };

    private static FakeAnswer Page(string body, string head = "") =>
        FakeAnswer.Text($"<!doctype html><title>A page</title>{head}<body>{body}</body>", Html);
}
