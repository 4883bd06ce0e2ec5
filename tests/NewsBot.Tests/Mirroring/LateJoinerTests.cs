using NewsBot.Core.Channels;
using NewsBot.Core.Comments;
using NewsBot.Storage;

namespace NewsBot.Tests.Mirroring;

/// <summary>A channel that comes later is told in one message what was said before.</summary>
public sealed class LateJoinerTests : MirroredStory
{
    [Fact]
    public async Task A_channel_that_gets_the_story_later_gets_one_message_and_copies_from_then_on()
    {
        await DiscussAsync();
        var late = Desk.Channel(Platform.Web, "late");

        await Desk.CardAsync(Story, late);
        await Desk.SayAsync(InDiscord, Story, Bo, "d8", "Welcome", parent: 2);
        await Desk.SendAsync();

        Assert.Equal(
            [
                "7 so far: #1 Inês: Text 1, #2 Inês: Text 2, #3 Inês: Text 3, #4 Inês: Text 4, #6 Bo: Answer 6",
                "#8 Bo (Discord) to #2 Inês “Text 2” at -: Welcome",
            ],
            Desk.Shown(late)
        );
        Assert.All(Desk.Tried(late), post => Assert.NotNull(post.CardMessage));
    }

    [Fact]
    public async Task A_story_nobody_has_talked_about_brings_nothing_but_its_card()
    {
        var late = Desk.Channel(Platform.Web, "late");

        await Desk.CardAsync(Story, late);

        Assert.Empty(Desk.Tried(late));
    }

    [Fact]
    public async Task The_message_is_kept_true_when_what_it_quotes_changes()
    {
        await DiscussAsync();
        var late = Desk.Channel(Platform.Web, "late");
        await Desk.CardAsync(Story, late);

        await Desk.ApplyAsync(new ReplyEvent.Deleted(InDiscord, "d2", 50));
        await Desk.SendAsync();
        Assert.Equal(
            ["6 so far: #1 Inês: Text 1, #3 Inês: Text 3, #4 Inês: Text 4, #5 Inês: Text 5, #6 Bo: Answer 6"],
            Desk.Shown(late)
        );

        await Desk.News.OutboxAsync(connection => AdminStore.EraseAsync(connection, Ines.Id.Value, Desk.Now));
        await Desk.SendAsync();
        Assert.Equal(["2 so far: #6 Bo: Answer 6, #7 Bo: Answer 7"], Desk.Shown(late));

        await Desk.News.OutboxAsync(connection => AdminStore.EraseAsync(connection, Bo.Id.Value, Desk.Now));
        await Desk.SendAsync();
        Assert.Empty(Desk.Shown(late));
    }

    [Fact]
    public async Task A_channel_that_turns_to_two_way_is_told_and_gets_copies_from_then_on()
    {
        Desk.News.Run("UPDATE channel SET mirror = 'collect' WHERE id = @Id", new { Id = InSlack.Value });
        await DiscussAsync();
        Assert.Empty(Desk.Tried(InSlack));

        var words = await Desk.DoAsync("/news channel mirror two-way --channel talk");

        Assert.Contains(
            "Replies here appear in **#news** (Discord) too, and replies there appear here",
            words,
            StringComparison.Ordinal
        );
        Assert.Equal(
            ["7 so far: #1 Inês: Text 1, #2 Inês: Text 2, #3 Inês: Text 3, #4 Inês: Text 4, #6 Bo: Answer 6"],
            Desk.Shown(InSlack)
        );
        await Desk.SayAsync(InDiscord, Story, Bo, "d8", "Welcome");
        await Desk.SendAsync();
        Assert.Equal(2, Desk.Shown(InSlack).Count);
    }

    [Fact]
    public async Task A_channel_that_stops_takes_copies_back_and_is_told_again_when_it_returns()
    {
        await Desk.SayAsync(InDiscord, Story, Ines, "d1", "From Discord");
        await Desk.SayAsync(InSlack, Story, Bo, "s1", "From Slack");
        await Desk.SendAsync();

        var words = await Desk.DoAsync("/news channel mirror collect --channel talk");
        Assert.Contains(
            "1 copy here and 1 of replies from here in other channels will be deleted",
            words,
            StringComparison.Ordinal
        );
        Assert.Empty(Desk.Shown(InSlack));
        Assert.Empty(Desk.Shown(InDiscord));

        Desk.News.Time.Advance(TimeSpan.FromMinutes(1));
        await Desk.DoAsync("/news channel mirror two-way --channel talk");
        Assert.Equal(["1 so far: #1 Inês: From Discord"], Desk.Shown(InSlack));
        Assert.Empty(Desk.Shown(InDiscord));
    }

    // Three answers to the second, two to the first, one to the third, none to the rest; two of them are Bo's.
    private async Task DiscussAsync()
    {
        for (var number = 1; number <= 5; number++)
        {
            await Desk.SayAsync(InDiscord, Story, Ines, $"d{number}", $"Text {number}");
        }

        await Desk.SayAsync(InDiscord, Story, Bo, "d6", "Answer 6", parent: 2);
        await Desk.SayAsync(InDiscord, Story, Bo, "d7", "Answer 7", parent: 6);
        Desk.News.Time.Advance(TimeSpan.FromMinutes(1));
        await Desk.SendAsync();
    }
}
