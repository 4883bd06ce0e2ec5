using NewsBot.Testing.Crash;

namespace NewsBot.Tests.Crash;

/// <summary>The built program is killed while people talk on three sides; the benchmark program does so by the thousand.</summary>
public sealed class CrashTests
{
    private const int Seed = 20_260_302;

    // Instants around what must never be done twice or not at all: each side of a call and of a commit.
    private static readonly string[] Steps =
    [
        "after Slack does chat.postMessage",
        "after Discord does POST /webhooks/{webhook}/{token}",
        "after the commit of a comment",
        "before the commit of a post that was sent",
        "before the commit of an event of Slack",
        "after the commit of a story",
        "before the commit of a digest",
        "after the commit of a message of the built-in chat",
        "at any instant of the start",
        "at any instant of the work",
    ];

    [Fact]
    public async Task Killed_at_any_step_it_loses_nothing_and_doubles_nothing()
    {
        var tally = new CrashTally();
        List<string> said = [];
        var steps = Steps.Select(name => CrashSteps.All.Single(step => step.Name == name)).ToList();

        await new CrashMachine(Seed, tally, said.Add).RunAsync(steps, _ => { }, TestContext.Current.CancellationToken);

        Assert.True(tally.Findings == 0, string.Join('\n', said));
        Assert.Equal(Steps.Length, tally.Kills);
        Assert.True(tally.Copies > 0, tally.ToString());
    }
}
