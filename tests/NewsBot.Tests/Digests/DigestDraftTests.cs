using NewsBot.Core.Channels;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;
using NewsBot.Storage;
using NewsBot.Tests.Flows;

namespace NewsBot.Tests.Digests;

/// <summary>What is shown before it is posted, what is posted, and why.</summary>
public sealed class DigestDraftTests : IAsyncLifetime
{
    private NewsDesk _desk = null!;
    private ChannelId _channel;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_shown_is_posted_word_for_word()
    {
        var talked = Waiting("One", "Two", "Three")[0];
        _desk.Comments(_channel, talked, 2);

        var shown = await _desk.Digests.PreviewAsync(_channel, Stop);
        _desk.Time.Advance(TimeSpan.FromMinutes(3));
        Waiting("Came meanwhile");
        await PublishAsync();

        Assert.Equal(Written(shown), Posted());
        Assert.Contains(shown, body => body is PostBody.Card { Quote: not null });
        Assert.All(shown.OfType<PostBody.Card>(), card => Assert.NotEmpty(card.Why!));
    }

    [Fact]
    public async Task What_came_after_it_was_shown_is_in_the_next_one()
    {
        Waiting("One");
        await _desk.Digests.PreviewAsync(_channel, Stop);
        _desk.Time.Advance(TimeSpan.FromMinutes(1));
        var story = Waiting("Came meanwhile")[0];
        await PublishAsync();

        _desk.Time.Advance(TimeSpan.FromHours(1));
        await PublishAsync();

        Assert.Equal(2, _desk.Number("SELECT COUNT(*) FROM digest"));
        Assert.Equal(
            1,
            _desk.Number("SELECT COUNT(*) FROM digest_story WHERE story_id = @Id", new { Id = story.Value })
        );
    }

    [Theory]
    [InlineData("UPDATE story SET taken_down_at = 1 WHERE id = 1")]
    [InlineData("UPDATE story SET headline = 'Another headline' WHERE id = 1")]
    [InlineData("UPDATE channel_story SET state = 'held' WHERE story_id = 1")]
    [InlineData("UPDATE channel SET layout = 'compact'")]
    [InlineData("UPDATE comment SET state = 'hidden'")]
    public async Task What_is_no_longer_true_is_made_anew(string change)
    {
        var first = Waiting("One", "Two")[0];
        _desk.Comments(_channel, first, 1);
        var shown = await _desk.Digests.PreviewAsync(_channel, Stop);

        _desk.Run(change);
        await PublishAsync();

        Assert.NotEqual(Written(shown), Posted());
        Assert.NotEmpty(Posted());
    }

    [Fact]
    public async Task A_preview_is_good_for_a_few_minutes_only()
    {
        Waiting("One");
        await _desk.Digests.PreviewAsync(_channel, Stop);
        _desk.Time.Advance(DigestDrafts.Life);
        Waiting("Two");

        await PublishAsync();

        Assert.Equal(2, _desk.Number("SELECT COUNT(*) FROM digest_story"));
        Assert.Equal(0, _desk.Number("SELECT COUNT(*) FROM digest_draft"));
    }

    [Fact]
    public async Task Each_story_says_why_it_is_there_and_so_does_its_card_after_an_edit()
    {
        var story = Waiting("Reported by two")[0];
        Report(story, "Second outlet");

        await PublishAsync();
        await _desk.SendAsync();
        await _desk.OutboxAsync(connection => StoryCards.EditAsync(connection, story, _desk.Now));
        await _desk.SendAsync();

        Assert.Equal("2 outlets report it.", _desk.Word("SELECT why FROM digest_story"));
        Assert.Equal("2 outlets report it.", _desk.Word("SELECT detail FROM channel_story"));
        Assert.Equal("2 outlets report it.", _desk.Publisher.Shown(_channel).OfType<PostBody.Card>().Single().Why);
    }

    [Fact]
    public async Task A_source_people_talk_about_comes_first()
    {
        var loved = _desk.Source("/loved", "Loved");
        var other = _desk.Source("/other", "Other");
        for (var i = 0; i < 4; i++)
        {
            var old = _desk.Story($"Old {i}", loved);
            _desk.Place(_channel, old, "listed");
            _desk.Comments(_channel, old, 2);
            _desk.Run("UPDATE comment SET message_id = id");
        }

        _desk.Time.Advance(TimeSpan.FromDays(1));
        _desk.Place(_channel, _desk.Story("By another", other));
        _desk.Place(_channel, _desk.Story("By the loved one", loved));
        await PublishAsync();

        Assert.Equal(
            ["By the loved one", "By another"],
            _desk.Words("SELECT s.headline FROM digest_story ds JOIN story s ON s.id = ds.story_id ORDER BY ds.rank")
        );
        Assert.Equal(
            "Your community talked about 4 stories of Loved this week.",
            _desk.Word("SELECT why FROM digest_story ORDER BY rank")
        );
    }

    [Fact]
    public async Task A_source_whose_cards_people_react_to_comes_first_but_not_for_what_a_closed_channel_did()
    {
        var loved = _desk.Source("/loved", "Loved");
        var other = _desk.Source("/other", "Other");
        var closed = _desk.Channel("closed", "instant", ("publication", "off"));
        for (var i = 0; i < 4; i++)
        {
            React(_channel, _desk.Story($"Old {i}", loved), people: 2);
            React(closed, _desk.Story($"Secret {i}", other), people: 9);
        }

        _desk.Time.Advance(TimeSpan.FromDays(1));
        _desk.Place(_channel, _desk.Story("By another", other));
        _desk.Place(_channel, _desk.Story("By the loved one", loved));
        await PublishAsync();

        Assert.Equal(
            ["By the loved one", "By another"],
            _desk.Words("SELECT s.headline FROM digest_story ds JOIN story s ON s.id = ds.story_id ORDER BY ds.rank")
        );
        Assert.Equal(
            "Your community reacted to 4 stories of Loved this week.",
            _desk.Word("SELECT why FROM digest_story ORDER BY rank")
        );
    }

    private void React(ChannelId channel, StoryId story, int people)
    {
        for (var who = 0; who < people; who++)
        {
            _desk.Run(
                "INSERT INTO card_reaction VALUES (@Story, @Channel, '👍', @Who, @Now), (@Story, @Channel, '🎉', @Who, @Now)",
                new
                {
                    Story = story.Value,
                    Channel = channel.Value,
                    Who = $"person {who}",
                    Now = _desk.Now.Ms(),
                }
            );
        }
    }

    [Fact]
    public async Task What_may_not_be_shown_in_the_channel_teaches_it_nothing()
    {
        var loved = _desk.Source("/loved", "Loved");
        var closed = _desk.Channel("closed", "instant", ("publication", "off"));
        var old = _desk.Story("Old", loved);
        _desk.Comments(closed, old, 3);
        _desk.Run("UPDATE comment SET visibility = 'off'");

        _desk.Place(_channel, _desk.Story("New", loved));
        await PublishAsync();

        Assert.Equal("It is among the newest: less than an hour old.", _desk.Word("SELECT why FROM digest_story"));
    }

    [Fact]
    public async Task Two_stories_in_the_same_words_are_one_and_the_other_is_held_back()
    {
        Waiting("Harbour bridge opens");
        var again = _desk.Story("Harbour Bridge Opens!", _desk.Source("/b", "B"));
        _desk.Place(_channel, again);

        await PublishAsync();

        Assert.Equal(1, _desk.Number("SELECT COUNT(*) FROM digest_story"));
        Assert.Equal(1, _desk.Number("SELECT COUNT(*) FROM channel_story WHERE state = 'held'"));
    }

    [Fact]
    public async Task A_long_list_has_headings_by_topic()
    {
        _desk.Run("UPDATE channel SET layout = 'compact'");
        foreach (var (category, count) in new[] { ("sport", 3), ("science", 3), ("", 1) })
        {
            for (var i = 0; i < count; i++)
            {
                var story = Waiting($"Story {category} {i}")[0];
                _desk.Run(
                    "UPDATE entry SET categories = @Category WHERE id = (SELECT lead_entry_id FROM story WHERE id = @Id)",
                    new { Category = category, Id = story.Value }
                );
            }
        }

        var list = (await _desk.Digests.PreviewAsync(_channel, Stop)).OfType<PostBody.DigestList>().Single();

        Assert.Equal(
            ["More news", "Science", "Sport"],
            list.InSections().Select(section => section.Title).Order(StringComparer.Ordinal)
        );
        Assert.Equal("More news", list.InSections().Last().Title);
        Assert.Equal(7, list.Lines.Count);
    }

    public async ValueTask InitializeAsync()
    {
        _desk = await NewsDesk.OpenAsync();
        _channel = _desk.Channel("news", "digest", ("schedule", "hourly UTC"), ("next_digest_at", _desk.Now.Ms()));
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    private async Task PublishAsync()
    {
        _desk.Run("UPDATE channel SET next_digest_at = @Now", new { Now = _desk.Now.Ms() });
        await _desk.DigestAsync();
    }

    private IReadOnlyList<StoryId> Waiting(params string[] headlines)
    {
        List<StoryId> stories = [];
        foreach (var headline in headlines)
        {
            var story = _desk.Story(headline);
            _desk.Place(_channel, story);
            stories.Add(story);
        }

        return stories;
    }

    private void Report(StoryId story, string name)
    {
        var source = _desk.Source($"/{name}", name);
        _desk.Run(
            """
            INSERT INTO entry (feed_id, url, title, title_key, content_hash, published_at, seen_at)
            SELECT feed_id, 'https://outlet.example/b', 'B', 'b', 'h', @Now, @Now FROM source WHERE id = @Source;
            INSERT INTO story_entry (story_id, entry_id, community_id, source_id, joined_at)
            VALUES (@Story, last_insert_rowid(), 1, @Source, @Now);
            """,
            new
            {
                Story = story.Value,
                Source = source,
                Now = _desk.Now.Ms(),
            }
        );
    }

    private static IReadOnlyList<string> Written(IEnumerable<PostBody> bodies) => [.. bodies.Select(PostBodies.Write)];

    private IReadOnlyList<string> Posted() =>
        _desk.Words("SELECT body FROM post WHERE operation = 'create' ORDER BY id");
}
