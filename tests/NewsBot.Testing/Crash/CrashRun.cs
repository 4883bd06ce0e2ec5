using System.Globalization;

namespace NewsBot.Testing.Crash;

/// <summary>So many kills, in one world after the other; in each of them every step of the catalogue has its turn.</summary>
/// <param name="kills">How many.</param>
/// <param name="seed">The first world's; the others follow it.</param>
/// <param name="say">Hears how it goes.</param>
internal sealed class CrashRun(int kills, int seed, Action<string> say)
{
    // From so many on, every step has had its turn often enough to have come.
    private const int EveryStepFrom = 5;

    private const int ReportEvery = 10;

    private readonly long _began = TimeProvider.System.GetTimestamp();

    public CrashTally Tally { get; } = new();

    /// <summary>A catalogue's worth of kills.</summary>
    public static int Round => CrashSteps.All.Count;

    /// <returns>Whether nothing was found, and every step was hit where there were kills enough.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var isRight = true;
        for (var world = seed; Tally.Kills < kills; world++)
        {
            var steps = CrashSteps.Shuffled(new Random(world)).Take(kills - Tally.Kills).ToList();
            var machine = new CrashMachine(world, Tally, say);
            isRight &= await machine.RunAsync(steps, Progress, cancellationToken);
        }

        foreach (var (step, hits) in Tally.Hits)
        {
            var missed = Tally.Misses(step) is > 0 and var misses ? $" (did not come {misses} times)" : "";
            say(string.Create(CultureInfo.InvariantCulture, $"{hits, 6} times {step}{missed}"));
        }

        var never = kills < EveryStepFrom * Round ? [] : Tally.Never;
        foreach (var step in never)
        {
            say($"never {step}");
        }

        say(Tally.Others());
        return isRight && never.Count == 0;
    }

    private void Progress()
    {
        if (Tally.Kills % ReportEvery == 0)
        {
            var each = TimeProvider.System.GetElapsedTime(_began) / Tally.Kills;
            say(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Tally.Kills} of {kills} kills, {each.TotalSeconds:0.0} s each, {(each * (kills - Tally.Kills)).TotalMinutes:0} minutes left, {Tally.Hits.Values.Sum()} at their step, {Tally.Findings} findings"
                )
            );
        }
    }
}
