using System.Data.Common;
using Dapper;
using NewsBot.Core.Communities;
using NewsBot.Core.Stories;

namespace NewsBot.Storage;

/// <summary>
/// The reports of the last days of each community, kept ready in memory and brought up to date from the database
/// before each decision. Used under the write lock only.
/// </summary>
internal sealed class RecentReports
{
    // All communities together; a machine with room for more has room for a second newsroom.
    private const int MaxReports = 2 * StoryIndex.MaxReports;

    // The plus keeps the database from reading all of the last days instead of the newest.
    private const string Newer = """
        SELECT se.rowid AS RowId, COALESCE(s.merged_into, s.id) AS StoryId, e.url, e.title, e.excerpt, so.name AS Publisher,
               CASE WHEN e.published_at < e.seen_at THEN e.published_at ELSE e.seen_at END AS At
        FROM story_entry se JOIN story s ON s.id = se.story_id JOIN entry e ON e.id = se.entry_id
        JOIN source so ON so.id = se.source_id
        WHERE se.community_id = @Community AND se.rowid > @After AND +se.joined_at > @Since
        ORDER BY se.rowid
        """;

    // Of more than a window holds the newest.
    private const string BeforeFirst = """
        SELECT COALESCE(MIN(n.row) - 1, (SELECT COALESCE(MAX(rowid), 0) FROM story_entry)) FROM (
            SELECT rowid AS row FROM story_entry WHERE community_id = @Community AND joined_at > @Since
            ORDER BY joined_at DESC LIMIT @Limit) n
        """;

    private const string State = """
        SELECT (SELECT COUNT(*) FROM story_entry WHERE rowid = @LastRow)
                 + (SELECT COUNT(*) FROM story WHERE id = @LastLoser AND merged_into IS NOT NULL) AS Made,
               changes
        FROM story_grouping
        """;

    private readonly Dictionary<CommunityId, Window> _windows = [];
    private long _changes;

    // The newest row that was read, and the story merged last; 0 for none. What was not committed is not there, whatever
    // another process has written since.
    private long _lastRow;
    private long _lastLoser;

    /// <summary>
    /// Call first in every transaction that chooses stories: forgets what a transaction taught that was rolled back, whose
    /// stories are no more and whose ids are given out again, and what was known before somebody merged or split stories.
    /// </summary>
    public async Task ForgetUndoneAsync(DbConnection connection)
    {
        var known = new { LastRow = _lastRow, LastLoser = _lastLoser };
        var (made, changes) = await connection.QuerySingleAsync<(long, long)>(State, known);
        if (changes != _changes || made < (_lastRow > 0 ? 1 : 0) + (_lastLoser > 0 ? 1 : 0))
        {
            Clear();
            _changes = changes;
        }
    }

    /// <summary>The story a report belongs to; null where it starts its own.</summary>
    public async Task<StoryMatch?> ChooseAsync(
        DbConnection connection,
        CommunityId community,
        ClusterItem item,
        DateTimeOffset now
    )
    {
        var window = await ReadAsync(connection, community, now);
        return window.Index.Choose(item);
    }

    /// <summary>Another story that the report plainly belongs to as well; null for none.</summary>
    public async Task<StoryId?> OtherAsync(
        DbConnection connection,
        CommunityId community,
        ClusterItem item,
        StoryId chosen,
        DateTimeOffset now
    ) => (await ReadAsync(connection, community, now)).Index.Other(item, chosen);

    /// <summary>Follows a merge that was just written.</summary>
    public async Task MergeAsync(DbConnection connection, CommunityId community, StoryId loser, StoryId winner)
    {
        var known = new { LastRow = _lastRow, LastLoser = loser.Value };
        (_, _changes) = await connection.QuerySingleAsync<(long, long)>(State, known);
        _lastLoser = loser.Value;
        if (_windows.TryGetValue(community, out var window))
        {
            window.Index.Merge(loser, winner);
        }
    }

    /// <summary>Forgets everything: after communities were joined or parted. Under the write lock only.</summary>
    public void Clear()
    {
        _windows.Clear();
        _lastRow = 0;
        _lastLoser = 0;
    }

    private async Task<Window> ReadAsync(DbConnection connection, CommunityId community, DateTimeOffset now)
    {
        var since = now - StoryIndex.Window;
        if (!_windows.TryGetValue(community, out var window))
        {
            var known = new
            {
                Community = community.Value,
                Since = since.Ms(),
                Limit = StoryIndex.MaxReports,
            };
            window = new Window { LastRow = await connection.ExecuteScalarAsync<long>(BeforeFirst, known) };
            _windows[community] = window;
        }

        await using var rows = await connection.ExecuteReaderAsync(
            Newer,
            new
            {
                Community = community.Value,
                After = window.LastRow,
                Since = since.Ms(),
            }
        );
        var parse = rows.GetRowParser<ReportRow>();
        while (await rows.ReadAsync())
        {
            var row = parse(rows);
            window.LastRow = row.RowId;
            _lastRow = Math.Max(_lastRow, row.RowId);
            window.Index.Add(new StoryId(row.StoryId), row.ToItem());
        }

        window.Index.Forget(since);
        window.UsedAt = now;
        MakeRoom(window);
        return window;
    }

    // Who was not asked for longest is read again when it is.
    private void MakeRoom(Window used)
    {
        while (_windows.Values.Sum(window => window.Index.Count) > MaxReports)
        {
            var oldest = _windows.Where(pair => pair.Value != used).MinBy(pair => pair.Value.UsedAt);
            _windows.Remove(oldest.Key);
        }
    }

    private sealed class Window
    {
        public StoryIndex Index { get; } = new();
        public DateTimeOffset UsedAt { get; set; }
        public long LastRow { get; set; }
    }

    private sealed class ReportRow
    {
        public required long RowId { get; init; }
        public required long StoryId { get; init; }
        public string? Url { get; init; }
        public required string Title { get; init; }
        public required string Excerpt { get; init; }
        public required string Publisher { get; init; }
        public required long At { get; init; }

        public ClusterItem ToItem() =>
            new(Url is null ? null : new Uri(Url), Title, Excerpt, Publisher, Instants.At(At));
    }
}
