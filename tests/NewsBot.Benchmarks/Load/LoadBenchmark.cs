using System.Globalization;
using System.Runtime.InteropServices;

namespace NewsBot.Benchmarks.Load;

/// <summary>
/// The whole program under the load of many sources and channels. The outlets, the Discord that is posted to and the database
/// run on the same machine, and what they take of it is not there for the program.
/// </summary>
internal static class LoadBenchmark
{
    private static readonly LoadSetUp[] All = [new(1, false), new(1, true), new(2, true), new(4, true)];

    /// <param name="options">What is measured.</param>
    /// <param name="only">One way to run the program; null for all of them in turn.</param>
    public static async Task RunAsync(LoadOptions options, LoadSetUp? only)
    {
        if (!File.Exists(options.Program))
        {
            throw new InvalidOperationException(
                $"There is no {options.Program}; build it with -c Release, or name it by --program."
            );
        }

        Output.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"load: {options.Sources:N0} sources, {options.Channels:N0} channels, seed {options.Seed}; {Environment.ProcessorCount} cores for the program, its database, the outlets and the Discord together; {RuntimeInformation.OSDescription}"
            )
        );
        Output.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"  the day: {options.Day.TotalSeconds:0} s, each source polled every {options.Interval.TotalSeconds:0} s; outlets answer after {options.Latency.TotalMilliseconds:0} ms"
            )
        );
        List<LoadResult> results = [];
        foreach (var setUp in only is null ? All : [only])
        {
            results.Add(await new LoadRun(options, setUp).RunAsync());
        }

        LoadTable.Print(results);
    }
}
