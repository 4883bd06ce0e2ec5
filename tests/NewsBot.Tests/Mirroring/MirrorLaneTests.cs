using NewsBot.Core.Channels;
using NewsBot.Core.Communities;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;
using NewsBot.Storage;

namespace NewsBot.Tests.Mirroring;

/// <summary>Order is kept in every channel, and no platform waits for another.</summary>
public sealed class MirrorLaneTests : IAsyncLifetime
{
    private MirrorDesk _desk = null!;
    private ChannelId _discord;
    private ChannelId _slack;
    private StoryId _story;
    private Member _ines = null!;
    private Member _bo = null!;

    [Fact]
    public async Task A_platform_in_its_limit_does_not_hold_the_others()
    {
        var web = _desk.Channel(Platform.Web, "chat");
        await _desk.CardAsync(_story, web);
        _desk.On(Platform.Slack).Answer(_slack, new PublishOutcome.Throttled(TimeSpan.FromMinutes(10)));

        for (var number = 1; number <= 10; number++)
        {
            await _desk.SayAsync(_discord, _story, _ines, $"d{number}", $"Text {number}");
            await _desk.SendAsync();
        }

        Assert.Equal(10, _desk.Shown(web).Count);
        Assert.Empty(_desk.Shown(_slack));

        _desk.News.Time.Advance(TimeSpan.FromMinutes(10));
        await _desk.SendAsync();
        Assert.Equal(
            Enumerable.Range(1, 10).Select(number => $"#{number} Inês (Discord): Text {number}"),
            _desk.Shown(_slack)
        );
    }

    [Fact]
    public async Task A_parents_copy_comes_before_its_replys_however_often_it_must_be_tried()
    {
        await _desk.SayAsync(_discord, _story, _ines, "d1", "Parent");
        await _desk.SayAsync(_discord, _story, _bo, "d2", "Reply", parent: 1);
        _desk.On(Platform.Slack).Answer(_slack, new PublishOutcome.Failed("Down."));
        _desk.On(Platform.Slack).LoseAnswer(_slack);

        for (var minute = 0; minute < 3; minute++)
        {
            await _desk.SendAsync();
            _desk.News.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(
            [
                "#1 Inês (Discord): Parent",
                $"#2 Bo (Discord) to #1 Inês “Parent” at {_desk.MessageOf(_slack, _story, 1)}: Reply",
            ],
            _desk.Shown(_slack)
        );
        Assert.Equal([1, 1, 1, 2], _desk.Tried(_slack).Select(post => ((PostBody.Copy)post.Body).Number));
    }

    [Fact]
    public async Task No_copy_overtakes_an_earlier_one_of_its_thread_that_was_put_off()
    {
        await _desk.SayAsync(_discord, _story, _ines, "d1", "Parent");
        _desk.On(Platform.Slack).Answer(_slack, new PublishOutcome.Postponed(TimeSpan.FromSeconds(30)));
        await _desk.SendAsync();
        var other = _desk.News.Story("Another story");
        await _desk.CardAsync(other, _discord, _slack);

        await _desk.SayAsync(_discord, _story, _bo, "d2", "Reply", parent: 1);
        await _desk.SayAsync(_discord, other, _bo, "o1", "Elsewhere");
        await _desk.SendAsync();
        Assert.Equal(["#1 Bo (Discord): Elsewhere"], _desk.Shown(_slack));

        _desk.News.Time.Advance(TimeSpan.FromSeconds(30));
        await _desk.SendAsync();
        Assert.Equal([1, 2], _desk.Tried(_slack).Skip(2).Select(post => ((PostBody.Copy)post.Body).Number));
    }

    [Fact]
    public async Task A_removal_goes_before_what_waits_but_not_before_the_message_it_removes()
    {
        await _desk.SayAsync(_discord, _story, _ines, "d1", "Mine");
        _desk.On(Platform.Slack).LoseAnswer(_slack);
        await _desk.SendAsync();
        await _desk.SayAsync(_discord, _story, _bo, "d2", "Other");

        await _desk.News.OutboxAsync(connection => AdminStore.EraseAsync(connection, _ines.Id.Value, _desk.Now));
        _desk.News.Time.Advance(TimeSpan.FromMinutes(1));
        await _desk.SendAsync();

        Assert.Equal(["#2 Bo (Discord): Other"], _desk.Shown(_slack));
        Assert.Equal(
            [PostOperation.Create, PostOperation.Create, PostOperation.Delete, PostOperation.Create],
            _desk.Tried(_slack).Select(post => post.Operation)
        );
    }

    [Fact]
    public async Task A_channel_that_refuses_keeps_its_copies_until_it_is_mended()
    {
        await _desk.SayAsync(_discord, _story, _ines, "d1", "One");
        _desk.On(Platform.Slack).Answer(_slack, new PublishOutcome.ChannelGone("Invite the bot."));
        await _desk.SendAsync();
        await _desk.SayAsync(_discord, _story, _ines, "d2", "Two");
        await _desk.SendAsync();
        Assert.Single(_desk.Tried(_slack));

        _desk.News.Run("UPDATE channel SET parked_reason = NULL");
        await _desk.SendAsync();

        Assert.Equal(["#1 Inês (Discord): One", "#2 Inês (Discord): Two"], _desk.Shown(_slack));
    }

    [Fact]
    public async Task What_hangs_on_a_card_that_is_given_up_is_given_up_with_it()
    {
        var late = _desk.Channel(Platform.Web, "late");
        await _desk.WriteCardAsync(_story, late);
        await _desk.SayAsync(_discord, _story, _ines, "d1", "One");
        _desk.On(Platform.Web).Answer(late, new PublishOutcome.Rejected("It is too long."));

        await _desk.SendAsync();
        await _desk.SayAsync(_discord, _story, _ines, "d2", "Two");
        await _desk.SendAsync();

        Assert.Empty(_desk.Tried(late));
        Assert.Equal(
            0,
            _desk.News.Number("SELECT COUNT(*) FROM post WHERE state = 'waiting' AND subject LIKE 'comment:%'")
        );
    }

    [Fact]
    public async Task A_comment_of_every_emoji_and_a_name_from_right_to_left_pass_unharmed()
    {
        var author = _desk.News.Member("שלום");
        var text = string.Concat(Enumerable.Range(0x1F300, 0x2FF).Select(char.ConvertFromUtf32));

        await _desk.SayAsync(_discord, _story, author, "d1", text);
        await _desk.SayAsync(_discord, _story, _bo, "d2", "Oh", parent: 1);
        await _desk.SendAsync();

        Assert.Equal($"#1 שלום (Discord): {text}", _desk.Shown(_slack)[0]);
        var quote = ((PostBody.Copy)_desk.Tried(_slack)[1].Body).Comment!.Answers!.Excerpt;
        Assert.InRange(quote.Length, 1, 120);
        Assert.DoesNotContain('\uFFFD', System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(quote)));
    }

    public async ValueTask InitializeAsync()
    {
        _desk = await MirrorDesk.OpenAsync();
        _discord = _desk.Channel(Platform.Discord, "news");
        _slack = _desk.Channel(Platform.Slack, "talk");
        _story = _desk.News.Story();
        _ines = _desk.News.Member();
        _bo = _desk.News.Member("Bo");
        await _desk.CardAsync(_story, _discord, _slack);
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();
}
