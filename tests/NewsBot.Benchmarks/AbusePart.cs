using System.Diagnostics;
using System.Text.Json;
using NewsBot.Testing.Checking;
using NewsBot.Testing.Crash;
using NewsBot.Testing.Servers.FakeDiscord;

namespace NewsBot.Benchmarks;

/// <summary>
/// One part of the measurement: a newsroom of its own in which news come in, people talk and somebody reads, with or without
/// strangers.
/// </summary>
/// <param name="addresses">How many strangers there are; 0 for none.</param>
/// <param name="rate">Their requests a second, all together.</param>
/// <param name="seconds">How long it takes.</param>
/// <param name="seed">Decides who does what.</param>
internal sealed class AbusePart(int addresses, int rate, int seconds, int seed)
{
    private const string Host = "news.example.org";
    private const string Token = "the-token-of-a-member-of-this-benchmark";

    // Nothing is measured meanwhile: what runs for the first time is compiled first.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(15);

    private const int IdleSockets = 400;

    // What a pause of the outbox can take, and more.
    private static readonly TimeSpan RestPatience = TimeSpan.FromMinutes(2);

    /// <returns>What was measured.</returns>
    public async Task<AbuseFigures> RunAsync(CancellationToken cancellationToken)
    {
        await using var world = await CrashWorld.StartAsync(
            new CrashWishes(TimeSpan.FromMinutes(5), HasSlowHistory: false) { Settings = Settings },
            cancellationToken
        );
        world.Process.Http.DefaultRequestHeaders.Authorization = new("Bearer", Token);
        world.Process.Start();
        await world.Process.ReadyAsync(cancellationToken);
        using var watch = new AbuseWatch(world, Host);
        var life = new AbusedLife(world, watch, new Random(seed));
        await life.RunAsync(WarmUp, cancellationToken);
        watch.Begin();
        var figures = await MeasureAsync(world, life, cancellationToken);
        var report = await RestAsync(world, life, cancellationToken);
        await watch.EndAsync();
        return figures with
        {
            Report = report,
            Cards = watch.Cards(),
            Copies = watch.Copies(),
            Pages = watch.Pages(),
            Reads = watch.Reads(),
            Refused = watch.Refused,
        };
    }

    private async Task<AbuseFigures> MeasureAsync(
        CrashWorld world,
        AbusedLife life,
        CancellationToken cancellationToken
    )
    {
        using var newsroom = Process.GetProcessById(world.Process.Id);
        using var strangers = addresses == 0 ? null : await StartAsync(world, cancellationToken);
        var lines = world.Process.LineCount;
        var (before, own) = (newsroom.TotalProcessorTime, Environment.CpuUsage.TotalTime);
        await life.RunAsync(TimeSpan.FromSeconds(seconds), cancellationToken);
        newsroom.Refresh();
        var figures = new AbuseFigures
        {
            Seconds = seconds,
            NewsroomProcessor = newsroom.TotalProcessorTime - before,
            PeopleProcessor = Environment.CpuUsage.TotalTime - own,
            LogLines = world.Process.LineCount - lines,
            PeakMegabytes = MeasuredProcess.PeakOf(newsroom.Id),
            ResidentMegabytes = newsroom.WorkingSet64 / 1e6,
        };
        if (strangers is null)
        {
            return figures;
        }

        var told = await strangers.StandardOutput.ReadToEndAsync(cancellationToken);
        return figures with { Strangers = JsonSerializer.Deserialize<StrangersReport>(told) };
    }

    private async Task<Process> StartAsync(CrashWorld world, CancellationToken cancellationToken)
    {
        var order = new StrangersOrder(
            world.Process.Http.BaseAddress!,
            Host,
            rate,
            seconds,
            addresses,
            IdleSockets,
            (int)world.Number("SELECT MAX(id) FROM story"),
            seed
        );
        var process = Process.Start(
            new ProcessStartInfo(
                "dotnet",
                ["exec", typeof(AbusePart).Assembly.Location, Strangers.Verb, JsonSerializer.Serialize(order)]
            )
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
            }
        )!;
        await process.StandardOutput.ReadLineAsync(cancellationToken);
        return process;
    }

    // What still waits comes now, digests too; then all of it is looked at.
    private static async Task<CheckReport> RestAsync(
        CrashWorld world,
        AbusedLife life,
        CancellationToken cancellationToken
    )
    {
        var numbers = new NumberMemory();
        var began = TimeProvider.System.GetTimestamp();
        world.MakeDue(digests: true);
        var report = world.Check(life.Account, numbers);
        while (report.Findings.Count > 0 && TimeProvider.System.GetElapsedTime(began) < RestPatience)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, cancellationToken);
            await life.RepeatAsync(cancellationToken);
            world.MakeNextDigestsDue();
            report = world.Check(life.Account, numbers);
        }

        await PageCheck.LookAsync(world.Open, world.Process.Http, life.Account, report, cancellationToken);
        return report;
    }

    // Strangers can come, so they are counted; each door they knock at is open to somebody.
    private static IEnumerable<string> Settings(FakeDiscordServer discord) =>
        [
            $"--Web:PublicUrl=https://{Host}",
            "--Chat:Web:JoinSecret=a word nobody guesses",
            $"--Chat:Web:ApiTokens:0:Token={Token}",
            "--Chat:Web:ApiTokens:0:Name=Yara",
            $"--Chat:Discord:PublicKey={discord.PublicKey}",
            "--Chat:Discord:ClientId=1",
            "--Chat:Discord:ClientSecret=a-secret-of-a-benchmark",
            "--Chat:Slack:SigningSecret=a-signing-secret-of-a-benchmark",
            "--Chat:Slack:ClientId=1.2",
            "--Chat:Slack:ClientSecret=a-secret-of-a-benchmark",
            // The usual ones again, which the world is without.
            "--Web:WriteBurst=600",
            "--Web:WritesPerSecond=120",
        ];
}
