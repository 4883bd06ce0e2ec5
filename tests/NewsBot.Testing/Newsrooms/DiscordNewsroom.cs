using System.Globalization;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using NewsBot.Chat;
using NewsBot.Chat.Discord;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Storage;
using NewsBot.Testing.Servers.FakeDiscord;

namespace NewsBot.Testing.Newsrooms;

/// <summary>The whole program connected to a fake Discord, both in this process and by one clock.</summary>
public sealed class DiscordNewsroom : IAsyncDisposable
{
    private readonly FakeDiscordOptions _options;
    private int _stories;

    internal DiscordNewsroom(FakeDiscordOptions options, FakeDiscordServer discord, RunningNewsroom newsroom)
    {
        _options = options;
        Discord = discord;
        Newsroom = newsroom;
    }

    public FakeDiscordServer Discord { get; private set; }

    public RunningNewsroom Newsroom { get; }

    private Database Database => Newsroom.Database;

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
            [.. Settings(discord), "--Chat:Web:Enabled=false", "--Starter:Enabled=false", .. settings]
        );
        var both = new DiscordNewsroom(options, discord, newsroom);
        await both.ConnectedAsync();
        return both;
    }

    /// <summary>How a newsroom is told of a fake Discord.</summary>
    internal static string[] Settings(FakeDiscordServer discord) =>
        [$"--Chat:Discord:BotToken={discord.BotToken}", $"--Chat:Discord:ApiBaseUrl={discord.ApiBaseUrl}"];

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
            connection => WrittenStory.WriteAsync(connection, headline, place, channels, _options.Time.GetUtcNow()),
            CancellationToken.None
        );
        Newsroom.WakePosts();
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
        var state = Newsroom.Services.GetRequiredService<DiscordState>();
        return $"{state.Conditions()} last event {state.LastEventAt:O}\n  {await Newsroom.DescribeAsync(channel, _options.Time.GetUtcNow())}";
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
