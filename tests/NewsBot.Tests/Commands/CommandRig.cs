using System.Text;
using Dapper;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NewsBot.Commands;
using NewsBot.Core.Channels;
using NewsBot.Core.Commands;
using NewsBot.Core.Communities;
using NewsBot.Core.Feeds;
using NewsBot.Core.Stories;
using NewsBot.Storage;
using NewsBot.Testing;
using NewsBot.Web;

namespace NewsBot.Tests.Commands;

/// <summary>A newsroom in a database file of its own, with an admin, a moderator, a member, two channels and two sources.</summary>
internal sealed class CommandRig : IFetcher, IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("newsbot-commands-").FullName;
    private readonly ServiceProvider _services;

    private CommandRig(Action<IServiceCollection>? more)
    {
        Database = TestDatabase.Open(_folder);
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton(Database)
            .AddSingleton<IFetcher>(this)
            .AddSingleton<DigestStore>()
            .AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider())
            .AddCommands();
        more?.Invoke(services);
        _services = services.BuildServiceProvider();
    }

    public static Member Admin { get; } = new(new MemberId(1), new CommunityId(1), "Ada", Role.Admin, null);
    public static Member Moderator { get; } = new(new MemberId(2), new CommunityId(1), "Mo", Role.Moderator, null);
    public static Member Reader { get; } = new(new MemberId(3), new CommunityId(1), "Rita", Role.Member, null);

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    public Database Database { get; }

    public string Folder => _folder;

    public IServiceProvider Services => _services;

    public CommandHandlers Handlers => _services.GetRequiredService<CommandHandlers>();

    public LiveUpdates Live => _services.GetRequiredService<LiveUpdates>();

    public Erasures Erasures => _services.GetRequiredService<Erasures>();

    /// <summary>What each address answers; others cannot be reached.</summary>
    public Dictionary<string, (string ContentType, string Body)> Web { get; } = new(StringComparer.Ordinal);

    /// <summary>What the login of an address has to say; without it the answer is 401.</summary>
    public Dictionary<string, string> Closed { get; } = new(StringComparer.Ordinal);

    public List<string> Fetched { get; } = [];

    /// <summary>What a fetch waits for; nothing where null.</summary>
    public Task? Hold { get; set; }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <param name="more">Services beyond the commands' own.</param>
    public static async Task<CommandRig> NewAsync(Action<IServiceCollection>? more = null)
    {
        var rig = new CommandRig(more);
        await new Migrator(rig.Database).MigrateAsync(Stop);
        await rig.SqlAsync(
            """
            INSERT INTO community (id, name, created_at) VALUES (1, 'Test', @Now);
            INSERT INTO workspace (id, community_id, platform, external_id, name) VALUES (1, 1, 'web', 'web', 'Chat');
            INSERT INTO channel (id, community_id, workspace_id, external_id, name, publication, created_at)
            VALUES (1, 1, 1, 'news', 'news', 'public', @Now), (2, 1, 1, 'phones', 'phones', 'public', @Now);
            INSERT INTO member (id, community_id, name, role, first_seen_at)
            VALUES (1, 1, 'Ada', 'admin', @Now), (2, 1, 'Mo', 'moderator', @Now), (3, 1, 'Rita', 'member', @Now);
            INSERT INTO identity (member_id, workspace_id, external_id) VALUES (3, 1, 'rita');
            INSERT INTO feed (id, url, interval_ms, next_poll_at, last_success_at)
            VALUES (1, 'https://daily.example/feed', 900000, @Now + 60000, @Now),
                   (2, 'https://gadgets.example/rss', 900000, @Now + 60000, @Now);
            INSERT INTO source (id, community_id, feed_id, name, created_at)
            VALUES (1, 1, 1, 'The Daily', @Now), (2, 1, 2, 'Gadgets & Co', @Now);
            INSERT INTO subscription (id, source_id, channel_id, created_at)
            VALUES (1, 1, 1, @Now), (2, 2, 1, @Now), (3, 2, 2, @Now);
            """
        );
        return rig;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Database.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Runs a line in #news.</summary>
    public Task<CommandReply> AskAsync(string line, Member? asker = null, bool isConfirmed = false) =>
        _services
            .GetRequiredService<RunCommand>()
            .RunAsync(new CommandRequest(asker ?? Admin, new ChannelId(1), line, isConfirmed), Stop);

    public Task<CommandReply> ImportAsync(string text, bool isConfirmed) =>
        _services
            .GetRequiredService<RunCommand>()
            .RunAsync(
                new CommandRequest(Admin, new ChannelId(1), "import", isConfirmed)
                {
                    Attachment = Encoding.UTF8.GetBytes(text),
                },
                Stop
            );

    /// <summary>Runs a changing line and confirms it, as a person does.</summary>
    public async Task<CommandReply> DoAsync(string line, Member? asker = null)
    {
        var shown = await AskAsync(line, asker);
        Assert.True(shown.Ending == CommandEnding.Asked, $"{line} → {shown.Ending}: {shown.Markdown}");
        var done = await AskAsync($"/news confirm {shown.ConfirmCode}", asker);
        Assert.True(done.Ending == CommandEnding.Done, $"{line} → {done.Ending}: {done.Markdown}");
        return done;
    }

    public async Task<string> RefusedAsync(string line, Member? asker = null)
    {
        var reply = await AskAsync(line, asker);
        Assert.True(
            reply.Ending is CommandEnding.Refused or CommandEnding.WrongUsage,
            $"{line} → {reply.Ending}: {reply.Markdown}"
        );
        return reply.Markdown;
    }

    public Task SqlAsync(string sql) =>
        Database.WriteAsync(connection => connection.ExecuteAsync(sql, new { Now = Clock.GetUtcNow().Ms() }), Stop);

    public Task<T?> ValueAsync<T>(string sql) =>
        Database.ReadAsync(connection => connection.ExecuteScalarAsync<T?>(sql), Stop);

    /// <summary>Adds a story with one entry of source 1.</summary>
    public Task StoryAsync(long id, string headline) =>
        Database.WriteAsync(
            connection =>
                connection.ExecuteAsync(
                    """
                    INSERT INTO entry (id, feed_id, url, url_key, title, title_key, content_hash, seen_at)
                    VALUES (@id, 1, @Url, @Url, @headline, @headline, '', @Now);
                    INSERT INTO story (id, community_id, headline, slug, url, lead_entry_id, published_at, created_at, updated_at)
                    VALUES (@id, 1, @headline, 'slug', @Url, @id, @Now, @Now, @Now);
                    INSERT INTO story_entry (story_id, entry_id, community_id, source_id, joined_at) VALUES (@id, @id, 1, 1, @Now);
                    """,
                    new
                    {
                        id,
                        headline,
                        Url = $"https://daily.example/{id}",
                        Now = Clock.GetUtcNow().Ms(),
                    }
                ),
            Stop
        );

    /// <summary>Posts a story's card, sent; in #news where no channel is named.</summary>
    public Task CardAsync(long story, long channel = 1, string message = "1") =>
        Database.WriteAsync(
            async connection =>
            {
                var body = await StoryCards.LoadAsync(connection, new StoryId(story), new ChannelId(channel));
                await connection.ExecuteAsync(
                    """
                    INSERT INTO post (channel_id, subject, part, operation, revision, body, state, not_before, message_id, cause_at, created_at, sent_at)
                    VALUES (@channel, @Subject, 0, 'create', 0, @Body, 'sent', @Now, @message, @Now, @Now, @Now)
                    """,
                    new
                    {
                        channel,
                        message,
                        Subject = $"story:{story}",
                        Body = PostBodies.Write(body),
                        Now = Clock.GetUtcNow().Ms(),
                    }
                );
            },
            Stop
        );

    public Task CommentAsync(long story, int number, long member, string body) =>
        Database.WriteAsync(
            connection =>
                connection.ExecuteAsync(
                    """
                    INSERT INTO comment (story_id, number, member_id, body, visibility, channel_id, message_id, written_at, accepted_at)
                    VALUES (@story, @number, @member, @body, 'public', 1, @Message, @Now, @Now);
                    UPDATE story SET comment_count = comment_count + 1 WHERE id = @story;
                    """,
                    new
                    {
                        story,
                        number,
                        member,
                        body,
                        Message = $"{story}-{number}",
                        Now = Clock.GetUtcNow().Ms(),
                    }
                ),
            Stop
        );

    public async Task<FetchOutcome> FetchAsync(FetchRequest request, CancellationToken cancellationToken)
    {
        Fetched.Add(request.Url.AbsoluteUri);
        await (Hold ?? Task.CompletedTask);
        if (
            Closed.TryGetValue(request.Url.AbsoluteUri, out var secret)
            && (request.Login?.IsFor(request.Url) != true || request.Login.Value != secret)
        )
        {
            return new FetchOutcome.Failed("It wants a login (401).") { WantsLogin = true };
        }

        return Web.TryGetValue(request.Url.AbsoluteUri, out var answer)
            ? new FetchOutcome.Fetched(
                Encoding.UTF8.GetBytes(answer.Body),
                answer.ContentType,
                request.Url,
                null,
                null,
                null,
                "hash",
                null
            )
            : new FetchOutcome.Failed("There is nothing at this address (404).");
    }
}
