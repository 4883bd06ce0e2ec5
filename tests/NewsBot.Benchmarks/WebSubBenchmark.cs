using System.Globalization;
using NewsBot.Testing.Newsrooms;
using NewsBot.Testing.Servers;
using NewsBot.Testing.Servers.FakeDiscord;

namespace NewsBot.Benchmarks;

/// <summary>
/// From publication to the post in a fake Discord. Each publication is made twice at one moment: in a feed whose hub sends it,
/// and in one that is polled.
/// </summary>
/// <param name="publications">How many, at moments of their own.</param>
internal sealed class WebSubBenchmark(int publications)
{
    // The shortest interval that may be set, so that polling shows its best.
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    // Longer than an interval with all that is added to it.
    private static readonly TimeSpan Window = Interval * 1.5;

    private readonly SyntheticNews _news = new(1);

    public async Task RunAsync()
    {
        var options = new FakeDiscordOptions();
        await using var site = await FakeFeedSite.StartAsync(0, TimeProvider.System, CancellationToken.None);
        await using var hub = await FakeHub.StartAsync(CancellationToken.None);
        await using var room = await DiscordNewsroom.StartAsync(
            options,
            "--Web:PublicUrl=https://news.example",
            "--Fetching:AllowedPrivateNetworks:0=127.0.0.0/8",
            "--Fetching:AllowedPrivateHubs:0=127.0.0.0/8",
            "--Fetching:HostSpacing=00:00:00",
            $"--Polling:MinInterval={Interval}",
            $"--Polling:StartInterval={Interval}"
        );
        hub.Reach = callback => new Uri(room.Newsroom.Http.BaseAddress!, callback.PathAndQuery);
        await AddFeedsAsync(room, site, hub);

        var races = new List<Race>();
        var random = new Random(1);
        var moments = Enumerable.Range(0, publications).Select(_ => Window * random.NextDouble()).Order().ToList();
        var began = TimeProvider.System.GetTimestamp();
        for (var number = 0; number < publications; number++)
        {
            var wait = moments[number] - TimeProvider.System.GetElapsedTime(began);
            await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, TimeProvider.System);
            var race = new Race(_news.Article().Title, _news.Article().Title, options.Time.GetUtcNow());
            races.Add(race);
            site.Set(Polled(number), Document(site, race.Polled));
            await site.PublishAsync(Pushed(number), Document(site, race.Pushed), CancellationToken.None);
        }

        var (pushed, polled) = (
            await TimesAsync(room, races, race => race.Pushed),
            await TimesAsync(room, races, race => race.Polled)
        );
        Output.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"websub: {publications} publications, each at once in a feed that a hub pushes and in one polled every minute, the shortest interval there is"
            )
        );
        Output.Line($"  from publication to the post by push: {Seconds(pushed)}");
        Output.Line($"  from publication to the post by poll: {Seconds(polled)}");
    }

    private async Task AddFeedsAsync(DiscordNewsroom room, FakeFeedSite site, FakeHub hub)
    {
        var channel = await room.ChannelAsync(room.Discord.Driver.AddChannel(0, "websub"));
        for (var number = 0; number < publications; number++)
        {
            site.Announce(Pushed(number), hub);
            foreach (var path in (string[])[Pushed(number), Polled(number)])
            {
                site.Set(path, Document(site, _news.Article().Title));
                await room.Newsroom.RunAsync(
                    """
                    INSERT INTO feed (url, interval_ms, next_poll_at) VALUES (@Url, @Interval, 0);
                    INSERT INTO source (community_id, feed_id, name, created_at)
                    SELECT (SELECT community_id FROM channel WHERE id = @Channel), MAX(id), @Path, 0 FROM feed;
                    INSERT INTO subscription (source_id, channel_id, created_at) SELECT MAX(id), @Channel, 0 FROM source;
                    """,
                    new
                    {
                        Url = site.Url(path).AbsoluteUri,
                        Interval = (long)Interval.TotalMilliseconds,
                        Path = path,
                        Channel = channel,
                    }
                );
            }
        }

        await room.Newsroom.UntilAsync("SELECT COUNT(*) FROM feed WHERE first_taken_at IS NULL", 0);
        await room.Newsroom.UntilAsync("SELECT COUNT(*) FROM websub WHERE state = 'live'", publications);
    }

    private static async Task<Measured> TimesAsync(DiscordNewsroom room, List<Race> races, Func<Race, string> title)
    {
        var values = new List<double>();
        foreach (var race in races)
        {
            var at = await PostedAsync(room, title(race));
            values.Add((at - race.At).TotalMilliseconds);
        }

        return new Measured(values);
    }

    // Polls may be more than a minute away, which is longer than anything else is waited for.
    private static async Task<DateTimeOffset> PostedAsync(DiscordNewsroom room, string title)
    {
        for (var waited = TimeSpan.Zero; waited < Window * 2; waited += TimeSpan.FromSeconds(1))
        {
            if (Find(room, title) is { } at)
            {
                return at;
            }

            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        }

        throw new InvalidOperationException($"“{title}” was never posted.");
    }

    private static DateTimeOffset? Find(DiscordNewsroom room, string title)
    {
        lock (room.Discord.State.Sync)
        {
            return room
                .Discord.State.World.Messages.Values.SelectMany(channel => channel.Values)
                .FirstOrDefault(message =>
                    message.Components.ToJsonString().Contains(title, StringComparison.Ordinal)
                    || message.Embeds.ToJsonString().Contains(title, StringComparison.Ordinal)
                    || message.Content.Contains(title, StringComparison.Ordinal)
                )
                ?.At;
        }
    }

    private static string Pushed(int number) => string.Create(CultureInfo.InvariantCulture, $"/pushed-{number}.rss");

    private static string Polled(int number) => string.Create(CultureInfo.InvariantCulture, $"/polled-{number}.rss");

    // The article itself is not there, so the feed's own text has to do.
    private static string Document(FakeFeedSite site, string title) =>
        $"""
            <rss version="2.0"><channel><title>News</title><link>https://outlet.example/</link><description>d</description>
            <item><guid isPermaLink="false">{title}</guid><title>{title}</title>
            <link>{site.Url(title.Replace(' ', '-'))}</link><description>{title}.</description></item>
            </channel></rss>
            """;

    private static string Seconds(Measured measured) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"median {measured.Median / 1_000:0.00} s, 95th percentile {measured.Percentile95 / 1_000:0.00} s"
        );

    private sealed record Race(string Pushed, string Polled, DateTimeOffset At);
}
