using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NewsBot.Commands;
using NewsBot.Core.Communities;
using NewsBot.Core.Flows;
using NewsBot.Testing.Newsrooms;
using NewsBot.Testing.Servers;
using NewsBot.Tests.Flows;
using NewsBot.WebSub;
using Quartz;

namespace NewsBot.Tests.WebSub;

/// <summary>The whole program beside a site with a feed and its hub, with the hands of the clock in the test's hand.</summary>
internal sealed class WebSubRig : IAsyncDisposable
{
    public const string Feed = "/harbour.rss";

    private WebSubRig(FakeTimeProvider time, FakeFeedSite site, FakeHub hub, RunningNewsroom newsroom) =>
        (Time, Site, Hub, Newsroom) = (time, site, hub, newsroom);

    /// <summary>Stands at a Monday morning.</summary>
    public FakeTimeProvider Time { get; }

    public FakeFeedSite Site { get; }

    public FakeHub Hub { get; }

    public RunningNewsroom Newsroom { get; }

    public FeedItem Old => new("Saltmarsh wardens count seals again", Time.GetUtcNow().AddDays(-1));

    public FeedItem Bridge => new("Harbour bridge opens to cyclists after three years of work", Time.GetUtcNow());

    /// <summary>What the hub was asked last.</summary>
    public HubSubscription Asked => Hub.Requests[^1];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Starts all of it; the feed is there and was not polled yet.</summary>
    /// <param name="settings">Settings after the usual ones, which they replace.</param>
    public static async Task<WebSubRig> StartAsync(params string[] settings)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        var site = await FakeFeedSite.StartAsync(0, time, Stop);
        var hub = await FakeHub.StartAsync(Stop);
        var newsroom = await RunningNewsroom.StartAsync(
            time,
            [
                "--Starter:Enabled=false",
                "--Web:PublicUrl=https://news.example",
                "--Chat:Web:JoinSecret=a quiet word",
                "--Fetching:AllowedPrivateNetworks:0=127.0.0.0/8",
                "--Fetching:AllowedPrivateHubs:0=127.0.0.0/8",
                "--Fetching:HostSpacing=00:00:00",
                .. settings,
            ]
        );
        var rig = new WebSubRig(time, site, hub, newsroom);
        await rig.StopClockworkAsync();
        hub.Reach = callback => new Uri(newsroom.Http.BaseAddress!, callback.PathAndQuery);
        await newsroom.RunAsync(
            """
            INSERT INTO channel (community_id, workspace_id, external_id, name, mode, publication, created_at)
            SELECT 1, id, 'news', 'news', 'instant', 'public', 0 FROM workspace WHERE platform = 'web'
            """
        );
        await rig.AddAsync(Feed, "Harbour Post");
        site.Set(Feed, FeedItem.Rss("Harbour Post", [rig.Old]));
        site.Announce(Feed, hub);
        return rig;
    }

    /// <summary>Starts all of it, and has the hub push.</summary>
    public static async Task<WebSubRig> StartLiveAsync(params string[] settings)
    {
        var rig = await StartAsync(settings);
        await rig.PollAsync();
        await rig.AskAsync();
        Assert.Equal("live", await rig.StateAsync());
        return rig;
    }

    /// <summary>Starts the program again on the same data.</summary>
    public async Task RestartAsync()
    {
        await Newsroom.RestartAsync();
        await StopClockworkAsync();
    }

    /// <summary>Adds a source that goes to the channel.</summary>
    public Task AddAsync(string path, string name) =>
        Newsroom.RunAsync(
            """
            INSERT INTO feed (url, interval_ms, next_poll_at) VALUES (@Url, 900000, 9000000000000);
            INSERT INTO source (community_id, feed_id, name, created_at) SELECT 1, MAX(id), @Name, 0 FROM feed;
            INSERT INTO subscription (source_id, channel_id, created_at)
            SELECT MAX(s.id), (SELECT MAX(id) FROM channel), 0 FROM source s;
            """,
            new { Url = Site.Url(path).AbsoluteUri, Name = name }
        );

    /// <summary>Polls every feed now, due or not.</summary>
    public async Task PollAsync()
    {
        await Newsroom.RunAsync("UPDATE feed SET next_poll_at = @Now", new { Now = Now() });
        await PollDueAsync();
    }

    /// <summary>Polls what is due.</summary>
    public Task PollDueAsync() => Newsroom.Services.GetRequiredService<PollFeeds>().RunAsync(Stop);

    /// <summary>Asks hubs what is due, and waits for what they verify.</summary>
    public async Task AskAsync()
    {
        await Newsroom.Services.GetRequiredService<AskHubs>().RunAsync(Stop);
        await Hub.SettledAsync();
    }

    /// <summary>Lets time pass, then asks hubs.</summary>
    public Task AskAfterAsync(TimeSpan time)
    {
        Time.Advance(time);
        return AskAsync();
    }

    /// <summary>Publishes items, the newest first.</summary>
    public Task<IReadOnlyList<HttpStatusCode>> PublishAsync(params FeedItem[] items) =>
        Site.PublishAsync(Feed, FeedItem.Rss("Harbour Post", items), Stop);

    /// <summary>Pushes items to whoever was asked last.</summary>
    public Task<HttpStatusCode> PushAsync(params FeedItem[] items) => Hub.PushAsync(Asked, Bytes(items), Stop);

    public static byte[] Bytes(params FeedItem[] items) => Encoding.UTF8.GetBytes(FeedItem.Rss("Harbour Post", items));

    /// <summary>Runs a line as whoever sits at the machine, confirmed.</summary>
    public async Task CommandAsync(string line)
    {
        var reply = await Newsroom
            .Services.GetRequiredService<RunCommand>()
            .RunAsync(
                new CommandRequest(CommandRequest.Operator(new CommunityId(1)), null, line, Confirmed: true),
                Stop
            );
        Assert.True(reply.Ending == Core.Commands.CommandEnding.Done, reply.Markdown);
    }

    /// <summary>How it stands with the hub of the first feed; null where nothing is agreed.</summary>
    public Task<string?> StateAsync() => Newsroom.WordAsync("SELECT state FROM websub WHERE feed_id = 1");

    /// <summary>Time until the first feed is polled.</summary>
    public async Task<TimeSpan> UntilPollAsync() =>
        TimeSpan.FromMilliseconds(await Newsroom.NumberAsync("SELECT next_poll_at FROM feed WHERE id = 1") - Now());

    /// <summary>Titles of what was taken in, by age.</summary>
    public Task<IReadOnlyList<string>> EntriesAsync() => Newsroom.WordsAsync("SELECT title FROM entry ORDER BY id");

    public async ValueTask DisposeAsync()
    {
        await Hub.DisposeAsync();
        await Newsroom.DisposeAsync();
        await Site.DisposeAsync();
    }

    // What happens when is the test's to say.
    private async Task StopClockworkAsync()
    {
        var scheduler = await Newsroom.Services.GetRequiredService<ISchedulerFactory>().GetScheduler(Stop);
        await RunningNewsroom.UntilAsync(() =>
            Task.FromResult(scheduler.Status is SchedulerStatus.Running ? "yes" : null)
        );
        await scheduler.Standby(Stop);
    }

    private long Now() => Time.GetUtcNow().ToUnixTimeMilliseconds();
}
