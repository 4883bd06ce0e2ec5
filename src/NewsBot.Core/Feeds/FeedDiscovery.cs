using NewsBot.Core.Text;

namespace NewsBot.Core.Feeds;

/// <summary>Finds the feeds of a site from one of its pages. Pure: the guesses are not tried here.</summary>
public static class FeedDiscovery
{
    /// <summary>At most this many candidates are named: each guess costs somebody a request.</summary>
    public const int MaxCandidates = 30;

    // Feed links stand in the head or in the header and footer; a page longer than this is no page.
    private const int MaxPageLength = 4_000_000;

    private const int MaxTitleLength = 200;

    private static readonly string[] PodcastSchemes = ["itpc://", "pcast://", "podcast://", "feed://"];

    // Hosts of podcasts keep their feeds apart from their pages.
    private static readonly string[] FeedHosts = ["feeds.", "feed.", "rss."];

    private static readonly string[] FeedTypes =
    [
        "application/rss+xml",
        "application/atom+xml",
        "application/feed+json",
        "application/rdf+xml",
        "application/x.atom+xml",
        "application/x-atom+xml",
        "application/xml",
        "text/xml",
        "text/rss+xml",
        "text/atom+xml",
    ];

    /// <summary>
    /// Candidates in the order they should be tried: what the page declares, what the address tells (YouTube, GitHub, Mastodon …), links in
    /// the page that look like feeds, then the places where feeds usually are.
    /// </summary>
    /// <param name="page">The page's bytes as sent, decompressed; anything that is no HTML gives the guesses alone.</param>
    /// <param name="contentType">The Content-Type header as sent; null where absent.</param>
    /// <param name="pageUrl">Where the page came from.</param>
    /// <returns>Without repetition; at most <see cref="MaxCandidates"/>.</returns>
    public static IReadOnlyList<FeedCandidate> Find(ReadOnlyMemory<byte> page, string? contentType, Uri pageUrl)
    {
        var bytes = page.Length > MaxPageLength ? page[..MaxPageLength] : page;
        var (encoding, skip) = FeedEncoding.Detect(bytes.Span, contentType);
        var found = new PageLinks(pageUrl);
        var html = encoding.GetString(bytes.Span[skip..]);
        found.Read(html);
        found.ReadData(html);

        return
        [
            .. found
                .Declared.Concat(KnownSites.Feeds(pageUrl, found.ChannelId).Select(Guess))
                .Concat(found.Linked)
                .Concat(UsualPlaces(pageUrl, found.Generator).Select(Guess))
                .DistinctBy(candidate => candidate.Url.AbsoluteUri, StringComparer.Ordinal)
                .Take(MaxCandidates),
        ];
    }

    private static FeedCandidate Guess(Uri url) => new(url, null, Declared: false);

    private static IEnumerable<Uri> UsualPlaces(Uri pageUrl, string? generator)
    {
        string[] names = ["feed", "rss", "rss.xml", "atom.xml", "feed.xml", "index.xml", "feed.json"];
        var isWordPress = generator is not null && generator.Contains("WordPress", StringComparison.OrdinalIgnoreCase);
        var start = isWordPress ? ["feed/", "?feed=rss2", .. names] : names;
        var site = pageUrl.GetLeftPart(UriPartial.Authority);
        var path = pageUrl.AbsolutePath;
        if (path != "/")
        {
            // A blog often lives in a folder of its site and has its feed there.
            var folder =
                path[^1] == '/' || !path[(path.LastIndexOf('/') + 1)..].Contains('.', StringComparison.Ordinal)
                    ? path
                    : "/";
            foreach (var name in folder == "/" ? [] : start)
            {
                yield return new Uri($"{site}{folder.TrimEnd('/')}/{name}");
            }
        }

        foreach (var name in start)
        {
            yield return new Uri($"{site}/{name}");
        }
    }

    /// <summary>What one page says about feeds.</summary>
    private sealed class PageLinks(Uri pageUrl)
    {
        private Uri? _base;

        public List<FeedCandidate> Declared { get; } = [];

        public List<FeedCandidate> Linked { get; } = [];

        public string? Generator { get; private set; }

        /// <summary>YouTube names the channel's id in its page where the address has only a handle.</summary>
        public string? ChannelId { get; private set; }

        public void Read(string html)
        {
            var scanner = new MarkupScanner(html);
            while (scanner.Read() && Declared.Count + Linked.Count < MaxCandidates)
            {
                if (scanner.Kind != MarkupToken.Start)
                {
                    continue;
                }

                switch (scanner.Name.ToString().ToLowerInvariant())
                {
                    case "base":
                        _base ??= FeedUrls.Web(scanner.Attribute("href"), pageUrl);
                        break;
                    case "link":
                        TakeLink(scanner);
                        break;
                    case "a":
                        TakeAnchor(scanner);
                        break;
                    case "meta":
                        TakeMeta(scanner);
                        break;
                    case "script" or "style" or "template" or "textarea" when !scanner.SelfClosing:
                        scanner.SkipPast(scanner.Name.ToString());
                        break;
                    default:
                        break;
                }
            }
        }

        /// <summary>Some pages say it only in the data of their scripts.</summary>
        public void ReadData(string html)
        {
            if (pageUrl.Host.EndsWith("youtube.com", StringComparison.OrdinalIgnoreCase))
            {
                ChannelId ??= Data(html, "\"externalId\":\"") ?? Data(html, "\"channelId\":\"");
            }
            else if (
                pageUrl.Host.Equals("podcasts.apple.com", StringComparison.OrdinalIgnoreCase)
                && FeedUrls.Web(Data(html, "\"feedUrl\":\""), null) is { } podcast
            )
            {
                Declared.Add(new FeedCandidate(podcast, null, Declared: true));
            }
        }

        private static string? Data(string html, string key)
        {
            var start = html.IndexOf(key, StringComparison.Ordinal) + key.Length;
            var end = start < key.Length ? -1 : html.IndexOf('"', start);
            return end < 0 || end - start > MaxTitleLength * 10
                ? null
                : html[start..end]
                    .Replace("\\/", "/", StringComparison.Ordinal)
                    .Replace("\\u0026", "&", StringComparison.Ordinal);
        }

        private void TakeLink(MarkupScanner link)
        {
            var relations = (link.Attribute("rel") ?? string.Empty).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var isAlternate = relations.Contains("alternate", StringComparer.OrdinalIgnoreCase);
            var isFeed = relations.Contains("feed", StringComparer.OrdinalIgnoreCase);
            if (relations.Contains("canonical", StringComparer.OrdinalIgnoreCase))
            {
                TakeChannel(link.Attribute("href"));
            }

            if ((!isAlternate && !isFeed) || FeedUrls.Web(link.Attribute("href"), _base ?? pageUrl) is not { } url)
            {
                return;
            }

            var type = (link.Attribute("type") ?? string.Empty).Split(';')[0].Trim().ToLowerInvariant();
            var known = FeedTypes.Contains(type, StringComparer.Ordinal);
            // Sites offer their API and their pictures' players as JSON too; only an address that says so is a feed.
            if (known || isFeed || (type is "" or "application/json" && LooksLikeFeed(url)))
            {
                Declared.Add(new FeedCandidate(url, Title(link.Attribute("title")), Declared: true));
            }
        }

        private void TakeAnchor(MarkupScanner anchor)
        {
            // Podcast players of old are told by a scheme of their own.
            var address = anchor.Attribute("href") ?? "";
            var isPodcast = PodcastSchemes.FirstOrDefault(scheme =>
                address.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)
            );
            address = isPodcast is null ? address : "https://" + address[isPodcast.Length..];
            if (FeedUrls.Web(address, _base ?? pageUrl) is { } url && (isPodcast is not null || LooksLikeFeed(url)))
            {
                Linked.Add(new FeedCandidate(url, Title(anchor.Attribute("title")), Declared: false));
            }
        }

        private void TakeMeta(MarkupScanner meta)
        {
            var content = meta.Attribute("content");
            if ("generator".Equals(meta.Attribute("name"), StringComparison.OrdinalIgnoreCase))
            {
                Generator ??= content;
            }
            else if (meta.Attribute("itemprop") is "identifier" or "channelId")
            {
                ChannelId ??= content;
            }
            else if ("og:url".Equals(meta.Attribute("property"), StringComparison.OrdinalIgnoreCase))
            {
                TakeChannel(content);
            }
        }

        private void TakeChannel(string? address)
        {
            const string Channel = "youtube.com/channel/";
            var at = address?.IndexOf(Channel, StringComparison.Ordinal) ?? -1;
            if (at >= 0)
            {
                ChannelId ??= address![(at + Channel.Length)..].Split('/', '?')[0];
            }
        }

        private static string? Title(string? text)
        {
            var title = text is null ? string.Empty : HtmlText.ToLine(text);
            return title.Length is 0 or > MaxTitleLength ? null : title;
        }

        private static bool LooksLikeFeed(Uri url)
        {
            var path = url.AbsolutePath.TrimEnd('/').ToLowerInvariant();
            var name = path[(path.LastIndexOf('/') + 1)..];
            return name
                    is "feed"
                        or "rss"
                        or "atom"
                        or "rdf"
                        or "rss2"
                        or "feed.json"
                        or "feed.xml"
                        or "rss.xml"
                        or "atom.xml"
                        or "index.xml"
                        or "index.rdf"
                        or "feed.php"
                        or "rss.php"
                || name.EndsWith(".rss", StringComparison.Ordinal)
                || name.EndsWith(".atom", StringComparison.Ordinal)
                || name.EndsWith(".rdf", StringComparison.Ordinal)
                || (name.EndsWith(".xml", StringComparison.Ordinal) && HasFeedWord(path))
                || path.Contains("/feed/", StringComparison.Ordinal)
                || FeedHosts.Any(start => url.Host.StartsWith(start, StringComparison.OrdinalIgnoreCase))
                || url.Query.Contains("feed=rss", StringComparison.OrdinalIgnoreCase)
                || url.Query.Contains("format=rss", StringComparison.OrdinalIgnoreCase);
        }

        private static bool HasFeedWord(string path) =>
            path.Contains("rss", StringComparison.Ordinal)
            || path.Contains("feed", StringComparison.Ordinal)
            || path.Contains("atom", StringComparison.Ordinal);
    }
}
