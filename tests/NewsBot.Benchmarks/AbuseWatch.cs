using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using NewsBot.Testing.Checking;
using NewsBot.Testing.Crash;
using NewsBot.Testing.Newsrooms;

namespace NewsBot.Benchmarks;

/// <summary>Sees when what was told and said stands where people read it, and how long pages take. Times are in milliseconds.</summary>
internal sealed class AbuseWatch : IDisposable
{
    private const string NewOnWeb = """
        SELECT w.id, s.headline, c.body FROM web_message w
        JOIN story s ON s.id = w.story_id LEFT JOIN comment c ON c.id = w.comment_id
        WHERE w.channel_id = @Channel AND w.id > @Last AND w.member_id IS NULL
          AND (w.comment_id IS NOT NULL OR w.post_key = 'story:' || s.id || '/0')
        ORDER BY w.id
        """;

    // Readers' addresses begin with 127.5; each reply is waited for by another one of these.
    private const int Group = 5;
    private const int Readers = 16;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly string[] Feeds = ["/gazette.rss", "/courier.rss"];

    private readonly CrashWorld _world;
    private readonly CopyWatch _copies;
    private readonly List<HttpClient> _readers;
    private readonly CancellationTokenSource _over = new();
    private readonly Task _looking;
    private readonly Dictionary<string, DateTimeOffset> _told = new(StringComparer.Ordinal);
    private readonly List<(string Mark, DateTimeOffset At)> _said = [];
    private readonly ConcurrentDictionary<(string Headline, char Side), DateTimeOffset> _cards = [];
    private readonly ConcurrentDictionary<(string Mark, char Side), DateTimeOffset> _onWeb = [];
    private readonly ConcurrentBag<double> _pages = [];
    private readonly ConcurrentBag<double> _reads = [];
    private readonly List<Task> _asking = [];
    private readonly (long Stamp, DateTimeOffset At) _start = (
        TimeProvider.System.GetTimestamp(),
        TimeProvider.System.GetUtcNow()
    );
    private DateTimeOffset _begin;
    private long _lastOnWeb;
    private int _refused;

    /// <param name="world">What is watched.</param>
    /// <param name="host">The name readers call it by.</param>
    public AbuseWatch(CrashWorld world, string host)
    {
        _world = world;
        _copies = new CopyWatch(world.Discord, world.Slack, TimeProvider.System) { SawPost = SawCard };
        _readers =
        [
            .. Enumerable
                .Range(0, Readers)
                .Select(number =>
                    LoopbackClient.Of(
                        LoopbackClient.Address(Group, number),
                        world.Process.Http.BaseAddress!,
                        host,
                        Patience
                    )
                ),
        ];
        _looking = LookAsync();
    }

    /// <summary>How often a reader or writer got another answer than they came for.</summary>
    public int Refused => _refused;

    /// <summary>What was measured so far is forgotten.</summary>
    public void Begin()
    {
        _begin = TimeProvider.System.GetUtcNow();
        _pages.Clear();
        _reads.Clear();
        _refused = 0;
    }

    public void WasRefused() => Interlocked.Increment(ref _refused);

    public void Told(string headline, DateTimeOffset at)
    {
        lock (_told)
        {
            _told[headline] = at;
        }
    }

    /// <summary>Somebody wants to see on the page what was just said.</summary>
    public void Said(SaidReply reply, DateTimeOffset at, CancellationToken cancellationToken)
    {
        _said.Add((reply.Mark, at));
        _asking.Add(AskAsync(reply, at, _readers[1 + (_said.Count % (Readers - 1))], cancellationToken));
    }

    /// <summary>Somebody opens a page.</summary>
    /// <param name="which">Any number.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task ReadAsync(int which, CancellationToken cancellationToken)
    {
        var stories = _world.Number("SELECT COUNT(*) FROM story");
        var path =
            which % 2 == 0 || stories == 0
                ? "/"
                : string.Create(CultureInfo.InvariantCulture, $"/stories/{1 + (which % stories)}");
        var began = TimeProvider.System.GetTimestamp();
        var (status, _) = await GetAsync(_readers[0], path, cancellationToken);
        if (status == HttpStatusCode.OK)
        {
            _reads.Add(TimeProvider.System.GetElapsedTime(began).TotalMilliseconds);
        }
        else
        {
            WasRefused();
        }
    }

    /// <summary>Ends once everything was seen or given up.</summary>
    public async Task EndAsync()
    {
        await Task.WhenAll(_asking);
        await _over.CancelAsync();
        await _looking;
    }

    /// <summary>From the feed's first answer that had a story to its card, on each of three sides.</summary>
    public Measured Cards()
    {
        var requests = _world.Site.Requests.Where(request => Feeds.Contains(request.Path)).ToList();
        return new Measured([
            .. from told in _told
            where told.Value >= _begin
            let answered = requests.FirstOrDefault(request => request.At >= told.Value)
            where answered is not null
            from card in _cards
            where card.Key.Headline == told.Key
            select (card.Value - answered.At).TotalMilliseconds,
        ]);
    }

    /// <summary>From when a reply was sent to its copy on each of the other two sides.</summary>
    public Measured Copies() =>
        new([
            .. from said in _said
            where said.At >= _begin
            from seen in Seen(said.Mark)
            select (seen - said.At).TotalMilliseconds,
        ]);

    /// <summary>From when a reply was sent to a page that shows it.</summary>
    public Measured Pages() => new([.. _pages]);

    /// <summary>The time a page takes.</summary>
    public Measured Reads() => new([.. _reads]);

    public void Dispose()
    {
        _readers.ForEach(reader => reader.Dispose());
        _over.Dispose();
    }

    private IEnumerable<DateTimeOffset> Seen(string mark) =>
        (_copies.Seen.GetValueOrDefault(mark) ?? [])
            .Select(At)
            .Concat(_onWeb.TryGetValue((mark, 'w'), out var at) ? [at] : []);

    private DateTimeOffset At(long stamp) => _start.At + TimeProvider.System.GetElapsedTime(_start.Stamp, stamp);

    private async Task LookAsync()
    {
        while (!_over.IsCancellationRequested)
        {
            _copies.Look();
            LookOnWeb();
            await Task.Delay(LookEvery, TimeProvider.System);
        }
    }

    private void SawCard(char side, string text, long stamp)
    {
        lock (_told)
        {
            foreach (var headline in _told.Keys.Where(headline => text.Contains(headline, StringComparison.Ordinal)))
            {
                // In a digest it stands later.
                _cards.TryAdd((headline, side), At(stamp));
            }
        }
    }

    private void LookOnWeb()
    {
        var rows = _world.Rows<WebRow>(NewOnWeb, new { Channel = _world.OnWeb, Last = _lastOnWeb });
        var now = TimeProvider.System.GetUtcNow();
        foreach (var row in rows)
        {
            _lastOnWeb = row.Id;
            if (row.Body is null)
            {
                _cards.TryAdd((row.Headline, 'w'), now);
            }
            else if (CrashPeople.MarkOf(row.Body) is { } mark)
            {
                _onWeb.TryAdd((mark, 'w'), now);
            }
        }
    }

    private async Task AskAsync(
        SaidReply reply,
        DateTimeOffset at,
        HttpClient reader,
        CancellationToken cancellationToken
    )
    {
        var story = _world.Number("SELECT id FROM story WHERE headline = @Headline", new { reply.Headline });
        var path = string.Create(CultureInfo.InvariantCulture, $"/stories/{story}");
        while (TimeProvider.System.GetUtcNow() - at < Patience)
        {
            var (status, page) = await GetAsync(reader, path, cancellationToken);
            if (page.Contains(reply.Mark, StringComparison.Ordinal))
            {
                if (at >= _begin)
                {
                    _pages.Add((TimeProvider.System.GetUtcNow() - at).TotalMilliseconds);
                }

                return;
            }

            if (status != HttpStatusCode.OK)
            {
                WasRefused();
            }

            await Task.Delay(AskEvery, TimeProvider.System, cancellationToken);
        }

        WasRefused();
    }

    // Leads on to where a story's address is written with its title.
    private static async Task<(HttpStatusCode? Status, string Body)> GetAsync(
        HttpClient reader,
        string path,
        CancellationToken cancellationToken
    )
    {
        try
        {
            using var first = await reader.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
            if (first.Headers.Location is not { } other)
            {
                return (first.StatusCode, await first.Content.ReadAsStringAsync(cancellationToken));
            }

            using var second = await reader.GetAsync(
                new Uri(other.OriginalString, UriKind.RelativeOrAbsolute),
                cancellationToken
            );
            return (second.StatusCode, await second.Content.ReadAsStringAsync(cancellationToken));
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return (null, "");
        }
    }

    private sealed class WebRow
    {
        public required long Id { get; init; }
        public required string Headline { get; init; }
        public required string? Body { get; init; }
    }
}
