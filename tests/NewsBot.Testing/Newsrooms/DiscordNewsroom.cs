using System.Globalization;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using NewsBot.Chat;
using NewsBot.Chat.Discord;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Core.Channels;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;
using NewsBot.Scheduling;
using NewsBot.Storage;
using NewsBot.Testing.Servers.FakeDiscord;

namespace NewsBot.Testing.Newsrooms;

/// <summary>The whole program connected to a fake Discord, both in this process and by one clock.</summary>
public sealed class DiscordNewsroom : IAsyncDisposable
{
    private readonly FakeDiscordOptions _options;
    private int _stories;

    private DiscordNewsroom(FakeDiscordOptions options, FakeDiscordServer discord, RunningNewsroom newsroom)
    {
        _options = options;
        Discord = discord;
        Newsroom = newsroom;
    }

    public FakeDiscordServer Discord { get; private set; }

    public RunningNewsroom Newsroom { get; }

    private Database Database => Newsroom.Services.GetRequiredService<Database>();

    /// <summary>Starts both and waits until the newsroom knows its guild.</summary>
    /// <param name="options">How the fake is started.</param>
    /// <param name="settings">More settings, as on the command line.</param>
    public static async Task<DiscordNewsroom> StartAsync(FakeDiscordOptions options, params string[] settings)
    {
        var discord = await FakeDiscordServer.StartAsync(options, CancellationToken.None);
        // A restarted emulator has to be found where the first one was.
        options.Port = discord.ApiBaseUrl.Port;
        var newsroom = await RunningNewsroom.StartAsync(
            options.Time,
            [
                $"--Chat:Discord:BotToken={discord.BotToken}",
                $"--Chat:Discord:ApiBaseUrl={discord.ApiBaseUrl}",
                "--Chat:Web:Enabled=false",
                "--Starter:Enabled=false",
                .. settings,
            ]
        );
        var both = new DiscordNewsroom(options, discord, newsroom);
        await both.ConnectedAsync();
        return both;
    }

    /// <summary>Waits until the newsroom has said hello to the guild.</summary>
    public Task ConnectedAsync() =>
        RunningNewsroom.UntilAsync(async () =>
            Newsroom.Services.GetRequiredService<DiscordState>().IsConnected
            && await Database.ReadAsync(
                connection => ChatPlaces.Discord.FindAsync(connection, new Snowflake(Discord.GuildId).ToString()),
                CancellationToken.None
            )
                is not null
                ? this
                : null
        );

    /// <summary>Ends the emulator and starts it again with what it had stored.</summary>
    public async Task RestartDiscordAsync()
    {
        await Discord.DisposeAsync();
        Discord = await FakeDiscordServer.StartAsync(_options, CancellationToken.None);
    }

    /// <summary>Makes a channel of the newsroom of one of Discord's.</summary>
    /// <param name="channel">Its id at Discord.</param>
    /// <param name="type">What it is.</param>
    /// <returns>Its id in the newsroom.</returns>
    public async Task<long> ChannelAsync(ulong channel, ChannelType type = ChannelType.Text)
    {
        var id = await Database.WriteAsync(
            async connection =>
            {
                var now = _options.Time.GetUtcNow();
                var workspace = await ChatPlaces.Discord.FindAsync(
                    connection,
                    new Snowflake(Discord.GuildId).ToString()
                );
                var kept = await DiscordPlaces.KeepChannelAsync(
                    connection,
                    workspace!,
                    new Channel(
                        new Snowflake(channel),
                        type,
                        Name: string.Create(CultureInfo.InvariantCulture, $"channel-{channel % 10_000}")
                    ),
                    now
                );
                await connection.ExecuteAsync(
                    """
                    UPDATE channel SET publication = 'public', max_per_hour = 500, max_per_day = 5000 WHERE id = @Id
                    """,
                    new { Id = kept.Value }
                );
                return kept.Value;
            },
            CancellationToken.None
        );
        await Newsroom.Services.GetRequiredService<DiscordTracking>().RefreshAsync(CancellationToken.None);
        return id;
    }

    /// <summary>Writes a story and posts its card to channels, through the outbox.</summary>
    /// <returns>The story's id.</returns>
    public async Task<long> StoryAsync(string headline, params IReadOnlyList<long> channels)
    {
        var place = Interlocked.Increment(ref _stories);
        var id = await Database.WriteAsync(
            async connection =>
            {
                var now = _options.Time.GetUtcNow();
                var story = await connection.ExecuteScalarAsync<long>(
                    """
                    INSERT INTO feed (id, url, interval_ms, next_poll_at) VALUES (1, 'https://daily.example/feed', 86400000, @Never)
                    ON CONFLICT (id) DO NOTHING;
                    INSERT INTO source (id, community_id, feed_id, name, created_at) VALUES (1, 1, 1, 'The Daily', @Now)
                    ON CONFLICT (id) DO NOTHING;
                    INSERT INTO entry (feed_id, url, url_key, title, title_key, content_hash, seen_at)
                    VALUES (1, @Url, @Url, @Headline, @Headline, @Url, @Now);
                    INSERT INTO story (community_id, headline, slug, url, lead_entry_id, summary_text, published_at, created_at, updated_at)
                    VALUES (1, @Headline, 'story', @Url, last_insert_rowid(), 'One sentence. And another.', @Now, @Now, @Now);
                    SELECT last_insert_rowid();
                    """,
                    new
                    {
                        Headline = headline,
                        Url = string.Create(CultureInfo.InvariantCulture, $"https://daily.example/{place}"),
                        Now = now.ToUnixTimeMilliseconds(),
                        Never = now.AddYears(1).ToUnixTimeMilliseconds(),
                    }
                );
                await connection.ExecuteAsync(
                    """
                    INSERT INTO story_entry (story_id, entry_id, community_id, source_id, joined_at)
                    SELECT id, lead_entry_id, 1, 1, @Now FROM story WHERE id = @Story
                    """,
                    new { Story = story, Now = now.ToUnixTimeMilliseconds() }
                );
                foreach (var channel in channels.Select(one => new ChannelId(one)))
                {
                    await connection.ExecuteAsync(
                        """
                        INSERT INTO channel_story (channel_id, story_id, state, at) VALUES (@Channel, @Story, 'carded', @Now)
                        """,
                        new
                        {
                            Channel = channel.Value,
                            Story = story,
                            Now = now.ToUnixTimeMilliseconds(),
                        }
                    );
                    await Outbox.CreateAsync(
                        connection,
                        new PostDraft(
                            channel,
                            PostSubject.Of(new StoryId(story)),
                            0,
                            await StoryCards.LoadAsync(connection, new StoryId(story), channel),
                            now
                        )
                    );
                }

                return story;
            },
            CancellationToken.None
        );
        Newsroom.Services.GetRequiredService<PostPump>().Wake();
        return id;
    }

    /// <summary>Whether a message is a comment, deleted or not.</summary>
    public Task<bool> KnowsAsync(ulong message) =>
        Database.ReadAsync(
            connection => DiscordReplyTarget.IsOursAsync(connection, [new Snowflake(message)]),
            CancellationToken.None
        );

    /// <summary>What the newsroom has written down of a channel, for the message of a failure.</summary>
    public async Task<string> DescribeAsync(long channel)
    {
        const string Lines = """
            SELECT 'channel parked=' || COALESCE(parked_reason, '') || ' seen=' || COALESCE(seen_message, '')
                || ' read before ' || COALESCE(@Now - caught_up_at, 'never') || ' ms'
            FROM channel WHERE id = @Channel
            UNION ALL
            SELECT 'post ' || subject || ' ' || operation || ' ' || state || ' attempts=' || attempts || ' message='
                || COALESCE(message_id, '') || ' due in ' || (not_before - @Now) || ' ms ' || COALESCE(error, '')
            FROM post WHERE channel_id = @Channel
            UNION ALL
            SELECT 'thread ' || external_id || ' ' || state || ' read before ' || COALESCE(@Now - caught_up_at, 'never') || ' ms'
            FROM thread WHERE channel_id = @Channel
            UNION ALL
            SELECT 'comment ' || message_id || ' story=' || story_id || ' ' || state FROM comment WHERE channel_id = @Channel
            """;
        var lines = await Database.ReadAsync(
            connection =>
                connection.QueryAsync<string>(
                    Lines,
                    new { Channel = channel, Now = _options.Time.GetUtcNow().ToUnixTimeMilliseconds() }
                ),
            CancellationToken.None
        );
        var state = Newsroom.Services.GetRequiredService<DiscordState>();
        return string.Join("\n  ", lines.Prepend($"{state.Conditions()} last event {state.LastEventAt:O}"));
    }

    public async ValueTask DisposeAsync()
    {
        await Newsroom.DisposeAsync();
        await Discord.DisposeAsync();
    }

    /// <summary>The cards of a story that Discord has, wherever they stand.</summary>
    public IReadOnlyList<FakeCard> FindCards(long story)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"discuss:{story}:");
        lock (Discord.State.Sync)
        {
            return
            [
                .. Discord
                    .State.World.Messages.SelectMany(channel =>
                        channel.Value.Values.Select(message => (Channel: channel.Key, Message: message))
                    )
                    .Where(one =>
                        one.Message.AuthorId == Discord.BotUserId
                        && one.Message.Components.ToJsonString().Contains(key, StringComparison.Ordinal)
                    )
                    .Select(one => new FakeCard(one.Channel, one.Message.Id)),
            ];
        }
    }

    /// <summary>Waits until a story stands in so many channels.</summary>
    public Task<IReadOnlyList<FakeCard>> CardsAsync(long story, int count = 1) =>
        RunningNewsroom.UntilAsync(() =>
        {
            var cards = FindCards(story);
            return Task.FromResult(cards.Count >= count ? cards : null);
        });
}

/// <summary>A card as it stands in the fake Discord.</summary>
/// <param name="Channel">The channel, or the thread of a forum post.</param>
/// <param name="Message">The message.</param>
public sealed record FakeCard(ulong Channel, ulong Message);
