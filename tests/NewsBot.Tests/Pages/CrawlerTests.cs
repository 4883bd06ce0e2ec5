using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using NewsBot.Testing;

namespace NewsBot.Tests.Pages;

/// <summary>What search engines are told.</summary>
public sealed class CrawlerTests : IAsyncLifetime
{
    private static readonly XNamespace Sitemap = "http://www.sitemaps.org/schemas/sitemap/0.9";

    // What schema.org knows of each type that is used here, as far as it is used.
    private static readonly Dictionary<string, string[]> Known = new(StringComparer.Ordinal)
    {
        ["DiscussionForumPosting"] =
        [
            "headline",
            "url",
            "mainEntityOfPage",
            "datePublished",
            "dateModified",
            "author",
            "publisher",
            "isBasedOn",
            "image",
            "text",
            "sharedContent",
            "commentCount",
            "interactionStatistic",
            "comment",
        ],
        ["NewsArticle"] =
        [
            "headline",
            "url",
            "mainEntityOfPage",
            "datePublished",
            "dateModified",
            "author",
            "publisher",
            "isBasedOn",
            "image",
            "abstract",
        ],
        ["Comment"] = ["url", "text", "datePublished", "dateModified", "author", "parentItem"],
        ["Organization"] = ["name", "url"],
        ["Person"] = ["name", "url"],
        ["InteractionCounter"] = ["interactionType", "userInteractionCount"],
    };

    // What search engines refuse a thing without; a comment that is only named has its address.
    private static readonly Dictionary<string, string[]> Required = new(StringComparer.Ordinal)
    {
        ["DiscussionForumPosting"] = ["headline", "url", "datePublished", "author", "text"],
        ["NewsArticle"] = ["headline", "url"],
        ["Comment"] = ["text", "datePublished", "author"],
        ["Organization"] = ["name"],
        ["Person"] = ["name"],
        ["InteractionCounter"] = ["interactionType", "userInteractionCount"],
    };

    private readonly PageServer _server = new();

    private NewsroomBuilder Newsroom => _server.Newsroom;

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Nothing_is_listed_until_an_admin_says_so_and_undo_takes_it_back()
    {
        var story = Newsroom.Story(Newsroom.Channel(), [Newsroom.Source()]);
        var paths = new[] { "/", $"/stories/{story}", "/about" };

        Assert.Equal(["noindex", "noindex", "noindex"], await RobotsAsync(paths));
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync("/sitemap.xml")).Status);
        Assert.DoesNotContain("Sitemap:", (await GetAsync("/robots.txt")).Text, StringComparison.Ordinal);

        var done = await _server.CommandAsync("indexing on");

        Assert.Equal([null, null, null], await RobotsAsync(paths));
        Assert.Equal(["noindex"], await RobotsAsync(["/search?q=phone"]));
        Assert.Contains($"/stories/{story}-a-story", (await GetAsync("/sitemap.xml")).Text, StringComparison.Ordinal);
        Assert.Contains("/sitemap.xml", (await GetAsync("/robots.txt")).Text, StringComparison.Ordinal);
        Assert.Equal(1, _server.Count("SELECT COUNT(*) FROM audit WHERE action = 'indexing'"));

        await _server.CommandAsync(done[(done.LastIndexOf("undo", StringComparison.Ordinal))..].Split('`')[0]);

        Assert.Equal(["noindex", "noindex", "noindex"], await RobotsAsync(paths));
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync("/sitemap.xml")).Status);
    }

    [Fact]
    public async Task Robots_are_kept_from_what_is_no_page_to_list()
    {
        var (status, text) = await GetAsync("/robots.txt");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.StartsWith("User-agent: *\nDisallow: /api/\n", text, StringComparison.Ordinal);
        Assert.Contains("\nDisallow: /search\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Disallow: /\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_stories_that_stand_in_a_public_channel_are_listed()
    {
        var open = Newsroom.Channel();
        var source = Newsroom.Source();
        var shown = Newsroom.Story(open, [source]);
        var inner = Newsroom.Story(Newsroom.Channel("inner", "members"), [Newsroom.Source("I")]);
        var down = Newsroom.Story(open, [Newsroom.Source("D")]);
        var joined = Newsroom.Story(open, [Newsroom.Source("J")]);
        Newsroom.Run("UPDATE story SET taken_down_at = 1 WHERE id = @down", new { down });
        Newsroom.Run("UPDATE story SET merged_into = @shown WHERE id = @joined", new { joined, shown });
        await _server.CommandAsync("indexing on");

        var list = XDocument.Parse((await GetAsync("/sitemap.xml")).Text);

        var only = Assert.Single(list.Root!.Elements(Sitemap + "url"));
        Assert.EndsWith($"/stories/{shown}-a-story", only.Element(Sitemap + "loc")!.Value, StringComparison.Ordinal);
        Assert.True(Uri.IsWellFormedUriString(only.Element(Sitemap + "loc")!.Value, UriKind.Absolute));
        Assert.True(DateTimeOffset.TryParse(only.Element(Sitemap + "lastmod")!.Value, null, out _));
        Assert.NotEqual(inner, shown);
    }

    [Fact]
    public async Task More_than_fifty_thousand_stories_come_in_several_files_that_a_list_names()
    {
        var story = Newsroom.Story(Newsroom.Channel(), [Newsroom.Source()]);
        Newsroom.Run(
            """
            INSERT INTO story (community_id, headline, slug, url, lead_entry_id, published_at, created_at, updated_at)
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50010)
            SELECT community_id, headline, slug, url, lead_entry_id, published_at, created_at, updated_at
            FROM n JOIN story ON id = @story;
            INSERT INTO channel_story (channel_id, story_id, state, at)
            SELECT (SELECT MIN(channel_id) FROM channel_story), id, 'listed', 0 FROM story WHERE id <> @story;
            """,
            new { story }
        );
        await _server.CommandAsync("indexing on");

        var index = XDocument.Parse((await GetAsync("/sitemap.xml")).Text);
        var files = index
            .Root!.Elements(Sitemap + "sitemap")
            .Select(file => file.Element(Sitemap + "loc")!.Value)
            .ToList();
        var counts = new List<int>();
        foreach (var file in files)
        {
            var list = XDocument.Parse((await GetAsync(new Uri(file).AbsolutePath)).Text);
            counts.Add(list.Root!.Elements(Sitemap + "url").Count());
        }

        Assert.Equal("sitemapindex", index.Root!.Name.LocalName);
        Assert.Equal([50_000, 11], counts);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync("/sitemaps/1-3.xml")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync("/sitemaps/2-1.xml")).Status);
    }

    [Theory]
    [InlineData(0, "NewsArticle")]
    [InlineData(30, "DiscussionForumPosting")]
    public async Task Structured_data_has_what_its_types_demand_and_nothing_they_do_not_know(int comments, string type)
    {
        var channel = Newsroom.Channel();
        var story = Newsroom.Story(channel, [Newsroom.Source(), Newsroom.Source("B")], picture: Newsroom.Picture([1]));
        var ada = Newsroom.Member("Ada </script>");
        for (var number = 1; number <= comments; number++)
        {
            Newsroom.Comment(story, ada, channel, number == 2 ? "" : $"Thought {number}", parent: number / 2);
        }

        var page = await _server.PageAsync($"/stories/{story}");
        using var json = JsonDocument.Parse(page.QuerySelector("script[type='application/ld+json']")!.TextContent);

        Assert.Equal("https://schema.org", json.RootElement.GetProperty("@context").GetString());
        Assert.Equal(type, json.RootElement.GetProperty("@type").GetString());
        Check(json.RootElement);
        if (comments > 0)
        {
            Assert.Equal(20, json.RootElement.GetProperty("comment").GetArrayLength());
            Assert.Equal(comments, json.RootElement.GetProperty("commentCount").GetInt32());
        }
    }

    private static void Check(JsonElement thing)
    {
        var type = thing.GetProperty("@type").GetString()!;
        var names = thing.EnumerateObject().Select(property => property.Name).ToList();
        Assert.Empty(names.Where(name => name[0] != '@').Except(Known[type], StringComparer.Ordinal));
        // A thing that is only named by its id is told elsewhere.
        if (!names.Contains("@id", StringComparer.Ordinal) || names.Count > 2)
        {
            Assert.Empty(Required[type].Except(names, StringComparer.Ordinal));
        }

        foreach (var property in thing.EnumerateObject().Where(property => property.Name[0] != '@'))
        {
            foreach (
                var value in property.Value.ValueKind == JsonValueKind.Array
                    ? property.Value.EnumerateArray()
                    : Enumerable.Repeat(property.Value, 1)
            )
            {
                Check(property.Name, value);
            }
        }
    }

    private static void Check(string name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            Check(value);
        }
        else if (value.ValueKind == JsonValueKind.String)
        {
            var text = value.GetString()!;
            Assert.NotEqual("", text);
            if (name.StartsWith("date", StringComparison.Ordinal))
            {
                Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", text);
            }
            else if (name is "url" or "image" or "isBasedOn" or "mainEntityOfPage" or "interactionType")
            {
                Assert.True(
                    Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https",
                    text
                );
            }
        }
    }

    private async Task<IReadOnlyList<string?>> RobotsAsync(IEnumerable<string> paths)
    {
        List<string?> robots = [];
        foreach (var path in paths)
        {
            robots.Add((await _server.PageAsync(path)).QuerySelector("meta[name=robots]")?.GetAttribute("content"));
        }

        return robots;
    }

    private async Task<(HttpStatusCode Status, string Text)> GetAsync(string path)
    {
        using var browser = _server.Browser();
        using var answer = await browser.GetAsync(path, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
