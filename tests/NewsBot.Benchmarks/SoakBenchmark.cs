using System.Globalization;
using System.Net;
using NewsBot.Testing.Newsrooms;
using NewsBot.Testing.Servers;
using NewsBot.Testing.Servers.FakeDiscord;
using NewsBot.Testing.Servers.FakeSlack;
using NewsBot.Testing.Time;

namespace NewsBot.Benchmarks;

/// <summary>
/// The whole program as a process of its own, with a fake Discord, a fake Slack, its own chat and feeds that bring news all
/// the time: what it holds after hours and days of posts, replies and edits.
/// </summary>
/// <param name="length">By the newsroom's clock.</param>
/// <param name="hurry">How many times as fast as the wall's that clock is.</param>
/// <param name="seed">Decides who writes where.</param>
/// <param name="picture">Where the picture goes.</param>
internal sealed class SoakBenchmark(TimeSpan length, double hurry, int seed, string picture)
{
    private const int Feeds = 8;

    // A feed shows its newest; a busy outlet has as many.
    private const int ItemsAFeed = 20;
    private const int Samples = 200;

    // Programs answer in a quarter of a second even where a day takes them minutes.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    private readonly HurriedTime _clock = new(hurry, hurry > 1 ? Patience : TimeSpan.Zero);
    private readonly TimeSpan _newsEvery = hurry > 1 ? TimeSpan.FromMinutes(20) : TimeSpan.FromSeconds(30);
    private readonly Random _random = new(seed);
    private readonly List<SoakSample> _samples = [];
    private readonly List<string>[] _items = [.. Enumerable.Range(0, Feeds).Select(_ => new List<string>())];
    private readonly List<(IFaultStage Stage, ScriptReply Reply)> _written = [];
    private int _news;
    private int _replies;
    private int _edits;
    private int _lost;

    /// <returns>Whether everything that must not grow stayed where it was.</returns>
    public async Task<bool> RunAsync()
    {
        var heap = System.IO.Path.GetTempFileName();
        Environment.SetEnvironmentVariable(RunningNewsroom.HeapFile, heap);
        await using var site = await FakeFeedSite.StartAsync(0, _clock, CancellationToken.None);
        await using var room = await JoinedNewsroom.StartAsync(
            new FakeDiscordOptions { Time = _clock },
            new FakeSlackOptions { Time = _clock },
            "--Fetching:AllowedPrivateNetworks:0=127.0.0.0/8",
            "--Fetching:HostSpacing=00:00:00",
            "--Web:WriteBurst=10000",
            "--Web:WritesPerSecond=10000"
        );
        await LayOutAsync(room, site);
        await room.Newsroom.GoApartAsync(isReady: true);
        try
        {
            await LiveAsync(room, site, heap);
        }
        finally
        {
            File.Delete(heap);
        }

        return await ReportAsync(room);
    }

    private async Task LayOutAsync(JoinedNewsroom room, FakeFeedSite site)
    {
        long[] channels =
        [
            await room.Discord.ChannelAsync(room.Discord.Discord.Driver.AddChannel(0, "news")),
            await room.Slack.ChannelAsync(room.Slack.Slack.Driver.AddChannel("news", false, withBot: true)),
            await room.WebChannelAsync("news"),
        ];
        await room.MirrorAsync(channels);
        for (var feed = 0; feed < Feeds; feed++)
        {
            BringNews(site, feed);
            await room.Newsroom.RunAsync(
                """
                INSERT INTO feed (url, interval_ms, next_poll_at, first_taken_at) VALUES (@Url, 900000, 0, 0);
                INSERT INTO source (community_id, feed_id, name, created_at)
                SELECT 1, id, @Name, 0 FROM feed WHERE url = @Url;
                INSERT INTO subscription (source_id, channel_id, created_at)
                SELECT s.id, c.id, 0 FROM source s JOIN channel c ON c.id IN @Channels WHERE s.name = @Name;
                """,
                new
                {
                    Url = site.Url(Path(feed)).AbsoluteUri,
                    Name = string.Create(CultureInfo.InvariantCulture, $"Outlet {feed}"),
                    Channels = channels,
                }
            );
        }
    }

    private async Task LiveAsync(JoinedNewsroom room, FakeFeedSite site, string heap)
    {
        var begin = _clock.GetTimestamp();
        var (nextNews, nextSample) = (TimeSpan.Zero, TimeSpan.Zero);
        IFaultStage[] stages = [new DiscordFaultStage(room.Discord), new SlackFaultStage(room.Slack)];
        var database = System.IO.Path.Combine(room.Newsroom.Folder, "newsbot.db");
        while (_clock.GetElapsedTime(begin) is var passed && passed < length)
        {
            if (passed >= nextNews)
            {
                BringNews(site, _random.Next(Feeds));
                nextNews = passed + _newsEvery;
            }

            if (passed >= nextSample)
            {
                _samples.Add(await SampleAsync(room, passed, database, heap));
                nextSample = passed + (length / Samples);
            }

            await TalkAsync(room, stages);
            // By the wall's clock: as fast as people and machines can be, and no busier.
            await Task.Delay(TimeSpan.FromMilliseconds(hurry > 1 ? 150 : 4_000), TimeProvider.System);
        }

        _samples.Add(await SampleAsync(room, length, database, heap));
    }

    private static async Task<SoakSample> SampleAsync(JoinedNewsroom room, TimeSpan at, string database, string heap) =>
        SoakSample.Take(at, room.Newsroom.ApartId, database, heap) with
        {
            Stories = await room.Newsroom.NumberAsync("SELECT COUNT(*) FROM story"),
        };

    // Invented words, so that no two stories are taken for one.
    private void BringNews(FakeFeedSite site, int feed)
    {
        var word = string.Concat(
            Enumerable
                .Range(0, 5)
                .Select(_ => "bcdfghklmnprstvz"[_random.Next(16)].ToString() + "aeiou"[_random.Next(5)])
        );
        var title = $"{word}on kep{word[..4]}un wal{word[2..6]}im tor{word[4..]}es {++_news}";
        var at = _clock.GetUtcNow().AddMinutes(-1).ToString("R", CultureInfo.InvariantCulture);
        _items[feed]
            .Insert(
                0,
                $"<item><title>{WebUtility.HtmlEncode(title)}</title><link>{site.Url($"/gone/{_news}")}</link><guid isPermaLink=\"false\">{_news}</guid><pubDate>{at}</pubDate><description>{word} minol qua{word} rep, and more of {word} tomorrow.</description></item>"
            );
        if (_items[feed].Count > ItemsAFeed)
        {
            _items[feed].RemoveAt(ItemsAFeed);
        }

        site.Set(
            Path(feed),
            $"<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Outlet {feed}</title><link>{site.Root}</link>{string.Concat(_items[feed])}</channel></rss>"
        );
    }

    private async Task TalkAsync(JoinedNewsroom room, IFaultStage[] stages)
    {
        // The last but a few: their cards stand everywhere by now.
        var story = await room.Newsroom.NumberAsync(
            "SELECT COALESCE((SELECT id FROM story ORDER BY id DESC LIMIT 1 OFFSET @Skip), 0)",
            new { Skip = 2 + _random.Next(6) }
        );
        if (story == 0)
        {
            return;
        }

        var stage = stages[_random.Next(stages.Length)];
        if (stage.CountCards(story) == 0)
        {
            return;
        }

        try
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"I think so too, for the {++_replies}th time.");
            _written.Add((stage, await stage.SayAsync(story, "Kofi", text, null, CancellationToken.None)));
            if (_random.Next(10) == 0)
            {
                var (where, old) = _written[_random.Next(_written.Count)];
                await where.EditAsync(
                    old with
                    {
                        Text = string.Create(CultureInfo.InvariantCulture, $"On second thoughts, {++_edits}."),
                    },
                    CancellationToken.None
                );
            }
        }
        catch (Exception error) when (error is TimeoutException or InvalidOperationException)
        {
            _lost++;
        }

        // People edit what they wrote lately.
        if (_written.Count > 200)
        {
            _written.RemoveRange(0, 100);
        }
    }

    private async Task<bool> ReportAsync(JoinedNewsroom room)
    {
        var curves = SoakCurve.Of(_samples);
        foreach (var sample in _samples.Where((_, at) => at % (Samples / 20) == 0))
        {
            Output.Line(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{sample.At.TotalDays, 6:0.00} d  rss {sample.ResidentBytes / 1e6, 6:0.0} MB  heap {sample.HeapBytes / 1e6, 6:0.0} MB  handles {sample.Handles, 4}  threads {sample.Threads, 3}  database {sample.DatabaseBytes / 1e6, 6:0.0} MB  log {sample.LogBytes / 1e6, 5:0.0} MB"
                )
            );
        }

        foreach (var curve in curves)
        {
            Output.Line(curve.ToString());
        }

        var (stories, posts, comments) = (
            await room.Newsroom.NumberAsync("SELECT COUNT(*) FROM story"),
            await room.Newsroom.NumberAsync("SELECT COUNT(*) FROM post WHERE state = 'sent'"),
            await room.Newsroom.NumberAsync("SELECT COUNT(*) FROM comment")
        );
        var file = System.IO.Path.GetFullPath(picture);
        await File.WriteAllTextAsync(
            file,
            SoakPicture.Draw(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{(length.TotalDays < 1 ? $"{length.TotalHours:0.##} hours" : $"{length.TotalDays:0.##} days")}: {stories} stories, {posts} posts, {comments} comments (seed {seed})"
                ),
                curves
            )
        );
        Output.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"soak: days={length.TotalDays:0.##} hurry={hurry:0} seed={seed} news={_news} stories={stories} posts={posts} replies={_replies} comments={comments} edits={_edits} unsaid={_lost} flat={curves.All(curve => curve.IsFlat)}; the picture is {file}"
            )
        );
        return curves.All(curve => curve.IsFlat);
    }

    private static string Path(int feed) => string.Create(CultureInfo.InvariantCulture, $"/soak-{feed}.rss");
}
