using System.Data.Common;
using Dapper;
using NewsBot.Storage;

namespace NewsBot.Telemetry;

/// <summary>Reads the newsroom's figures by a few statements that look at indexes and at what is new. Used by one at a time.</summary>
internal sealed class FiguresReader(Database database, TimeProvider time)
{
    // One failure or two are the weather of the web, as on the status page.
    private const string CountSources = """
        SELECT health AS Name, COUNT(*) AS Count FROM (
            SELECT CASE WHEN f.state = 'retired' THEN 'gone' WHEN s.paused_at IS NOT NULL THEN 'paused'
                        WHEN f.failures >= 3 OR (f.failures > 0 AND f.last_success_at IS NULL) THEN 'failing'
                        ELSE 'active' END AS health
            FROM source s JOIN feed f ON f.id = s.feed_id
            WHERE s.joined_to IS NULL
        ) AS looked
        GROUP BY health
        """;

    private const string CountWaiting = """
        SELECT w.platform AS Platform, COUNT(*) AS Count,
               MIN(CASE WHEN p.not_before <= @Now OR p.attempts > 0 THEN p.created_at END) AS Oldest
        FROM post p JOIN channel c ON c.id = p.channel_id JOIN workspace w ON w.id = c.workspace_id
        WHERE p.state = 'waiting' AND c.parked_reason IS NULL AND w.removed_at IS NULL
        GROUP BY w.platform
        """;

    private const string CountParked = """
        SELECT w.platform AS Name, COUNT(*) AS Count FROM channel c JOIN workspace w ON w.id = c.workspace_id
        WHERE c.parked_reason IS NOT NULL AND w.removed_at IS NULL
        GROUP BY w.platform
        """;

    private const string FindDigest = "SELECT MIN(next_digest_at) FROM channel WHERE next_digest_at IS NOT NULL";

    private const string LastOfAll = """
        SELECT (SELECT COALESCE(MAX(id), 0) FROM comment_event) AS Event, (SELECT COALESCE(MAX(id), 0) FROM comment) AS Comment
        """;

    private const string CountEvents = """
        SELECT w.platform AS Platform, e.kind AS Kind, COUNT(*) AS Count
        FROM comment_event e JOIN channel c ON c.id = e.channel_id JOIN workspace w ON w.id = c.workspace_id
        WHERE e.id > @After AND e.id <= @Last AND e.kind IN ('create', 'edit', 'delete')
        GROUP BY w.platform, e.kind
        """;

    // More than a thousand new ones within one look are history that was read up on: a sample of them is enough.
    private const string FindLags = """
        SELECT w.platform AS Platform, m.accepted_at - m.written_at AS Ms
        FROM comment m JOIN channel c ON c.id = m.channel_id JOIN workspace w ON w.id = c.workspace_id
        WHERE m.id > @After AND m.id <= @Last
        ORDER BY m.id DESC LIMIT 1000
        """;

    private PlaceRow? _read;

    /// <summary>How the newsroom stands now.</summary>
    public Task<Figures> ReadAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(ReadAsync, cancellationToken);

    /// <summary>What happened to replies since the last call; nothing at the first.</summary>
    public async Task<NewReplies> RepliesAsync(CancellationToken cancellationToken)
    {
        var (replies, read) = await database.ReadAsync(RepliesAsync, cancellationToken);
        _read = read;
        return replies;
    }

    private async Task<Figures> ReadAsync(DbConnection connection)
    {
        var now = time.GetUtcNow();
        var waiting = await connection.QueryAsync<WaitingRow>(CountWaiting, new { Now = now.Ms() });
        var digest = Instants.At(await connection.ExecuteScalarAsync<long?>(FindDigest));
        return new Figures
        {
            Sources = await CountAsync(connection, CountSources),
            Waiting = [.. waiting.Select(row => row.At(now))],
            Parked = await CountAsync(connection, CountParked),
            DigestOverdue = Since(digest, now),
        };
    }

    private async Task<(NewReplies Replies, PlaceRow Read)> RepliesAsync(DbConnection connection)
    {
        var last = await connection.QuerySingleAsync<PlaceRow>(LastOfAll);
        // What was there at the start was counted before, or never.
        var before = _read ?? last;
        var events = await connection.QueryAsync<(string, string, long)>(
            CountEvents,
            new { After = before.Event, Last = last.Event }
        );
        var lags = await connection.QueryAsync<(string Platform, long Ms)>(
            FindLags,
            new { After = before.Comment, Last = last.Comment }
        );
        return (
            new NewReplies(events.AsList(), [.. lags.Select(row => (row.Platform, TimeSpan.FromMilliseconds(row.Ms)))]),
            last
        );
    }

    private static async Task<IReadOnlyDictionary<string, long>> CountAsync(DbConnection connection, string sql) =>
        (await connection.QueryAsync<(string Name, long Count)>(sql)).ToDictionary(
            row => row.Name,
            row => row.Count,
            StringComparer.Ordinal
        );

    private static TimeSpan Since(DateTimeOffset? at, DateTimeOffset now) =>
        at is { } due && due < now ? now - due : TimeSpan.Zero;

    private sealed class WaitingRow
    {
        public required string Platform { get; init; }
        public required long Count { get; init; }
        public long? Oldest { get; init; }

        public WaitingPosts At(DateTimeOffset now) => new(Platform, Count, Since(Instants.At(Oldest), now));
    }

    private sealed class PlaceRow
    {
        public required long Event { get; init; }
        public required long Comment { get; init; }
    }
}
