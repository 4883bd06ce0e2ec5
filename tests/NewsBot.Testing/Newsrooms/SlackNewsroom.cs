using System.Globalization;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using NewsBot.Chat;
using NewsBot.Chat.Slack;
using NewsBot.Storage;
using NewsBot.Testing.Servers.FakeSlack;

namespace NewsBot.Testing.Newsrooms;

/// <summary>The whole program connected to a fake Slack, both in this process and by one clock.</summary>
public sealed class SlackNewsroom : IAsyncDisposable
{
    private readonly FakeSlackOptions _options;
    private int _stories;

    internal SlackNewsroom(FakeSlackOptions options, FakeSlackServer slack, RunningNewsroom newsroom)
    {
        _options = options;
        Slack = slack;
        Newsroom = newsroom;
    }

    public FakeSlackServer Slack { get; private set; }

    public RunningNewsroom Newsroom { get; }

    private Database Database => Newsroom.Database;

    /// <summary>Starts both, joined by sockets, and waits until the newsroom knows its workspace.</summary>
    /// <param name="options">How the fake is started; null for one without limits.</param>
    /// <param name="settings">More settings, as on the command line; they win.</param>
    public static async Task<SlackNewsroom> StartAsync(FakeSlackOptions? options = null, params string[] settings)
    {
        options ??= new FakeSlackOptions { Limits = FakeLimits.Unlimited() };
        var slack = await FakeSlackServer.StartAsync(options, CancellationToken.None);
        // A restarted emulator has to be found where the first one was.
        options.Port = slack.ApiBaseUrl.Port;
        string[] usual = [.. Settings(slack), "--Chat:Web:Enabled=false", "--Starter:Enabled=false"];
        var keys = settings.Select(Key).ToHashSet(StringComparer.Ordinal);
        // A setting without a value takes the usual one away.
        var newsroom = await RunningNewsroom.StartAsync(
            options.Time,
            [
                .. usual.Where(setting => !keys.Contains(Key(setting))),
                .. settings.Where(setting => !setting.EndsWith('=')),
            ]
        );
        var both = new SlackNewsroom(options, slack, newsroom);
        await both.ConnectedAsync();
        return both;
    }

    /// <summary>How a newsroom is told of a fake Slack.</summary>
    internal static string[] Settings(FakeSlackServer slack) =>
        [
            $"--Chat:Slack:BotToken={slack.BotToken}",
            $"--Chat:Slack:AppToken={slack.AppToken}",
            $"--Chat:Slack:ApiBaseUrl={slack.ApiBaseUrl}",
        ];

    /// <summary>Waits until the newsroom listens and knows the workspace, where it has a token for one.</summary>
    public Task ConnectedAsync() =>
        RunningNewsroom.UntilAsync(async () =>
            Newsroom.Services.GetRequiredService<SlackState>().IsConnected
            && (
                Newsroom.Services.GetRequiredService<SlackInstalls>().Count == 0
                || await Database.ReadAsync(
                    connection => ChatPlaces.Slack.FindAsync(connection, Slack.TeamId),
                    CancellationToken.None
                )
                    is not null
            )
                ? this
                : null
        );

    /// <summary>Ends the emulator and starts it again with what it had stored.</summary>
    public async Task RestartSlackAsync()
    {
        await Slack.DisposeAsync();
        Slack = await FakeSlackServer.StartAsync(_options, CancellationToken.None);
    }

    /// <summary>Makes a channel of the newsroom of one of Slack's, which the bot is in.</summary>
    /// <param name="channel">Its id at Slack.</param>
    /// <param name="team">Its workspace; null for that of the stock.</param>
    /// <returns>Its id in the newsroom.</returns>
    public async Task<long> ChannelAsync(string channel, string? team = null)
    {
        // Without sockets the newsroom listens before it has asked Slack for its workspace.
        var workspace = await RunningNewsroom.UntilAsync(() =>
            Database.ReadAsync(
                connection => ChatPlaces.Slack.FindAsync(connection, team ?? Slack.TeamId),
                CancellationToken.None
            )
        );
        var id = await Database.WriteAsync(
            async connection =>
            {
                var kept = await ChatPlaces.KeepChannelAsync(
                    connection,
                    workspace,
                    channel,
                    $"channel-{channel[^4..].ToLowerInvariant()}",
                    "text",
                    _options.Time.GetUtcNow()
                );
                await connection.ExecuteAsync(
                    """
                    UPDATE channel
                    SET publication = 'public', max_per_hour = 500, max_per_day = 5000, caught_up_at = @Now WHERE id = @Id
                    """,
                    new { Id = kept.Value, Now = _options.Time.GetUtcNow().ToUnixTimeMilliseconds() }
                );
                return kept.Value;
            },
            CancellationToken.None
        );
        await Newsroom.Services.GetRequiredService<SlackTracking>().RefreshAsync(CancellationToken.None);
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

    /// <summary>Writes a story into one of Slack's channels and waits until its card stands there.</summary>
    /// <param name="channel">Its id at Slack.</param>
    /// <param name="headline">Its headline.</param>
    public async Task<(long Story, string Card)> CardAsync(string channel, string headline = "Harbour bridge opens")
    {
        var story = await StoryAsync(headline, await ChannelAsync(channel));
        return (story, (await CardsAsync(story))[0].Ts);
    }

    /// <summary>The cards of a story that Slack has, wherever they stand.</summary>
    public IReadOnlyList<FakeSlackCard> FindCards(long story)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"discuss:{story}:");
        lock (Slack.State.Sync)
        {
            return
            [
                .. Slack
                    .State.World.Messages.SelectMany(channel => channel.Value.Values)
                    .Where(message =>
                        message.ByBot
                        && !message.Tombstone
                        && !message.IsReply
                        && message.Blocks?.ToJsonString().Contains(key, StringComparison.Ordinal) == true
                    )
                    .Select(message => new FakeSlackCard(message.ChannelId, message.Ts)),
            ];
        }
    }

    /// <summary>Waits until a story stands in so many channels, and the newsroom knows it does.</summary>
    public Task<IReadOnlyList<FakeSlackCard>> CardsAsync(long story, int count = 1) =>
        RunningNewsroom.UntilAsync(() =>
        {
            var cards = FindCards(story);
            return Task.FromResult(cards.Count >= count ? cards : null);
        });

    /// <summary>What the newsroom has written down of a channel, for the message of a failure.</summary>
    public async Task<string> DescribeAsync(long channel)
    {
        var state = Newsroom.Services.GetRequiredService<SlackState>();
        var waiting = await Newsroom.NumberAsync("SELECT COUNT(*) FROM slack_event WHERE body IS NOT NULL");
        return $"{state.Conditions()} last event {state.LastEventAt:O}, {waiting} waiting\n  {await Newsroom.DescribeAsync(channel, _options.Time.GetUtcNow())}";
    }

    public async ValueTask DisposeAsync()
    {
        await Newsroom.DisposeAsync();
        await Slack.DisposeAsync();
    }

    private static string Key(string setting) => setting.Split('=')[0];
}

/// <summary>A card as it stands in the fake Slack.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Ts">The message.</param>
public sealed record FakeSlackCard(string Channel, string Ts);
