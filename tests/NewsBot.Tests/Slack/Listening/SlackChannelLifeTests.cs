using NewsBot.Testing.Newsrooms;

namespace NewsBot.Tests.Slack.Listening;

/// <summary>What happens to channels and workspaces of Slack.</summary>
public sealed class SlackChannelLifeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_channel_is_renamed_archived_and_comes_back()
    {
        await using var room = await SlackNewsroom.StartAsync();
        var channel = room.Slack.Channels.Public;
        await room.CardAsync(channel);

        room.Slack.Driver.Rename(channel, "headlines");
        await room.Newsroom.UntilAsync("SELECT COUNT(*) FROM channel WHERE name = 'headlines'", 1);
        room.Slack.Driver.SetArchived(channel);
        await room.Newsroom.UntilAsync("SELECT COUNT(*) FROM channel WHERE parked_reason LIKE '%archived%'", 1);
        room.Slack.Driver.SetArchived(channel, archived: false);

        await room.Newsroom.UntilAsync("SELECT COUNT(*) FROM channel WHERE parked_reason LIKE '%archived%'", 0);
    }

    [Fact]
    public async Task What_was_written_in_a_deleted_channel_is_hidden()
    {
        await using var room = await SlackNewsroom.StartAsync();
        var channel = room.Slack.Driver.AddChannel("short-lived", withBot: true);
        var (_, card) = await room.CardAsync(channel);
        await room.Slack.Human("Kofi").SayAsync(channel, "Gone soon", card, Token);
        await room.Newsroom.UntilCommentsAsync(1);

        room.Slack.Driver.DeleteChannel(channel);

        await room.Newsroom.UntilAsync("SELECT COUNT(*) FROM comment WHERE hidden_by = 'channel'", 1);
    }

    [Fact]
    public async Task A_channel_that_becomes_private_is_not_published_any_more_and_the_admins_are_told()
    {
        await using var room = await SlackNewsroom.StartAsync();
        var channel = room.Slack.Driver.AddChannel("closing", withBot: true);
        var (_, card) = await room.CardAsync(channel);
        await room.Slack.Human("admin").SayAsync(channel, "Between us", card, Token);
        await room.Newsroom.UntilCommentsAsync(1);
        await room.Newsroom.RunAsync("UPDATE member SET role = 'admin'");

        room.Slack.Driver.Convert(channel, isPrivate: true);

        await room.Newsroom.UntilAsync("SELECT COUNT(*) FROM channel WHERE publication = 'off'", 1);
        Assert.Equal("off", await room.Newsroom.WordAsync("SELECT visibility FROM comment"));
        Assert.Equal(
            "1",
            await room.Newsroom.WordAsync("SELECT COUNT(*) FROM private_message WHERE cause LIKE 'private:%'")
        );
    }

    [Fact]
    public async Task A_channel_with_a_new_id_goes_on_where_it_was()
    {
        await using var room = await SlackNewsroom.StartAsync();
        var channel = room.Slack.Driver.AddChannel("moving", withBot: true);
        var (_, card) = await room.CardAsync(channel);
        await room.Slack.Human("Kofi").SayAsync(channel, "Before", card, Token);
        await room.Newsroom.UntilCommentsAsync(1);

        var changed = room.Slack.Driver.ChangeId(channel);
        await room.Slack.Human("Kofi").SayAsync(changed, "After", card, Token);

        await room.Newsroom.UntilCommentsAsync(2);
        Assert.Equal("1", await room.Newsroom.WordAsync("SELECT COUNT(*) FROM channel"));
    }

    [Fact]
    public async Task Replies_in_a_channel_shared_with_another_organisation_wait_for_an_admin()
    {
        await using var room = await SlackNewsroom.StartAsync();
        var other = room.Slack.Driver.AddWorkspace("Partners", "petra");
        var channel = room.Slack.Driver.AddSharedChannel("with-partners", other);
        var (_, card) = await room.CardAsync(channel);

        await room.Slack.Human("petra").SayAsync(channel, "Nobody asked me", card, Token);
        await room.Newsroom.UntilAsync(
            "SELECT COUNT(*) FROM channel WHERE refused_message IS NOT NULL AND mirror = 'post-only'",
            1
        );
        await room.Newsroom.RunAsync("UPDATE channel SET mirror = 'collect'");
        await room.Slack.Human("petra").SayAsync(channel, "Now they did", card, Token);

        await room.Newsroom.UntilCommentsAsync(1);
        Assert.Equal("Now they did", await room.Newsroom.WordAsync("SELECT body FROM comment"));
    }

    [Fact]
    public async Task A_bot_that_is_put_out_of_a_channel_waits_there_for_an_invitation()
    {
        await using var room = await SlackNewsroom.StartAsync();
        var channel = room.Slack.Driver.AddChannel("strict", withBot: true);
        await room.CardAsync(channel);

        room.Slack.Driver.Kick(channel);
        await room.Newsroom.UntilAsync("SELECT COUNT(*) FROM channel WHERE parked_reason LIKE '%/invite%'", 1);
        room.Slack.Driver.Invite(channel);

        await room.Newsroom.UntilAsync("SELECT COUNT(*) FROM channel WHERE parked_reason IS NULL", 1);
    }

    [Fact]
    public async Task What_is_written_while_the_bot_is_out_of_a_channel_is_read_as_soon_as_it_is_back()
    {
        await using var room = await SlackNewsroom.StartAsync();
        var channel = room.Slack.Driver.AddChannel("strict", isPrivate: true, withBot: true);
        var (_, card) = await room.CardAsync(channel);
        await room.Slack.Human("Kofi").SayAsync(channel, "One", card, Token);
        await room.Newsroom.UntilCommentsAsync(1);

        room.Slack.Driver.Kick(channel);
        await room.Newsroom.UntilAsync("SELECT COUNT(*) FROM channel WHERE parked_reason LIKE '%/invite%'", 1);
        await room.Slack.Human("Kofi").SayAsync(channel, "Two", card, Token);
        // Whatever asks for it to be read, it is refused.
        await room.Newsroom.RunAsync("UPDATE channel SET caught_up_at = NULL; UPDATE thread SET caught_up_at = NULL");
        await RunningNewsroom.UntilAsync(() =>
            Task.FromResult(
                room.Slack.Statistics.Errors.FirstOrDefault(error =>
                    error.EndsWith("conversations.replies", StringComparison.Ordinal)
                )
            )
        );
        room.Slack.Driver.Invite(channel);

        await room.Newsroom.UntilCommentsAsync(2);
    }

    [Fact]
    public async Task A_removed_app_hides_the_workspace_at_once()
    {
        await using var room = await SlackNewsroom.StartAsync();
        var channel = room.Slack.Channels.Public;
        var (_, card) = await room.CardAsync(channel);
        await room.Slack.Human("Inês").SayAsync(channel, "Finally", card, Token);
        await room.Newsroom.UntilCommentsAsync(1);

        room.Slack.Driver.RemoveApp();

        await room.Newsroom.UntilAsync("SELECT COUNT(*) FROM workspace WHERE removed_at IS NOT NULL", 1);
        await room.Newsroom.UntilAsync("SELECT COUNT(*) FROM comment WHERE hidden_by = 'workspace'", 1);
    }

    [Fact]
    public async Task A_token_taken_back_in_mid_run_ends_the_install_and_nothing_else()
    {
        await using var room = await SlackNewsroom.StartAsync();
        await room.CardAsync(room.Slack.Channels.Public);

        room.Slack.Driver.RevokeToken();

        await room.Newsroom.UntilAsync("SELECT COUNT(*) FROM workspace WHERE removed_at IS NOT NULL", 1);
        Assert.Equal("ok", await room.Newsroom.Http.GetStringAsync(new Uri("/healthz", UriKind.Relative), Token));
    }
}
