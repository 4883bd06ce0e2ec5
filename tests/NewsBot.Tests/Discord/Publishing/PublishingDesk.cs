using System.Globalization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NewsBot.Chat;
using NewsBot.Chat.Discord;
using NewsBot.Clients.Discord.Rest;
using NewsBot.Core.Channels;
using NewsBot.Core.Flows;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;
using NewsBot.Storage;
using NewsBot.Testing;
using NewsBot.Tests.Flows;
using NewsBot.Web;

namespace NewsBot.Tests.Discord.Publishing;

/// <summary>The outbox in front of a pretended Discord.</summary>
internal sealed class PublishingDesk : IAsyncDisposable
{
    // Kept as long as the tests run, as the key ring of a newsroom is kept in its database.
    private static readonly EphemeralDataProtectionProvider Keys = new();

    public const ulong Text = 1_001;
    public const ulong Forum = 1_015;

    private readonly DiscordRest _rest;
    private readonly HttpClient _http;
    private readonly DiscordSelf _self;
    private readonly WebOptions _web = new();

    private PublishingDesk(NewsDesk desk)
    {
        Desk = desk;
        Discord = new PretendDiscord(desk.Time);
        Discord.AddChannel(Text, 0);
        Discord.AddChannel(Forum, 15, "stories");
        _http = new HttpClient(Discord);
        _rest = new DiscordRest(
            new DiscordRestOptions(
                new Uri("https://discord.example/api/v10"),
                "token",
                "DiscordBot (https://x.example, 1)"
            ),
            _http,
            desk.Time
        );
        _self = new DiscordSelf(_rest);
        Desk.Run(
            """
            INSERT INTO workspace (id, community_id, platform, external_id, name) VALUES (50, 1, 'discord', '500', 'Guild')
            """
        );
        Channel = Add(Text, "news", "text");
        ForumChannel = Add(Forum, "stories", "forum");
    }

    public NewsDesk Desk { get; }

    public PretendDiscord Discord { get; }

    public ChannelId Channel { get; }

    public ChannelId ForumChannel { get; }

    public DiscordThreads Threads => new(_rest, Desk.Database, Desk.Time, NullLogger<DiscordThreads>.Instance);

    public DiscordThreadLocks Locks => new(_rest, Desk.Database, Desk.Time, NullLogger<DiscordThreadLocks>.Instance);

    public DiscordCrossposts Crossposts => new(_rest, Desk.Database, Desk.Time, NullLogger<DiscordCrossposts>.Instance);

    public static async Task<PublishingDesk> OpenAsync() => new(await NewsDesk.OpenAsync());

    public static DiscordPublisher Publisher(
        DiscordRest rest,
        DiscordSelf self,
        Database database,
        WebOptions web,
        TimeProvider time
    )
    {
        var posts = new ChatPosts(database, Options.Create(web), time);
        var lookBack = new DiscordLookBack(rest, self, posts);
        var closed = new DiscordClosedThreads(rest, NullLogger<DiscordClosedThreads>.Instance);
        var webhooks = new DiscordWebhooks(
            rest,
            self,
            new DiscordWebhookStore(database, Keys),
            new Troubles(database, time),
            time,
            NullLogger<DiscordWebhooks>.Instance
        );
        return new DiscordPublisher(
            rest,
            posts,
            lookBack,
            new DiscordForum(rest),
            closed,
            new DiscordThreads(rest, database, time, NullLogger<DiscordThreads>.Instance),
            new DiscordCopies(
                rest,
                webhooks,
                new DiscordCopyChanges(rest, webhooks, closed, NullLogger<DiscordCopyChanges>.Instance),
                lookBack,
                closed,
                database,
                time,
                NullLogger<DiscordCopies>.Instance
            ),
            time,
            NullLogger<DiscordPublisher>.Instance
        );
    }

    public ChannelId Add(ulong external, string name, string kind)
    {
        var id = Desk.Number(
            """
            INSERT INTO channel (community_id, workspace_id, external_id, name, kind, publication, created_at)
            VALUES (1, 50, @External, @Name, @Kind, 'public', 0) RETURNING id
            """,
            new
            {
                External = external.ToString(CultureInfo.InvariantCulture),
                Name = name,
                Kind = kind,
            }
        );
        return new ChannelId(id);
    }

    /// <summary>Sends what is due. The clock goes on by itself while something waits for it.</summary>
    public async Task<int> SendAsync()
    {
        var publisher = Publisher(_rest, _self, Desk.Database, _web, Desk.Time);
        var run = new SendPosts(
            Desk.Posts,
            [publisher],
            UnheardMeter.Flows,
            Desk.Time,
            NullLogger<SendPosts>.Instance
        ).RunAsync(TestContext.Current.CancellationToken);
        while (!run.IsCompleted)
        {
            await Task.WhenAny(
                run,
                Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, TestContext.Current.CancellationToken)
            );
            if (!run.IsCompleted)
            {
                Desk.Time.Advance(TimeSpan.FromMilliseconds(100));
            }
        }

        return await run;
    }

    /// <summary>A later try: what was put off is due again.</summary>
    public Task<int> SendLaterAsync(TimeSpan? after = null)
    {
        Desk.Time.Advance(after ?? TimeSpan.FromMinutes(10));
        return SendAsync();
    }

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

    public Task NoticeAsync(ChannelId channel, string text, string? cause = null) =>
        Desk.OutboxAsync(connection =>
            Outbox.CreateAsync(
                connection,
                new PostDraft(channel, PostSubject.Notice(cause ?? text), 0, new PostBody.Notice(text), Desk.Now)
            )
        );

    public string? State(StoryId story) =>
        Desk.Word(
            "SELECT state FROM post WHERE subject = @S AND operation = 'create'",
            new { S = $"story:{story.Value}" }
        );

    public async ValueTask DisposeAsync()
    {
        _self.Dispose();
        _rest.Dispose();
        _http.Dispose();
        Discord.Dispose();
        await Desk.DisposeAsync();
    }
}
