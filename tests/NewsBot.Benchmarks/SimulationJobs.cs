using System.Diagnostics;
using System.Globalization;

namespace NewsBot.Benchmarks;

/// <summary>
/// Hands out seeds to processes: a simulated newsroom waits for its process's pool of threads to be quiet, and what it
/// leaves behind when it is killed is freed with the process only.
/// </summary>
/// <param name="first">The first seed.</param>
/// <param name="count">How many.</param>
/// <param name="jobs">How many processes at once.</param>
/// <param name="total">Is told of every seed.</param>
internal sealed class SimulationJobs(int first, int count, int jobs, SimulationTotal total)
{
    // Many enough that the start of a process, some seconds, does not count.
    private const int MostAtATime = 250;

    private static readonly Dictionary<string, int> NoFaults = [];

    private readonly Lock _lock = new();
    private readonly int _end = first + count;
    private int _next = first;

    public Task RunAsync() => Task.WhenAll(Enumerable.Range(0, jobs).Select(_ => WorkAsync()));

    private async Task WorkAsync()
    {
        while (Take() is var (from, until) && from < until)
        {
            while (from < until)
            {
                var (reached, ending) = await PlayAsync(from, until);
                from = reached;
                if (from < until)
                {
                    total.Add(new SeedReport(from++, "", $"The process ended: {ending}", 0, 0, 0, 0, NoFaults));
                }
            }
        }
    }

    private (int From, int Until) Take()
    {
        lock (_lock)
        {
            var from = _next;
            // At the end all have something left to do.
            var some = Math.Clamp((_end - from + jobs - 1) / jobs, 1, MostAtATime);
            _next = Math.Min(_end, from + some);
            return (from, _next);
        }
    }

    /// <returns>The first seed that was not played to its end, and how the process ended.</returns>
    private async Task<(int Reached, string Ending)> PlayAsync(int from, int until)
    {
        using var process = Process.Start(Command(from, until - from))!;
        var errors = process.StandardError.ReadToEndAsync();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (SeedReport.Read(line) is { } report)
            {
                total.Add(report);
                from = report.Seed + 1;
            }
        }

        await process.WaitForExitAsync();
        return (from, $"{Text(process.ExitCode)} {await errors}");
    }

    private static ProcessStartInfo Command(int from, int count)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(SimulationJobs).Assembly.Location);
        }

        foreach (var word in (string[])["simulate", "--reports", "--first", Text(from), "--seeds", Text(count)])
        {
            start.ArgumentList.Add(word);
        }

        // Short-lived objects fit into the caches of the processor's cores only so far; collecting them seldom costs less.
        start.Environment["DOTNET_GCgen0size"] = "0x4000000";
        start.Environment["DOTNET_gcConcurrent"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        return start;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
