using System.Globalization;
using NewsBot.Testing.Simulation;

namespace NewsBot.Benchmarks;

/// <summary>Plays simulated newsrooms and tells which seeds went wrong.</summary>
internal static class SimulationBenchmark
{
    /// <summary>Plays one seed and tells all that happened.</summary>
    /// <returns>Whether all went well.</returns>
    public static bool Replay(int seed)
    {
        var result = SimulatedNewsroom.Run(seed, keepsTrace: true);
        Tell(SeedReport.Of(result));
        foreach (var line in (string[])[.. result.Lines, .. result.Rows, .. result.Log])
        {
            Output.Line(line);
        }

        Output.Line(Invariant($"trace={result.Fingerprint} events={result.Events}"));
        return result.Problem.Length == 0;
    }

    /// <summary>Plays seeds one after the other, with a report in one line for each.</summary>
    public static bool Report(int first, int count)
    {
        var isWell = true;
        for (var seed = first; seed < first + count; seed++)
        {
            var report = SeedReport.Of(SimulatedNewsroom.Run(seed));
            isWell &= report.Problem.Length == 0;
            Output.Line(report.Write());
        }

        return isWell;
    }

    /// <summary>Plays seeds in several processes beside each other.</summary>
    /// <param name="first">The first seed.</param>
    /// <param name="count">How many.</param>
    /// <param name="jobs">How many processes.</param>
    /// <returns>Whether all went well.</returns>
    public static async Task<bool> RunAsync(int first, int count, int jobs)
    {
        var total = new SimulationTotal(first, count);
        await new SimulationJobs(first, count, jobs, total).RunAsync();
        total.Close();
        return total.Failed == 0;
    }

    /// <summary>Says that a seed went wrong; nothing of one that did not.</summary>
    public static void Tell(SeedReport report)
    {
        if (report.Problem.Length > 0)
        {
            Output.Line(Invariant($"seed {report.Seed} failed: {report.Problem}"));
            Output.Line($"  replay: {SimulationResult.ReplayOf(report.Seed)}");
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
