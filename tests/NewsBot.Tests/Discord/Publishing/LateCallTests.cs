namespace NewsBot.Tests.Discord.Publishing;

/// <summary>A call may still be under way when whoever made it is gone.</summary>
public sealed class LateCallTests
{
    [Fact]
    public async Task A_copy_whose_call_may_be_under_way_is_not_sent_again_before_it_has_ended()
    {
        await using var stage = await CopyStage.OpenAsync();
        await stage.SayAsync("Welcome");

        await SendTriedAsync(stage, TimeSpan.Zero);
        Assert.Empty(stage.Copies);
        Assert.Equal("waiting", stage.StateOf(1));

        await SendTriedAsync(stage, TimeSpan.FromSeconds(6));
        Assert.Single(stage.Copies);
        Assert.Equal("sent", stage.StateOf(1));
    }

    [Fact]
    public async Task A_card_whose_call_may_be_under_way_is_not_sent_again_before_it_has_ended()
    {
        await using var desk = await PublishingDesk.OpenAsync();
        var story = await desk.CardAsync(desk.Channel, "Bridge opens");
        desk.Desk.Run(
            "UPDATE post SET attempts = 1, first_tried_at = @Now, last_tried_at = @Now",
            new { Now = desk.Desk.Now.ToUnixTimeMilliseconds() }
        );

        await desk.SendAsync();
        Assert.Empty(desk.Discord.Messages);
        Assert.Equal("waiting", desk.State(story));

        await desk.SendLaterAsync(TimeSpan.FromSeconds(6));
        Assert.Single(desk.Discord.Messages);
        Assert.Equal("sent", desk.State(story));
    }

    private static async Task SendTriedAsync(CopyStage stage, TimeSpan ago)
    {
        stage.Emulated.Desk.Run(
            """
            UPDATE post SET attempts = 1, first_tried_at = @Tried, last_tried_at = @Tried, not_before = 0
            WHERE subject LIKE 'comment:%'
            """,
            // The publisher goes by the clock of the emulated Discord.
            new { Tried = (TimeProvider.System.GetUtcNow() - ago).ToUnixTimeMilliseconds() }
        );
        await stage.Emulated.SendAsync();
    }
}
