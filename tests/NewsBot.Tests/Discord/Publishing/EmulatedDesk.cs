using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using NewsBot.Chat.Discord;
using NewsBot.Clients.Discord.Rest;
using NewsBot.Core.Channels;
using NewsBot.Core.Flows;
using NewsBot.Core.Posts;
using NewsBot.Storage;
using NewsBot.Testing;
using NewsBot.Testing.Servers.FakeDiscord;
using NewsBot.Tests.Flows;
using NewsBot.Web;

namespace NewsBot.Tests.Discord.Publishing;

/// <summary>The outbox in front of an emulated Discord on loopback, which checks what it is sent as the real one does.</summary>
internal sealed class EmulatedDesk : IAsyncDisposable
{
    private readonly HttpClient _http = new(DiscordRest.CreateHandler());
    private readonly DiscordRest _rest;
    private readonly DiscordSelf _self;

    private EmulatedDesk(NewsDesk desk, FakeDiscordServer server)
    {
        Desk = desk;
        Server = server;
        _rest = new DiscordRest(
            new DiscordRestOptions(server.ApiBaseUrl, server.BotToken, "DiscordBot (https://x.example, 1)"),
            _http,
            TimeProvider.System
        );
        _self = new DiscordSelf(_rest);
        Desk.Run(
            "INSERT INTO workspace (id, community_id, platform, external_id, name) VALUES (50, 1, 'discord', @Guild, 'G')",
            new { Guild = Text(server.GuildId) }
        );
    }

    public NewsDesk Desk { get; }

    public FakeDiscordServer Server { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<EmulatedDesk> OpenAsync(FakeLimits? limits = null) =>
        new(
            await NewsDesk.OpenAsync(),
            await FakeDiscordServer.StartAsync(new FakeDiscordOptions { Limits = limits ?? new FakeLimits() }, Token)
        );

    /// <summary>A channel of ours for one of the server's.</summary>
    public ChannelId Add(ulong external, string kind) =>
        new(
            Desk.Number(
                """
                INSERT INTO channel (community_id, workspace_id, external_id, name, kind, publication, created_at)
                VALUES (1, 50, @External, @External, @Kind, 'public', 0) RETURNING id
                """,
                new { External = Text(external), Kind = kind }
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

    /// <summary>Renames the threads whose stories have another headline.</summary>
    public Task<int> RenameAsync() =>
        new DiscordThreadNames(
            _rest,
            new DiscordClosedThreads(_rest, NullLogger<DiscordClosedThreads>.Instance),
            Desk.Database,
            Desk.Time,
            NullLogger<DiscordThreadNames>.Instance
        ).RunAsync(Token);

    /// <summary>A channel or thread as Discord tells of it.</summary>
    public Task<Clients.Discord.Objects.Channel> ChannelAsync(string channel) =>
        _rest.GetChannelAsync(Clients.Discord.Snowflake.Parse(channel), Token);

    /// <summary>Sends what is due.</summary>
    public async Task<int> SendAsync()
    {
        var publisher = PublishingDesk.Publisher(_rest, _self, Desk.Database, new WebOptions(), TimeProvider.System);
        return await new SendPosts(
            Desk.Posts,
            [publisher],
            UnheardMeter.Flows,
            Desk.Time,
            NullLogger<SendPosts>.Instance
        ).RunAsync(Token);
    }

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

    /// <summary>All words of the messages of a channel or thread, oldest first.</summary>
    public async Task<IReadOnlyList<string>> WordsAsync(ulong channel)
    {
        List<string> words = [];
        Clients.Discord.Snowflake? before = null;
        while (true)
        {
            var page = await _rest.GetMessagesAsync(
                new Clients.Discord.Snowflake(channel),
                new HistoryRange(Before: before),
                100,
                Token
            );
            words.AddRange(page.Select(message => DiscordRenderer.Words(message.Components)));
            if (page.Count < 100)
            {
                words.Reverse();
                return words;
            }

            before = page.Min(message => message.Id);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _self.Dispose();
        _rest.Dispose();
        _http.Dispose();
        await Server.DisposeAsync();
        await Desk.DisposeAsync();
    }

    private static string Text(ulong id) => id.ToString(CultureInfo.InvariantCulture);
}
