using System.Globalization;

namespace NewsBot.Testing.Crash;

/// <summary>So many kills, in worlds of their own; in each of them every step of the catalogue has its turn.</summary>
/// <param name="kills">How many.</param>
/// <param name="seed">The first world's; the others follow it.</param>
/// <param name="jobs">How many worlds there are at a time.</param>
/// <param name="only">A part of the names of the steps at which it is killed; null for all.</param>
/// <param name="say">Hears how it goes.</param>
internal sealed class CrashRun(int kills, int seed, int jobs, string? only, Action<string> say)
{
    // From so many on, every step has had its turn often enough to have come.
    private const int EveryStepFrom = 5;

    private const int ReportEvery = 10;

    private readonly long _began = TimeProvider.System.GetTimestamp();

    public CrashTally Tally { get; } = new();

    // A catalogue's worth of kills.
    private static int Round => CrashSteps.All.Count;

    /// <returns>Whether nothing was found, and every step was hit where there were kills enough.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var worlds = Enumerable.Range(0, (kills + Round - 1) / Round);
        await Parallel.ForEachAsync(
            worlds,
            new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = cancellationToken },
            async (world, token) =>
            {
                var steps = CrashSteps
                    .Shuffled(new Random(seed + world))
                    .Where(step => only is null || step.Name.Contains(only, StringComparison.Ordinal))
                    .Take(kills - (world * Round))
                    .ToList();
                await new CrashMachine(seed + world, Tally, say).RunAsync(steps, Progress, token);
            }
        );
        foreach (var (step, hits) in Tally.Hits)
        {
            var missed = Tally.Misses(step) is > 0 and var misses ? $" (did not come {misses} times)" : "";
            say(string.Create(CultureInfo.InvariantCulture, $"{hits, 6} times {step}{missed}"));
        }

        var never = only is not null || kills < EveryStepFrom * Round ? [] : Tally.Never;
        foreach (var step in never)
        {
            say($"never {step}");
        }

        say(Tally.Others());
        return Tally.Findings == 0 && never.Count == 0;
    }

    private void Progress(int killed)
    {
        if (killed % ReportEvery == 0)
        {
            var each = TimeProvider.System.GetElapsedTime(_began) / killed;
            say(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{killed} of {kills} kills, {each.TotalSeconds:0.0} s each, {(each * (kills - killed)).TotalMinutes:0} minutes left, {Tally.Hits.Values.Sum()} at their step, {Tally.Findings} findings"
                )
            );
        }
    }
}
