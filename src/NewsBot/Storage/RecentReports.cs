using Dapper;
using Microsoft.Data.Sqlite;
using NewsBot.Core.Communities;
using NewsBot.Core.Stories;

namespace NewsBot.Storage;

/// <summary>
/// The reports of the last days of each community, kept ready in memory and brought up to date from the database
/// before each decision. Used under the write lock only.
/// </summary>
internal sealed class RecentReports
{
    // A busy day of a big community; more would only slow the choice down.
    private const int MaxReports = 5_000;

    private const string Newer = """
        SELECT se.rowid AS RowId, COALESCE(s.merged_into, s.id) AS StoryId, e.url, e.title, e.excerpt, so.name AS Publisher,
               CASE WHEN e.published_at < e.seen_at THEN e.published_at ELSE e.seen_at END AS At
        FROM story_entry se JOIN story s ON s.id = se.story_id JOIN entry e ON e.id = se.entry_id
        JOIN source so ON so.id = se.source_id
        WHERE se.community_id = @Community AND se.rowid > @After AND se.joined_at > @Since
        ORDER BY se.rowid DESC LIMIT @Limit
        """;

    private const string NewestRow = "SELECT COALESCE(MAX(rowid), 0) FROM story_entry";

    private readonly Dictionary<CommunityId, Window> _windows = [];

    /// <summary>
    /// Call first in every transaction that chooses stories: forgets what a transaction taught that was rolled back. Its
    /// stories are no more, and their ids are given out again to other stories.
    /// </summary>
    public async Task ForgetUndoneAsync(SqliteConnection connection)
    {
        var newest = await connection.ExecuteScalarAsync<long>(NewestRow);
        if (_windows.Values.Any(window => window.LastRow > newest))
        {
            Clear();
        }
    }

    /// <summary>The story a report belongs to; null where it starts its own.</summary>
    public async Task<StoryMatch?> ChooseAsync(
        SqliteConnection connection,
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
        SqliteConnection connection,
        CommunityId community,
        ClusterItem item,
        StoryId chosen,
        DateTimeOffset now
    ) => (await ReadAsync(connection, community, now)).Index.Other(item, chosen);

    /// <summary>Forgets everything: after a merge or split. Under the write lock only.</summary>
    public void Clear() => _windows.Clear();

    private async Task<Window> ReadAsync(SqliteConnection connection, CommunityId community, DateTimeOffset now)
    {
        if (!_windows.TryGetValue(community, out var window) || now - window.BuiltAt > TimeSpan.FromHours(1))
        {
            window = new Window(new StoryIndex(), now);
            _windows[community] = window;
        }

        var rows = await connection.QueryAsync<ReportRow>(
            Newer,
            new
            {
                Community = community.Value,
                After = window.LastRow,
                Since = (now - StoryIndex.Window).Ms(),
                Limit = MaxReports,
            }
        );
        foreach (var row in rows.Reverse())
        {
            window.LastRow = row.RowId;
            window.Index.Add(
                new StoryId(row.StoryId),
                new ClusterItem(
                    row.Url is null ? null : new Uri(row.Url),
                    row.Title,
                    row.Excerpt,
                    row.Publisher,
                    Instants.At(row.At)
                )
            );
        }

        return window;
    }

    private sealed class Window(StoryIndex index, DateTimeOffset builtAt)
    {
        public StoryIndex Index => index;
        public DateTimeOffset BuiltAt => builtAt;
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
    }
}
