using NewsBot.Testing.Crash;

namespace NewsBot.Benchmarks;

/// <summary>
/// Several processes on one PostgreSQL database, one of them with a clock that is an hour ahead: each is killed, stopped past
/// its lease or cut off in turn, and the database fails over, while people talk on three sides. Counts what was lost or
/// doubled, and the longest silences.
/// </summary>
internal static class DeathBenchmark
{
    /// <param name="rounds">How many deaths.</param>
    /// <param name="processes">How many processes.</param>
    /// <param name="seed">Decides who dies and what people do.</param>
    /// <param name="earlier">A program of an earlier version that runs beside this one; null for none.</param>
    /// <returns>Whether nothing was lost, doubled or wrong.</returns>
    public static async Task<bool> RunAsync(int rounds, int processes, int seed, string? earlier)
    {
        var machine = new DeathMachine(processes, seed, Output.Line) { Earlier = earlier };
        await machine.RunAsync(rounds, CancellationToken.None);
        Output.Line(machine.Tally.ToString());
        return machine.Tally.Findings.Count == 0;
    }
}
