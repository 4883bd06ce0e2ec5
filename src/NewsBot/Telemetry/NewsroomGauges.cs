using System.Diagnostics.Metrics;
using NewsBot.Chat;
using NewsBot.Core.Flows;
using NewsBot.Core.Posts;
using NewsBot.Processes;
using NewsBot.Storage;
using NewsBot.Web;

namespace NewsBot.Telemetry;

/// <summary>
/// Shows how the newsroom stands. What the database knows is read beforehand, so that whoever asks never waits for it, and
/// is shown no longer than it is true.
/// </summary>
internal sealed partial class NewsroomGauges(
    Meter meter,
    FlowMeter flows,
    FiguresReader reader,
    Database database,
    StorageHealth health,
    ChatStatus chats,
    LiveUpdates live,
    LeaseBoard leases,
    IEnumerable<IPublisher> publishers,
    TimeProvider time,
    ILogger<NewsroomGauges> logger
) : BackgroundService
{
    // As often as scrapers usually ask.
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(15);

    private static readonly string[] SourceStates = ["active", "failing", "paused", "gone"];

    private readonly List<string> _platforms =
    [
        .. publishers.Select(one => FlowMeter.Word(one.Platform)).Order(StringComparer.Ordinal),
    ];
    private volatile Figures? _figures;
    private volatile DiskFigures _disk = new(0, long.MaxValue);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        AddDatabaseGauges();
        AddOtherGauges();
        var replies = new ReplyMeter(meter);
        flows.Begin(publishers.Select(publisher => publisher.Platform));
        replies.Begin(_platforms);
        using var timer = new PeriodicTimer(Tick, time);
        do
        {
            await LookAsync(replies, stoppingToken);
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task LookAsync(ReplyMeter replies, CancellationToken cancellationToken)
    {
        try
        {
            _disk = new DiskFigures(
                await database.SizeAsync(cancellationToken),
                StorageFailures.RoomBeside(Path.Combine(database.Folder, Erasures.FileName))
            );
            _figures = health.Trouble is null ? await reader.ReadAsync(cancellationToken) : null;
            if (_figures is not null)
            {
                replies.Count(await reader.RepliesAsync(cancellationToken));
            }
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            _figures = null;
            LogUnread(error);
        }
    }

    private void AddDatabaseGauges()
    {
        meter.CreateObservableGauge(
            "newsbot.sources",
            () =>
                Shown(figures =>
                    SourceStates.Select(state => Of(figures.Sources.GetValueOrDefault(state), ("state", state)))
                ),
            "{source}",
            "Sources, by state."
        );
        meter.CreateObservableGauge(
            "newsbot.outbox.waiting",
            () => Shown(figures => EachPlatform(platform => Waiting(figures, platform)?.Count ?? 0)),
            "{post}",
            "Posts that wait to be sent; those for channels that refuse the bot are left out."
        );
        meter.CreateObservableGauge(
            "newsbot.outbox.oldest.age",
            () => Shown(figures => EachPlatform(platform => Waiting(figures, platform)?.OldestAge.TotalSeconds ?? 0d)),
            "s",
            "For how long the oldest post waits whose time has come."
        );
        meter.CreateObservableGauge(
            "newsbot.channels.parked",
            () => Shown(figures => EachPlatform(platform => figures.Parked.GetValueOrDefault(platform))),
            "{channel}",
            "Channels that refuse the bot until an admin has mended it."
        );
        meter.CreateObservableGauge(
            "newsbot.digest.overdue",
            () => Shown<double>(figures => [Of(figures.DigestOverdue.TotalSeconds)]),
            "s",
            "For how long the most overdue digest is overdue."
        );
    }

    private void AddOtherGauges()
    {
        meter.CreateObservableGauge(
            "newsbot.platform.connections",
            Connections,
            "{connection}",
            "Connections over which a platform tells of replies, by state."
        );
        meter.CreateObservableGauge(
            "newsbot.storage.trouble",
            () =>
                Enum.GetValues<StorageTroubleKind>()
                    .Select(kind => Of(health.Trouble?.Kind == kind ? 1L : 0L, ("kind", FlowMeter.Word(kind)))),
            description: "1 while nothing can be stored, by what is wrong."
        );
        meter.CreateObservableGauge(
            "newsbot.storage.database.size",
            () => _disk.DatabaseBytes,
            "By",
            "The database, with its log where that is a file beside it."
        );
        meter.CreateObservableGauge(
            "newsbot.storage.disk.free",
            () => _disk.FreeBytes == long.MaxValue ? Array.Empty<Measurement<long>>() : [Of(_disk.FreeBytes)],
            "By",
            "What is left on the disk of the database."
        );
        meter.CreateObservableGauge(
            "newsbot.lease.held",
            () => leases.All.Select(lease => Of(lease.Value ? 1L : 0L, ("lease", lease.Key))),
            description: "1 while this process does for all what only one may do, such as to hold a platform's connections."
        );
        meter.CreateObservableGauge(
            "newsbot.pages.live",
            () => (long)live.ReaderCount,
            "{page}",
            "Open pages that wait for what is new."
        );
    }

    private IEnumerable<Measurement<long>> Connections()
    {
        foreach (var (platform, conditions) in chats.Read())
        {
            var connected = conditions is { Problem: null } ? conditions.Connections.Count(one => one.IsConnected) : 0;
            // One that is not there at all is away too.
            var all = Math.Max(1, conditions?.Connections.Count ?? 0);
            var name = ("platform", FlowMeter.Word(platform));
            yield return Of((long)connected, name, ("state", "connected"));
            yield return Of((long)(all - connected), name, ("state", "away"));
        }
    }

    private IEnumerable<Measurement<T>> Shown<T>(Func<Figures, IEnumerable<Measurement<T>>> read)
        where T : struct => _figures is { } figures ? read(figures) : [];

    private IEnumerable<Measurement<T>> EachPlatform<T>(Func<string, T> read)
        where T : struct => _platforms.Select(platform => Of(read(platform), ("platform", platform)));

    private static WaitingPosts? Waiting(Figures figures, string platform) =>
        figures.Waiting.FirstOrDefault(waiting => waiting.Platform == platform);

    private static Measurement<T> Of<T>(T value, params IEnumerable<(string Name, string Value)> tags)
        where T : struct => new(value, tags.Select(tag => new KeyValuePair<string, object?>(tag.Name, tag.Value)));

    private sealed record DiskFigures(long DatabaseBytes, long FreeBytes);

    [LoggerMessage(LogLevel.Warning, "The figures of the newsroom could not be read; they are read again soon")]
    private partial void LogUnread(Exception error);
}
