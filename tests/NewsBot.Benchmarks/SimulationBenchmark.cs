using System.Globalization;
using NewsBot.Testing.Simulation;

namespace NewsBot.Benchmarks;

/// <summary>Plays simulated newsrooms, one after the other, and tells which seeds went wrong.</summary>
internal static class SimulationBenchmark
{
    private const int ReportEvery = 50;

    /// <param name="first">The first seed.</param>
    /// <param name="count">How many.</param>
    /// <returns>Whether all went well.</returns>
    public static bool Run(int first, int count)
    {
        var begin = TimeProvider.System.GetTimestamp();
        SortedDictionary<string, int> faults = new(StringComparer.Ordinal);
        var (stories, replies, posts, copies, failed) = (0, 0, 0, 0, 0);
        for (var seed = first; seed < first + count; seed++)
        {
            var result = SimulatedNewsroom.Run(seed, keepsTrace: count == 1);
            stories += result.Stories;
            replies += result.Replies;
            posts += result.Posts;
            copies += result.Copies;
            foreach (var (fault, times) in result.Faults)
            {
                faults[fault] = faults.GetValueOrDefault(fault) + times;
            }

            if (result.Problem.Length > 0)
            {
                failed++;
                Output.Line(Invariant($"seed {seed} failed: {result.Problem}"));
                Output.Line($"  replay: {result.Replay}");
            }

            if (count == 1)
            {
                result.Lines.ToList().ForEach(Output.Line);
                result.Rows.ToList().ForEach(Output.Line);
                result.Log.ToList().ForEach(Output.Line);
                Output.Line(Invariant($"trace={result.Fingerprint} events={result.Events}"));
            }

            if ((seed - first + 1) % ReportEvery == 0 || seed == first + count - 1)
            {
                var done = seed - first + 1;
                var seconds = TimeProvider.System.GetElapsedTime(begin).TotalSeconds;
                Output.Line(
                    Invariant(
                        $"simulate: seeds={first}..{seed} stories={stories} replies={replies} posts={posts} copies={copies} failed={failed} ({seconds:0} s, {seconds / done:0.000} s a seed)"
                    )
                );
            }
        }

        Output.Line($"faults: {string.Join(", ", faults.Select(fault => Invariant($"{fault.Key} {fault.Value}")))}");
        return failed == 0;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
