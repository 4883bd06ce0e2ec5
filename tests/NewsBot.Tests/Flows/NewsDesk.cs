using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using NewsBot.Chat.Discord;
using NewsBot.Chat.Slack;
using NewsBot.Chat.Web;
using NewsBot.Commands;
using NewsBot.Core.Feeds;
using NewsBot.Core.Flows;
using NewsBot.Core.Summaries;
using NewsBot.Fetching;
using NewsBot.Scheduling;
using NewsBot.Starter;
using NewsBot.Storage;
using NewsBot.Testing;
using NewsBot.Testing.Newsrooms;
using NewsBot.Testing.Servers;
using NewsBot.Web;

namespace NewsBot.Tests.Flows;

/// <summary>The flows on a real SQLite file, with the hands of the clock in the test's hand.</summary>
internal sealed partial class NewsDesk : IAsyncDisposable
{
    private readonly string _folder;
    private readonly PollingOptions _polling = new();
    private ServiceProvider? _fetching;
    private ServiceProvider? _commands;

    private NewsDesk(string? folder)
    {
        _folder = folder ?? Directory.CreateTempSubdirectory("newsbot-desk-").FullName;
        Database = TestDatabase.Open(_folder);
        Reports = new RecentReports();
        Posts = new PostStore(Database, Options.Create(new WebOptions { PublicUrl = "https://news.example" }));
        Digests = new DigestStore(Database, Time);
        Publisher = new ScriptedPublisher();
    }

    /// <summary>Stands at a Monday morning.</summary>
    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    public DateTimeOffset Now => Time.GetUtcNow();

    /// <summary>Where the database lies.</summary>
    public string Folder => _folder;

    public Database Database { get; }

    public RecentReports Reports { get; }

    /// <summary>As a restart leaves it: a new one knows what the database knows.</summary>
    public KnownTexts Texts { get; set; } = new();

    public PostStore Posts { get; }

    public DigestStore Digests { get; }

    public ScriptedPublisher Publisher { get; set; }

    public FakeFeedSite Site { get; private set; } = null!;

    /// <summary>What summarises; none where it is not set.</summary>
    public ISummaryModel Model { get; set; } = new NoModel();

    /// <summary>Whether the pages of articles are fetched from the site.</summary>
    public bool ReadsArticles { get; set; }

    public FeedLogins Logins { get; } = new(new EphemeralDataProtectionProvider());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A newsroom with neither channels nor sources.</summary>
    /// <param name="folder">Where its data lies; null for a new place.</param>
    public static async Task<NewsDesk> OpenAsync(string? folder = null)
    {
        var desk = new NewsDesk(folder);
        await new Migrator(desk.Database).MigrateAsync(Token);
        await new LayOutNewsroom(
            desk.Database,
            Options.Create(new StarterOptions { Enabled = false }),
            Options.Create(desk._polling),
            Options.Create(new WebChatOptions()),
            Options.Create(new DiscordOptions()),
            Options.Create(new SlackOptions()),
            desk.Time
        ).RunAsync(Token);
        return desk;
    }

    /// <summary>The same beside a site with feeds.</summary>
    public static async Task<NewsDesk> OpenWithSiteAsync(string? folder = null)
    {
        var desk = await OpenAsync(folder);
        desk.Site = await FakeFeedSite.StartAsync(0, desk.Time, Token);
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(
            new ConfigurationBuilder()
                .AddInMemoryCollection(
                    new Dictionary<string, string?>(StringComparer.Ordinal)
                    {
                        ["Fetching:HostSpacing"] = "00:00:00",
                        ["Fetching:AllowedPrivateNetworks:0"] = "127.0.0.0/8",
                    }
                )
                .Build()
        );
        services.AddSingleton<TimeProvider>(desk.Time);
        services.AddLogging();
        services.AddFetching();
        desk._fetching = services.BuildServiceProvider();
        return desk;
    }

    public async ValueTask DisposeAsync()
    {
        if (_fetching is not null)
        {
            await _fetching.DisposeAsync();
            await Site.DisposeAsync();
        }

        if (_commands is not null)
        {
            await _commands.DisposeAsync();
        }

        if (Database is SqliteDatabase)
        {
            Database.Dispose();
            using var connection = Database.Open();
            SqliteConnection.ClearPool((SqliteConnection)connection);
        }

        Database.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The built-in chat.</summary>
    public WebListener Chat()
    {
        _commands ??= new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton(Database)
            .AddSingleton<IFetcher, NoFetcher>()
            .AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider())
            .AddSingleton<DigestStore>()
            .AddCommands()
            .BuildServiceProvider();
        var pump = new PostPump(Sender(), NullLogger<PostPump>.Instance);
        var commands = new WebCommands(_commands.GetRequiredService<RunCommand>(), pump);
        return new WebListener(Database, commands, new LiveUpdates(), pump, Time);
    }

    /// <summary>Polls every feed now, due or not.</summary>
    public async Task<int> PollAsync()
    {
        Run("UPDATE feed SET next_poll_at = @Now", new { Now = Now.Ms() });
        return await PollDueAsync();
    }

    /// <summary>Polls what is due.</summary>
    public Task<int> PollDueAsync() =>
        new PollFeeds(
            new FeedStore(Database, Logins),
            _fetching!.GetRequiredService<IFetcher>(),
            ReadsArticles ? _fetching!.GetRequiredService<IArticleReader>() : new NoArticles(),
            new Summariser(Model),
            new StoryStore(Database, Reports, Texts),
            Options.Create(_polling),
            UnheardMeter.Flows,
            Time,
            NullLogger<PollFeeds>.Instance
        ).RunAsync(Token);

    /// <summary>Sends what is due.</summary>
    public Task<int> SendAsync() => Sender().RunAsync(Token);

    /// <summary>Makes the digests that are due.</summary>
    public Task<int> DigestAsync() =>
        new PublishDigests(Digests, UnheardMeter.Flows, Time, NullLogger<PublishDigests>.Instance).RunAsync(Token);

    private SendPosts Sender() => new(Posts, [Publisher], UnheardMeter.Flows, Time, NullLogger<SendPosts>.Instance);

    private sealed class NoFetcher : IFetcher
    {
        public Task<FetchOutcome> FetchAsync(FetchRequest request, CancellationToken cancellationToken) =>
            Task.FromResult<FetchOutcome>(new FetchOutcome.Failed("There is no network here."));
    }

    internal sealed class NoModel : ISummaryModel
    {
        public string? Name => null;

        public Task<string?> DraftAsync(
            string title,
            string text,
            SummaryLimits limits,
            CancellationToken cancellationToken
        ) => Task.FromResult<string?>(null);
    }

    internal sealed class NoArticles : IArticleReader
    {
        public Task<ArticleText?> ReadAsync(Uri url, CancellationToken cancellationToken) =>
            Task.FromResult<ArticleText?>(null);
    }
}
