using NewsBot.Chat;
using NewsBot.Chat.Slack;
using NewsBot.Testing.Servers.FakeSlack.Faults;

namespace NewsBot.Tests.Slack.Checks;

/// <summary>The check of a workspace and the notices of it, against an emulated Slack.</summary>
public sealed class SlackCheckTests
{
    [Fact]
    public async Task Public_channels_are_entered_and_nothing_is_wrong()
    {
        await using var desk = await SlackDesk.OpenAsync();
        desk.Add(desk.Server.Channels.Public);

        Assert.Equal(CheckOutcome.Well, await desk.CheckAsync());

        Assert.Empty(desk.Causes());
        Assert.Equal(1, desk.Server.Statistics.Calls["conversations.join"]);
    }

    [Fact]
    public async Task A_private_channel_without_the_bot_is_told_once_and_waits_for_an_invitation()
    {
        await using var desk = await SlackDesk.OpenAsync();
        desk.Admin("admin");
        var place = desk.Server.Driver.AddChannel("desk", isPrivate: true);
        var channel = desk.Add(place, "desk");
        desk.Desk.Run("UPDATE channel SET parked_reason = 'refused' WHERE id = @Id", new { Id = channel.Value });

        await desk.CheckAsync();
        await desk.CheckAsync();
        await desk.DeliverAsync();

        Assert.NotNull(desk.Parked(channel));
        Assert.Equal(1, Told(desk));
        Assert.Contains("desk", desk.Inbox("admin"), StringComparison.Ordinal);

        desk.Server.Driver.Invite(place);
        await desk.CheckAsync();

        Assert.Null(desk.Parked(channel));
        Assert.Empty(desk.Causes());
    }

    [Fact]
    public async Task A_private_channel_we_are_in_and_an_archived_one_are_told_apart()
    {
        await using var desk = await SlackDesk.OpenAsync();
        desk.Admin("admin");
        var well = desk.Add(desk.Server.Channels.Private, "newsroom");
        var archived = desk.Add(desk.Server.Channels.Archived, "old-news");

        await desk.CheckAsync();

        Assert.Null(desk.Parked(well));
        Assert.Contains("Unarchive channel", desk.Parked(archived), StringComparison.Ordinal);
        Assert.Equal([$"channel:{archived.Value}:archived"], desk.Causes());
    }

    [Fact]
    public async Task Missing_scopes_are_named_with_the_page_where_they_are_added()
    {
        await using var desk = await SlackDesk.OpenAsync();
        desk.Admin("admin");
        desk.Server.Driver.SetScope("channels:history", granted: false);

        await desk.CheckAsync();
        await desk.DeliverAsync();

        var inbox = desk.Inbox("admin");
        Assert.Contains("channels:history", inbox, StringComparison.Ordinal);
        Assert.Contains("Reinstall to Workspace", inbox, StringComparison.Ordinal);

        desk.Server.Driver.SetScope("channels:history", granted: true);
        await desk.CheckAsync();
        Assert.Empty(desk.Causes());
    }

    [Fact]
    public async Task Socket_mode_switched_off_is_told()
    {
        await using var desk = await SlackDesk.OpenAsync();
        desk.Server.Faults.Add(
            new FakeFaultRule(FakeFaultKind.Error) { Method = "apps.connections.open", Code = "invalid_auth" }
        );

        await desk.CheckAsync();

        Assert.Equal(["slack:socket"], desk.Causes());
        Assert.Contains("Enable Socket Mode", desk.Desk.Word("SELECT words FROM trouble"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_token_is_told_and_an_outage_proves_nothing()
    {
        await using var desk = await SlackDesk.OpenAsync();
        await desk.CheckAsync();
        desk.Server.Faults.Add(new FakeFaultRule(FakeFaultKind.Error) { Method = "auth.test", Code = "invalid_auth" });

        Assert.Equal(CheckOutcome.Troubled, await desk.CheckAsync());
        Assert.Equal([SlackProblems.Token], desk.Causes());
    }

    [Fact]
    public async Task A_private_message_whose_end_was_unknown_is_not_sent_twice()
    {
        await using var desk = await SlackDesk.OpenAsync();
        desk.Admin("saga_w");
        desk.Desk.Run(
            """
            INSERT INTO private_message (member_id, cause, body, created_at)
            SELECT MAX(id), 'a', '**Two** comments on [Bridge](/stories/1-bridge).', @Now FROM member
            """,
            new { Now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() }
        );
        desk.Server.Faults.Add(
            new FakeFaultRule(FakeFaultKind.Abort) { Method = "chat.postMessage", AfterEffect = true }
        );

        await desk.DeliverAsync();
        await desk.DeliverAsync();
        await desk.DeliverAsync();

        Assert.Equal(1, desk.Desk.Number("SELECT COUNT(*) FROM private_message WHERE sent_at IS NOT NULL"));
        Assert.Single(desk.Server.Human("saga_w").Inbox);
    }

    [Fact]
    public async Task Who_cannot_be_written_to_is_not_tried_for_ever()
    {
        await using var desk = await SlackDesk.OpenAsync();
        desk.Admin("saga_w");
        desk.Server.Driver.Deactivate("saga_w");
        desk.Desk.Run(
            "INSERT INTO private_message (member_id, cause, body, created_at) SELECT MAX(id), 'a', 'Hello', 0 FROM member"
        );

        await desk.DeliverAsync();

        Assert.Equal(
            1,
            desk.Desk.Number("SELECT COUNT(*) FROM private_message WHERE next_try_at IS NULL AND attempts = 1")
        );
    }

    private static long Told(SlackDesk desk) =>
        desk.Desk.Number("SELECT COUNT(*) FROM private_message WHERE body LIKE '%/invite%'");
}
