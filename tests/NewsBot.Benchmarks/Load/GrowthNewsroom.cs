using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using NewsBot.Core.Feeds;
using NewsBot.Core.Stories;
using NewsBot.Storage;
using NewsBot.Testing.Load;
using NewsBot.Testing.Newsrooms;
using NewsBot.Testing.Servers;

namespace NewsBot.Benchmarks.Load;

/// <summary>The whole program with a database of one size, and what is measured in it.</summary>
internal sealed class GrowthNewsroom : IAsyncDisposable
{
    // Nothing is due by then but what is asked for.
    private static readonly DateTimeOffset Due = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly RunningNewsroom _newsroom;
    private readonly PostgresServer? _server;
    private readonly Random _dice = new(1);
    private int _number;

    private GrowthNewsroom(RunningNewsroom newsroom, PostgresServer? server) =>
        (_newsroom, _server) = (newsroom, server);

    public Database Database => _newsroom.Database;

    public static async Task<GrowthNewsroom> StartAsync(bool isPostgres)
    {
        var server = isPostgres ? await PostgresServer.StartAsync() : null;
        string[] settings = server is null
            ? []
            : ["--Storage:Provider=Postgres", $"--Storage:ConnectionString={server.MakeEmpty("newsbot")}"];
        var newsroom = new GrowthNewsroom(
            await RunningNewsroom.StartAsync(["--Starter:Enabled=false", "--Web:WriteBurst=10000", .. settings]),
            server
        );
        await GrowthFill.PlacesAsync(newsroom.Database);
        return newsroom;
    }

    public Task FillSourcesAsync(int count) => GrowthFill.SourcesAsync(Database, count, Due);

    public async Task FillStoriesAsync(int count)
    {
        await GrowthFill.SourcesAsync(Database, GrowthFill.Feeds, Due);
        await GrowthFill.StoriesAsync(Database, count, TimeProvider.System.GetUtcNow());
    }

    /// <summary>Claims a batch as the program does.</summary>
    public async Task<IReadOnlyList<Feed>> ClaimAsync() =>
        await _newsroom
            .Services.GetRequiredService<IFeedStore>()
            .ClaimDueAsync(Due.AddHours(2), TimeSpan.FromDays(1), 50, CancellationToken.None);

    /// <summary>Stores the endings of polls that brought nothing.</summary>
    public Task SaveAsync(IReadOnlyList<Feed> feeds) =>
        _newsroom
            .Services.GetRequiredService<IFeedStore>()
            .SavePollsAsync([.. feeds.Select(Poll)], CancellationToken.None);

    /// <summary>Takes in a poll that brought one story.</summary>
    public async Task TakeInAsync()
    {
        var number = ++_number;
        var feed = (
            await _newsroom
                .Services.GetRequiredService<IFeedStore>()
                .FindAsync(new FeedId(GrowthFill.OfHome(number)), CancellationToken.None)
        )!;
        var text = LoadNews.Text(0, number, 8);
        var body = Encoding.UTF8.GetBytes(
            $"<rss version=\"2.0\"><channel><title>Outlet</title><link>https://outlet.example/</link><item><title>{LoadNews.Title(0, number, 0)}</title><link>https://outlet.example/new/{number.ToString(CultureInfo.InvariantCulture)}</link><description>{text}</description></item></channel></rss>"
        );
        var fetched = new FetchOutcome.Fetched(body, null, feed.Url, null, null, null, "", null);
        var document = ((FeedParseOutcome.Parsed)FeedParser.Parse(body, null, feed.Url)).Feed;
        var entry = new IncomingEntry(
            document.Entries[0],
            null,
            ChangeKind.None,
            text,
            ContentHash.Of(document.Entries[0].Title, text),
            IsFresh: true
        )
        {
            Print = TextPrint.Of(document.Entries[0].Title, text),
        };
        await _newsroom
            .Services.GetRequiredService<IStoryStore>()
            .TakeInAsync(
                new FeedIntake(Poll(feed), document, fetched, [entry], IsFlood: false),
                CancellationToken.None
            );
    }

    public Task FrontAsync() => PageAsync("/");

    /// <summary>The page of any of the first stories of the community whose pages these are.</summary>
    /// <param name="stories">How many stories there are.</param>
    public Task StoryAsync(int stories) =>
        PageAsync(string.Create(CultureInfo.InvariantCulture, $"/stories/{Any(stories)}-story"));

    /// <summary>A reply to the card of any of them.</summary>
    public async Task ReplyAsync(int stories)
    {
        var card = await _newsroom.NumberAsync(
            "SELECT id FROM web_message WHERE story_id = @Story",
            new { Story = Any(stories) }
        );
        await _newsroom.SayAsync(
            "Inês",
            $"Reply number {++_number}.",
            card.ToString(CultureInfo.InvariantCulture),
            (await _newsroom.NumberAsync("SELECT channel_id FROM web_message WHERE id = @card", new { card })).ToString(
                CultureInfo.InvariantCulture
            )
        );
    }

    public async ValueTask DisposeAsync()
    {
        await _newsroom.DisposeAsync();
        _server?.End();
    }

    private int Any(int stories) => 1 + (GrowthFill.Communities * _dice.Next(stories / GrowthFill.Communities));

    private async Task PageAsync(string path)
    {
        using var answer = await _newsroom.Http.GetAsync(new Uri(path, UriKind.Relative));
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync();
    }

    private static FeedPoll Poll(Feed feed)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new FeedPoll(feed, new PollPlan(Due.AddDays(2), feed.Interval, 0), now, null, null, false, true);
    }
}
