using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using NewsBot.Starter;

namespace NewsBot.Tests.Starter;

/// <summary>The made-up outlets over a real socket, as the poller meets them.</summary>
public sealed partial class SampleNewsroomTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Created = new(2026, 3, 4, 5, 6, 7, 890, TimeSpan.Zero);
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    private SampleHost? _host;

    private HttpClient Client => _host!.Client;

    public static TheoryData<string> Outlets => [.. StarterSources.Outlets.Select(outlet => outlet.Slug)];

    [Theory]
    [MemberData(nameof(Outlets))]
    public async Task Every_entry_of_every_feed_leads_to_its_page_and_its_picture(string slug)
    {
        var outlet = Outlet(slug);

        var links = Links(outlet, await TextAsync(outlet.FeedPath));

        Assert.True(links.Count >= 10, $"{slug} has {links.Count} entries.");
        Assert.Distinct(links);
        foreach (var link in links)
        {
            var page = await TextAsync(link);
            var address = new Uri(Client.BaseAddress!, OgImage().Match(page).Groups["url"].Value);
            using var picture = await GetAsync(address.AbsolutePath);
            Assert.Equal("image/webp", picture.Content.Headers.ContentType?.MediaType);
            Assert.InRange(picture.Content.Headers.ContentLength ?? 0, 1_000, 60_000);
        }
    }

    [Theory]
    [MemberData(nameof(Outlets))]
    public async Task Every_page_is_hidden_from_robots_and_may_run_no_script(string slug)
    {
        var outlet = Outlet(slug);
        string[] paths =
        [
            SampleNewsroom.Prefix,
            outlet.HomePath,
            outlet.HomePath + SampleSite.Articles(outlet)[0].Slug,
        ];
        foreach (var path in paths)
        {
            using var answer = await GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Contains("default-src 'none'", Header(answer, "Content-Security-Policy"), StringComparison.Ordinal);
            Assert.DoesNotContain("script-src", Header(answer, "Content-Security-Policy"), StringComparison.Ordinal);
            Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
            Assert.Matches(Robots(), await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
    }

    [Theory]
    [MemberData(nameof(Outlets))]
    public async Task Home_pages_lead_to_their_feed(string slug)
    {
        var outlet = Outlet(slug);

        var page = await TextAsync(outlet.HomePath);

        var alternate = AlternateLink().Match(page).Groups["url"].Value;
        Assert.Equal(new Uri(Client.BaseAddress!, outlet.FeedPath).AbsoluteUri, alternate);
        using var shortcut = await GetAsync(outlet.HomePath + "feed");
        Assert.Equal(outlet.FeedPath, shortcut.Headers.Location?.OriginalString);
    }

    [Theory]
    [MemberData(nameof(Outlets))]
    public async Task Two_requests_get_identical_bytes_and_a_third_with_the_validators_gets_none(string slug)
    {
        var outlet = Outlet(slug);
        string[] paths = [outlet.FeedPath, outlet.HomePath, outlet.HomePath + SampleSite.Articles(outlet)[0].Slug];
        foreach (var path in paths)
        {
            using var first = await GetAsync(path);
            using var second = await GetAsync(path);
            var token = TestContext.Current.CancellationToken;
            Assert.Equal(
                await first.Content.ReadAsByteArrayAsync(token),
                await second.Content.ReadAsByteArrayAsync(token)
            );

            using var byTag = new HttpRequestMessage(HttpMethod.Get, path);
            byTag.Headers.IfNoneMatch.Add(first.Headers.ETag!);
            using var byDate = new HttpRequestMessage(HttpMethod.Get, path);
            byDate.Headers.IfModifiedSince = first.Content.Headers.LastModified;
            using var unchangedTag = await Client.SendAsync(byTag, token);
            using var unchangedDate = await Client.SendAsync(byDate, token);
            Assert.Equal(HttpStatusCode.NotModified, unchangedTag.StatusCode);
            Assert.Equal(HttpStatusCode.NotModified, unchangedDate.StatusCode);
        }
    }

    [Fact]
    public async Task Dates_count_back_from_the_databases_creation()
    {
        var wholeSeconds = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);
        var rss = XDocument.Parse(await TextAsync(Outlet("hesper-courier").FeedPath));
        var atom = XDocument.Parse(await TextAsync(Outlet("saltmarsh-signal").FeedPath));
        using var json = JsonDocument.Parse(await TextAsync(Outlet("sunderauer-bote").FeedPath));

        var rssDates = rss.Descendants("pubDate").Select(date => Date(date.Value)).ToList();
        var atomDates = atom.Descendants(Atom + "published").Select(date => Date(date.Value)).ToList();
        var jsonDates = json
            .RootElement.GetProperty("items")
            .EnumerateArray()
            .Select(item => item.GetProperty("date_published").GetDateTimeOffset())
            .ToList();

        Assert.Equal(wholeSeconds.AddMinutes(-35), rssDates[0]);
        Assert.Equal(wholeSeconds.AddMinutes(-70), atomDates[0]);
        Assert.Equal(wholeSeconds.AddMinutes(-50), jsonDates[0]);
        Assert.All(
            [.. rssDates, .. atomDates, .. jsonDates],
            date => Assert.InRange(date, wholeSeconds.AddHours(-48), wholeSeconds.AddMinutes(-15))
        );
    }

    [Fact]
    public async Task The_corrected_article_says_when_it_was_corrected()
    {
        var page = await TextAsync(Outlet("hesper-courier").HomePath + "cadder-observatory-comet");

        var modified = Created.AddMinutes(-205).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        Assert.Contains(modified, page, StringComparison.Ordinal);
        Assert.Contains("Correction:", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_untidy_feed_is_untidy()
    {
        using var answer = await GetAsync(Outlet("gullcliff-gazette").FeedPath);
        var bytes = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var text = CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetString(bytes);

        Assert.Throws<XmlException>(() => XDocument.Parse(text.TrimStart()));
        Assert.Throws<DecoderFallbackException>(() => new UTF8Encoding(false, true).GetString(bytes));
        Assert.DoesNotContain("<guid", text, StringComparison.Ordinal);
        Assert.Contains("&nbsp;", text, StringComparison.Ordinal);
        Assert.Contains("<script", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/sample/no-such-outlet/")]
    [InlineData("/sample/no-such-outlet/feed.xml")]
    [InlineData("/sample/hesper-courier/no-such-article")]
    [InlineData("/sample/hesper-courier/articles.txt")]
    [InlineData("/sample/hesper-courier/atom.xml")]
    [InlineData("/sample/pictures/no-such-picture.webp")]
    [InlineData("/sample/pictures/..%2Findex.html")]
    public async Task Unknown_addresses_are_not_found(string path)
    {
        using var answer = await GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public void At_least_seven_events_are_told_by_more_than_one_outlet()
    {
        var tellings =
            from outlet in StarterSources.Outlets
            from article in SampleSite.Articles(outlet)
            group outlet by article.Picture into subject
            where subject.Distinct().Count() > 1
            select subject.Key;

        Assert.True(tellings.Count() >= 7);
    }

    [Fact]
    public void The_public_feeds_can_all_be_read_and_lie_in_folders()
    {
        var document = StarterSources.ReadPublicFeeds();

        Assert.Empty(document.Problems);
        Assert.True(document.Sources.Count >= 12);
        Assert.All(document.Sources, source => Assert.NotNull(source.Category));
        Assert.All(document.Sources, source => Assert.NotNull(source.SiteUrl));
    }

    public async ValueTask InitializeAsync() =>
        _host = await SampleHost.StartAsync(Created, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }
    }

    private static SampleOutlet Outlet(string slug) => StarterSources.Outlets.Single(outlet => outlet.Slug == slug);

    private static List<string> Links(SampleOutlet outlet, string feed) =>
        outlet.Format switch
        {
            SampleFormat.Rss =>
            [
                .. XDocument.Parse(feed).Descendants("item").Elements("link").Select(link => link.Value),
            ],
            SampleFormat.Atom =>
            [
                .. XDocument
                    .Parse(feed)
                    .Descendants(Atom + "entry")
                    .Elements(Atom + "link")
                    .Where(link => link.Attribute("rel")?.Value == "alternate")
                    .Select(link => link.Attribute("href")!.Value),
            ],
            SampleFormat.Json =>
            [
                .. JsonElement
                    .Parse(feed)
                    .GetProperty("items")
                    .EnumerateArray()
                    .Select(item => item.GetProperty("url").GetString()!),
            ],
            _ => [.. UntidyLink().Matches(feed).Select(match => WebUtility.HtmlDecode(match.Groups["url"].Value))],
        };

    private static DateTimeOffset Date(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static string Header(HttpResponseMessage answer, string name) =>
        Assert.Single(answer.Headers.GetValues(name));

    private async Task<HttpResponseMessage> GetAsync(string path) =>
        await Client.GetAsync(path, TestContext.Current.CancellationToken);

    private async Task<string> TextAsync(string path)
    {
        using var answer = await GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var bytes = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(bytes);
    }

    [GeneratedRegex("""property="og:image" content="(?<url>[^"]+)""", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex OgImage();

    [GeneratedRegex("""<meta name="?robots"? content="?noindex""", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Robots();

    [GeneratedRegex("""<link rel="alternate"[^>]*href="(?<url>[^"]+)""", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex AlternateLink();

    [GeneratedRegex("<link>(?<url>/sample/gullcliff-gazette/[a-z][^<]*)</link>", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex UntidyLink();
}
