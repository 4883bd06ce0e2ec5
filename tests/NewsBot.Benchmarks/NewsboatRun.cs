using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace NewsBot.Benchmarks;

/// <summary>newsboat reads the same feeds: new, then unchanged.</summary>
/// <param name="folder">Where its files go.</param>
/// <param name="addresses">The feeds.</param>
internal sealed partial class NewsboatRun(string folder, IReadOnlyList<Uri> addresses)
{
    private const int Threads = 8;

    /// <exception cref="InvalidOperationException">It failed.</exception>
    public async Task RunAsync()
    {
        if (Programs.Find("newsboat") is null)
        {
            Output.Line("  newsboat is not installed, so it is left out; try: apt-get install newsboat");
            return;
        }

        await File.WriteAllLinesAsync(Path.Combine(folder, "urls"), addresses.Select(address => address.AbsoluteUri));
        await File.WriteAllTextAsync(
            Path.Combine(folder, "newsboat.conf"),
            string.Create(CultureInfo.InvariantCulture, $"reload-threads {Threads}\n")
        );
        PollingBenchmark.Report($"newsboat, new, {Threads} threads", await ReloadAsync());
        PollingBenchmark.Report("newsboat, unchanged", await ReloadAsync());
    }

    private async Task<PollRound> ReloadAsync()
    {
        // The shell tells what its children used.
        var start = new ProcessStartInfo(
            "sh",
            [
                "-c",
                "newsboat -u urls -c cache.db -C newsboat.conf -x reload >newsboat.log 2>&1; code=$?; times; exit $code",
            ]
        )
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["HOME"] = folder;
        var begin = TimeProvider.System.GetTimestamp();
        using var process = Process.Start(start)!;
        var times = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var wall = TimeProvider.System.GetElapsedTime(begin);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(
                $"newsboat ended with {process.ExitCode}: {await File.ReadAllTextAsync(Path.Combine(folder, "newsboat.log"))}"
            );
        }

        var used = Minutes()
            .Matches(times.Split('\n')[1])
            .Select(match =>
                TimeSpan.FromMinutes(int.Parse(match.Groups["minutes"].ValueSpan, CultureInfo.InvariantCulture))
                + TimeSpan.FromSeconds(double.Parse(match.Groups["seconds"].ValueSpan, CultureInfo.InvariantCulture))
            );
        return new PollRound(addresses.Count, wall, used.Aggregate(TimeSpan.Zero, (sum, one) => sum + one));
    }

    [GeneratedRegex(@"(?<minutes>\d+)m(?<seconds>[\d.]+)s", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Minutes();
}
