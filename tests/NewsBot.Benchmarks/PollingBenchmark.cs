using System.Globalization;

namespace NewsBot.Benchmarks;

/// <summary>
/// The whole program polls feeds, each on a host of its own: fetched with the budget for each host, parsed, recognised and
/// stored; then the same feeds unchanged. Beside it newsboat and the bare fetching, on the same files in the same run.
/// </summary>
/// <param name="feeds">How many.</param>
/// <param name="rounds">How often the unchanged feeds are polled on warm connections.</param>
/// <param name="program">The built program.</param>
internal sealed class PollingBenchmark(int feeds, int rounds, string program)
{
    // Before anything is counted, the program has compiled its code on feeds of its own; it runs for weeks, after all.
    private const int WarmUps = 600;

    // Feeds of 73 kB on average, like those people read.
    private const int MostItems = 31;

    // The program closes connections nobody used for so long, and a while more.
    private static readonly TimeSpan ConnectionsClosed = TimeSpan.FromSeconds(45);

    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(15);

    public async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("newsbot-polling-").FullName;
        try
        {
            var made = Write(folder);
            using var site = await NginxSite.StartAsync(folder);
            Output.Line(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"polling: {feeds} feeds of {made.Bytes / 1e6:0.0} MB with {made.Entries} entries, each on a host of its own; {Environment.ProcessorCount} cores, nginx on the same"
                )
            );
            await BareAsync(site);
            await new NewsboatRun(folder, Addresses(site, feeds)).RunAsync();
            await OwnAsync(site, made.Entries);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task OwnAsync(NginxSite site, int entries)
    {
        using var newsroom = await PolledProgram.StartAsync(program, site.Port);
        await newsroom.AddFeedsAsync(Addresses(site, WarmUps, first: feeds));
        var first = await newsroom.PollAsync();
        await newsroom.PollAsync();
        await newsroom.RemoveFeedsAsync();
        await newsroom.AddFeedsAsync(Addresses(site, feeds));
        await Task.Delay(Settled, TimeProvider.System);

        var idle = newsroom.ResidentMegabytes;
        newsroom.ForgetPeak();
        var cold = await newsroom.PollAsync();
        Report("NewsBot, new", cold);
        var stored = await newsroom.CountEntriesAsync();
        Output.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"    {stored} entries stored; memory at most {newsroom.PeakMegabytes:0} MB, idle {idle:0} MB: {newsroom.PeakMegabytes - idle:+0;-0} MB (target at most +60); the first {WarmUps} after the start took {first.Wall.TotalSeconds:0.00} s"
            )
        );
        if (stored != entries)
        {
            throw new InvalidOperationException($"{stored} entries were stored, {entries} were expected.");
        }

        await Task.Delay(ConnectionsClosed, TimeProvider.System);
        newsroom.ForgetPeak();
        Report("NewsBot, unchanged, connections opened anew", await newsroom.PollAsync());
        List<PollRound> warm = [];
        for (var round = 0; round < rounds; round++)
        {
            // So long two requests to one host are kept apart.
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System);
            warm.Add(await newsroom.PollAsync());
        }

        Report($"NewsBot, unchanged, warm connections, {rounds} times", PollRound.Mean(warm));
        Output.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"    runs: {string.Join(", ", warm.Select(round => round.PerSecond.ToString("0", CultureInfo.InvariantCulture)))} feeds/s; memory at most {newsroom.PeakMegabytes - idle:+0;-0} MB above idle"
            )
        );
        await newsroom.ComplainAsync();
    }

    private async Task BareAsync(NginxSite site)
    {
        using var bare = new BareFetching(Addresses(site, feeds));
        await bare.RunAsync(conditional: false);
        bare.Forget();
        Report("fetching alone, new", await bare.RunAsync(conditional: false));
        Report("fetching alone, unchanged, warm connections", await bare.RunAsync(conditional: true));
    }

    /// <summary>One line of figures.</summary>
    public static void Report(string what, PollRound round) =>
        Output.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"  {what}: {round.PerSecond:0} feeds/s, {round.ProcessorSecondsPerThousand:0.00} s of processor time for 1,000"
            )
        );

    private (long Bytes, int Entries) Write(string folder)
    {
        var bytes = 0L;
        var entries = 0;
        Directory.CreateDirectory(Path.Combine(folder, "site"));
        if (!OperatingSystem.IsWindows())
        {
            // nginx reads as a user of its own.
            File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
        }

        var number = 0;
        foreach (var document in MadeFeeds.Make(seed: 1, feeds + WarmUps, MostItems))
        {
            File.WriteAllBytes(Path.Combine(folder, "site", $"{number}.xml"), document);
            if (number++ < feeds)
            {
                bytes += document.Length;
                entries += CountOf(document, "</item>"u8) + CountOf(document, "</entry>"u8);
            }
        }

        return (bytes, entries);
    }

    private static int CountOf(ReadOnlySpan<byte> document, ReadOnlySpan<byte> word) => document.Count(word);

    private static List<Uri> Addresses(NginxSite site, int count, int first = 0) =>
        [
            .. Enumerable
                .Range(first, count)
                .Select(number => new Uri(
                    $"http://127.0.{(number / 250) + 1}.{(number % 250) + 1}:{site.Port}/{number}.xml"
                )),
        ];
}
