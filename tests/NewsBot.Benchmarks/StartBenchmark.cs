using System.Globalization;

namespace NewsBot.Benchmarks;

/// <summary>How soon the program is ready, and how much memory it holds once the starter newsroom has settled.</summary>
/// <param name="runs">How often each program is started.</param>
/// <param name="idle">How long it is left alone before its memory is read.</param>
/// <param name="program">The built program.</param>
internal sealed class StartBenchmark(int runs, TimeSpan idle, string program)
{
    /// <summary>What the solution's build in this configuration made.</summary>
    public static string BuiltProgram =>
        Path.GetFullPath(
            Path.Combine(
                AppContext.BaseDirectory,
                "../../NewsBot",
                Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/', '\\')),
                "newsbot.dll"
            )
        );

    public async Task RunAsync()
    {
        if (!File.Exists(program))
        {
            throw new InvalidOperationException(
                $"There is no program at {program}; build it or name it with --program."
            );
        }

        Output.Line($"start: {program}");
        var baseline = await MeasureAsync(
            (address, folder) =>
                [typeof(StartBenchmark).Assembly.Location, BaselineHost.Verb, address.AbsoluteUri, folder],
            _ => Task.CompletedTask
        );
        var newsroom = await MeasureAsync(
            (address, folder) => [program, "--data", folder, $"--Web:Url={address.AbsoluteUri}"],
            // The welcome digest is the last thing a new newsroom makes by itself.
            process => process.WaitForAsync("/api/v1/channels/1/messages?limit=200", " in #news")
        );
        Report("ready after", "ms", baseline.Ready, newsroom.Ready, "1000");
        Report($"resident after {idle.TotalSeconds:0} s idle", "MB", baseline.Resident, newsroom.Resident, "130");
    }

    private async Task<(Measured Ready, Measured Resident)> MeasureAsync(
        Func<Uri, string, IEnumerable<string>> arguments,
        Func<MeasuredProcess, Task> settle
    )
    {
        List<double> ready = [];
        List<double> resident = [];
        for (var run = 0; run < runs; run++)
        {
            using var process = await MeasuredProcess.StartAsync(arguments);
            ready.Add(process.ReadyAfter.TotalMilliseconds);
            await settle(process);
            await Task.Delay(idle, TimeProvider.System);
            resident.Add(process.ResidentMegabytes);
        }

        return (new Measured(ready), new Measured(resident));
    }

    private static void Report(string what, string unit, Measured baseline, Measured newsroom, string target)
    {
        var culture = CultureInfo.InvariantCulture;
        Output.Line(
            string.Create(
                culture,
                $"  {what}: median {newsroom.Median:0} {unit} (target {target}; empty ASP.NET + Quartz + SQLite host {baseline.Median:0} {unit})"
            )
        );
        Output.Line(
            $"    runs:     {string.Join(", ", newsroom.Values.Select(value => value.ToString("0", culture)))}"
        );
        Output.Line(
            $"    baseline: {string.Join(", ", baseline.Values.Select(value => value.ToString("0", culture)))}"
        );
    }
}
