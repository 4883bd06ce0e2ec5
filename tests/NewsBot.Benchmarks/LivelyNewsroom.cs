using System.Globalization;
using NewsBot.Testing.Crash;
using NewsBot.Testing.Servers;

namespace NewsBot.Benchmarks;

/// <summary>
/// A lively newsroom for Prometheus to look at: processes on one PostgreSQL database, outlets with news and with troubles,
/// people who talk on three sides and read along; and every few minutes a process dies or a platform has troubles, in turn.
/// </summary>
/// <param name="length">How long it lives.</param>
/// <param name="processes">How many.</param>
/// <param name="port">Where the first of them shows its metrics on loopback; the others follow.</param>
/// <param name="seed">Decides what people do, and what goes wrong.</param>
internal sealed class LivelyNewsroom(TimeSpan length, int processes, int port, int seed)
{
    private const string AddOutlet = """
        INSERT INTO feed (url, interval_ms, next_poll_at, first_taken_at) VALUES (@Url, 60000, 0, 0);
        INSERT INTO source (community_id, feed_id, name, created_at) SELECT 1, id, @Path, 0 FROM feed WHERE url = @Url;
        INSERT INTO subscription (source_id, channel_id, offered_at, created_at)
        SELECT s.id, c.id, 0, 0 FROM source s CROSS JOIN channel c WHERE s.name = @Path
        """;

    private const string Unsteady = "/unsteady.rss";

    // Of all calls to a platform, and of those while it has troubles.
    private const double FaultRate = 0.02;
    private const double TroubleRate = 0.6;

    private const int MostReaders = 12;

    private static readonly string[] Outlets =
    [
        "/feeds/harbour.rss",
        "/feeds/field.atom",
        "/feeds/orbit.json",
        "/odd/slow.rss",
        "/odd/lying-encoding.rss",
        "/packed/gzip.rss",
        "/moved/temporary",
        Unsteady,
        "/status/500",
    ];

    private static readonly TimeSpan Calm = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan Trouble = TimeSpan.FromSeconds(45);

    private readonly Random _random = new(seed);
    private readonly Queue<HttpResponseMessage> _readers = [];
    private int? _away;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var storage = await SharedStorage.MakeAsync(processes, isEmpty: false);
        string[] settings =
        [
            "--Polling:MinInterval=00:01:00",
            "--Polling:StartInterval=00:01:00",
            "--Polling:MaxInterval=00:02:00",
        ];
        await using var world = await CrashWorld.StartAsync(
            new CrashWishes(TimeSpan.FromMinutes(5), HasSlowHistory: false) { Settings = _ => settings },
            storage,
            cancellationToken
        );
        SetUnsteady(world);
        foreach (var path in Outlets)
        {
            world.Run(AddOutlet, new { Url = world.Site.Url(path).AbsoluteUri, Path = path });
        }

        // As if they had long been found to publish often, and at different moments.
        world.Run(
            "UPDATE feed SET interval_ms = 60000, next_poll_at = @Now + id * 5000",
            new { Now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() }
        );
        world.Discord.Faults.Randomly(seed, FaultRate);
        world.Slack.Faults.Randomly(seed, FaultRate);
        for (var place = 0; place < processes; place++)
        {
            await StartAsync(world, place, cancellationToken);
        }

        Output.Line(
            string.Create(CultureInfo.InvariantCulture, $"Metrics are at 127.0.0.1:{port} to {port + processes - 1}.")
        );
        await LiveAsync(world, cancellationToken);
    }

    private async Task LiveAsync(CrashWorld world, CancellationToken cancellationToken)
    {
        var people = new CrashPeople(world, _random);
        var chatters = new CrashChatters(world, people, _random);
        var began = TimeProvider.System.GetTimestamp();
        for (var trouble = 0; TimeProvider.System.GetElapsedTime(began) < length; trouble++)
        {
            await LiveAsync(world, people, chatters, Calm, cancellationToken);
            world.Run(
                "UPDATE channel SET next_digest_at = @Now WHERE mode = 'digest'",
                new { Now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() }
            );
            switch (trouble % 3)
            {
                case 0 when processes > 1:
                    // The first of them holds every lease.
                    _away = trouble / 3 % processes;
                    await world.Processes[_away.Value].KillAsync();
                    await LiveAsync(world, people, chatters, Trouble, cancellationToken);
                    await StartAsync(world, _away.Value, cancellationToken);
                    _away = null;
                    break;
                case 1:
                    world.Discord.Faults.Randomly(seed, TroubleRate);
                    await LiveAsync(world, people, chatters, Trouble, cancellationToken);
                    world.Discord.Faults.Randomly(seed, FaultRate);
                    break;
                default:
                    world.Slack.Faults.Randomly(seed, TroubleRate);
                    await LiveAsync(world, people, chatters, Trouble, cancellationToken);
                    world.Slack.Faults.Randomly(seed, FaultRate);
                    break;
            }
        }
    }

    private async Task StartAsync(CrashWorld world, int place, CancellationToken cancellationToken)
    {
        world
            .Processes[place]
            .Start(
                (
                    "Telemetry__MetricsUrl",
                    string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port + place}")
                )
            );
        await world.Processes[place].ReadyAsync(cancellationToken);
    }

    private async Task LiveAsync(
        CrashWorld world,
        CrashPeople people,
        CrashChatters chatters,
        TimeSpan time,
        CancellationToken cancellationToken
    )
    {
        var began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < time)
        {
            do
            {
                world.Spoken = _random.Next(processes);
            } while (world.Spoken == _away);

            await chatters.RepeatAsync(cancellationToken);
            await ActAsync(world, people, chatters, cancellationToken);
            // Discord takes thirty copies a minute in a channel.
            await Task.Delay(
                TimeSpan.FromMilliseconds(500 + _random.Next(3_000)),
                TimeProvider.System,
                cancellationToken
            );
        }
    }

    private Task ActAsync(
        CrashWorld world,
        CrashPeople people,
        CrashChatters chatters,
        CancellationToken cancellationToken
    )
    {
        switch (_random.Next(16))
        {
            case 0:
                people.Tell();
                return Task.CompletedTask;
            case 1:
                SetUnsteady(world);
                return Task.CompletedTask;
            case < 6:
                return people.SayAtDiscordAsync();
            case < 9:
                return people.SayAtSlackAsync();
            case < 11:
                return chatters.SayAsync(cancellationToken);
            case 11:
                return people.EditAsync();
            case 12:
                return people.DeleteAsync();
            default:
                return ReadAsync(world, cancellationToken);
        }
    }

    private void SetUnsteady(CrashWorld world) =>
        world.Site.Set(
            Unsteady,
            _random.Next(4) switch
            {
                0 => FakeAnswer.Text("Back soon.", "text/html"),
                1 => FakeAnswer.Text("", "text/html") with { Status = 503 },
                _ => FakeAnswer.Text(world.Site.Newsroom.Rss(), "application/rss+xml"),
            }
        );

    // Somebody opens a page, which stays open until others have come.
    private async Task ReadAsync(CrashWorld world, CancellationToken cancellationToken)
    {
        using var page = await world.Process.Http.GetAsync(new Uri("/", UriKind.Relative), cancellationToken);
        _readers.Enqueue(
            await world.Process.Http.GetAsync(
                new Uri("/live", UriKind.Relative),
                HttpCompletionOption.ResponseHeadersRead,
                cancellationToken
            )
        );
        if (_readers.Count > MostReaders)
        {
            _readers.Dequeue().Dispose();
        }
    }
}
