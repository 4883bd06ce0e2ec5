using System.Globalization;
using Dapper;
using NewsBot.Storage;
using NewsBot.Testing.Servers;

namespace NewsBot.Benchmarks.Load;

/// <summary>The whole program, as one process or several on one database, and that database.</summary>
internal sealed class LoadNewsroom : IDisposable
{
    /// <summary>When feeds are due that are not to be polled.</summary>
    public const long Never = 32_503_680_000_000;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    private readonly List<MeasuredProcess> _processes = [];
    private readonly PostgresServer? _server;

    private LoadNewsroom(PostgresServer? server) => _server = server;

    public Database Database { get; private set; } = null!;

    public double MegabytesInAll => _processes.Sum(process => process.ResidentMegabytes);

    public double MostMegabytes => _processes.Max(process => process.ResidentMegabytes);

    public TimeSpan ProcessorTime => _processes.Aggregate(TimeSpan.Zero, (sum, process) => sum + process.ProcessorTime);

    /// <summary>Processor time of the database where it is a process of its own; else none.</summary>
    public TimeSpan DatabaseTime => _server is null ? TimeSpan.Zero : ProcessFigures.FamilyOf(_server.ProcessId);

    public static async Task<LoadNewsroom> StartAsync(LoadOptions options, LoadSetUp setUp, LoadWorld world)
    {
        var newsroom = new LoadNewsroom(setUp.IsPostgres ? await PostgresServer.StartAsync() : null);
        try
        {
            await newsroom.StartAsync(
                setUp.Processes,
                [.. Settings(options, world), .. options.Settings],
                options.Program
            );
            await newsroom.UntilAsync(
                "SELECT COUNT(*) FROM workspace WHERE platform = 'discord'",
                // One guild is always there.
                world.Places.Guilds.Count + 1
            );
            return newsroom;
        }
        catch
        {
            newsroom.Dispose();
            throw;
        }
    }

    /// <summary>Bytes written so far: PostgreSQL's log, or what the program gave to its disk.</summary>
    public async Task<long> WrittenAsync() =>
        _server is null
            ? _processes.Sum(process => ProcessFigures.WrittenBy(process.Id))
            : await NumberAsync("SELECT CAST(pg_current_wal_lsn() - '0/0' AS BIGINT)");

    public Task<long> NumberAsync(string question, object? values = null) =>
        Database.ReadAsync(connection => connection.ExecuteScalarAsync<long>(question, values), CancellationToken.None);

    public Task RunAsync(string statement, object? values = null) =>
        Database.WriteAsync(connection => connection.ExecuteAsync(statement, values), CancellationToken.None);

    /// <summary>
    /// Lets PostgreSQL count what its tables hold now. Its own clockwork comes to it within a minute; until then it goes by
    /// plans that it made when they were empty.
    /// </summary>
    public Task AnalyzeAsync() =>
        Database.WriteAsync(
            connection =>
                (Task)connection.ExecuteAsync(Database.Words(connection, "SELECT 1", "ANALYZE (SKIP_LOCKED)")),
            CancellationToken.None
        );

    /// <summary>Makes feeds due at once and waits until each was polled.</summary>
    public async Task PollAsync(int feeds)
    {
        await RunAsync(
            "UPDATE feed SET next_poll_at = 0, last_polled_at = NULL WHERE id IN (SELECT id FROM feed ORDER BY id LIMIT @feeds)",
            new { feeds }
        );
        await UntilAsync("SELECT COUNT(*) FROM feed WHERE last_polled_at IS NULL", 0);
    }

    /// <summary>No feed is due any more.</summary>
    public Task RestAsync() => RunAsync("UPDATE feed SET next_poll_at = @Never", new { Never });

    /// <summary>From now on each feed is polled once in an interval, evenly spread.</summary>
    public Task GoOnAsync(DateTimeOffset now, TimeSpan interval) =>
        RunAsync(
            "UPDATE feed SET next_poll_at = @Now + (id * 7919) % @Interval, interval_ms = @Interval",
            new { Now = now.ToUnixTimeMilliseconds(), Interval = (long)interval.TotalMilliseconds }
        );

    public async Task UntilAsync(string question, long expected)
    {
        var begin = TimeProvider.System.GetTimestamp();
        while (await NumberAsync(question) is var found && found != expected)
        {
            if (TimeProvider.System.GetElapsedTime(begin) > Patience)
            {
                throw new InvalidOperationException(
                    $"After {Patience.TotalMinutes} minutes: {question} is {found}, not {expected}."
                );
            }

            await Task.Delay(LookEvery, TimeProvider.System);
        }
    }

    public void Dispose()
    {
        _processes.ForEach(process => process.Dispose());
        Database?.Dispose();
        _server?.End();
    }

    private async Task StartAsync(int processes, string[] settings, string program)
    {
        if (_server?.MakeEmpty("newsbot") is { } connection)
        {
            Database = new PostgresDatabase(connection, Path.GetTempPath(), TimeProvider.System);
            settings = [.. settings, "--Storage:Provider=Postgres", $"--Storage:ConnectionString={connection}"];
        }

        for (var number = 0; number < processes; number++)
        {
            _processes.Add(
                await MeasuredProcess.StartAsync(
                    (address, folder) => [program, "--data", folder, $"--Web:Url={address.AbsoluteUri}", .. settings]
                )
            );
        }

        Database ??= new SqliteDatabase(new StorageOptions { Folder = _processes[0].Folder }.DatabaseFile);
    }

    private static string[] Settings(LoadOptions options, LoadWorld world) =>
        [
            "--Starter:Enabled=false",
            "--Chat:Web:Enabled=false",
            $"--Chat:Discord:BotToken={world.Places.BotToken}",
            $"--Chat:Discord:ApiBaseUrl={world.Places.DiscordApi}",
            string.Create(
                CultureInfo.InvariantCulture,
                $"--Fetching:AllowedPrivateNetworks:0=127.0.0.0/8:{world.Port}"
            ),
            $"--Polling:MinInterval={options.Interval}",
            $"--Polling:StartInterval={options.Interval}",
            $"--Polling:MaxInterval={options.Interval}",
        ];
}
