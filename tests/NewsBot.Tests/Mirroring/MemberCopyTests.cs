using NewsBot.Core.Channels;
using NewsBot.Core.Communities;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;
using NewsBot.Storage;

namespace NewsBot.Tests.Mirroring;

/// <summary>What members decide about their words reaches every copy.</summary>
public sealed class MemberCopyTests : IAsyncLifetime
{
    private MirrorDesk _desk = null!;
    private ChannelId _discord;
    private ChannelId _slack;
    private StoryId _story;
    private Member _ines = null!;
    private Member _bo = null!;

    [Fact]
    public async Task Erasing_deletes_every_copy_before_anything_else_and_its_progress_can_be_counted()
    {
        for (var number = 1; number <= 5; number++)
        {
            await _desk.SayAsync(_discord, _story, _ines, $"d{number}", $"Mine {number}");
        }

        await _desk.SayAsync(_discord, _story, _bo, "b1", "To you", parent: 1);
        await _desk.SendAsync();
        await _desk.SayAsync(_discord, _story, _bo, "b2", "News");

        await _desk.News.OutboxAsync(connection => AdminStore.EraseAsync(connection, _ines.Id.Value, _desk.Now));
        Assert.Equal(5, ToRemove());
        await _desk.SendAsync();

        Assert.Equal(0, ToRemove());
        Assert.Equal(["#6 Bo (Discord) to #1  “” at -: To you", "#7 Bo (Discord): News"], _desk.Shown(_slack));
        var operations = _desk.Tried(_slack).Skip(6).Select(post => post.Operation).ToList();
        Assert.Equal(Enumerable.Repeat(PostOperation.Delete, 5), operations.Take(5));
        Assert.Equal([PostOperation.Edit, PostOperation.Create], operations.Skip(5));
    }

    [Fact]
    public async Task Opting_out_takes_copies_back_and_opting_in_again_does_not_bring_them_back()
    {
        await _desk.SayAsync(_discord, _story, _ines, "d1", "Mine");
        await _desk.SendAsync();

        await _desk.DoAsync("/news me opt-out", _ines);
        Assert.Empty(_desk.Shown(_slack));

        await _desk.DoAsync("/news me opt-in", _ines);
        await _desk.SayAsync(_discord, _story, _ines, "d2", "Mine again");
        await _desk.SendAsync();
        Assert.Equal(["#2 Inês (Discord): Mine again"], _desk.Shown(_slack));
    }

    [Fact]
    public async Task A_pseudonym_replaces_the_name_on_copies_and_in_quotes()
    {
        await _desk.SayAsync(_discord, _story, _ines, "d1", "Mine");
        await _desk.SayAsync(_discord, _story, _bo, "d2", "Yours", parent: 1);
        await _desk.SendAsync();
        var named = _desk.MessageOf(_slack, _story, 1);

        await _desk.DoAsync("/news me pseudonym Nightowl", _ines);

        // Neither platform gives a message another name, so it is another message; what answered it leads to that.
        var renamed = _desk.MessageOf(_slack, _story, 1);
        Assert.NotEqual(named, renamed);
        Assert.Equal(
            ["#1 Nightowl (Discord): Mine", $"#2 Bo (Discord) to #1 Nightowl “Mine” at {renamed}: Yours"],
            _desk.Shown(_slack).Order()
        );
    }

    [Fact]
    public async Task Of_very_many_copies_under_the_name_before_one_message_is_left()
    {
        for (var number = 1; number <= 25; number++)
        {
            await _desk.SayAsync(_discord, _story, _ines, $"d{number}", $"Mine {number}");
            await _desk.SendAsync();
        }

        await _desk.DoAsync("/news me pseudonym Nightowl", _ines);

        Assert.Equal(["25 more from #1, no page"], _desk.Shown(_slack));
    }

    [Fact]
    public async Task What_is_posted_anew_lets_new_copies_pass()
    {
        for (var number = 1; number <= 5; number++)
        {
            await _desk.SayAsync(_discord, _story, _ines, $"d{number}", $"Mine {number}");
        }

        await _desk.SendAsync();
        await _desk.News.OutboxAsync(async connection =>
        {
            await Dapper.SqlMapper.ExecuteAsync(
                connection,
                "UPDATE member SET pseudonym = 'Nightowl' WHERE id = @Id",
                new { Id = _ines.Id.Value }
            );
            await AdminStore.RequoteAsync(connection, _ines.Id.Value, CopyChange.Pseudonym, _desk.Now);
        });
        await _desk.SayAsync(_discord, _story, _bo, "b1", "News");
        await _desk.SendAsync();

        var operations = _desk.Tried(_slack).Skip(5).Select(post => post.Operation).ToList();
        Assert.Equal(Enumerable.Repeat(PostOperation.Delete, 5), operations.Take(5));
        Assert.Equal(Enumerable.Repeat(PostOperation.Create, 6), operations.Skip(5));
        Assert.Equal("#6 Bo (Discord): News", _desk.Shown(_slack)[0]);
        Assert.Equal(6, _desk.Shown(_slack).Count);
    }

    [Fact]
    public async Task Hiding_and_showing_in_a_hurry_ends_in_one_copy()
    {
        await _desk.SayAsync(_discord, _story, _ines, "d1", "Mine");
        _desk.On(Platform.Slack).LoseAnswer(_slack);
        await _desk.SendAsync();

        foreach (var state in new[] { "hidden", "visible", "hidden", "visible" })
        {
            await _desk.News.OutboxAsync(async connection =>
            {
                await Dapper.SqlMapper.ExecuteAsync(connection, "UPDATE comment SET state = @state", new { state });
                await CommentCopies.RefreshAsync(connection, [1], CopyChange.State, _desk.Now);
            });
            _desk.On(Platform.Slack).LoseAnswer(_slack);
            _desk.News.Time.Advance(TimeSpan.FromMinutes(1));
            await _desk.SendAsync();
        }

        _desk.News.Time.Advance(TimeSpan.FromHours(1));
        await _desk.SendAsync();

        Assert.Equal(["#1 Inês (Discord): Mine"], _desk.Shown(_slack));
    }

    [Fact]
    public async Task What_was_said_before_a_mute_stays_and_what_a_moderator_shows_of_a_muted_member_is_not_copied_anew()
    {
        await _desk.SayAsync(_discord, _story, _ines, "d1", "Mine");
        await _desk.SendAsync();

        await _desk.DoAsync("/news mute Inês 2 hours");
        await _desk.SendAsync();

        Assert.Equal(["#1 Inês (Discord): Mine"], _desk.Shown(_slack));
    }

    private long ToRemove() =>
        _desk.News.Number(
            """
            SELECT COUNT(*) FROM comment c JOIN post p ON p.subject = 'comment:' || c.id
            WHERE c.member_id = @Id AND p.operation = 'delete' AND p.state = 'waiting'
            """,
            new { Id = _ines.Id.Value }
        );

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
