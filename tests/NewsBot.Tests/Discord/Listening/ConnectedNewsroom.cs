using System.Globalization;
using System.Text.Json;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using NewsBot.Chat;
using NewsBot.Chat.Discord;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Core.Channels;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;
using NewsBot.Storage;
using NewsBot.Testing.Newsrooms;
using NewsBot.Testing.Servers.FakeDiscord;

namespace NewsBot.Tests.Discord.Listening;

/// <summary>The whole program beside a Discord on loopback.</summary>
internal sealed class ConnectedNewsroom : IAsyncDisposable
{
    private const string AddStory = """
        INSERT INTO feed (url, interval_ms, next_poll_at) VALUES ('https://outlet.example/' || @Headline, 900000, 9000000000000);
        INSERT INTO source (community_id, feed_id, name, created_at) VALUES (1, last_insert_rowid(), 'Outlet', @Now);
        INSERT INTO entry (feed_id, guid, url, url_key, title, title_key, content_hash, published_at, seen_at)
        SELECT MAX(id), @Headline, 'https://outlet.example/a', @Headline, @Headline, @Headline, 'h', @Now, @Now FROM feed;
        INSERT INTO story (community_id, headline, slug, url, lead_entry_id, published_at, created_at, updated_at)
        VALUES (1, @Headline, 'a', 'https://outlet.example/a', last_insert_rowid(), @Now, @Now, @Now);
        INSERT INTO story_entry (story_id, entry_id, community_id, source_id, joined_at)
        SELECT MAX(s.id), (SELECT MAX(id) FROM entry), 1, (SELECT MAX(id) FROM source), @Now FROM story s;
        SELECT MAX(id) FROM story;
        """;

    private ConnectedNewsroom(FakeDiscordServer server, RunningNewsroom newsroom)
    {
        Server = server;
        Newsroom = newsroom;
    }

    public FakeDiscordServer Server { get; }

    public RunningNewsroom Newsroom { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Database Database => Newsroom.Services.GetRequiredService<Database>();

    /// <param name="settings">Further ones.</param>
    public static async Task<ConnectedNewsroom> StartAsync(params string[] settings)
    {
        var server = await FakeDiscordServer.StartAsync(
            new FakeDiscordOptions { Limits = FakeLimits.Unlimited() },
            Token
        );
        var newsroom = await RunningNewsroom.StartAsync([
            $"--Chat:Discord:BotToken={server.BotToken}",
            $"--Chat:Discord:ApiBaseUrl={server.ApiBaseUrl}",
            "--Chat:Web:Enabled=false",
            "--Starter:Enabled=false",
            .. settings,
        ]);
        var running = new ConnectedNewsroom(server, newsroom);
        await running.UntilAsync("SELECT COUNT(*) FROM workspace WHERE platform = 'discord'", 1);
        return running;
    }

    public async ValueTask DisposeAsync()
    {
        await Newsroom.DisposeAsync();
        await Server.DisposeAsync();
    }

    /// <summary>Posts the card of a new story and waits until it stands in the channel.</summary>
    public async Task<(StoryId Story, ulong Card)> CardAsync(
        ulong channel,
        ChannelType type = ChannelType.Text,
        string headline = "Harbour bridge opens"
    )
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds((long)(Server.State.NextId() >> 22) + 1_420_070_400_000);
        var (place, story) = await Database.WriteAsync(
            async connection =>
            {
                var guild = await ChatPlaces.Discord.FindAsync(connection, new Snowflake(Server.GuildId).ToString());
                var kept = await DiscordPlaces.KeepChannelAsync(
                    connection,
                    guild!,
                    new Channel(new Snowflake(channel), type, Name: "news"),
                    now
                );
                var id = new StoryId(
                    await connection.ExecuteScalarAsync<long>(AddStory, new { Headline = headline, Now = now.Ms() })
                );
                await connection.ExecuteAsync(
                    "INSERT INTO channel_story (channel_id, story_id, state, at) VALUES (@Channel, @Story, 'carded', @Now)",
                    new
                    {
                        Channel = kept.Value,
                        Story = id.Value,
                        Now = now.Ms(),
                    }
                );
                await Outbox.CreateAsync(
                    connection,
                    new PostDraft(kept, PostSubject.Of(id), 0, await StoryCards.LoadAsync(connection, id, kept), now)
                );
                return (kept, id);
            },
            Token
        );
        var message = await RunningNewsroom.UntilAsync(() => CardOfAsync(place, story));
        return (story, ulong.Parse(message, CultureInfo.InvariantCulture));
    }

    public Task<long> NumberAsync(string sql, object? parameters = null) => Newsroom.NumberAsync(sql, parameters);

    public Task<string?> WordAsync(string sql, object? parameters = null) => Newsroom.WordAsync(sql, parameters);

    public Task<IReadOnlyList<string>> WordsAsync(string sql, object? parameters = null) =>
        Newsroom.WordsAsync(sql, parameters);

    public Task RunAsync(string sql, object? parameters = null) => Newsroom.RunAsync(sql, parameters);

    /// <summary>Waits until a question has an answer.</summary>
    public Task UntilAsync(string sql, long expected) => Newsroom.UntilAsync(sql, expected);

    /// <summary>Waits until so many comments were taken.</summary>
    public Task UntilCommentsAsync(long count) => UntilAsync("SELECT COUNT(*) FROM comment", count);

    /// <summary>What the API says of a story's comments, in thread order.</summary>
    public Task<IReadOnlyList<JsonElement>> CommentsAsync(StoryId story) => Newsroom.CommentsAsync(story.Value);

    private Task<string?> CardOfAsync(ChannelId channel, StoryId story) =>
        WordAsync(
            "SELECT message_id FROM post WHERE channel_id = @Channel AND subject = @Subject AND operation = 'create'",
            new { Channel = channel.Value, Subject = PostSubject.Of(story).Value }
        );
}
