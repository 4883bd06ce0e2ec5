using NewsBot.Core.Channels;
using NewsBot.Core.Comments;
using NewsBot.Core.Communities;
using NewsBot.Core.Stories;
using NewsBot.Storage;

namespace NewsBot.Tests.Mirroring;

/// <summary>A channel that comes later is told in one message what was said before.</summary>
public sealed class LateJoinerTests : IAsyncLifetime
{
    private MirrorDesk _desk = null!;
    private ChannelId _discord;
    private ChannelId _slack;
    private StoryId _story;
    private Member _ines = null!;
    private Member _bo = null!;

    [Fact]
    public async Task A_channel_that_gets_the_story_later_gets_one_message_and_copies_from_then_on()
    {
        await DiscussAsync();
        var late = _desk.Channel(Platform.Web, "late");

        await _desk.CardAsync(_story, late);
        await _desk.SayAsync(_discord, _story, _bo, "d8", "Welcome", parent: 2);
        await _desk.SendAsync();

        Assert.Equal(
            [
                "7 so far: #1 Inês: Text 1, #2 Inês: Text 2, #3 Inês: Text 3, #4 Inês: Text 4, #6 Bo: Answer 6",
                "#8 Bo (Discord) to #2 Inês “Text 2” at -: Welcome",
            ],
            _desk.Shown(late)
        );
        Assert.All(_desk.Tried(late), post => Assert.NotNull(post.CardMessage));
    }

    [Fact]
    public async Task A_story_nobody_has_talked_about_brings_nothing_but_its_card()
    {
        var late = _desk.Channel(Platform.Web, "late");

        await _desk.CardAsync(_story, late);

        Assert.Empty(_desk.Tried(late));
    }

    [Fact]
    public async Task The_message_is_kept_true_when_what_it_quotes_changes()
    {
        await DiscussAsync();
        var late = _desk.Channel(Platform.Web, "late");
        await _desk.CardAsync(_story, late);

        await _desk.ApplyAsync(new ReplyEvent.Deleted(_discord, "d2", 50));
        await _desk.SendAsync();
        Assert.Equal(
            ["6 so far: #1 Inês: Text 1, #3 Inês: Text 3, #4 Inês: Text 4, #5 Inês: Text 5, #6 Bo: Answer 6"],
            _desk.Shown(late)
        );

        await _desk.News.OutboxAsync(connection => AdminStore.EraseAsync(connection, _ines.Id.Value, _desk.Now));
        await _desk.SendAsync();
        Assert.Equal(["2 so far: #6 Bo: Answer 6, #7 Bo: Answer 7"], _desk.Shown(late));

        await _desk.News.OutboxAsync(connection => AdminStore.EraseAsync(connection, _bo.Id.Value, _desk.Now));
        await _desk.SendAsync();
        Assert.Empty(_desk.Shown(late));
    }

    [Fact]
    public async Task A_channel_that_turns_to_two_way_is_told_and_gets_copies_from_then_on()
    {
        _desk.News.Run("UPDATE channel SET mirror = 'collect' WHERE id = @Id", new { Id = _slack.Value });
        await DiscussAsync();
        Assert.Empty(_desk.Tried(_slack));

        var words = await _desk.DoAsync("/news channel mirror two-way --channel talk");

        Assert.Contains(
            "Replies here appear in **#news** (Discord) too, and replies there appear here",
            words,
            StringComparison.Ordinal
        );
        Assert.Equal(
            ["7 so far: #1 Inês: Text 1, #2 Inês: Text 2, #3 Inês: Text 3, #4 Inês: Text 4, #6 Bo: Answer 6"],
            _desk.Shown(_slack)
        );
        await _desk.SayAsync(_discord, _story, _bo, "d8", "Welcome");
        await _desk.SendAsync();
        Assert.Equal(2, _desk.Shown(_slack).Count);
    }

    [Fact]
    public async Task A_channel_that_stops_takes_copies_back_and_is_told_again_when_it_returns()
    {
        await _desk.SayAsync(_discord, _story, _ines, "d1", "From Discord");
        await _desk.SayAsync(_slack, _story, _bo, "s1", "From Slack");
        await _desk.SendAsync();

        var words = await _desk.DoAsync("/news channel mirror collect --channel talk");
        Assert.Contains(
            "1 copy here and 1 of replies from here in other channels will be deleted",
            words,
            StringComparison.Ordinal
        );
        Assert.Empty(_desk.Shown(_slack));
        Assert.Empty(_desk.Shown(_discord));

        _desk.News.Time.Advance(TimeSpan.FromMinutes(1));
        await _desk.DoAsync("/news channel mirror two-way --channel talk");
        Assert.Equal(["1 so far: #1 Inês: From Discord"], _desk.Shown(_slack));
        Assert.Empty(_desk.Shown(_discord));
    }

    // Three answers to the second, two to the first, one to the third, none to the rest; two of them are Bo's.
    private async Task DiscussAsync()
    {
        for (var number = 1; number <= 5; number++)
        {
            await _desk.SayAsync(_discord, _story, _ines, $"d{number}", $"Text {number}");
        }

        await _desk.SayAsync(_discord, _story, _bo, "d6", "Answer 6", parent: 2);
        await _desk.SayAsync(_discord, _story, _bo, "d7", "Answer 7", parent: 6);
        _desk.News.Time.Advance(TimeSpan.FromMinutes(1));
        await _desk.SendAsync();
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
