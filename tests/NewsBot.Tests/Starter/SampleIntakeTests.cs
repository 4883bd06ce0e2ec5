using NewsBot.Core.Feeds;
using NewsBot.Core.Stories;
using NewsBot.Core.Text;
using NewsBot.Fetching;
using NewsBot.Starter;

namespace NewsBot.Tests.Starter;

/// <summary>The sample newsroom through the very reader, extractor and clustering that real outlets meet.</summary>
public sealed class SampleIntakeTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Created = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    private SampleHost? _host;

    public static TheoryData<string> Outlets => [.. StarterSources.Outlets.Select(outlet => outlet.Slug)];

    [Theory]
    [MemberData(nameof(Outlets))]
    public async Task The_feed_reader_finds_what_the_outlet_wrote(string slug)
    {
        var outlet = StarterSources.Outlets.Single(outlet => outlet.Slug == slug);
        var articles = SampleSite.Articles(outlet);

        var feed = await FeedAsync(outlet);

        Assert.Equal(outlet.Format == SampleFormat.UntidyRss, feed.Repaired);
        Assert.Equal(articles.Select(article => article.Title), feed.Entries.Select(entry => entry.Title));
        Assert.Equal(
            articles.Select(article => outlet.HomePath + article.Slug),
            feed.Entries.Select(entry => entry.Link?.AbsolutePath)
        );
        Assert.Equal(
            articles.Select(article => SampleSite.PicturePath(article)),
            feed.Entries.Select(entry => entry.Image?.AbsolutePath)
        );
        foreach (var (article, entry) in articles.Zip(feed.Entries))
        {
            // Some entries of the untidy feed lack their seconds.
            Assert.InRange(Created - article.Age - entry.PublishedAt!.Value, TimeSpan.Zero, TimeSpan.FromSeconds(59));
            Assert.Contains(article.Lead[..60], HtmlText.ToPlain(entry.Summary ?? ""), StringComparison.Ordinal);
            Assert.DoesNotContain("<script", entry.Content ?? "", StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [MemberData(nameof(Outlets))]
    public async Task The_main_text_is_found_between_all_the_clutter(string slug)
    {
        var outlet = StarterSources.Outlets.Single(outlet => outlet.Slug == slug);
        var token = TestContext.Current.CancellationToken;
        foreach (var article in SampleSite.Articles(outlet))
        {
            var url = new Uri(_host!.Client.BaseAddress!, outlet.HomePath + article.Slug);
            var html = await _host.Client.GetStringAsync(url, token);

            var text = (await ArticleExtractor.ReadAsync(html, url, token)).Article;

            Assert.NotNull(text);
            foreach (var block in article.Blocks.Where(block => !block.StartsWith("## ", StringComparison.Ordinal)))
            {
                Assert.Contains(block, text.Text, StringComparison.Ordinal);
            }

            string[] clutter = ["ookie", "ADVERTISEMENT", "Meistgelesen", "You may also like", "Weather", "Sign up"];
            Assert.All(clutter, words => Assert.DoesNotContain(words, text.Text, StringComparison.Ordinal));
            Assert.Equal(
                SampleSite.PicturePath(article),
                PictureChoice.Rank(text.Pictures, text.Title)[0].Url.AbsolutePath
            );
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Reports_of_one_event_become_one_story_and_all_others_stay_apart(bool oldestFirst)
    {
        var reports = new List<(ClusterItem Item, string Subject)>();
        foreach (var outlet in StarterSources.Outlets)
        {
            var feed = await FeedAsync(outlet);
            // Reports of one event share their picture; what is told in German was told by nobody else.
            reports.AddRange(
                feed.Entries.Zip(SampleSite.Articles(outlet))
                    .Select(pair => (Item(pair.First, outlet), $"{outlet.Language} {pair.Second.Picture}"))
            );
        }

        var stories = new StoryIndex();
        var subjects = new Dictionary<StoryId, HashSet<string>>();
        foreach (
            var (item, subject) in oldestFirst ? reports.OrderBy(report => report.Item.At) : reports.AsEnumerable()
        )
        {
            var story = stories.Choose(item)?.Story ?? new StoryId(subjects.Count + 1);
            stories.Add(story, item);
            subjects.TryAdd(story, []);
            subjects[story].Add(subject);
        }

        Assert.All(subjects.Values, subject => Assert.Single(subject));
        Assert.Equal(reports.Select(report => report.Subject).Distinct().Count(), subjects.Count);
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

    private static ClusterItem Item(FeedEntry entry, SampleOutlet outlet) =>
        new(entry.Link, entry.Title, HtmlText.ToPlain(entry.Summary ?? ""), outlet.Name, entry.PublishedAt!.Value);

    private async Task<ParsedFeed> FeedAsync(SampleOutlet outlet)
    {
        var token = TestContext.Current.CancellationToken;
        var url = new Uri(_host!.Client.BaseAddress!, outlet.FeedPath);
        using var answer = await _host.Client.GetAsync(url, token);
        var body = await answer.Content.ReadAsByteArrayAsync(token);
        var outcome = FeedParser.Parse(body, answer.Content.Headers.ContentType?.ToString(), url);
        return Assert.IsType<FeedParseOutcome.Parsed>(outcome).Feed;
    }
}
