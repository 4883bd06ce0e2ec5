using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using NewsBot.Core.Flows;
using NewsBot.Testing;
using NewsBot.Testing.Newsrooms;
using NewsBot.Testing.Servers;

namespace NewsBot.Benchmarks;

/// <summary>A newsroom with one story to look at and as many other comments around it as wanted.</summary>
internal sealed class CrowdNewsroom : IAsyncDisposable
{
    private const string Feed = "/crowd.xml";
    private const int Members = 2_000;
    private const int CommentsAStory = 200;

    // One statement holds the write lock; this keeps its journal small.
    private const int AtATime = 100_000;

    private readonly RunningNewsroom _newsroom;
    private readonly FakeFeedSite _site;
    private readonly NewsroomBuilder _builder;
    private string _page = "";
    private string _card = "";
    private string _channel = "";

    private CrowdNewsroom(RunningNewsroom newsroom, FakeFeedSite site, NewsroomBuilder builder) =>
        (_newsroom, _site, _builder) = (newsroom, site, builder);

    /// <summary>Bytes of the database.</summary>
    public long Size => new FileInfo(DatabaseFile(_newsroom)).Length;

    /// <param name="comments">Comments of the story that is looked at.</param>
    /// <param name="others">Comments of other stories, by the same people among others.</param>
    public static async Task<CrowdNewsroom> StartAsync(int comments, int others)
    {
        var newsroom = await RunningNewsroom.StartAsync(
            "--Starter:Enabled=false",
            "--Fetching:AllowedPrivateNetworks:0=127.0.0.0/8",
            "--Fetching:HostSpacing=00:00:00"
        );
        var builder = await NewsroomBuilder.CreateAsync(
            DatabaseFile(newsroom),
            TimeProvider.System.GetUtcNow(),
            CancellationToken.None
        );
        var site = await FakeFeedSite.StartAsync(0, TimeProvider.System, CancellationToken.None);
        var crowd = new CrowdNewsroom(newsroom, site, builder);
        crowd.Fill(comments, others);
        await crowd.FindAsync();
        return crowd;
    }

    public async ValueTask DisposeAsync()
    {
        _builder.Dispose();
        await _newsroom.DisposeAsync();
        await _site.DisposeAsync();
    }

    /// <returns>Bytes as transferred.</returns>
    public async Task<int> PageAsync(string encoding, int page)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{_page}?page={page}");
        request.Headers.AcceptEncoding.ParseAdd(encoding);
        using var answer = await _newsroom.Http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadAsByteArrayAsync()).Length;
    }

    /// <summary>Answers the card, until the server has taken it.</summary>
    public Task ReplyAsync(int round) =>
        _newsroom.SayAsync("Inês", $"Reply number {round} of a crowd.", _card, _channel);

    /// <summary>Polls a feed that has a new entry, until it is taken in.</summary>
    public async Task PollAsync(int round)
    {
        _site.Set(
            Feed,
            $"""
            <rss version="2.0"><channel><title>Crowd</title><link>{_site.Root}</link><description>d</description>
            <item><guid isPermaLink="false">crowd-{round}</guid><title>Harbour {Word(round)} {Word(round + 7)} {Word(
                round * 3
            )}</title>
            <description>What was seen at pier {round}: {Word(round + 1)}, {Word(round + 2)} and {Word(
                round + 5
            )}.</description></item>
            </channel></rss>
            """
        );
        _builder.Run("UPDATE feed SET next_poll_at = 0 WHERE url LIKE '%/crowd.xml'");
        // The newsroom's own clockwork may be first; either way it is this poll that is waited for.
        await _newsroom.Services.GetRequiredService<PollFeeds>().RunAsync(CancellationToken.None);
        while (
            await _newsroom.NumberAsync(
                "SELECT COUNT(*) FROM entry WHERE guid = @Guid",
                new { Guid = string.Create(CultureInfo.InvariantCulture, $"crowd-{round}") }
            ) == 0
        ) { }
    }

    private void Fill(int comments, int others)
    {
        var channel = _builder.Channel();
        var source = _builder.Source("Crowd");
        _builder.Run(
            """
            UPDATE feed SET url = @Url WHERE id = (SELECT feed_id FROM source WHERE id = @Source);
            INSERT INTO subscription (source_id, channel_id, created_at) VALUES (@Source, @Channel, 0);
            """,
            new
            {
                Url = _site.Url(Feed).AbsoluteUri,
                Source = source,
                Channel = channel,
            }
        );
        var story = _builder.Story(channel, [source, _builder.Source("Harbour Post")]);
        var people = Enumerable.Range(0, Members).Select(index => _builder.Member($"Member {index}")).ToList();
        _builder.Comments(
            comments,
            story,
            people,
            channel,
            number => string.Join(' ', Enumerable.Range(0, 10 + (number % 20)).Select(at => Word((number * 31) + at))),
            // Threads of five.
            number => number % 5 == 1 ? 0 : number - 1
        );
        for (var from = 0; from < others; from += AtATime)
        {
            Surround(channel, story, from, Math.Min(AtATime, others - from));
        }

        _page = string.Create(CultureInfo.InvariantCulture, $"/stories/{story}");
        _channel = channel.ToString(CultureInfo.InvariantCulture);
    }

    // Copies of the story in all but words, each with a discussion of its own.
    private void Surround(long channel, long story, int from, int count) =>
        _builder.Run(
            """
            BEGIN;
            INSERT INTO story (id, community_id, headline, slug, url, lead_entry_id, summary, summary_text, published_at,
                               created_at, updated_at, next_number, comment_count)
            WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < @Stories)
            SELECT 1000 + @First + i, 1, 'Story ' || (@First + i), 'story', url, lead_entry_id, '[]', 'Words of it', published_at - i,
                   created_at, updated_at, @Each + 1, @Each
            FROM n JOIN story s ON s.id = @Story;
            INSERT INTO channel_story (channel_id, story_id, state, at)
            SELECT @Channel, id, 'listed', created_at FROM story WHERE id >= 1000 + @First AND id < 1000 + @First + @Stories;
            INSERT INTO comment (story_id, number, parent, member_id, body, visibility, channel_id, message_id, written_at, accepted_at)
            WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < @Count)
            SELECT 1000 + @First + i / @Each, 1 + i % @Each, CASE WHEN i % 5 = 0 THEN 0 ELSE i % @Each END,
                   (SELECT MIN(id) FROM member WHERE name = 'Member 0') + (i * 7) % @Members,
                   'word' || (i % 5003) || ' thought' || (i % 997) || ' about the harbour and what it costs', 'public', @Channel,
                   'crowd-' || (@From + i), s.created_at - 100000 + i % 100000, s.created_at - 100000 + i % 100000
            FROM n JOIN story s ON s.id = @Story;
            INSERT INTO comment_event (channel_id, message_id, kind, stamp, at)
            SELECT channel_id, message_id, 'create', written_at, accepted_at FROM comment
            WHERE story_id >= 1000 + @First AND story_id < 1000 + @First + @Stories;
            COMMIT;
            """,
            new
            {
                Channel = channel,
                Story = story,
                From = from,
                First = from / CommentsAStory,
                Count = count,
                Stories = (count + CommentsAStory - 1) / CommentsAStory,
                Each = CommentsAStory,
                Members,
            }
        );

    private async Task FindAsync()
    {
        _card = (await _newsroom.FirstCardAsync(_channel)).GetProperty("id").GetString()!;
        using var found = await _newsroom.Http.GetAsync(new Uri(_page, UriKind.Relative));
        _page = found.Headers.Location?.OriginalString ?? _page;
    }

    private static string DatabaseFile(RunningNewsroom newsroom) => Path.Combine(newsroom.Folder, "newsbot.db");

    private static string Word(int seed)
    {
        var dice = new Random(seed % 4_001);
        return string.Concat(Enumerable.Range(0, dice.Next(3, 9)).Select(_ => (char)('a' + dice.Next(26))));
    }
}
