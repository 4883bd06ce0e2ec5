using NewsBot.Chat.Web;
using NewsBot.Core.Channels;
using NewsBot.Core.Posts;
using NewsBot.Storage;
using NewsBot.Testing.Newsrooms;
using NewsBot.Web;

namespace NewsBot.Tests.Flows;

/// <summary>Outbox → platform, whatever the platform does.</summary>
public sealed class SendPostsTests : IAsyncLifetime
{
    private NewsDesk _desk = null!;
    private ChannelId _channel;
    private ChannelId _other;

    [Fact]
    public async Task A_failing_post_holds_back_those_behind_it_and_other_channels_go_on()
    {
        await PostAsync(_channel, "a", "b", "c");
        await PostAsync(_other, "x", "y");
        _desk.Publisher.Answer(_channel, new PublishOutcome.Failed("The platform is down."));
        _desk.Publisher.Break(_channel);

        await _desk.SendAsync();
        Assert.Empty(_desk.Shown(_channel));
        Assert.Equal(["x", "y"], _desk.Shown(_other));

        for (var i = 0; i < 3; i++)
        {
            _desk.Time.Advance(TimeSpan.FromMinutes(1));
            await _desk.SendAsync();
        }

        Assert.Equal(["a", "b", "c"], _desk.Shown(_channel));
        Assert.Equal(["a", "a", "a", "b", "c"], Tried(_channel));
    }

    [Fact]
    public async Task A_throttled_channel_waits_as_long_as_the_platform_asked()
    {
        await PostAsync(_channel, "a", "b");
        _desk.Publisher.Answer(_channel, new PublishOutcome.Throttled(TimeSpan.FromSeconds(90)));

        await _desk.SendAsync();
        _desk.Time.Advance(TimeSpan.FromSeconds(89));
        await _desk.SendAsync();
        Assert.Equal(["a"], Tried(_channel));

        _desk.Time.Advance(TimeSpan.FromSeconds(1));
        await _desk.SendAsync();
        Assert.Equal(["a", "b"], _desk.Shown(_channel));
    }

    [Fact]
    public async Task A_platform_that_asks_for_no_pause_is_not_asked_again_at_once()
    {
        await PostAsync(_channel, "a");
        _desk.Publisher.Answer(_channel, new PublishOutcome.Throttled(TimeSpan.Zero));

        await _desk.SendAsync();

        Assert.Equal(["a"], Tried(_channel));
    }

    [Fact]
    public async Task A_parked_channel_keeps_what_waits_and_goes_on_once_it_is_mended()
    {
        await PostAsync(_channel, "a", "b");
        _desk.Publisher.Answer(_channel, new PublishOutcome.ChannelGone("Invite the bot again."));

        await _desk.SendAsync();
        _desk.Time.Advance(TimeSpan.FromDays(2));
        await PostAsync(_channel, "c");
        await _desk.SendAsync();
        Assert.Equal(["a"], Tried(_channel));
        Assert.Equal("Invite the bot again.", _desk.Word("SELECT parked_reason FROM channel WHERE name = 'news'"));

        _desk.Run("UPDATE channel SET parked_reason = NULL");
        await _desk.SendAsync();
        Assert.Equal(["a", "b", "c"], _desk.Shown(_channel));
    }

    [Fact]
    public async Task A_rejected_post_makes_way()
    {
        await PostAsync(_channel, "a", "b");
        _desk.Publisher.Answer(_channel, new PublishOutcome.Rejected("Far too long."));

        await _desk.SendAsync();

        Assert.Equal(["b"], _desk.Shown(_channel));
        Assert.Equal("Far too long.", _desk.Word("SELECT error FROM post WHERE state = 'failed'"));
    }

    [Fact]
    public async Task A_lost_answer_doubles_nothing()
    {
        await PostAsync(_channel, "a", "b");
        _desk.Publisher.LoseAnswer(_channel);

        await _desk.SendAsync();
        _desk.Time.Advance(TimeSpan.FromMinutes(1));
        await _desk.SendAsync();

        Assert.Equal(["a", "b"], _desk.Shown(_channel));
    }

    [Fact]
    public async Task Killed_between_the_platform_and_the_outbox_the_built_in_chat_has_the_message_once()
    {
        var chat = new WebPublisher(_desk.Database, new LiveUpdates(), _desk.Time);
        _desk.Publisher = new ScriptedPublisher(chat);
        await PostAsync(_channel, "a", "b");
        _desk.Publisher.Die(_channel);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(_desk.SendAsync);
        Assert.Equal(0, _desk.Number("SELECT COUNT(*) FROM post WHERE state = 'sent'"));
        await _desk.SendAsync();

        Assert.Equal(
            ["a", "b"],
            _desk
                .Words("SELECT body FROM web_message ORDER BY id")
                .Select(body => ((PostBody.Notice)PostBodies.Read(body)).Markdown)
        );
        Assert.Equal(
            2,
            _desk.Number("SELECT COUNT(*) FROM post p JOIN web_message m ON p.message_id = CAST(m.id AS TEXT)")
        );
    }

    [Fact]
    public async Task Killed_while_it_edits_or_deletes_the_built_in_chat_still_ends_as_it_should()
    {
        _desk.Publisher = new ScriptedPublisher(new WebPublisher(_desk.Database, new LiveUpdates(), _desk.Time));
        await PostAsync(_channel, "a", "b");
        await _desk.SendAsync();
        var draft = new PostDraft(_channel, PostSubject.Notice("a"), 0, new PostBody.Notice("a2"), _desk.Now);
        await _desk.OutboxAsync(connection => Outbox.EditAsync(connection, draft));
        await _desk.OutboxAsync(connection =>
            Outbox.DeleteAsync(connection, draft with { Subject = PostSubject.Notice("b") })
        );
        _desk.Publisher.Die(_channel);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(_desk.SendAsync);
        _desk.Publisher.Die(_channel);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(_desk.SendAsync);

        await _desk.SendAsync();

        Assert.Equal(0, _desk.Number("SELECT COUNT(*) FROM post WHERE state <> 'sent'"));
        var left = _desk.Words("SELECT body FROM web_message WHERE deleted_at IS NULL");
        Assert.Equal(new PostBody.Notice("a2"), PostBodies.Read(Assert.Single(left)));
    }

    public async ValueTask InitializeAsync()
    {
        _desk = await NewsDesk.OpenAsync();
        _channel = _desk.Channel();
        _other = _desk.Channel("phones");
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    private Task PostAsync(ChannelId channel, params string[] texts) =>
        _desk.OutboxAsync(async connection =>
        {
            foreach (var text in texts)
            {
                var body = new PostBody.Notice(text);
                await Outbox.CreateAsync(
                    connection,
                    new PostDraft(channel, PostSubject.Notice(text), 0, body, _desk.Now)
                );
            }
        });

    private IEnumerable<string> Tried(ChannelId channel) =>
        _desk
            .Publisher.Tried.Where(post => post.Channel == channel)
            .Select(post => ((PostBody.Notice)post.Body).Markdown);
}
