using System.Text.Json.Nodes;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NewsBot.Chat;
using NewsBot.Chat.Slack;
using NewsBot.Chat.Web;
using NewsBot.Core.Channels;
using NewsBot.Core.Flows;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;
using NewsBot.Storage;
using NewsBot.Testing;
using NewsBot.Testing.Servers.FakeSlack;
using NewsBot.Tests.Flows;
using NewsBot.Web;

namespace NewsBot.Tests.Slack;

/// <summary>The outbox in front of an emulated Slack on loopback, which checks what it is sent as the real one does.</summary>
internal sealed class SlackDesk : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private SlackDesk(NewsDesk desk, FakeSlackServer server, FakeSlackOptions options, string? publicUrl)
    {
        Desk = desk;
        Fake = options;
        Server = server;
        Desk.Run(
            "INSERT INTO workspace (id, community_id, platform, external_id, name) VALUES (60, 1, 'slack', @Team, 'S')",
            new { Team = server.TeamId }
        );
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(desk.Database)
            .AddSingleton<LiveUpdates>()
            .AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider())
            .Configure<WebOptions>(web => web.PublicUrl = publicUrl)
            .Configure<WebChatOptions>(_ => { })
            .Configure<SlackOptions>(slack =>
            {
                slack.BotToken = server.BotToken;
                slack.AppToken = server.AppToken;
                slack.ApiBaseUrl = server.ApiBaseUrl.AbsoluteUri;
            });
        services.AddSlack(
            new ConfigurationBuilder()
                .AddInMemoryCollection(
                    new Dictionary<string, string?>(StringComparer.Ordinal)
                    {
                        ["Chat:Slack:BotToken"] = server.BotToken,
                    }
                )
                .Build()
        );
        _services = services.BuildServiceProvider();
    }

    public NewsDesk Desk { get; }

    /// <summary>What the emulator was started with; some of it takes effect at once when it is changed.</summary>
    public FakeSlackOptions Fake { get; }

    public IServiceProvider Services => _services;

    public FakeSlackServer Server { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<SlackDesk> OpenAsync(
        FakeLimits? limits = null,
        string? publicUrl = null,
        bool isHistorySmall = false
    )
    {
        var options = new FakeSlackOptions { Limits = limits ?? new FakeLimits(), SmallHistory = isHistorySmall };
        return new SlackDesk(
            await NewsDesk.OpenAsync(),
            await FakeSlackServer.StartAsync(options, Token),
            options,
            publicUrl
        );
    }

    /// <summary>A channel of ours for one of the workspace's.</summary>
    public ChannelId Add(string external, string name = "news") =>
        new(
            Desk.Number(
                """
                INSERT INTO channel (community_id, workspace_id, external_id, name, kind, publication, created_at)
                VALUES (1, 60, @External, @Name, 'text', 'public', 0) RETURNING id
                """,
                new { External = external, Name = name }
            )
        );

    public Task PostAsync(ChannelId channel, PostSubject subject, int part, PostBody body) =>
        Desk.OutboxAsync(connection =>
            Outbox.CreateAsync(connection, new PostDraft(channel, subject, part, body, Desk.Now))
        );

    public Task EditAsync(ChannelId channel, PostSubject subject, int part, PostBody body) =>
        Desk.OutboxAsync(connection =>
            Outbox.EditAsync(connection, new PostDraft(channel, subject, part, body, Desk.Now))
        );

    /// <summary>Writes a card of a new story into the outbox.</summary>
    public async Task<StoryId> CardAsync(ChannelId channel, string headline, string? ping = null)
    {
        var story = Desk.Story(headline);
        await Desk.OutboxAsync(async connection =>
        {
            var card = await StoryCards.LoadAsync(connection, story, channel);
            await Outbox.CreateAsync(
                connection,
                new PostDraft(channel, PostSubject.Of(story), 0, card with { Ping = ping }, Desk.Now)
            );
        });
        return story;
    }

    /// <summary>Sends what is due.</summary>
    public Task<int> SendAsync() =>
        new SendPosts(
            Desk.Posts,
            _services.GetServices<IPublisher>(),
            UnheardMeter.Flows,
            Desk.Time,
            NullLogger<SendPosts>.Instance
        ).RunAsync(Token);

    /// <summary>Sends until nothing waits any more, whatever had to be put off.</summary>
    public async Task SendAllAsync()
    {
        for (var turn = 0; turn < 100; turn++)
        {
            await SendAsync();
            if (Desk.Number("SELECT COUNT(*) FROM post WHERE state = 'waiting'") == 0)
            {
                return;
            }

            Desk.Time.Advance(TimeSpan.FromMinutes(10));
        }

        Assert.Fail("Something waits for ever.");
    }

    /// <summary>Makes somebody of the workspace an admin of ours.</summary>
    public void Admin(string human)
    {
        var member = Desk.Number(
            "INSERT INTO member (community_id, name, role, first_seen_at) VALUES (1, @Name, 'admin', 0) RETURNING id",
            new { Name = human }
        );
        Desk.Run(
            "INSERT INTO identity (member_id, workspace_id, external_id) VALUES (@Member, 60, @Account)",
            new { Member = member, Account = Server.Human(human).Id }
        );
    }

    public Task<CheckOutcome> CheckAsync() => Services.GetRequiredService<SlackCheck>().RunAsync(Server.TeamId, Token);

    /// <summary>Hands over private messages, also those that were put off.</summary>
    public async Task DeliverAsync()
    {
        Desk.Run("UPDATE private_message SET next_try_at = 0 WHERE next_try_at IS NOT NULL");
        await Services.GetRequiredService<SlackPrivateMessages>().RunAsync(Token);
    }

    /// <summary>What somebody got as direct messages, as JSON.</summary>
    public string Inbox(string human) => Server.Human(human).Inbox.ToJsonString();

    public IReadOnlyList<string> Causes() =>
        (Desk.Word("SELECT GROUP_CONCAT(cause, ' ') FROM trouble") ?? "").Split(
            ' ',
            StringSplitOptions.RemoveEmptyEntries
        );

    /// <summary>What the app posted to a channel, oldest first.</summary>
    public IReadOnlyList<JsonObject> Posted(string channel) =>
        [
            .. Server
                .State.Messages(channel)
                .Where(message =>
                    (string?)message["bot_id"] == Server.BotId
                    && message["subtype"]?.ToString() is null or "bot_message"
                ),
        ];

    public string? State(StoryId story) =>
        Desk.Word(
            "SELECT state FROM post WHERE subject = @S AND operation = 'create'",
            new { S = $"story:{story.Value}" }
        );

    /// <summary>Why nothing is posted to a channel.</summary>
    public string? Parked(ChannelId channel) =>
        Desk.Word("SELECT parked_reason FROM channel WHERE id = @Id", new { Id = channel.Value });

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Server.DisposeAsync();
        await Desk.DisposeAsync();
    }
}
