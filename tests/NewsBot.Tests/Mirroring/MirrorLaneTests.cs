using NewsBot.Core.Channels;
using NewsBot.Core.Posts;
using NewsBot.Storage;

namespace NewsBot.Tests.Mirroring;

/// <summary>Order is kept in every channel, and no platform waits for another.</summary>
public sealed class MirrorLaneTests : MirroredStory
{
    [Fact]
    public async Task A_platform_in_its_limit_does_not_hold_the_others()
    {
        var web = Desk.Channel(Platform.Web, "chat");
        await Desk.CardAsync(Story, web);
        Desk.On(Platform.Slack).Answer(InSlack, new PublishOutcome.Throttled(TimeSpan.FromMinutes(10)));

        for (var number = 1; number <= 10; number++)
        {
            await Desk.SayAsync(InDiscord, Story, Ines, $"d{number}", $"Text {number}");
            await Desk.SendAsync();
        }

        Assert.Equal(10, Desk.Shown(web).Count);
        Assert.Empty(Desk.Shown(InSlack));

        Desk.News.Time.Advance(TimeSpan.FromMinutes(10));
        await Desk.SendAsync();
        Assert.Equal(
            Enumerable.Range(1, 10).Select(number => $"#{number} Inês (Discord): Text {number}"),
            Desk.Shown(InSlack)
        );
    }

    [Fact]
    public async Task A_parents_copy_comes_before_its_replys_however_often_it_must_be_tried()
    {
        await Desk.SayAsync(InDiscord, Story, Ines, "d1", "Parent");
        await Desk.SayAsync(InDiscord, Story, Bo, "d2", "Reply", parent: 1);
        Desk.On(Platform.Slack).Answer(InSlack, new PublishOutcome.Failed("Down."));
        Desk.On(Platform.Slack).LoseAnswer(InSlack);

        for (var minute = 0; minute < 3; minute++)
        {
            await Desk.SendAsync();
            Desk.News.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(
            [
                "#1 Inês (Discord): Parent",
                $"#2 Bo (Discord) to #1 Inês “Parent” at {Desk.MessageOf(InSlack, Story, 1)}: Reply",
            ],
            Desk.Shown(InSlack)
        );
        Assert.Equal([1, 1, 1, 2], Desk.Tried(InSlack).Select(post => ((PostBody.Copy)post.Body).Number));
    }

    [Fact]
    public async Task No_copy_overtakes_an_earlier_one_of_its_thread_that_was_put_off()
    {
        await Desk.SayAsync(InDiscord, Story, Ines, "d1", "Parent");
        Desk.On(Platform.Slack).Answer(InSlack, new PublishOutcome.Postponed(TimeSpan.FromSeconds(30)));
        await Desk.SendAsync();
        var other = Desk.News.Story("Another story");
        await Desk.CardAsync(other, InDiscord, InSlack);

        await Desk.SayAsync(InDiscord, Story, Bo, "d2", "Reply", parent: 1);
        await Desk.SayAsync(InDiscord, other, Bo, "o1", "Elsewhere");
        await Desk.SendAsync();
        Assert.Equal(["#1 Bo (Discord): Elsewhere"], Desk.Shown(InSlack));

        Desk.News.Time.Advance(TimeSpan.FromSeconds(30));
        await Desk.SendAsync();
        Assert.Equal([1, 2], Desk.Tried(InSlack).Skip(2).Select(post => ((PostBody.Copy)post.Body).Number));
    }

    [Fact]
    public async Task A_removal_goes_before_what_waits_but_not_before_the_message_it_removes()
    {
        await Desk.SayAsync(InDiscord, Story, Ines, "d1", "Mine");
        Desk.On(Platform.Slack).LoseAnswer(InSlack);
        await Desk.SendAsync();
        await Desk.SayAsync(InDiscord, Story, Bo, "d2", "Other");

        await Desk.News.OutboxAsync(connection => AdminStore.EraseAsync(connection, Ines.Id.Value, Desk.Now));
        Desk.News.Time.Advance(TimeSpan.FromMinutes(1));
        await Desk.SendAsync();

        Assert.Equal(["#2 Bo (Discord): Other"], Desk.Shown(InSlack));
        Assert.Equal(
            [PostOperation.Create, PostOperation.Create, PostOperation.Delete, PostOperation.Create],
            Desk.Tried(InSlack).Select(post => post.Operation)
        );
    }

    [Fact]
    public async Task A_channel_that_refuses_keeps_its_copies_until_it_is_mended()
    {
        await Desk.SayAsync(InDiscord, Story, Ines, "d1", "One");
        Desk.On(Platform.Slack).Answer(InSlack, new PublishOutcome.ChannelGone("Invite the bot."));
        await Desk.SendAsync();
        await Desk.SayAsync(InDiscord, Story, Ines, "d2", "Two");
        await Desk.SendAsync();
        Assert.Single(Desk.Tried(InSlack));

        Desk.News.Run("UPDATE channel SET parked_reason = NULL");
        await Desk.SendAsync();

        Assert.Equal(["#1 Inês (Discord): One", "#2 Inês (Discord): Two"], Desk.Shown(InSlack));
    }

    [Fact]
    public async Task What_hangs_on_a_card_that_is_given_up_is_given_up_with_it()
    {
        var late = Desk.Channel(Platform.Web, "late");
        await Desk.WriteCardAsync(Story, late);
        await Desk.SayAsync(InDiscord, Story, Ines, "d1", "One");
        Desk.On(Platform.Web).Answer(late, new PublishOutcome.Rejected("It is too long."));

        await Desk.SendAsync();
        await Desk.SayAsync(InDiscord, Story, Ines, "d2", "Two");
        await Desk.SendAsync();

        Assert.Empty(Desk.Tried(late));
        Assert.Equal(
            0,
            Desk.News.Number("SELECT COUNT(*) FROM post WHERE state = 'waiting' AND subject LIKE 'comment:%'")
        );
    }

    [Fact]
    public async Task A_comment_of_every_emoji_and_a_name_from_right_to_left_pass_unharmed()
    {
        var author = Desk.News.Member("שלום");
        var text = string.Concat(Enumerable.Range(0x1F300, 0x2FF).Select(char.ConvertFromUtf32));

        await Desk.SayAsync(InDiscord, Story, author, "d1", text);
        await Desk.SayAsync(InDiscord, Story, Bo, "d2", "Oh", parent: 1);
        await Desk.SendAsync();

        Assert.Equal($"#1 שלום (Discord): {text}", Desk.Shown(InSlack)[0]);
        var quote = ((PostBody.Copy)Desk.Tried(InSlack)[1].Body).Comment!.Answers!.Excerpt;
        Assert.InRange(quote.Length, 1, 120);
        Assert.DoesNotContain('\uFFFD', System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(quote)));
    }
}
