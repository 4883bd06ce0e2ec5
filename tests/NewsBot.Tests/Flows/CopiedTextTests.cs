using Dapper;
using Microsoft.Extensions.Options;
using NewsBot.Core.Channels;
using NewsBot.Storage;

namespace NewsBot.Tests.Flows;

/// <summary>What becomes of an article whose text another outlet had first.</summary>
public sealed class CopiedTextTests : IAsyncLifetime
{
    private const string Text =
        "The electric ferry Marigold has made its first crossing to Ellin Island with 212 people on board. It took 38 minutes "
        + "against a wind of 40 kilometres an hour, said captain Ane Holm, and nobody heard the engines. The port will pay for the "
        + "charging mast for ten years, and the county for two more ships like her. Several hundred people watched from the quay "
        + "as a brass band from Norrby played. From Monday on the Marigold will leave every hour, and the old ferry Anker will "
        + "be sold to a museum in Gessen, where children may climb about in her engine room.";

    private NewsDesk _desk = null!;

    [Fact]
    public async Task It_joins_the_story_of_the_text_whatever_its_headline_and_why_says_so()
    {
        await StartAsync(_desk.Channel(), "/gazette.rss", "/planet.rss");
        _desk.Serve("/gazette.rss", First, Old("gazette"));
        await _desk.PollAsync();

        _desk.Serve("/planet.rss", Copied, Old("planet"));
        await _desk.PollAsync();

        var story = _desk.Number("SELECT id FROM story WHERE headline = @Title", new { First.Title });
        Assert.Equal(
            [First.Title, Copied.Title],
            _desk.Words(
                "SELECT e.title FROM story_entry se JOIN entry e ON e.id = se.entry_id WHERE se.story_id = @story ORDER BY e.id",
                new { story }
            )
        );
        Assert.Equal(
            $"joined story-{story} by the same text",
            _desk.Word("SELECT detail FROM decision WHERE stage = 'story' ORDER BY id DESC LIMIT 1")
        );
        Assert.Equal(
            First.Title,
            _desk.Word(
                "SELECT o.title FROM entry e JOIN entry o ON o.id = e.copy_of WHERE e.title = @Title",
                new { Copied.Title }
            )
        );
        Assert.Equal(
            1,
            _desk.Number(
                "SELECT COUNT(DISTINCT source_id) FROM independent_report WHERE story_id = @story",
                new { story }
            )
        );
    }

    [Fact]
    public async Task A_text_of_its_own_is_nobodys_copy()
    {
        await StartAsync(_desk.Channel(), "/gazette.rss", "/planet.rss");
        _desk.Serve("/gazette.rss", First, Old("gazette"));
        _desk.Serve(
            "/planet.rss",
            new FeedItem("Rope Street market stays open until midnight", _desk.Now)
            {
                Text =
                    "Traders at Rope Street market may sell until midnight from May on, the council of Norrby decided by 14 votes to 9. "
                    + "Neighbours had feared noise, and were promised that the last music ends at ten in the evening on working days.",
            },
            Old("planet")
        );

        await _desk.PollAsync();

        Assert.Equal(0, _desk.Number("SELECT COUNT(*) FROM entry WHERE copy_of IS NOT NULL"));
        Assert.Equal(2, _desk.Number("SELECT COUNT(*) FROM text_print WHERE length(print) > 0"));
    }

    [Fact]
    public async Task It_is_still_known_after_a_restart_and_all_copies_lead_to_the_first()
    {
        await StartAsync(_desk.Channel(), "/gazette.rss", "/planet.rss", "/herald.rss");
        _desk.Serve("/gazette.rss", First, Old("gazette"));
        await _desk.PollAsync();
        _desk.Texts = new KnownTexts();
        _desk.Serve("/planet.rss", Copied, Old("planet"));
        await _desk.PollAsync();
        _desk.Texts = new KnownTexts();

        _desk.Serve(
            "/herald.rss",
            Copied with
            {
                Title = "Brass band greets silent ship",
                Guid = "h",
                Link = "https://herald.example/1",
            },
            Old("herald")
        );
        await _desk.PollAsync();

        Assert.Equal(
            [First.Title, First.Title],
            _desk.Words("SELECT o.title FROM entry e JOIN entry o ON o.id = e.copy_of ORDER BY e.id")
        );
        Assert.Equal(
            3,
            _desk.Number("SELECT MAX(n) FROM (SELECT COUNT(*) AS n FROM story_entry GROUP BY story_id) one")
        );
    }

    [Fact]
    public async Task What_a_transaction_taught_that_was_rolled_back_is_forgotten()
    {
        await StartAsync(_desk.Channel(), "/gazette.rss", "/planet.rss");
        _desk.Break("story_entry");
        _desk.Serve("/gazette.rss", First, Old("gazette"));
        await _desk.PollAsync();
        _desk.Mend("story_entry");
        _desk.Serve("/gazette.rss", Old("gazette"));

        _desk.Serve("/planet.rss", Copied, Old("planet"));
        await _desk.PollAsync();

        Assert.Null(_desk.Word("SELECT copy_of FROM entry WHERE title = @Title", new { Copied.Title }));
        Assert.Equal(Copied.Title, _desk.Word("SELECT headline FROM story ORDER BY id DESC LIMIT 1"));
    }

    [Fact]
    public async Task After_three_days_the_same_text_is_a_story_again_and_its_print_is_deleted()
    {
        await StartAsync(_desk.Channel(), "/gazette.rss", "/planet.rss");
        _desk.Serve("/gazette.rss", First, Old("gazette"));
        await _desk.PollAsync();

        _desk.Time.Advance(TimeSpan.FromHours(80));
        await new CleanUp(
            _desk.Database,
            new FreePages(_desk.Database),
            Options.Create(new StorageOptions()),
            _desk.Time
        ).RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, _desk.Number("SELECT COUNT(*) FROM text_print"));
        _desk.Texts = new KnownTexts();
        _desk.Serve("/planet.rss", Copied with { At = _desk.Now }, Old("planet"));
        await _desk.PollAsync();

        Assert.Equal(0, _desk.Number("SELECT COUNT(*) FROM entry WHERE copy_of IS NOT NULL"));
        Assert.Equal(Copied.Title, _desk.Word("SELECT headline FROM story ORDER BY id DESC LIMIT 1"));
    }

    [Theory]
    [InlineData(true, "waiting")]
    [InlineData(false, "carded")]
    public async Task Outlets_that_only_carry_a_copy_make_nothing_breaking(bool isCopy, string state)
    {
        string[] paths = ["/gazette.rss", "/planet.rss", "/herald.rss"];
        var channel = _desk.Channel("news", "digest+breaking");
        await StartAsync(channel, paths);

        for (var i = 0; i < paths.Length; i++)
        {
            var item = First with
            {
                Link = $"https://outlet{i}.example/ferry",
                Guid = $"{i}",
                Text = isCopy ? Text : Own[i],
            };
            _desk.Serve(paths[i], item, Old(paths[i]));
            await _desk.PollAsync();
        }

        Assert.Equal(
            state,
            _desk.Word("SELECT state FROM channel_story WHERE channel_id = @Id", new { Id = channel.Value })
        );
    }

    [Fact]
    public async Task The_first_copy_counts_where_the_story_has_not_the_original()
    {
        var story = _desk.Story("Ferry crosses", _desk.Source("/a.rss", "A"));
        var first = _desk.Number("SELECT lead_entry_id FROM story WHERE id = @story", new { story = story.Value });
        var elsewhere = _desk.Number(Entry, new { Source = _desk.Source("/x.rss", "X"), Original = (long?)null });
        _desk.Run("UPDATE entry SET copy_of = @elsewhere WHERE id = @first", new { elsewhere, first });
        foreach (var name in new[] { "B", "C" })
        {
            var source = _desk.Source($"/{name}.rss", name);
            _desk.Run(
                "INSERT INTO story_entry (story_id, entry_id, community_id, source_id, joined_at) VALUES (@Story, @Id, 1, @source, 1)",
                new
                {
                    Story = story.Value,
                    Id = _desk.Number(Entry, new { Source = source, Original = (long?)elsewhere }),
                    source,
                }
            );
        }

        Assert.Equal([first], await IndependentAsync(story.Value));

        _desk.Run("DELETE FROM entry WHERE id = @elsewhere", new { elsewhere });
        Assert.Equal(3, (await IndependentAsync(story.Value)).Count);
    }

    [Fact]
    public async Task A_split_by_hand_is_known_to_the_next_choice()
    {
        var channel = _desk.Channel();
        await StartAsync(channel, "/gazette.rss", "/planet.rss", "/herald.rss");
        _desk.Serve("/gazette.rss", First, Old("gazette"));
        await _desk.PollAsync();
        var other = _desk.Story("Elsewhere");
        _desk.Run(
            "UPDATE story_entry SET story_id = @Other WHERE entry_id = (SELECT id FROM entry WHERE title = @Title)",
            new { Other = other.Value, First.Title }
        );

        _desk.Serve(
            "/herald.rss",
            First with
            {
                Guid = "h",
                Link = "https://herald.example/1",
                Text = "",
            },
            Old("herald")
        );
        await _desk.PollAsync();

        Assert.Equal(
            $"joined {other} by the same headline",
            _desk.Word("SELECT detail FROM decision WHERE stage = 'story' ORDER BY id DESC LIMIT 1")
        );
    }

    public async ValueTask InitializeAsync() => _desk = await NewsDesk.OpenWithSiteAsync();

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    private static readonly string[] Own =
    [
        "Our reporter stood on the quay of Norrby when the ferry left without a sound, and heard nothing but gulls and a brass band.",
        "Captain Ane Holm told this paper that she had feared the wind more than the batteries, which came home more than half full.",
        "The county wants two more ships of the kind, and means to sell the old Anker, a member of its council said on board.",
    ];

    private const string Entry = """
        INSERT INTO entry (feed_id, title, title_key, content_hash, seen_at, copy_of)
        SELECT feed_id, 'T', 'T', 'h', 1, @Original FROM source WHERE id = @Source RETURNING id
        """;

    private FeedItem First =>
        new("Electric ferry Marigold makes first crossing to Ellin Island", _desk.Now) { Text = Text };

    private FeedItem Copied =>
        new("Nobody heard the engines", _desk.Now)
        {
            Text = $"(Wire) - {Text} All rights reserved.",
            Link = "https://planet.example/engines",
        };

    private FeedItem Old(string name) => new($"Saltmarsh wardens of {name} count seals", _desk.Now.AddDays(-20));

    // A first poll posts nothing: what comes with the second is news.
    private async Task StartAsync(ChannelId channel, params string[] paths)
    {
        foreach (var path in paths)
        {
            _desk.Source(path, path, channel);
            _desk.Serve(path, Old(path));
        }

        await _desk.PollAsync();
    }

    private async Task<IReadOnlyList<long>> IndependentAsync(long story)
    {
        await using var connection = _desk.Database.Open();
        return (
            await connection.QueryAsync<long>(
                "SELECT entry_id FROM independent_report WHERE story_id = @story ORDER BY entry_id",
                new { story }
            )
        ).AsList();
    }
}
