using System.Net;

namespace NewsBot.Tests.Pages;

/// <summary>Where something was written decides who may read it, through every door that is read.</summary>
public sealed class VisibilityTests(VisibilityTests.Newsroom newsroom) : IClassFixture<VisibilityTests.Newsroom>
{
    private static readonly Dictionary<string, string[]> Readers = new(StringComparer.Ordinal)
    {
        ["discord-off"] = [],
        ["discord-members"] = ["member", "chatter", "admin"],
        ["discord-public"] = [.. PublishedServer.Viewers],
        ["web-off"] = ["chatter", "admin"],
        ["web-members"] = ["member", "chatter", "admin"],
        ["web-public"] = [.. PublishedServer.Viewers],
    };

    public static TheoryData<string, string> Pairs()
    {
        var pairs = new TheoryData<string, string>();
        foreach (var origin in Readers.Keys)
        {
            foreach (var viewer in PublishedServer.Viewers)
            {
                pairs.Add(origin, viewer);
            }
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task A_comment_has_its_words_and_its_name_for_whom_its_channel_is_published_and_its_number_for_all(
        string origin,
        string viewer
    )
    {
        var isReader = Readers[origin].Contains(viewer, StringComparer.Ordinal);
        var (story, number, author) = (newsroom.Everywhere, newsroom.Numbers[origin], newsroom.Authors[origin]);
        string[] doors =
        [
            $"/stories/{story}",
            $"/stories/{story}?order=newest",
            $"/stories/{story}?fragment=comments",
            $"/stories/{story}/comments/{number}?fragment=quote",
            $"/stories/{story}/comments.atom",
            $"/stories/{story}/comments.json",
            $"/stories/{story}.md",
            $"/api/v1/stories/{story}/comments",
            $"/search?q={Newsroom.Word(origin)}",
            $"/members/{author}",
        ];

        foreach (var door in doors)
        {
            var (_, text) = await newsroom.GetAsync(viewer, door);
            // The search page repeats what was searched for.
            var shown =
                text.Contains($"said {Newsroom.Word(origin)}", StringComparison.Ordinal)
                || text.Contains($"said <mark>{Newsroom.Word(origin)}</mark>", StringComparison.Ordinal);
            Assert.True(shown == isReader, $"{viewer} at {door}: {(shown ? "shown" : "not shown")}");
            Assert.True(
                text.Contains(Newsroom.Author(origin), StringComparison.Ordinal) == isReader,
                $"{viewer} at {door}: the name"
            );
        }

        foreach (var door in new[] { "/", "/chat/web-public", $"/chat/web-public?story={story}", "/feed.atom" })
        {
            var (_, text) = await newsroom.GetAsync(viewer, door);
            Assert.True(
                isReader || !text.Contains(Newsroom.Word(origin), StringComparison.Ordinal),
                $"{viewer} at {door}"
            );
        }

        var (_, page) = await newsroom.GetAsync(viewer, $"/stories/{story}");
        Assert.Contains($"id=\"c{number}\"", page, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task A_story_is_there_for_whom_one_of_its_channels_is_published(string origin, string viewer)
    {
        var isReader = Readers[origin].Contains(viewer, StringComparer.Ordinal);
        var story = newsroom.Stories[origin];
        string[] addresses =
        [
            $"/stories/{story}",
            $"/stories/{story}/comments/1",
            $"/stories/{story}/comments.atom",
            $"/stories/{story}/comments.json",
            $"/stories/{story}.md",
            $"/api/v1/stories/{story}",
            $"/api/v1/stories/{story}/comments",
            $"/live?story={story}",
            $"/live?story={newsroom.Everywhere}&story={story}",
        ];

        foreach (var address in addresses)
        {
            var (status, text) = await newsroom.GetAsync(viewer, address);
            Assert.True(status != HttpStatusCode.NotFound == isReader, $"{viewer} at {address}: {status}");
            Assert.True(isReader || !text.Contains(Newsroom.Headline(origin), StringComparison.Ordinal), address);
        }

        foreach (var list in new[] { "/", "/feed.atom", "/search?q=costs", "/api/v1/stories?limit=200" })
        {
            var (_, text) = await newsroom.GetAsync(viewer, list);
            // The home of this server is the community of those who are not from elsewhere.
            Assert.True(
                text.Contains(Newsroom.Headline(origin), StringComparison.Ordinal) == isReader,
                $"{viewer} at {list}"
            );
        }

        var (_, sitemap) = await newsroom.GetAsync(viewer, "/sitemap.xml");
        Assert.Equal(
            origin.EndsWith("public", StringComparison.Ordinal),
            sitemap.Contains($"/stories/{story}-", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("stranger", 2)]
    [InlineData("member", 4)]
    [InlineData("chatter", 5)]
    [InlineData("admin", 5)]
    [InlineData("member-elsewhere", 2)]
    [InlineData("admin-elsewhere", 2)]
    public async Task Every_count_is_of_what_its_reader_may_read(string viewer, int count)
    {
        var (_, page) = await newsroom.GetAsync(viewer, $"/stories/{newsroom.Everywhere}");
        var (_, json) = await newsroom.GetAsync(viewer, $"/stories/{newsroom.Everywhere}/comments.json");
        var (_, api) = await newsroom.GetAsync(viewer, $"/api/v1/stories/{newsroom.Everywhere}");
        var (_, member) = await newsroom.GetAsync(viewer, $"/members/{newsroom.Everyone}");

        Assert.Contains($">{count} comments<", page, StringComparison.Ordinal);
        Assert.Contains($"\"commentCount\":{count}", page, StringComparison.Ordinal);
        Assert.Contains($"\"commentCount\":{count}", json, StringComparison.Ordinal);
        Assert.Contains($"\"commentCount\":{count}", api, StringComparison.Ordinal);
        Assert.Contains($"{count} posts", member, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_but_who_sits_at_this_machine_reads_what_no_channel_publishes()
    {
        await using var own = new PageServer();
        await own.InitializeAsync();
        var channel = own.Newsroom.ChannelOf(own.Newsroom.Workspace("discord", "7", 1), "inner", "off");
        var story = own.Newsroom.Story(channel, [own.Newsroom.Source()]);
        own.Newsroom.CommentOf(story, own.Newsroom.Member("Ada"), channel, "among us");

        var page = await own.PageAsync($"/stories/{story}");

        Assert.Equal("among us", page.QuerySelector("#c1 .md p")!.TextContent);
    }

    /// <summary>One story in channels of every kind, and one of its own in each.</summary>
    public sealed class Newsroom : IAsyncLifetime
    {
        private readonly PublishedServer _server = new();

        public long Everywhere { get; private set; }

        /// <summary>Somebody who wrote in all of them.</summary>
        public long Everyone { get; private set; }

        public IDictionary<string, int> Numbers { get; } = new Dictionary<string, int>(StringComparer.Ordinal);

        public IDictionary<string, long> Authors { get; } = new Dictionary<string, long>(StringComparer.Ordinal);

        public IDictionary<string, long> Stories { get; } = new Dictionary<string, long>(StringComparer.Ordinal);

        public static string Word(string origin) => $"word{origin.Replace("-", "", StringComparison.Ordinal)}";

        public static string Author(string origin) => $"Name of {origin}";

        public static string Headline(string origin) => $"Headline of {origin}";

        public async ValueTask InitializeAsync()
        {
            await _server.InitializeAsync();
            var builder = _server.Newsroom;
            builder.Run("UPDATE community SET indexing = 1");
            Everyone = builder.Member("Everywhere Person");
            foreach (var origin in Readers.Keys)
            {
                var publication = origin.Split('-')[1];
                var channel = origin.StartsWith("web", StringComparison.Ordinal)
                    ? builder.Channel(origin, publication)
                    : builder.ChannelOf(_server.Guild, origin, publication);
                Stories[origin] = builder.Story(channel, [builder.Source($"Wire {origin}")], Headline(origin));
                if (Everywhere == 0)
                {
                    Everywhere = builder.Story(channel, [builder.Source("Wire")], "Told everywhere");
                }
                else
                {
                    builder.AlsoIn(Everywhere, channel);
                }

                Authors[origin] = builder.Member(Author(origin));
                Numbers[origin] = builder.CommentOf(Everywhere, Authors[origin], channel, $"said {Word(origin)}");
                builder.CommentOf(Stories[origin], Everyone, channel, "said by the same");
            }
        }

        public ValueTask DisposeAsync() => _server.DisposeAsync();

        public Task<(HttpStatusCode Status, string Text)> GetAsync(string viewer, string path) =>
            _server.GetAsync(viewer, path);
    }
}
