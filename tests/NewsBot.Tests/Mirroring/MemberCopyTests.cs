using NewsBot.Core.Channels;
using NewsBot.Core.Posts;
using NewsBot.Storage;

namespace NewsBot.Tests.Mirroring;

/// <summary>What members decide about their words reaches every copy.</summary>
public sealed class MemberCopyTests : MirroredStory
{
    [Fact]
    public async Task Erasing_deletes_every_copy_before_anything_else_and_its_progress_can_be_counted()
    {
        for (var number = 1; number <= 5; number++)
        {
            await Desk.SayAsync(InDiscord, Story, Ines, $"d{number}", $"Mine {number}");
        }

        await Desk.SayAsync(InDiscord, Story, Bo, "b1", "To you", parent: 1);
        await Desk.SendAsync();
        await Desk.SayAsync(InDiscord, Story, Bo, "b2", "News");

        await Desk.News.OutboxAsync(connection => AdminStore.EraseAsync(connection, Ines.Id.Value, Desk.Now));
        Assert.Equal(5, ToRemove());
        await Desk.SendAsync();

        Assert.Equal(0, ToRemove());
        Assert.Equal(["#6 Bo (Discord) to #1  “” at -: To you", "#7 Bo (Discord): News"], Desk.Shown(InSlack));
        var operations = Desk.Tried(InSlack).Skip(6).Select(post => post.Operation).ToList();
        Assert.Equal(Enumerable.Repeat(PostOperation.Delete, 5), operations.Take(5));
        Assert.Equal([PostOperation.Edit, PostOperation.Create], operations.Skip(5));
    }

    [Fact]
    public async Task Opting_out_takes_copies_back_and_opting_in_again_does_not_bring_them_back()
    {
        await Desk.SayAsync(InDiscord, Story, Ines, "d1", "Mine");
        await Desk.SendAsync();

        await Desk.DoAsync("/news me opt-out", Ines);
        Assert.Empty(Desk.Shown(InSlack));

        await Desk.DoAsync("/news me opt-in", Ines);
        await Desk.SayAsync(InDiscord, Story, Ines, "d2", "Mine again");
        await Desk.SendAsync();
        Assert.Equal(["#2 Inês (Discord): Mine again"], Desk.Shown(InSlack));
    }

    [Fact]
    public async Task A_pseudonym_replaces_the_name_on_copies_and_in_quotes()
    {
        await Desk.SayAsync(InDiscord, Story, Ines, "d1", "Mine");
        await Desk.SayAsync(InDiscord, Story, Bo, "d2", "Yours", parent: 1);
        await Desk.SendAsync();
        var named = Desk.MessageOf(InSlack, Story, 1);

        await Desk.DoAsync("/news me pseudonym Nightowl", Ines);

        // Neither platform gives a message another name, so it is another message; what answered it leads to that.
        var renamed = Desk.MessageOf(InSlack, Story, 1);
        Assert.NotEqual(named, renamed);
        Assert.Equal(
            ["#1 Nightowl (Discord): Mine", $"#2 Bo (Discord) to #1 Nightowl “Mine” at {renamed}: Yours"],
            Desk.Shown(InSlack).Order()
        );
    }

    [Fact]
    public async Task Of_very_many_copies_under_the_name_before_one_message_is_left()
    {
        for (var number = 1; number <= 25; number++)
        {
            await Desk.SayAsync(InDiscord, Story, Ines, $"d{number}", $"Mine {number}");
            await Desk.SendAsync();
        }

        await Desk.DoAsync("/news me pseudonym Nightowl", Ines);

        Assert.Equal(["25 more from #1, no page"], Desk.Shown(InSlack));
    }

    [Fact]
    public async Task What_is_posted_anew_lets_new_copies_pass()
    {
        for (var number = 1; number <= 5; number++)
        {
            await Desk.SayAsync(InDiscord, Story, Ines, $"d{number}", $"Mine {number}");
        }

        await Desk.SendAsync();
        await Desk.News.OutboxAsync(async connection =>
        {
            await Dapper.SqlMapper.ExecuteAsync(
                connection,
                "UPDATE member SET pseudonym = 'Nightowl' WHERE id = @Id",
                new { Id = Ines.Id.Value }
            );
            await AdminStore.RequoteAsync(connection, Ines.Id.Value, CopyChange.Pseudonym, Desk.Now);
        });
        await Desk.SayAsync(InDiscord, Story, Bo, "b1", "News");
        await Desk.SendAsync();

        var operations = Desk.Tried(InSlack).Skip(5).Select(post => post.Operation).ToList();
        Assert.Equal(Enumerable.Repeat(PostOperation.Delete, 5), operations.Take(5));
        Assert.Equal(Enumerable.Repeat(PostOperation.Create, 6), operations.Skip(5));
        Assert.Equal("#6 Bo (Discord): News", Desk.Shown(InSlack)[0]);
        Assert.Equal(6, Desk.Shown(InSlack).Count);
    }

    [Fact]
    public async Task Hiding_and_showing_in_a_hurry_ends_in_one_copy()
    {
        await Desk.SayAsync(InDiscord, Story, Ines, "d1", "Mine");
        Desk.On(Platform.Slack).LoseAnswer(InSlack);
        await Desk.SendAsync();

        foreach (var state in new[] { "hidden", "visible", "hidden", "visible" })
        {
            await Desk.News.OutboxAsync(async connection =>
            {
                await Dapper.SqlMapper.ExecuteAsync(connection, "UPDATE comment SET state = @state", new { state });
                await CommentCopies.RefreshAsync(connection, [1], CopyChange.State, Desk.Now);
            });
            Desk.On(Platform.Slack).LoseAnswer(InSlack);
            Desk.News.Time.Advance(TimeSpan.FromMinutes(1));
            await Desk.SendAsync();
        }

        Desk.News.Time.Advance(TimeSpan.FromHours(1));
        await Desk.SendAsync();

        Assert.Equal(["#1 Inês (Discord): Mine"], Desk.Shown(InSlack));
    }

    [Fact]
    public async Task What_was_said_before_a_mute_stays_and_what_a_moderator_shows_of_a_muted_member_is_not_copied_anew()
    {
        await Desk.SayAsync(InDiscord, Story, Ines, "d1", "Mine");
        await Desk.SendAsync();

        await Desk.DoAsync("/news mute Inês 2 hours");
        await Desk.SendAsync();

        Assert.Equal(["#1 Inês (Discord): Mine"], Desk.Shown(InSlack));
    }

    private long ToRemove() =>
        Desk.News.Number(
            """
            SELECT COUNT(*) FROM comment c JOIN post p ON p.subject = 'comment:' || c.id
            WHERE c.member_id = @Id AND p.operation = 'delete' AND p.state = 'waiting'
            """,
            new { Id = Ines.Id.Value }
        );
}
