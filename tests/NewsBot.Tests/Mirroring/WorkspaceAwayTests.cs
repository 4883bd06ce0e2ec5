using NewsBot.Chat;
using NewsBot.Core.Channels;
using NewsBot.Core.Comments;
using NewsBot.Core.Posts;
using NewsBot.Storage;

namespace NewsBot.Tests.Mirroring;

/// <summary>A workspace that leaves the discussion, and comes back or does not.</summary>
public sealed class WorkspaceAwayTests : MirroredStory
{
    [Fact]
    public async Task What_was_written_in_a_workspace_that_leaves_is_hidden_until_it_is_back()
    {
        await Desk.SayAsync(InDiscord, Story, Ines, "d1", "From Discord");
        await Desk.SayAsync(InSlack, Story, Bo, "s1", "From Slack");
        await Desk.SendAsync();
        var workspace = Desk.News.Number(
            "SELECT workspace_id FROM channel WHERE id = @Id",
            new { Id = InDiscord.Value }
        );

        await LeaveAsync(workspace, isGone: true);
        await Desk.SendAsync();
        Assert.Equal(["#1 [Hidden]"], Desk.Shown(InSlack));
        await Desk.SayAsync(InSlack, Story, Bo, "s2", "Anybody there?");
        await Desk.SendAsync();
        Assert.Equal(["#2 Bo (Slack): From Slack"], Desk.Shown(InDiscord));

        await LeaveAsync(workspace, isGone: false);
        await Desk.SendAsync();
        Assert.Equal(["#1 Inês (Discord): From Discord"], Desk.Shown(InSlack));
        Assert.Equal(["#2 Bo (Slack): From Slack", "#3 Bo (Slack): Anybody there?"], Desk.Shown(InDiscord));
    }

    [Fact]
    public async Task What_is_changed_deleted_or_set_while_a_workspace_is_away_is_so_there_when_it_is_back()
    {
        await Desk.SayAsync(InSlack, Story, Bo, "s1", "Frist");
        await Desk.SayAsync(InSlack, Story, Bo, "s2", "Secret");
        await Desk.SendAsync();
        var workspace = Desk.News.Number(
            "SELECT workspace_id FROM channel WHERE id = @Id",
            new { Id = InDiscord.Value }
        );

        Desk.News.Run("UPDATE channel SET caught_up_at = 1");
        await LeaveAsync(workspace, isGone: true);
        await Desk.ApplyAsync(new ReplyEvent.Edited(InSlack, "s1", Desk.Now.Ms() + 1, "First"));
        await Desk.ApplyAsync(new ReplyEvent.Deleted(InSlack, "s2", 2));
        await Desk.DoAsync("/news channel publish members --channel news");
        await Desk.DoAsync("/news channel publish public --channel news");
        for (var number = 3; number <= 30; number++)
        {
            await Desk.SayAsync(InSlack, Story, Bo, $"s{number}", $"Text {number}");
        }

        await LeaveAsync(workspace, isGone: false);
        await Desk.SendAsync();

        Assert.Equal(["#1 Bo (Slack): First", "28 more from #3, no page"], Desk.Shown(InDiscord));
        Assert.Equal("talk", Desk.News.Word("SELECT name FROM channel WHERE caught_up_at IS NOT NULL"));
    }

    [Fact]
    public async Task A_workspace_that_leaves_in_mid_copy_gets_nothing_more_and_loses_nothing()
    {
        await Desk.SayAsync(InSlack, Story, Bo, "s1", "One");
        Desk.On(Platform.Discord).Answer(InDiscord, new PublishOutcome.Failed("It did not answer."));
        await Desk.SendAsync();
        var workspace = Desk.News.Number(
            "SELECT workspace_id FROM channel WHERE id = @Id",
            new { Id = InDiscord.Value }
        );

        await LeaveAsync(workspace, isGone: true);
        Desk.News.Time.Advance(TimeSpan.FromMinutes(1));
        await Desk.SendAsync();
        Assert.Empty(Desk.Shown(InDiscord));

        await LeaveAsync(workspace, isGone: false);
        await Desk.SendAsync();
        Assert.Equal(["#1 Bo (Slack): One"], Desk.Shown(InDiscord));
    }

    [Fact]
    public async Task A_workspace_that_is_purged_leaves_no_copies_behind()
    {
        await Desk.SayAsync(InDiscord, Story, Ines, "d1", "From Discord");
        await Desk.SayAsync(InSlack, Story, Bo, "s1", "Hello Discord", parent: 1);
        await Desk.SendAsync();
        var workspace = Desk.News.Number(
            "SELECT workspace_id FROM channel WHERE id = @Id",
            new { Id = InDiscord.Value }
        );
        await LeaveAsync(workspace, isGone: true);

        Desk.News.Time.Advance(TimeSpan.FromDays(8));
        await new WorkspacePurge(Desk.News.Database, Desk.News.Time).RunAsync(TestContext.Current.CancellationToken);
        await Desk.SendAsync();

        Assert.Empty(Desk.Shown(InSlack));
        Assert.Equal("visible", Desk.News.Word("SELECT state FROM comment WHERE number = 2"));
    }

    private Task LeaveAsync(long workspace, bool isGone) =>
        Desk.News.OutboxAsync(async connection =>
        {
            var since = await Dapper.SqlMapper.ExecuteScalarAsync<long?>(
                connection,
                "SELECT removed_at FROM workspace WHERE id = @workspace",
                new { workspace }
            );
            await Dapper.SqlMapper.ExecuteAsync(
                connection,
                "UPDATE workspace SET removed_at = @At WHERE id = @workspace",
                new { workspace, At = isGone ? Desk.Now.Ms() : (long?)null }
            );
            await (
                isGone
                    ? ChatGone.HideWorkspaceAsync(connection, workspace, Desk.Now)
                    : ChatGone.ReturnWorkspaceAsync(connection, workspace, Instants.At(since), Desk.Now)
            );
        });
}
