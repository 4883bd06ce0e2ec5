using System.Globalization;
using System.Net;
using System.Net.Sockets;
using NewsBot.Testing.Newsrooms;
using NewsBot.Testing.Servers;
using NewsBot.Testing.Servers.FakeDiscord;
using NewsBot.Testing.Servers.FakeSlack;
using NewsBot.Testing.Time;

namespace NewsBot.Tests.Watching;

/// <summary>The whole program with a source, Discord, Slack and the built-in chat, in which each word can be told apart.</summary>
internal sealed class WatchedNewsroom : IAsyncDisposable
{
    private const string Headline = "Canary heron lands on the harbour crane";
    private const string Body = "The canary heron was seen by Wilhelmina Canarysson at the northern quay.";
    private const string Reply = "canary reply about the heron";

    private const string AddSource = """
        INSERT INTO feed (url, interval_ms, next_poll_at) VALUES (@Url, 900000, 0);
        INSERT INTO source (community_id, feed_id, name, created_at) VALUES (1, last_insert_rowid(), 'Canary Courier', @Now);
        INSERT INTO subscription (source_id, channel_id, offer, created_at)
        SELECT (SELECT MAX(id) FROM source), id, 1, @Now FROM channel WHERE id IN @Channels;
        """;

    private readonly FakeFeedSite _site;
    private readonly HurriedTime _time;
    private long[] _channels = [];
    private ulong _discordChannel;

    private WatchedNewsroom(FakeFeedSite site, HurriedTime time, JoinedNewsroom room)
    {
        _site = site;
        _time = time;
        Room = room;
    }

    public JoinedNewsroom Room { get; }

    public RunningNewsroom Newsroom => Room.Newsroom;

    /// <summary>The story that the source told.</summary>
    public long Story { get; private set; }

    /// <summary>The newsroom's number of the channel in Discord.</summary>
    public long DiscordChannel => _channels[0];

    /// <summary>What nobody who watches may read: secrets, names, words of people and of articles, and addresses.</summary>
    public IReadOnlyList<string> Canaries =>
        [Room.Discord.Discord.BotToken, "anary", "Inês", _site.Root.Authority, "wire-of-the-quay"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <param name="settings">Further ones.</param>
    public static async Task<WatchedNewsroom> StartAsync(params string[] settings)
    {
        var time = new HurriedTime(10);
        var site = await FakeFeedSite.StartAsync(0, time, Token);
        var room = await JoinedNewsroom.StartAsync(
            new FakeDiscordOptions { Time = time },
            new FakeSlackOptions { Time = time },
            [Inv($"--Fetching:AllowedPrivateNetworks:0=127.0.0.0/8:{site.Root.Port}"), .. settings]
        );
        var watched = new WatchedNewsroom(site, time, room);
        watched._discordChannel = room.Discord.Discord.Driver.AddChannel(0, "harbour");
        watched._channels =
        [
            await room.Discord.ChannelAsync(watched._discordChannel),
            await room.WebChannelAsync("harbour"),
        ];
        await room.MirrorAsync(watched._channels);
        return watched;
    }

    /// <summary>A port that nobody listens at now.</summary>
    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>Lets the source tell a story and waits until its cards stand in all chats.</summary>
    public async Task PublishAsync()
    {
        const string Path = "/wire-of-the-quay.xml";
        _site.Set(
            Path,
            $"""
            <rss version="2.0"><channel><title>Canary Courier</title><link>{_site.Root}</link>
            <item><title>{Headline}</title><link>{_site.Url(
                "/wire-of-the-quay/1"
            )}</link><description>{Body}</description></item>
            </channel></rss>
            """
        );
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        await Newsroom.RunAsync(
            AddSource,
            new
            {
                Url = _site.Url(Path).AbsoluteUri,
                Now = now,
                Channels = _channels,
            }
        );
        await Newsroom.UntilAsync(
            "SELECT COUNT(*) FROM post WHERE subject LIKE 'story:%' AND operation = 'create' AND state = 'sent'",
            _channels.Length
        );
        Story = await Newsroom.NumberAsync("SELECT MAX(id) FROM story");
    }

    /// <summary>Answers the card in Discord and waits until the answer is a comment and its copy stands in the built-in chat.</summary>
    public async Task ReplyAsync()
    {
        var card = (await Room.Discord.CardsAsync(Story))[0];
        await Room.Discord.Discord.Human("Inês").SayAsync(_discordChannel, Reply, card.Message, Token);
        await Newsroom.UntilCommentsAsync(1);
        await Newsroom.UntilAsync("SELECT COUNT(*) FROM post WHERE subject LIKE 'comment:%' AND state = 'sent'", 1);
    }

    public async ValueTask DisposeAsync()
    {
        await Room.DisposeAsync();
        await _site.DisposeAsync();
    }

    private static string Inv(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
