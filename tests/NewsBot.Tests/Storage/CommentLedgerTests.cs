using System.Globalization;
using CsCheck;
using Dapper;
using NewsBot.Chat.Web;
using NewsBot.Core.Channels;
using NewsBot.Core.Comments;
using NewsBot.Core.Communities;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;
using NewsBot.Storage;
using NewsBot.Tests.Flows;

namespace NewsBot.Tests.Storage;

/// <summary>The ledger of replies: whatever arrives in whatever order, it ends in the same state.</summary>
public sealed class CommentLedgerTests : IAsyncLifetime
{
    private const string State = """
        SELECT message_id || ' ' || parent || ' ' || state || ' ' || body || ' ' || COALESCE(CAST(edited_at AS TEXT), '-')
        FROM comment
        WHERE story_id = @Story ORDER BY message_id
        """;

    private NewsDesk _desk = null!;
    private ChannelId _channel;
    private Member _ines = null!;
    private StoryId _story;

    [Fact]
    public async Task Repeated_late_and_reordered_events_end_in_the_same_state()
    {
        _desk.Run("INSERT INTO word (community_id, word, added_by, created_at) VALUES (1, 'Schimpf', 'Inês', 0)");
        var expected = await PlayAsync(_story, Scenario(_story));
        Assert.Equal(
            [
                "1 0 visible One, corrected twice 30",
                "2 1 deleted  -",
                "3 0 hidden Three, polite again 25",
                "4 0 visible Four -",
            ],
            expected.State
        );
        await Gen.Int[0, int.MaxValue]
            .SampleAsync(
                async seed =>
                {
                    var story = _desk.Story("Another run", _desk.Number("SELECT MIN(id) FROM source"));
                    var random = new Random(seed);
                    var events = Scenario(story).Concat(Scenario(story).Where(_ => random.Next(3) == 0)).ToArray();
                    random.Shuffle(events);

                    var actual = await PlayAsync(story, events);

                    Assert.Equal(expected.State, actual.State);
                    Assert.Equal([1, 2, 3, 4], actual.Numbers);
                    Assert.Equal(0, actual.KeptTexts);
                },
                iter: 60,
                threads: 1
            );
    }

    [Fact]
    public async Task Numbers_are_dense_and_permanent()
    {
        await ApplyAsync(Created("a"), Created("b"), Deleted("b"), Created("b"), Created("c"), Deleted("c", 99));
        await ApplyAsync(Created("d"));

        Assert.Equal(
            ["a 1", "b 2", "c 3", "d 4"],
            _desk.Words("SELECT message_id || ' ' || number FROM comment ORDER BY number")
        );
        Assert.Equal(2, _desk.Number("SELECT comment_count FROM story"));
    }

    [Theory]
    [InlineData("A SCHIMPFWORT!")]
    [InlineData("a schímpfwort")]
    public async Task A_held_word_hides_the_comment(string text)
    {
        _desk.Run("INSERT INTO word (community_id, word, added_by, created_at) VALUES (1, 'schimpfwort', 'Inês', 0)");

        await ApplyAsync(Created("a", text), Created("b"));

        Assert.Equal(["hidden", "visible"], _desk.Words("SELECT state FROM comment ORDER BY number"));
        Assert.Equal(1, _desk.Number("SELECT comment_count FROM story"));
    }

    [Fact]
    public async Task A_held_word_that_an_edit_brings_hides_the_comment_too()
    {
        _desk.Run("INSERT INTO word (community_id, word, added_by, created_at) VALUES (1, 'schimpfwort', 'Inês', 0)");
        await ApplyAsync(Created("a"), new ReplyEvent.Edited(_channel, "a", 20, "Schimpfwort"));

        Assert.Equal("hidden", _desk.Word("SELECT state FROM comment"));
        Assert.Equal(0, _desk.Number("SELECT comment_count FROM story"));
    }

    [Fact]
    public async Task Deleting_in_the_built_in_chat_leaves_the_text_nowhere()
    {
        const string Secret = "Xylophonkonzert";
        var chat = _desk.Chat();
        var card = Card();
        var token = TestContext.Current.CancellationToken;
        var written = await chat.PostAsync(_channel, _ines, $"First {Secret}", card, "key", token);
        var message = Assert.IsType<WebWriteOutcome.Done>(written).Message;
        await chat.EditAsync(_channel, message.Id, _ines, $"Second {Secret}", token);
        Assert.Equal(1, Found(Secret));

        var deleted = await chat.DeleteAsync(_channel, message.Id, _ines, token);

        Assert.IsType<WebWriteOutcome.Done>(deleted);
        Assert.Equal(0, Found(Secret));
        Assert.Equal("deleted", _desk.Word("SELECT state FROM comment"));
        foreach (
            var column in new[]
            {
                "comment.body",
                "comment_event.body",
                "web_message.body",
                "post.body",
                "story.headline",
            }
        )
        {
            var (table, name) = (column.Split('.')[0], column.Split('.')[1]);
            Assert.Equal(0, _desk.Number($"SELECT COUNT(*) FROM {table} WHERE {name} LIKE '%{Secret}%'"));
        }

        if (_desk.Database is not SqliteDatabase)
        {
            return;
        }

        // Not even in the index, which keeps the words apart from the table.
        _desk.Run("CREATE VIRTUAL TABLE terms USING fts5vocab('comment_search', 'row')");
        Assert.Equal(0, _desk.Number("SELECT COUNT(*) FROM terms WHERE term = 'xylophonkonzert'"));
    }

    [Fact]
    public async Task Text_that_comes_after_its_deletion_is_not_kept()
    {
        await ApplyAsync(Deleted("a"), new ReplyEvent.Edited(_channel, "a", 15, "Gone already"));
        Assert.Equal(0, _desk.Number("SELECT COUNT(*) FROM comment_event WHERE body IS NOT NULL"));

        await ApplyAsync(Created("a"));
        Assert.Equal("deleted ", _desk.Word("SELECT state || ' ' || body FROM comment"));
    }

    [Fact]
    public async Task Followers_are_told_of_a_comment_once_and_no_longer_when_it_was_deleted()
    {
        _desk.Run(
            "INSERT INTO follow (member_id, story_id, created_at) VALUES (@Member, @Story, 0)",
            new { Member = _desk.Member("Tomasz").Id.Value, Story = _story.Value }
        );
        await ApplyAsync(Created("a"), Created("a"), Deleted("b"), Created("b"));
        var told = Assert.Single(_desk.Words("SELECT body FROM private_message"));
        Assert.Contains("Inês wrote comment 1", told);
        Assert.Contains($"](/stories/{_story.Value}-", told);
        Assert.EndsWith("#c1).", told);

        await ApplyAsync(Deleted("a"));
        Assert.Empty(_desk.Words("SELECT body FROM private_message"));
    }

    [Fact]
    public async Task A_digest_no_longer_quotes_what_was_deleted_and_quotes_an_edit_anew()
    {
        _desk.Place(_channel, _story);
        _desk.Run("UPDATE channel SET digest_cards = 0, next_digest_at = @Now", new { Now = _desk.Now.Ms() });
        await ApplyAsync(Created("a", "Hear, hear"));
        await _desk.DigestAsync();
        await _desk.SendAsync();
        Assert.Equal("Hear, hear", Quote());

        await ApplyAsync(new ReplyEvent.Edited(_channel, "a", 20, "Hear *this*"));
        await _desk.SendAsync();
        Assert.Equal("Hear this", Quote());

        await ApplyAsync(Deleted("a"));
        await _desk.SendAsync();
        Assert.Null(Quote());
        Assert.Equal(0, _desk.Number("SELECT COUNT(*) FROM post WHERE body LIKE '%Hear%'"));
    }

    [Fact]
    public async Task A_digest_quotes_a_member_under_the_name_shown_now_and_not_at_all_after_an_opt_out()
    {
        _desk.Place(_channel, _story);
        _desk.Run("UPDATE channel SET digest_cards = 0, next_digest_at = @Now", new { Now = _desk.Now.Ms() });
        await ApplyAsync(Created("a", "Hear, hear"));
        await _desk.DigestAsync();
        await _desk.SendAsync();

        _desk.Run("UPDATE member SET pseudonym = 'Nightowl' WHERE id = @Id", new { Id = _ines.Id.Value });
        await _desk.OutboxAsync(connection =>
            AdminStore.RequoteAsync(connection, _ines.Id.Value, CopyChange.Pseudonym, _desk.Now)
        );
        await _desk.SendAsync();
        var list = Assert.Single(_desk.Publisher.Shown(_channel).OfType<PostBody.DigestList>());
        Assert.Equal("Nightowl", list.BestComment?.Author);

        await _desk.OutboxAsync(connection => AdminStore.WithdrawAsync(connection, _ines.Id.Value, _desk.Now));
        await _desk.SendAsync();
        Assert.Null(Quote());
    }

    [Fact]
    public async Task A_comment_keeps_no_number_it_answers_also_after_an_edit()
    {
        var chat = _desk.Chat();
        var card = Card();
        var token = TestContext.Current.CancellationToken;
        await chat.PostAsync(_channel, _ines, "First", card, null, token);
        var second = await chat.PostAsync(_channel, _ines, "#1 Second", card, null, token);
        var id = Assert.IsType<WebWriteOutcome.Done>(second).Message.Id;
        Assert.Equal("1 Second", _desk.Word("SELECT parent || ' ' || body FROM comment WHERE number = 2"));

        await chat.EditAsync(_channel, id, _ines, "#1 Changed", token);
        Assert.Equal("1 Changed", _desk.Word("SELECT parent || ' ' || body FROM comment WHERE number = 2"));

        await chat.EditAsync(_channel, id, _ines, "#7 is a fine number", token);
        Assert.Equal("1 #7 is a fine number", _desk.Word("SELECT parent || ' ' || body FROM comment WHERE number = 2"));
    }

    [Fact]
    public async Task A_quoted_permalink_of_this_story_says_what_is_answered()
    {
        var chat = _desk.Chat();
        var card = Card();
        var token = TestContext.Current.CancellationToken;
        await chat.PostAsync(_channel, _ines, "First", card, null, token);
        var story = _desk.Number("SELECT id FROM story");

        await chat.PostAsync(_channel, _ines, $"> /stories/{story}-slug/comments/1\n\nI doubt it", card, null, token);
        await chat.PostAsync(_channel, _ines, $"/stories/{story + 1}/comments/1 elsewhere", card, null, token);

        Assert.Equal(1, _desk.Number("SELECT parent FROM comment WHERE number = 2"));
        Assert.Equal(0, _desk.Number("SELECT parent FROM comment WHERE number = 3"));
    }

    [Fact]
    public async Task The_same_key_gives_the_same_message_and_another_text_is_refused()
    {
        var chat = _desk.Chat();
        var card = Card();
        var token = TestContext.Current.CancellationToken;

        var first = await chat.PostAsync(_channel, _ines, "Once", card, "key", token);
        var again = await chat.PostAsync(_channel, _ines, "Once", card, "key", token);
        var other = await chat.PostAsync(_channel, _ines, "Twice", card, "key", token);

        Assert.Equal(first, again);
        Assert.Equal(422, Assert.IsType<WebWriteOutcome.Refused>(other).Status);
        Assert.Equal(["Once"], _desk.Words("SELECT body FROM comment"));
    }

    public async ValueTask InitializeAsync()
    {
        _desk = await NewsDesk.OpenAsync();
        _channel = _desk.Channel();
        _ines = _desk.Member();
        _story = _desk.Story();
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    /// <summary>Four replies with all that can happen to one; message ids are the same for every story, channels are not.</summary>
    private ReplyEvent[] Scenario(StoryId story) =>
        [
            new ReplyEvent.Created(_channel, Id(story, 1), 10, story, 0, _ines.Id, "One"),
            new ReplyEvent.Edited(_channel, Id(story, 1), 20, "One, corrected"),
            new ReplyEvent.Edited(_channel, Id(story, 1), 30, "One, corrected twice"),
            new ReplyEvent.Created(_channel, Id(story, 2), 11, story, 1, _ines.Id, "Two"),
            new ReplyEvent.Edited(_channel, Id(story, 2), 21, "Two, corrected"),
            new ReplyEvent.Deleted(_channel, Id(story, 2), 22),
            new ReplyEvent.Created(_channel, Id(story, 3), 12, story, 0, _ines.Id, "Three"),
            new ReplyEvent.Edited(_channel, Id(story, 3), 23, "Three is a schimpf"),
            new ReplyEvent.Edited(_channel, Id(story, 3), 25, "Three, polite again"),
            new ReplyEvent.Created(_channel, Id(story, 4), 13, story, 0, _ines.Id, "Four"),
        ];

    private static string Id(StoryId story, int message) =>
        string.Create(CultureInfo.InvariantCulture, $"{story.Value}-{message}");

    private async Task<(IReadOnlyList<string> State, IReadOnlyList<long> Numbers, long KeptTexts)> PlayAsync(
        StoryId story,
        ReplyEvent[] events
    )
    {
        await ApplyAsync(events);
        var prefix = string.Create(CultureInfo.InvariantCulture, $"{story.Value}-");
        return (
            [
                .. _desk
                    .Words(State, new { Story = story.Value })
                    .Select(line => line[prefix.Length..])
                    // What was edited before it was deleted may or may not be known to have been.
                    .Select(line => line.Contains("deleted", StringComparison.Ordinal) ? "2 1 deleted  -" : line),
            ],
            [
                .. _desk
                    .Words("SELECT number FROM comment WHERE story_id = @Id ORDER BY number", new { Id = story.Value })
                    .Select(number => long.Parse(number, CultureInfo.InvariantCulture)),
            ],
            _desk.Number(
                "SELECT COUNT(*) FROM comment_event WHERE message_id LIKE @Prefix AND body IS NOT NULL",
                new { Prefix = $"{prefix}%" }
            )
        );
    }

    private async Task ApplyAsync(params ReplyEvent[] events)
    {
        foreach (var reply in events)
        {
            await _desk.OutboxAsync(connection => CommentLedger.ApplyAsync(connection, reply, _desk.Now));
        }
    }

    private ReplyEvent.Created Created(string message, string text = "Well") =>
        new(_channel, message, 10, _story, 0, _ines.Id, text);

    private ReplyEvent.Deleted Deleted(string message, long stamp = 40) => new(_channel, message, stamp);

    private long Found(string word)
    {
        using var connection = _desk.Database.Open();
        var text = FullText.Of(connection);
        return connection.ExecuteScalar<long>(
            $"SELECT COUNT(*) FROM {text.Comments} WHERE {text.CommentMatches}",
            new { Query = word }
        );
    }

    private long Card() =>
        _desk.Number(
            """
            INSERT INTO web_message (channel_id, post_key, body, story_id, created_at)
            VALUES (@Channel, 'card', @Body, @Story, @Now) RETURNING id
            """,
            new
            {
                Channel = _channel.Value,
                Body = PostBodies.Write(new PostBody.Notice("A card")),
                Story = _story.Value,
                Now = _desk.Now.Ms(),
            }
        );

    private string? Quote() =>
        Assert.Single(_desk.Publisher.Shown(_channel).OfType<PostBody.DigestList>()).BestComment?.Text;
}
