using NewsBot.Testing.Crash;

namespace NewsBot.Postgres.Tests.Processes;

/// <summary>Three built programs on one database, each way to die once; the benchmark program does so by the dozen.</summary>
public sealed class DeathTests
{
    private const int Seed = 20_261_127;

    [Fact]
    public async Task Processes_that_die_stop_or_are_cut_off_lose_nothing_and_double_nothing()
    {
        List<string> said = [];
        var machine = new DeathMachine(3, Seed, said.Add);

        await machine.RunAsync(Enum.GetValues<Death>().Length, TestContext.Current.CancellationToken);

        Assert.True(machine.Tally.Findings.Count == 0, string.Join('\n', said));
    }
}
