using NewsBot.Chat;
using NewsBot.Core.Channels;
using NewsBot.Core.Comments;
using NewsBot.Core.Communities;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;
using NewsBot.Storage;

namespace NewsBot.Tests.Mirroring;

/// <summary>A workspace that leaves the discussion, and comes back or does not.</summary>
public sealed class WorkspaceAwayTests : IAsyncLifetime
{
    private MirrorDesk _desk = null!;
    private ChannelId _discord;
    private ChannelId _slack;
    private StoryId _story;
    private Member _ines = null!;
    private Member _bo = null!;

    [Fact]
    public async Task What_was_written_in_a_workspace_that_leaves_is_hidden_until_it_is_back()
    {
        await _desk.SayAsync(_discord, _story, _ines, "d1", "From Discord");
        await _desk.SayAsync(_slack, _story, _bo, "s1", "From Slack");
        await _desk.SendAsync();
        var workspace = _desk.News.Number(
            "SELECT workspace_id FROM channel WHERE id = @Id",
            new { Id = _discord.Value }
        );

        await LeaveAsync(workspace, isGone: true);
        await _desk.SendAsync();
        Assert.Equal(["#1 [Hidden]"], _desk.Shown(_slack));
        await _desk.SayAsync(_slack, _story, _bo, "s2", "Anybody there?");
        await _desk.SendAsync();
        Assert.Equal(["#2 Bo (Slack): From Slack"], _desk.Shown(_discord));

        await LeaveAsync(workspace, isGone: false);
        await _desk.SendAsync();
        Assert.Equal(["#1 Inês (Discord): From Discord"], _desk.Shown(_slack));
        Assert.Equal(["#2 Bo (Slack): From Slack", "#3 Bo (Slack): Anybody there?"], _desk.Shown(_discord));
    }

    [Fact]
    public async Task What_is_changed_deleted_or_set_while_a_workspace_is_away_is_so_there_when_it_is_back()
    {
        await _desk.SayAsync(_slack, _story, _bo, "s1", "Frist");
        await _desk.SayAsync(_slack, _story, _bo, "s2", "Secret");
        await _desk.SendAsync();
        var workspace = _desk.News.Number(
            "SELECT workspace_id FROM channel WHERE id = @Id",
            new { Id = _discord.Value }
        );

        _desk.News.Run("UPDATE channel SET caught_up_at = 1");
        await LeaveAsync(workspace, isGone: true);
        await _desk.ApplyAsync(new ReplyEvent.Edited(_slack, "s1", _desk.Now.Ms() + 1, "First"));
        await _desk.ApplyAsync(new ReplyEvent.Deleted(_slack, "s2", 2));
        await _desk.DoAsync("/news channel publish members --channel news");
        await _desk.DoAsync("/news channel publish public --channel news");
        for (var number = 3; number <= 30; number++)
        {
            await _desk.SayAsync(_slack, _story, _bo, $"s{number}", $"Text {number}");
        }

        await LeaveAsync(workspace, isGone: false);
        await _desk.SendAsync();

        Assert.Equal(["#1 Bo (Slack): First", "28 more from #3, no page"], _desk.Shown(_discord));
        Assert.Equal("talk", _desk.News.Word("SELECT name FROM channel WHERE caught_up_at IS NOT NULL"));
    }

    [Fact]
    public async Task A_workspace_that_leaves_in_mid_copy_gets_nothing_more_and_loses_nothing()
    {
        await _desk.SayAsync(_slack, _story, _bo, "s1", "One");
        _desk.On(Platform.Discord).Answer(_discord, new PublishOutcome.Failed("It did not answer."));
        await _desk.SendAsync();
        var workspace = _desk.News.Number(
            "SELECT workspace_id FROM channel WHERE id = @Id",
            new { Id = _discord.Value }
        );

        await LeaveAsync(workspace, isGone: true);
        _desk.News.Time.Advance(TimeSpan.FromMinutes(1));
        await _desk.SendAsync();
        Assert.Empty(_desk.Shown(_discord));

        await LeaveAsync(workspace, isGone: false);
        await _desk.SendAsync();
        Assert.Equal(["#1 Bo (Slack): One"], _desk.Shown(_discord));
    }

    [Fact]
    public async Task A_workspace_that_is_purged_leaves_no_copies_behind()
    {
        await _desk.SayAsync(_discord, _story, _ines, "d1", "From Discord");
        await _desk.SayAsync(_slack, _story, _bo, "s1", "Hello Discord", parent: 1);
        await _desk.SendAsync();
        var workspace = _desk.News.Number(
            "SELECT workspace_id FROM channel WHERE id = @Id",
            new { Id = _discord.Value }
        );
        await LeaveAsync(workspace, isGone: true);

        _desk.News.Time.Advance(TimeSpan.FromDays(8));
        await new WorkspacePurge(_desk.News.Database, _desk.News.Time).RunAsync(TestContext.Current.CancellationToken);
        await _desk.SendAsync();

        Assert.Empty(_desk.Shown(_slack));
        Assert.Equal("visible", _desk.News.Word("SELECT state FROM comment WHERE number = 2"));
    }

    private Task LeaveAsync(long workspace, bool isGone) =>
        _desk.News.OutboxAsync(async connection =>
        {
            var since = await Dapper.SqlMapper.ExecuteScalarAsync<long?>(
                connection,
                "SELECT removed_at FROM workspace WHERE id = @workspace",
                new { workspace }
            );
            await Dapper.SqlMapper.ExecuteAsync(
                connection,
                "UPDATE workspace SET removed_at = @At WHERE id = @workspace",
                new { workspace, At = isGone ? _desk.Now.Ms() : (long?)null }
            );
            await (
                isGone
                    ? ChatGone.HideWorkspaceAsync(connection, workspace, _desk.Now)
                    : ChatGone.ReturnWorkspaceAsync(connection, workspace, Instants.At(since), _desk.Now)
            );
        });

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
