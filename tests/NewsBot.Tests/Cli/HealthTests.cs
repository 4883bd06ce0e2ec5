using NewsBot.Testing.Newsrooms;

namespace NewsBot.Tests.Cli;

/// <summary>The verb by which a container asks whether its newsroom answers.</summary>
public sealed class HealthTests
{
    [Fact]
    public async Task It_says_whether_the_newsroom_of_these_settings_answers()
    {
        await using var newsroom = await RunningNewsroom.StartAsync("--Starter:Enabled=false");
        // As the image is told: every address of the machine.
        var setting = $"--Web:Url=http://0.0.0.0:{newsroom.Http.BaseAddress!.Port}";

        var running = await ProgramRun.RunAsync("health", setting);
        await newsroom.StopAsync();
        var stopped = await ProgramRun.RunAsync("health", setting);

        Assert.Equal((0, ""), (running.Code, running.Error));
        Assert.Equal(1, stopped.Code);
        Assert.Contains("does not answer", stopped.Error, StringComparison.Ordinal);
    }
}
