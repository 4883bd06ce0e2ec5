using NewsBot.Testing.Servers.FakeDiscord.Stored;

namespace NewsBot.Tests.Discord.Publishing;

/// <summary>The one webhook of a channel: made, found, lost, and what stands in for it.</summary>
public sealed class DiscordWebhooksTests
{
    private const ulong NoWebhooks = Stock.BotPermissions & ~Permissions.ManageWebhooks;

    [Fact]
    public async Task All_copies_of_a_channel_go_through_one_webhook_whose_token_nobody_reads()
    {
        await using var stage = await CopyStage.OpenAsync();

        await stage.CopyAsync("First");
        await stage.CopyAsync("Second", "Bo");

        var webhook = Assert.Single(stage.Webhooks);
        Assert.Equal(["Inês", "Bo"], stage.Copies.Select(copy => copy.WebhookName));
        Assert.DoesNotContain(
            webhook.Token,
            stage.Word("SELECT token FROM discord_webhook")!,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_webhook_made_just_before_the_process_ended_is_found_again()
    {
        await using var stage = await CopyStage.OpenAsync();
        await stage.CopyAsync("First");
        stage.Emulated.Desk.Run("DELETE FROM discord_webhook");

        await stage.CopyAsync("Second");

        Assert.Single(stage.Webhooks);
        Assert.Equal(2, stage.Copies.Count);
    }

    [Fact]
    public async Task A_deleted_webhook_is_made_anew_once_and_then_left_for_a_while()
    {
        await using var stage = await CopyStage.OpenAsync();
        await stage.CopyAsync("First");

        stage.Server.Driver.DeleteWebhook(stage.Webhooks.Single().Id);
        var second = await stage.CopyAsync("Second", "Bo");
        Assert.Equal("Bo", second.WebhookName);

        stage.Server.Driver.DeleteWebhook(stage.Webhooks.Single().Id);
        var third = await stage.CopyAsync("Third", "Bo");
        Assert.Equal("-# #3 · **Bo** · Web\nThird", third.Content);
        Assert.Empty(stage.Webhooks);
        Assert.Contains(
            "again and again",
            stage.Word("SELECT words FROM trouble WHERE cause LIKE 'webhook:%'")!,
            StringComparison.Ordinal
        );

        stage.Emulated.Desk.Run("UPDATE discord_webhook SET not_before = 1, remade_at = 1");
        var fourth = await stage.CopyAsync("Fourth", "Bo");
        Assert.Equal("Bo", fourth.WebhookName);
        Assert.Equal(0, stage.Number("SELECT COUNT(*) FROM trouble"));
    }

    [Fact]
    public async Task Without_the_permission_the_bot_speaks_itself_and_asks_no_second_time()
    {
        await using var stage = await CopyStage.OpenAsync();
        stage.Server.Driver.SetBotPermissions(NoWebhooks);

        var copy = await stage.CopyAsync("Hello @here");
        await stage.CopyAsync("Again");

        Assert.Equal("-# #1 · **Inês** · Web\nHello \\@here", copy.Content);
        Assert.Equal(stage.Server.BotUserId, copy.AuthorId);
        Assert.Equal(1, stage.Server.Statistics.Requests["GET /channels/{channel}/webhooks"]);
        Assert.Contains(
            "Manage Webhooks",
            stage.Word("SELECT words FROM trouble WHERE cause LIKE 'channel:%:permissions'")!,
            StringComparison.Ordinal
        );
        Assert.Empty(stage.Server.State.Pings);
    }

    [Fact]
    public async Task What_the_bot_said_itself_is_edited_and_deleted_when_there_is_a_webhook_since()
    {
        await using var stage = await CopyStage.OpenAsync();
        stage.Server.Driver.SetBotPermissions(NoWebhooks);
        var copy = await stage.CopyAsync("Hello");
        await stage.CopyAsync("Goodbye");
        stage.Server.Driver.SetBotPermissions(Stock.BotPermissions);
        stage.Emulated.Desk.Run("UPDATE discord_webhook SET not_before = NULL");
        var third = await stage.CopyAsync("Third");

        await stage.EditAsync(1, "body = 'Hello again'");
        await stage.DeleteAsync(2);
        await stage.Emulated.SendAsync();

        Assert.NotNull(third.WebhookId);
        Assert.Equal("-# #1 · **Inês** · Web\nHello again", copy.Content);
        Assert.Equal([copy.Id, third.Id], stage.Copies.Select(message => message.Id));
    }

    [Fact]
    public async Task A_channel_full_of_webhooks_gets_the_bots_words_and_the_admins_a_hint()
    {
        await using var stage = await CopyStage.OpenAsync();
        lock (stage.Server.State.Sync)
        {
            for (var i = 0UL; i < 15; i++)
            {
                stage.Server.State.World.Webhooks[i] = new StoredWebhook
                {
                    Id = i,
                    GuildId = stage.Server.GuildId,
                    ChannelId = stage.Place,
                    Name = "other",
                    Token = "t",
                    UserId = stage.Server.BotUserId,
                };
            }
        }

        var copy = await stage.CopyAsync("Hello");

        Assert.Null(copy.WebhookId);
        Assert.Contains("(15)", stage.Word("SELECT words FROM trouble")!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_nobody_can_change_any_more_is_left_and_noted()
    {
        await using var stage = await CopyStage.OpenAsync();
        var copy = await stage.CopyAsync("Secret");
        stage.Server.Driver.DeleteWebhook(stage.Webhooks.Single().Id);
        stage.Server.Driver.SetBotPermissions(Stock.BotPermissions & ~Permissions.ManageMessages);

        await stage.DeleteAsync(1);
        await stage.Emulated.SendAsync();

        Assert.Contains("Secret", copy.Content, StringComparison.Ordinal);
        Assert.Contains(
            "a moderator can remove it",
            stage.Word("SELECT error FROM post WHERE operation = 'delete'")!,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("body = 'Kind words'", "Kind words")]
    [InlineData("state = 'hidden'", "[hidden by a moderator]")]
    public async Task What_nobody_can_change_any_more_is_taken_back_and_posted_anew(string change, string words)
    {
        await using var stage = await CopyStage.OpenAsync();
        var before = await stage.CopyAsync("Rude words");
        stage.Server.Driver.DeleteWebhook(stage.Webhooks.Single().Id);

        await stage.EditAsync(1, change);
        await stage.Emulated.SendAsync();
        await stage.Emulated.SendAsync();

        var after = Assert.Single(stage.Copies);
        Assert.NotEqual(before.Id, after.Id);
        Assert.Contains(words, after.Content, StringComparison.Ordinal);
        Assert.Equal("0", stage.Word("SELECT COUNT(*) FROM post WHERE state = 'waiting' AND subject LIKE 'comment:%'"));
    }

    [Fact]
    public async Task What_the_bot_may_neither_change_nor_remove_stays_once()
    {
        await using var stage = await CopyStage.OpenAsync();
        var before = await stage.CopyAsync("Rude words");
        stage.Server.Driver.DeleteWebhook(stage.Webhooks.Single().Id);
        stage.Server.Driver.SetBotPermissions(Stock.BotPermissions & ~Permissions.ManageMessages);

        await stage.EditAsync(1, "state = 'hidden'");
        await stage.Emulated.SendAsync();

        Assert.Equal(before.Id, Assert.Single(stage.Copies).Id);
        Assert.Contains(
            "a moderator can remove it",
            stage.Word("SELECT error FROM post WHERE operation = 'edit' AND subject LIKE 'comment:%'"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_webhook_somebody_moved_to_another_channel_is_replaced()
    {
        await using var stage = await CopyStage.OpenAsync();
        await stage.CopyAsync("First");
        lock (stage.Server.State.Sync)
        {
            stage.Webhooks.Single().ChannelId = stage.Server.Channels.Announcement;
        }

        var second = await stage.CopyAsync("Second", "Bo");

        Assert.Equal("Bo", second.WebhookName);
        Assert.Equal(2, stage.Copies.Count);
        Assert.Single(stage.Webhooks);
    }
}
