using Microsoft.Extensions.Logging.Abstractions;
using NewsBot.Chat;
using NewsBot.Chat.Web;
using NewsBot.Core.Channels;
using NewsBot.Core.Comments;
using NewsBot.Core.Communities;
using NewsBot.Core.Flows;
using NewsBot.Core.Stories;
using NewsBot.Storage;
using NewsBot.Testing;
using NewsBot.Web;

namespace NewsBot.Tests.Mirroring;

/// <summary>Copies in the built-in chat, which has no author of them among its members and reads their words where they are kept.</summary>
public sealed class BuiltInChatCopyTests : IAsyncLifetime
{
    private MirrorDesk _desk = null!;
    private ChannelId _discord;
    private ChannelId _web;
    private StoryId _story;
    private Member _ines = null!;
    private Member _bo = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_copy_shows_author_number_origin_and_what_it_answers()
    {
        await _desk.SayAsync(_discord, _story, _ines, "d1", "At last");
        await _desk.SayAsync(_discord, _story, _bo, "d2", "Indeed", parent: 1);
        await SendAsync();

        var messages = await MessagesAsync();
        var (card, first, second) = (messages[0], messages[1], messages[2]);
        Assert.Equal(("Inês", "At last", 1), (first.AuthorName, first.Text, first.Number));
        Assert.Equal(new WebOrigin("discord", "news"), first.Origin);
        Assert.Null(first.Author);
        Assert.Equal(card.Id, first.ReplyTo);
        Assert.Equal(("Bo", 2, (long?)first.Id), (second.AuthorName, second.Number, second.ReplyTo));
        Assert.Equal(0, _desk.News.Number("SELECT COUNT(*) FROM identity"));
        Assert.Equal(0, _desk.News.Number("SELECT COUNT(*) FROM web_message WHERE body LIKE '%At last%'"));
    }

    [Fact]
    public async Task A_reply_to_a_copy_answers_the_original_and_becomes_a_comment_once()
    {
        await _desk.SayAsync(_discord, _story, _ines, "d1", "At last");
        await SendAsync();
        var copy = (await MessagesAsync())[1];

        var written = await _desk.News.Chat().PostAsync(_web, _bo, "Where?", copy.Id, null, Token);
        await SendAsync();

        Assert.Equal(2, Assert.IsType<WebWriteOutcome.Done>(written).Message.Number);
        Assert.Equal(["1 0", "2 1"], _desk.News.Words("SELECT number || ' ' || parent FROM comment ORDER BY number"));
        Assert.Equal([$"#2 Bo (Web) to #1 Inês “At last” at d1: Where?"], _desk.Shown(_discord));
    }

    [Fact]
    public async Task A_copy_is_edited_hidden_and_deleted_with_its_original_and_by_nobody_else()
    {
        await _desk.SayAsync(_discord, _story, _ines, "d1", "Secret");
        await SendAsync();
        var copy = (await MessagesAsync())[1];

        var refused = await _desk.News.Chat().DeleteAsync(_web, copy.Id, _bo, Token);
        Assert.Equal(403, Assert.IsType<WebWriteOutcome.Refused>(refused).Status);

        await _desk.ApplyAsync(new ReplyEvent.Edited(_discord, "d1", _desk.Now.Ms() + 1, "Changed"));
        await SendAsync();
        Assert.Equal("Changed", (await MessagesAsync())[1].Text);

        await _desk.DoAsync($"/news hide {_story.Value}#1");
        Assert.Equal(
            ("NewsBot", "[hidden by a moderator]"),
            ((await MessagesAsync())[1].AuthorName, (await MessagesAsync())[1].Text)
        );

        await _desk.ApplyAsync(new ReplyEvent.Deleted(_discord, "d1", 2));
        await SendAsync();
        var gone = (await MessagesAsync())[1];
        Assert.True(gone.IsDeleted);
        Assert.Null(gone.Text);
    }

    [Fact]
    public async Task A_channel_that_comes_late_reads_what_was_said_and_a_reply_to_that_answers_the_story()
    {
        await _desk.SayAsync(_discord, _story, _ines, "d1", "At last");
        var late = _desk.Channel(Platform.Web, "late");
        _desk.News.Time.Advance(TimeSpan.FromSeconds(1));
        await _desk.WriteCardAsync(_story, late);
        await SendAsync();

        var soFar = (await new WebMessages(_desk.News.Database).ReadAsync(late, 0, 10, Token))[1];
        Assert.Equal("1 comment so far\n#1 Inês: At last", WebRenderer.Text(soFar.Body!));

        await _desk.News.Chat().PostAsync(late, _bo, "Good", soFar.Id, null, Token);
        Assert.Equal("2 0", _desk.News.Word("SELECT number || ' ' || parent FROM comment WHERE number = 2"));
    }

    [Fact]
    public async Task Whoever_answers_a_copy_or_a_summary_on_any_platform_answers_the_original_or_the_story()
    {
        await _desk.SayAsync(_discord, _story, _ines, "d1", "At last");
        await SendAsync();
        var message = _desk.MessageOf(_web, _story, 1)!;
        _desk.News.Run(
            """
            INSERT INTO post (channel_id, subject, part, operation, revision, body, state, not_before, message_id, cause_at, created_at)
            VALUES (@Id, 'more:' || @Story || ':3', 0, 'create', 0, '{}', 'sent', 0, 'm1', 0, 0)
            """,
            new { Id = _web.Value, Story = _story.Value }
        );

        Assert.Equal(new ReplyTarget.Comment(_story, 1, "Yes", Card()), await TargetAsync(message));
        Assert.Equal(new ReplyTarget.Comment(_story, 0, "Yes", null), await TargetAsync("m1"));
    }

    public async ValueTask InitializeAsync()
    {
        _desk = await MirrorDesk.OpenAsync();
        _discord = _desk.Channel(Platform.Discord, "news");
        _web = _desk.Channel(Platform.Web, "chat");
        _story = _desk.News.Story();
        _ines = _desk.News.Member();
        _bo = _desk.News.Member("Bo");
        await _desk.WriteCardAsync(_story, _discord, _web);
        await SendAsync();
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    private Task<ReplyTarget?> TargetAsync(string message) =>
        _desk.News.Database.ReadAsync(connection => ReplyTarget.OfPostAsync(connection, _web, message, "Yes"), Token);

    private string? Card() =>
        _desk.News.Word(
            "SELECT message_id FROM post WHERE channel_id = @Id AND subject LIKE 'story:%' AND operation = 'create'",
            new { Id = _web.Value }
        );

    private Task<IReadOnlyList<WebMessage>> MessagesAsync() =>
        new WebMessages(_desk.News.Database).ReadAsync(_web, 0, 100, Token);

    private Task<int> SendAsync() =>
        new SendPosts(
            _desk.News.Posts,
            [new WebPublisher(_desk.News.Database, new LiveUpdates(), _desk.News.Time), _desk.On(Platform.Discord)],
            UnheardMeter.Flows,
            _desk.News.Time,
            NullLogger<SendPosts>.Instance
        ).RunAsync(Token);
}
