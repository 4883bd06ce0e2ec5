using NewsBot.Testing.Servers.FakeDiscord;

namespace NewsBot.Tests.Discord.Publishing;

/// <summary>What was sent while the wall clock was ahead is not sent once more after it was set right.</summary>
public sealed class ClockAheadTests
{
    [Fact]
    public async Task A_copy_that_was_sent_while_the_clock_was_a_day_ahead_is_found_again()
    {
        await using var stage = await CopyStage.OpenAsync();
        var copy = await stage.CopyAsync("Welcome");

        stage.Forget(1, triedAt: FakeDiscordState.When(copy.Id).AddDays(1));
        await stage.Emulated.SendAsync();

        Assert.Same(copy, Assert.Single(stage.Copies));
        Assert.Equal("sent", stage.StateOf(1));
    }
}
