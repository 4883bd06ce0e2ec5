using System.Globalization;
using Dapper;
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
using NewsBot.Core.Channels;
using NewsBot.Core.Communities;
using NewsBot.Core.Feeds;
using NewsBot.Core.Flows;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;
using NewsBot.Core.Summaries;
using NewsBot.Fetching;
using NewsBot.Scheduling;
using NewsBot.Starter;
using NewsBot.Storage;
using NewsBot.Testing.Newsrooms;
using NewsBot.Testing.Servers;
using NewsBot.Web;

namespace NewsBot.Tests.Flows;

/// <summary>The flows on a real SQLite file, with the hands of the clock in the test's hand.</summary>
internal sealed class NewsDesk : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("newsbot-desk-").FullName;
    private readonly PollingOptions _polling = new();
    private ServiceProvider? _fetching;
    private ServiceProvider? _commands;

    private NewsDesk()
    {
        Database = new Database(new StorageOptions { Folder = _folder }.DatabaseFile);
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
    public static async Task<NewsDesk> OpenAsync()
    {
        var desk = new NewsDesk();
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
    public static async Task<NewsDesk> OpenWithSiteAsync()
    {
        var desk = await OpenAsync();
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

        Database.Dispose();
        using (var connection = Database.Open())
        {
            SqliteConnection.ClearPool(connection);
        }

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
            Time,
            NullLogger<PollFeeds>.Instance
        ).RunAsync(Token);

    /// <summary>Sends what is due.</summary>
    public Task<int> SendAsync() => Sender().RunAsync(Token);

    /// <summary>Makes the digests that are due.</summary>
    public Task<int> DigestAsync() =>
        new PublishDigests(Digests, Time, NullLogger<PublishDigests>.Instance).RunAsync(Token);

    /// <summary>A channel of the built-in chat.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="mode">As stored.</param>
    /// <param name="columns">Further columns and their values.</param>
    public ChannelId Channel(
        string name = "news",
        string mode = "instant",
        params (string Name, object? Value)[] columns
    )
    {
        var id = Number(
            """
            INSERT INTO channel (community_id, workspace_id, external_id, name, mode, publication, created_at)
            SELECT 1, id, @Name, @Name, @Mode, 'public', @Now FROM workspace WHERE platform = 'web' RETURNING id
            """,
            new
            {
                Name = name,
                Mode = mode,
                Now = Now.Ms(),
            }
        );
        foreach (var (column, value) in columns)
        {
            Run($"UPDATE channel SET {column} = @Value WHERE id = @Id", new { Value = value, Id = id });
        }

        return new ChannelId(id);
    }

    /// <summary>A source that reads a path of the site.</summary>
    public long Source(string path, string name, params ChannelId[] channels)
    {
        var source = Number(
            """
            INSERT INTO feed (url, interval_ms, next_poll_at) VALUES (@Url, 900000, @Now);
            INSERT INTO source (community_id, feed_id, name, created_at)
            VALUES (1, last_insert_rowid(), @Name, @Now) RETURNING id
            """,
            new
            {
                Url = Site is null ? $"https://outlet.example{path}" : Site.Url(path).AbsoluteUri,
                Name = name,
                Now = Now.Ms(),
            }
        );
        foreach (var channel in channels)
        {
            Subscribe(source, channel);
        }

        return source;
    }

    public void Subscribe(long source, ChannelId channel, int offer = 0, string? filter = null) =>
        Run(
            """
            INSERT INTO subscription (source_id, channel_id, offer, filter, created_at)
            VALUES (@Source, @Channel, @Offer, @Filter, @Now)
            """,
            new
            {
                Source = source,
                Channel = channel.Value,
                Offer = offer,
                Filter = filter,
                Now = Now.Ms(),
            }
        );

    /// <summary>Sets what a feed of the site says.</summary>
    public void Serve(string path, params IEnumerable<FeedItem> items) => Site.Set(path, FeedItem.Rss(path, items));

    /// <summary>A story that nobody polled.</summary>
    public StoryId Story(string headline = "Harbour bridge opens", long? source = null)
    {
        var from = source ?? Source($"/{headline}", headline);
        var id = Number(
            """
            INSERT INTO entry (feed_id, guid, url, url_key, title, title_key, content_hash, published_at, seen_at)
            SELECT feed_id, @Headline, 'https://outlet.example/a', @Headline, @Headline, @Headline, 'h', @Now, @Now
            FROM source WHERE id = @Source;
            INSERT INTO story (community_id, headline, slug, url, lead_entry_id, published_at, created_at, updated_at)
            VALUES (1, @Headline, 'a', 'https://outlet.example/a', last_insert_rowid(), @Now, @Now, @Now) RETURNING id
            """,
            new
            {
                Source = from,
                Headline = headline,
                Now = Now.Ms(),
            }
        );
        Run(
            """
            INSERT INTO story_entry (story_id, entry_id, community_id, source_id, joined_at)
            SELECT id, lead_entry_id, 1, @Source, @Now FROM story WHERE id = @Id
            """,
            new
            {
                Source = from,
                Id = id,
                Now = Now.Ms(),
            }
        );
        return new StoryId(id);
    }

    /// <summary>Says where a story stands in a channel.</summary>
    public void Place(ChannelId channel, StoryId story, string state = "waiting", DateTimeOffset? at = null) =>
        Run(
            "INSERT INTO channel_story (channel_id, story_id, state, at) VALUES (@Channel, @Story, @State, @At)",
            new
            {
                Channel = channel.Value,
                Story = story.Value,
                State = state,
                At = (at ?? Now).Ms(),
            }
        );

    public Member Member(string name = "Inês")
    {
        var id = Number(
            "INSERT INTO member (community_id, name, first_seen_at) VALUES (1, @Name, @Now) RETURNING id",
            new { Name = name, Now = Now.Ms() }
        );
        return new Member(new MemberId(id), new CommunityId(1), name, Role.Member, null);
    }

    /// <summary>Visible comments that nothing but the counts knows of.</summary>
    public void Comments(ChannelId channel, StoryId story, int count)
    {
        var author = Member("Somebody");
        for (var i = 0; i < count; i++)
        {
            Run(
                """
                INSERT INTO comment (story_id, number, member_id, body, visibility, channel_id, message_id, written_at, accepted_at)
                SELECT id, next_number, @Member, 'Text', 'public', @Channel, 'uncounted ' || next_number, @Now, @Now
                FROM story WHERE id = @Story;
                UPDATE story SET next_number = next_number + 1 WHERE id = @Story;
                """,
                new
                {
                    Member = author.Id.Value,
                    Channel = channel.Value,
                    Story = story.Value,
                    Now = Now.Ms(),
                }
            );
        }
    }

    /// <summary>Writes into the outbox as a transaction of its own.</summary>
    public Task OutboxAsync(Func<SqliteConnection, Task> write) => Database.WriteAsync(write, Token);

    public void Run(string sql, object? parameters = null)
    {
        using var connection = Database.Open();
        connection.Execute(sql, parameters);
    }

    public long Number(string sql, object? parameters = null)
    {
        using var connection = Database.Open();
        return connection.ExecuteScalar<long>(sql, parameters);
    }

    public string? Word(string sql, object? parameters = null)
    {
        using var connection = Database.Open();
        return connection.ExecuteScalar<string?>(sql, parameters);
    }

    public IReadOnlyList<string> Words(string sql, object? parameters = null)
    {
        using var connection = Database.Open();
        return [.. connection.Query<string>(sql, parameters)];
    }

    /// <summary>What a channel shows, each message in a word or two.</summary>
    public IReadOnlyList<string> Shown(ChannelId channel) => [.. Publisher.Shown(channel).Select(Line)];

    /// <summary>The cards written into the outbox for a channel, oldest first, sent or not.</summary>
    public IReadOnlyList<string> Cards(ChannelId channel) =>
        [
            .. Words(
                    "SELECT body FROM post WHERE channel_id = @Id AND operation = 'create' AND subject LIKE 'story:%' ORDER BY id",
                    new { Id = channel.Value }
                )
                .Select(body => Line(PostBodies.Read(body))),
        ];

    private static string Line(PostBody body) =>
        body switch
        {
            PostBody.Card card => card.Headline,
            PostBody.DigestHeading heading => heading.Title,
            PostBody.DigestList list => string.Create(CultureInfo.InvariantCulture, $"list of {list.Lines.Count}"),
            PostBody.Notice notice => notice.Markdown,
            _ => throw new InvalidOperationException($"Unknown body {body}."),
        };

    private SendPosts Sender() => new(Posts, [Publisher], Time, NullLogger<SendPosts>.Instance);

    private sealed class NoFetcher : IFetcher
    {
        public Task<FetchOutcome> FetchAsync(FetchRequest request, CancellationToken cancellationToken) =>
            Task.FromResult<FetchOutcome>(new FetchOutcome.Failed("There is no network here."));
    }

    private sealed class NoModel : ISummaryModel
    {
        public string? Name => null;

        public Task<string?> DraftAsync(
            string title,
            string text,
            SummaryLimits limits,
            CancellationToken cancellationToken
        ) => Task.FromResult<string?>(null);
    }

    private sealed class NoArticles : IArticleReader
    {
        public Task<ArticleText?> ReadAsync(Uri url, CancellationToken cancellationToken) =>
            Task.FromResult<ArticleText?>(null);
    }
}
