using System.Globalization;

namespace NewsBot.Benchmarks;

/// <summary>
/// What becomes of the newsroom's own work while strangers ask for all they can: in quiet, with few strangers who are refused,
/// and with so many that each stays within what one may ask for.
/// </summary>
internal static class AbuseBenchmark
{
    // Each asks for four times as much as one may read.
    private const int Few = 4;

    // Each asks no more than somebody who clicks in a hurry.
    private const int Many = 200;

    /// <param name="rate">Requests a second of all strangers together.</param>
    /// <param name="seconds">How long each part takes.</param>
    /// <param name="seed">Decides who does what.</param>
    /// <param name="only">"quiet", "few" or "many"; null for all three.</param>
    /// <returns>Whether nothing was lost or doubled.</returns>
    public static async Task<bool> RunAsync(int rate, int seconds, int seed, string? only)
    {
        Output.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"abuse: {seconds} s a part, seed {seed}, {Environment.ProcessorCount} processors for the newsroom, the platforms, the people and the strangers together; load before {Load()}"
            )
        );
        var isRight = true;
        (string Name, int Addresses)[] parts =
        [
            ("quiet", 0),
            ($"few strangers ({Few} addresses)", Few),
            ($"many strangers ({Many} addresses)", Many),
        ];
        foreach (
            var (name, addresses) in parts.Where(part =>
                only is null || part.Name.StartsWith(only, StringComparison.Ordinal)
            )
        )
        {
            var figures = await new AbusePart(addresses, rate, seconds, seed).RunAsync(CancellationToken.None);
            foreach (var line in figures.Lines(name))
            {
                Output.Line(line);
            }

            isRight &= figures.Report.Findings.Count == 0;
        }

        Output.Line($"  load after {Load()}");
        return isRight;
    }

    // Of the last minute.
    private static string Load() => File.ReadAllText("/proc/loadavg").Split(' ')[0];
}
