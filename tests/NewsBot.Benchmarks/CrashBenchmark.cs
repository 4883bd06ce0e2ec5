using NewsBot.Testing.Crash;

namespace NewsBot.Benchmarks;

/// <summary>Kills the program at every step of intake, outbox and ledger while people talk on three sides, and counts what was lost or doubled.</summary>
internal static class CrashBenchmark
{
    /// <param name="kills">How many.</param>
    /// <param name="seed">The first world's; the others follow it.</param>
    /// <param name="jobs">How many worlds there are at a time.</param>
    /// <param name="only">A part of the names of the steps at which it is killed; null for all.</param>
    /// <returns>Whether nothing was lost, doubled or wrong, and no step was left out.</returns>
    public static async Task<bool> RunAsync(int kills, int seed, int jobs, string? only)
    {
        var run = new CrashRun(kills, seed, jobs, only, Output.Line);
        var isRight = await run.RunAsync(CancellationToken.None);
        Output.Line(run.Tally.ToString());
        return isRight;
    }
}
