using System.Data.Common;
using System.Globalization;
using System.Net;
using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;
using NewsBot.Storage;
using NewsBot.Testing.Checking;
using NewsBot.Testing.Newsrooms;
using NewsBot.Testing.Servers;
using NewsBot.Testing.Servers.FakeDiscord;
using NewsBot.Testing.Servers.FakeSlack;
using SlackLimits = NewsBot.Testing.Servers.FakeSlack.FakeLimits;

namespace NewsBot.Testing.Crash;

/// <summary>
/// The built program as a process of its own, or several that share a database, with a fake Discord, a fake Slack, its built-in chat and a site with feeds: one
/// community whose channels are mirrored, and a channel with digests on each platform.
/// </summary>
internal sealed class CrashWorld : IAsyncDisposable
{
    private const string SetUp = """
        UPDATE workspace SET community_id = 1;
        UPDATE member SET community_id = 1;
        DELETE FROM channel;
        """;

    private const string AddChannel = """
        INSERT INTO channel (community_id, workspace_id, external_id, name, mode, publication, mirror, max_per_hour,
                             max_per_day, digest_cards, created_at, caught_up_at)
        SELECT 1, id, @External, @Name, @Mode, 'public', @Mirror, 10000, 10000, 2, 0, @Now
        FROM workspace WHERE platform = @Platform RETURNING id
        """;

    private const string AddFeed = """
        INSERT INTO feed (url, interval_ms, next_poll_at, first_taken_at) VALUES (@Url, 900000, 0, 0) RETURNING id
        """;

    private const string AddSource = """
        INSERT INTO source (community_id, feed_id, name, created_at) VALUES (1, @Feed, @Name, 0) RETURNING id
        """;

    private readonly List<(string Title, DateTimeOffset At)> _news = [];

    private CrashWorld(
        string folder,
        FakeDiscordServer discord,
        FakeSlackServer slack,
        FakeFeedSite site,
        IReadOnlyList<NewsroomProcess> processes
    )
    {
        Folder = folder;
        Discord = discord;
        Slack = slack;
        Site = site;
        Processes = processes;
    }

    public string Folder { get; }

    public FakeDiscordServer Discord { get; }

    public FakeSlackServer Slack { get; }

    public FakeFeedSite Site { get; }

    public IReadOnlyList<NewsroomProcess> Processes { get; }

    /// <summary>The one of them that people of the built-in chat talk to.</summary>
    public int Spoken { get; set; }

    /// <inheritdoc cref="Spoken" />
    public NewsroomProcess Process => Processes[Spoken];

    /// <summary>The database of several processes; null where there is one, which has a file.</summary>
    public SharedStorage? Shared { get; private init; }

    /// <summary>The mirrored channels: their rows, and on Discord and Slack their ids there.</summary>
    public (long Row, ulong Id) AtDiscord { get; private set; }

    /// <inheritdoc cref="AtDiscord" />
    public (long Row, string Id) AtSlack { get; private set; }

    /// <inheritdoc cref="AtDiscord" />
    public long OnWeb { get; private set; }

    /// <summary>Rows of the channels with digests.</summary>
    public IReadOnlyList<long> Digests { get; private set; } = [];

    public string DatabaseFile => Path.Combine(Folder, "newsbot.db");

    /// <param name="wishes">How the platforms are.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    public static Task<CrashWorld> StartAsync(CrashWishes wishes, CancellationToken cancellationToken) =>
        StartAsync(wishes, Directory.CreateTempSubdirectory("newsbot-crash-").FullName, null, cancellationToken);

    /// <summary>As <see cref="StartAsync(CrashWishes, CancellationToken)"/>, with several processes.</summary>
    public static Task<CrashWorld> StartAsync(
        CrashWishes wishes,
        SharedStorage storage,
        CancellationToken cancellationToken
    ) => StartAsync(wishes, storage.Folder, storage, cancellationToken);

    private static async Task<CrashWorld> StartAsync(
        CrashWishes wishes,
        string folder,
        SharedStorage? storage,
        CancellationToken cancellationToken
    )
    {
        var discord = await FakeDiscordServer.StartAsync(
            new FakeDiscordOptions { NonceWindow = wishes.NonceWindow },
            cancellationToken
        );
        var slack = await FakeSlackServer.StartAsync(
            new FakeSlackOptions
            {
                Limits = wishes.HasSlowHistory ? CrashWishes.SlowHistory() : SlackLimits.Unlimited(),
                SmallHistory = wishes.HasSlowHistory,
                MaxPage = wishes.HasSlowHistory ? 15 : 1_000,
                RetryDelays = [TimeSpan.Zero, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5)],
            },
            cancellationToken
        );
        var site = await FakeFeedSite.StartAsync(0, TimeProvider.System, cancellationToken);
        string[] settings =
        [
            "--data",
            folder,
            .. DiscordNewsroom.Settings(discord),
            .. SlackNewsroom.Settings(slack),
            "--Chat:Web:Enabled=true",
            "--Starter:Enabled=false",
            // Here nobody has to be held back.
            "--Web:WriteBurst=10000",
            "--Web:WritesPerSecond=10000",
            "--Fetching:AllowedPrivateNetworks:0=127.0.0.0/8",
            "--Fetching:HostSpacing=00:00:00",
            .. wishes.Settings(discord),
        ];
        var processes = (
            storage?.Settings
            ??
            [
                [],
            ]
        ).Select(own => new NewsroomProcess(wishes.Program, [.. settings, .. own])).ToList();
        var world = new CrashWorld(folder, discord, slack, site, processes) { Shared = storage };
        await world.SetUpAsync(cancellationToken);
        return world;
    }

    /// <summary>Tells a story in both feeds, under a headline that is like no other.</summary>
    /// <param name="word">Unlike every other.</param>
    public ToldStory Tell(string word)
    {
        var title = $"Zor{word}on kep{word}un wal{word}im tor{word}es";
        _news.Insert(0, (title, TimeProvider.System.GetUtcNow().AddMinutes(-1)));
        Serve();
        return new ToldStory(title, [AtDiscord.Row, AtSlack.Row, OnWeb], Digests);
    }

    /// <summary>Lets feeds, and digests too, be due.</summary>
    public void MakeDue(bool digests)
    {
        Run("UPDATE feed SET next_poll_at = 0");
        if (digests)
        {
            Run(
                "UPDATE channel SET next_digest_at = @Now WHERE id IN @Digests",
                new { Now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(), Digests = Among.Of(Digests) }
            );
        }
    }

    /// <summary>Lets digests be due of what was polled after the last ones were made.</summary>
    public void MakeNextDigestsDue() =>
        Run(
            "UPDATE channel SET next_digest_at = COALESCE(last_digest_at, 0) + 1 WHERE id IN @Digests",
            new { Digests = Among.Of(Digests) }
        );

    public void Run(string sql, object? parameters = null)
    {
        using var connection = Open();
        connection.Execute(sql, parameters);
    }

    public long Number(string sql, object? parameters = null)
    {
        using var connection = Open();
        return connection.ExecuteScalar<long>(sql, parameters);
    }

    public IReadOnlyList<T> Rows<T>(string sql, object parameters)
    {
        using var connection = Open();
        return connection.Query<T>(sql, parameters).AsList();
    }

    /// <summary>Checks it while it is at rest.</summary>
    public CheckReport Check(Account account, NumberMemory numbers) =>
        new NewsroomChecker(Open, Discord.State, Slack.State, account, numbers).Run();

    /// <summary>Looks at what the killed program left, without touching it.</summary>
    public CheckReport Glance(Account account, NumberMemory numbers)
    {
        var copy = CopyDatabase();
        return new NewsroomChecker(() => Ledger.Open(copy), Discord.State, Slack.State, account, numbers).Glance();
    }

    /// <summary>Copies the database as the killed program left it, its log of writes too, so that nobody mends it but the program.</summary>
    /// <returns>The copy's file.</returns>
    public string CopyDatabase()
    {
        var copy = Path.Combine(Directory.CreateDirectory(Path.Combine(Folder, "copy")).FullName, "newsbot.db");
        foreach (var ending in (string[])["", "-wal", "-shm"])
        {
            File.Delete(copy + ending);
            if (ending != "-shm" && File.Exists(DatabaseFile + ending))
            {
                File.Copy(DatabaseFile + ending, copy + ending);
            }
        }

        return copy;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in Processes)
        {
            await process.DisposeAsync();
        }

        await Discord.DisposeAsync();
        await Slack.DisposeAsync();
        await Site.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task SetUpAsync(CancellationToken cancellationToken)
    {
        Serve();
        Process.Start();
        await Process.ReadyAsync(cancellationToken);
        await RunningNewsroom.UntilAsync(() =>
            Task.FromResult(Number("SELECT COUNT(*) FROM workspace") == 3 ? "all" : null)
        );
        await Process.KillAsync();
        Run(SetUp);
        AtDiscord = (
            Channel("discord", Discord.Channels.Text.ToString(CultureInfo.InvariantCulture), "instant"),
            Discord.Channels.Text
        );
        var slack = Slack.Driver.AddChannel("crash-news");
        AtSlack = (Channel("slack", slack, "instant"), slack);
        OnWeb = Channel("web", "crash-news", "instant");
        Digests =
        [
            Channel(
                "discord",
                Discord.Driver.AddChannel(0, "crash-digest").ToString(CultureInfo.InvariantCulture),
                "digest"
            ),
            Channel("slack", Slack.Driver.AddChannel("crash-digest"), "digest"),
        ];
        foreach (var name in (string[])["gazette", "courier"])
        {
            var feed = Number(AddFeed, new { Url = Site.Url($"/{name}.rss").AbsoluteUri });
            var source = Number(AddSource, new { Feed = feed, Name = name });
            foreach (var channel in (long[])[AtDiscord.Row, AtSlack.Row, OnWeb, .. Digests])
            {
                Run(
                    "INSERT INTO subscription (source_id, channel_id, offered_at, created_at) VALUES (@source, @channel, 0, 0)",
                    new { source, channel }
                );
            }
        }
    }

    private long Channel(string platform, string external, string mode) =>
        Number(
            AddChannel,
            new
            {
                External = external,
                Name = $"crash-{mode}",
                Mode = mode,
                Mirror = mode == "instant" ? "two-way" : "collect",
                Platform = platform,
                Now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(),
            }
        );

    public DbConnection Open()
    {
        if (Shared is { } storage)
        {
            return storage.Open();
        }

        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = DatabaseFile,
                ForeignKeys = true,
                DefaultTimeout = 30,
                Pooling = false,
            }.ToString()
        );
        connection.Open();
        return connection;
    }

    // The second source tells the same story at another address.
    private void Serve()
    {
        Site.Set("/gazette.rss", Rss("Gazette", ""));
        Site.Set("/courier.rss", Rss("Courier", "-too"));
    }

    private string Rss(string name, string suffix)
    {
        var text = new StringBuilder(
            $"<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\"><channel><title>{name}</title><link>https://outlet.example/</link>"
        );
        // As feeds do, it shows the newest only.
        foreach (var (title, at) in _news.Take(40))
        {
            var word = WebUtility.UrlEncode(title);
            text.Append(
                CultureInfo.InvariantCulture,
                $"<item><title>{title}</title><link>{Site.Url($"/gone/{word}{suffix}")}</link><guid isPermaLink=\"false\">{title}{suffix}</guid><pubDate>{at:R}</pubDate><description>Bru {title.ToUpperInvariant()} minol rep.</description></item>"
            );
        }

        return text.Append("</channel></rss>").ToString();
    }
}
