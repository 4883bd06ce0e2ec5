using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using NewsBot.Storage;
using NewsBot.Testing.Checking;
using NewsBot.Testing.Servers.FakeDiscord;
using NewsBot.Testing.Servers.FakeSlack;

namespace NewsBot.Testing.Simulation;

/// <summary>Everything a simulated newsroom lives among: clock, disk, platforms, outlets and people, all from one seed.</summary>
internal sealed partial class World : IDisposable
{
    // Every newsroom begins with the same empty file; making it anew takes longer than a day in it.
    private static readonly Lazy<byte[]> Empty = new(MakeEmpty);

    private static readonly HashSet<string> Places = new(StringComparer.Ordinal);

    private readonly string _folder;
    private readonly SqliteConnection _looks;
    private readonly string _placed;

    // What a dead one has open stays open until the end, and not until somebody collects it: that would be at any moment.
    private readonly List<SimulatedProcess> _dead = [];

    private bool _isMeanwhile;

    public World(int seed, DateTimeOffset start)
    {
        // Neighbouring seeds begin alike; multiplied they do not.
        Random = new Random(unchecked(seed * (int)2_654_435_761));
        Start = start;
        Clock = new SimulatedClock(start);
        Trace = new Trace(Clock);
        _folder = Place();
        File = new StorageOptions { Folder = _folder }.DatabaseFile;
        System.IO.File.WriteAllBytes(File, Empty.Value);
        Disk = new DiskWeather(Weather, seed);
        _placed = FaultyDisk.Place(File, Disk);
        Discord = FakeDiscordServer.WithoutListener(
            new FakeDiscordOptions { Time = Clock, Limits = Servers.FakeDiscord.FakeLimits.Unlimited() }
        );
        Slack = FakeSlackServer.WithoutListener(
            new FakeSlackOptions { Time = Clock, Limits = Servers.FakeSlack.FakeLimits.Unlimited() }
        );
        Gateway = new SimulatedGateway(Discord, Random);
        Inbox = new SimulatedInbox(Random);
        Discord.State.Dispatched = Gateway.Publish;
        Slack.State.Dispatched = Inbox.Publish;
        Feeds = new SimulatedFeeds(this);
        People = new SimulatedPeople(this);
        Cards = new CardFinder(this);
        _looks = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = File, Pooling = false }.ToString()
        );
    }

    public Random Random { get; }

    /// <summary>When it began.</summary>
    public DateTimeOffset Start { get; }

    public SimulatedClock Clock { get; }

    public Machine Machine { get; } = new();

    public StepContext Steps { get; } = new();

    public Trace Trace { get; }

    public Weather Weather { get; } = new();

    public DiskWeather Disk { get; }

    public FakeDiscordServer Discord { get; }

    public FakeSlackServer Slack { get; }

    public SimulatedGateway Gateway { get; }

    public SimulatedInbox Inbox { get; }

    public SimulatedFeeds Feeds { get; }

    public SimulatedPeople People { get; }

    public CardFinder Cards { get; }

    public SimulatedProcess? Process { get; private set; }

    public Account Account { get; } = new();

    public Channels Channels { get; private set; } = new(0, 0, "", 0, 0, 0);

    /// <summary>Last changes to the program's services; null for none.</summary>
    public Action<IServiceCollection>? Sabotage { get; init; }

    /// <summary>The database file.</summary>
    public string File { get; }

    /// <summary>What broke in the simulation itself; null while nothing did.</summary>
    public Exception? Broken { get; private set; }

    /// <summary>While a call is under way somebody may say something, and events may come.</summary>
    public void GoOnMeanwhile()
    {
        if (_isMeanwhile || Random.NextDouble() >= Weather.Meanwhile)
        {
            return;
        }

        _isMeanwhile = true;
        try
        {
            switch (Random.Next(5))
            {
                case < 2:
                    People.Act();
                    break;
                case 2:
                    Process?.Start("discord events");
                    break;
                case 3:
                    Process?.Start("slack events");
                    break;
                default:
                    Process?.Start("slack inbox");
                    break;
            }
        }
        // The program must not take it for a failure of its own call.
        catch (Exception error) when (error is not OperationCanceledException)
        {
            Broken ??= error;
        }
        finally
        {
            _isMeanwhile = false;
        }
    }

    /// <summary>Asks the database for a number.</summary>
    public long Number(string sql, object? parameters = null) => _looks.ExecuteScalar<long>(sql, parameters);

    /// <summary>Whether anything waits that will be posted some time: posts, and stories for the next digest.</summary>
    public bool HasUnsentPosts =>
        Number(
            """
            SELECT EXISTS (SELECT 1 FROM channel_story WHERE channel_id = @Digest AND state = 'waiting')
                OR EXISTS (SELECT 1 FROM post WHERE state = 'waiting' AND operation = 'create')
            """,
            new { Channels.Digest }
        ) != 0;

    /// <summary>The digests that were made, and of which instants they are.</summary>
    public IReadOnlyList<(long Id, DateTimeOffset At)> Digests() =>
        [
            .. _looks
                .Query<(long Id, long At)>("SELECT id, due_at FROM digest ORDER BY id")
                .Select(digest => (digest.Id, DateTimeOffset.FromUnixTimeMilliseconds(digest.At))),
        ];

    /// <summary>What the newsroom has written down, for the message of a failure.</summary>
    public IReadOnlyList<string> Describe() =>
        [
            .. _looks.Query<string>(
                """
                SELECT 'entry ' || e.id || ' “' || e.title || '” in story ' || COALESCE(MAX(se.story_id), 'none')
                FROM entry e LEFT JOIN story_entry se ON se.entry_id = e.id GROUP BY e.id
                """
            ),
            .. _looks.Query<string>(
                """
                SELECT 'comment ' || id || ' story ' || story_id || ' #' || number || ' to #' || parent || ' ' || state
                    || ' channel ' || channel_id || ' message ' || message_id || ': ' || body
                FROM comment
                """
            ),
            .. _looks.Query<string>(
                """
                SELECT 'post ' || id || ' channel ' || channel_id || ' ' || subject || '/' || part || ' ' || operation
                    || ' ' || state || ' attempts=' || attempts || ' message=' || COALESCE(message_id, '') || ' due '
                    || not_before || ' ' || COALESCE(error, '')
                FROM post
                """
            ),
        ];

    /// <summary>Starts the program.</summary>
    public void Boot()
    {
        Trace.Add("the program starts");
        if (Process is not null)
        {
            Process.Dispose();
            _dead.Add(Process);
        }

        Process = new SimulatedProcess(this, _placed, Settings());
        Process.Start("prepare", _ => Process.PrepareAsync());
        Settle();
        Process.Start("connect discord");
        Process.Start("connect slack");
        Settle();
    }

    /// <summary>Goes on with what can go on while the clock stands.</summary>
    public void Settle()
    {
        Steps.Drain();
        Process?.LookAfterDisk();
    }

    /// <summary>Lets time pass; what waits for it goes on.</summary>
    public void Pass(TimeSpan time)
    {
        var until = Clock.GetTimestamp() + time.Ticks;
        while (Clock.GoToNext(until))
        {
            Settle();
        }

        Settle();
    }

    /// <summary>One turn of every flow; of what runs once a day, now and then.</summary>
    public void Tick()
    {
        if (Process is { IsDead: false } process)
        {
            foreach (var name in process.Names)
            {
                if (name == SimulatedProcess.CleanUp && Random.Next(10) > 0)
                {
                    continue;
                }

                process.Start(name);
                Settle();
            }
        }
    }

    public void Dispose()
    {
        Process?.Dispose();
        _looks.Dispose();
        Trace.Dispose();
        Discord.State.StopClocks();
        SqliteConnection.ClearAllPools();
        FaultyDisk.Remove(File);
        Directory.Delete(_folder, recursive: true);
        lock (Places)
        {
            Places.Remove(_folder);
        }
    }

    // The same few places again and again: what reads a database is prepared anew for each place, which takes longer than
    // a day in it.
    private static string Place()
    {
        lock (Places)
        {
            var folder = Enumerable
                .Range(0, int.MaxValue)
                .Select(number => Path.Combine(Root(), $"newsbot-sim-{Environment.ProcessId}-{number}"))
                .First(Places.Add);
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }

            return Directory.CreateDirectory(folder).FullName;
        }
    }

    private static byte[] MakeEmpty()
    {
        var file = Path.Combine(Root(), $"newsbot-sim-{Environment.ProcessId}-empty.db");
        using (var database = new SqliteDatabase(file))
        {
            new Migrator(database).MigrateAsync(CancellationToken.None).GetAwaiter().GetResult();
        }

        SqliteConnection.ClearAllPools();
        var bytes = System.IO.File.ReadAllBytes(file);
        System.IO.File.Delete(file);
        return bytes;
    }

    // In memory where there is such a place: what is tested is what is written, not how fast a disk takes it.
    private static string Root() => Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
}

/// <param name="Discord">Row of the instant channel.</param>
/// <param name="Slack">Likewise.</param>
/// <param name="AtSlack">The platform's id of it.</param>
/// <param name="AtDiscord">Likewise.</param>
/// <param name="Web">Row of the instant channel of the built-in chat.</param>
/// <param name="Digest">Row of the channel with digests only.</param>
internal sealed record Channels(long Discord, long Slack, string AtSlack, ulong AtDiscord, long Web, long Digest);
