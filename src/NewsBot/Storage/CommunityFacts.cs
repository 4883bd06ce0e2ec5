using System.Data.Common;
using Dapper;

namespace NewsBot.Storage;

/// <summary>What admins are told of a community before it is joined with another, or parts from it.</summary>
internal sealed class CommunityFacts
{
    // The rest is counted.
    private const int MostNames = 12;

    private const string Counts = """
        SELECT c.name AS Name,
               (SELECT COUNT(*) FROM channel ch WHERE ch.community_id = c.id) AS ChannelCount,
               (SELECT COUNT(*) FROM source s WHERE s.community_id = c.id) AS SourceCount,
               (SELECT COUNT(*) FROM source s WHERE s.community_id = c.id
                AND EXISTS (SELECT 1 FROM feed_credential k WHERE k.feed_id = s.feed_id)) AS LoginCount,
               (SELECT COUNT(*) FROM member m WHERE m.community_id = c.id AND m.erased_at IS NULL) AS MemberCount,
               (SELECT COUNT(*) FROM story t WHERE t.community_id = c.id AND t.taken_down_at IS NULL) AS StoryCount
        FROM community c WHERE c.id = @Community
        """;

    private const string WorkspaceNames = """
        SELECT CASE platform WHEN 'web' THEN 'the built-in chat' WHEN 'discord' THEN name || ' (Discord)'
               ELSE name || ' (Slack)' END
        FROM workspace WHERE community_id = @Community AND removed_at IS NULL
          AND (platform <> 'web' OR EXISTS (SELECT 1 FROM channel c WHERE c.workspace_id = workspace.id))
        ORDER BY id LIMIT @Most
        """;

    private const string ChannelNames =
        "SELECT name FROM channel WHERE community_id = @Community ORDER BY id LIMIT @Most";

    private const string SourceNames = """
        SELECT name FROM source s WHERE community_id = @Community
          AND NOT EXISTS (SELECT 1 FROM feed_credential k WHERE k.feed_id = s.feed_id)
        ORDER BY name LIMIT @Most
        """;

    private const string InBoth = """
        SELECT (SELECT COUNT(*) FROM source a JOIN source b ON b.feed_id = a.feed_id AND b.community_id = @Other
                WHERE a.community_id = @One) AS Sources,
               (SELECT COUNT(DISTINCT a.story_id) FROM story_entry a
                JOIN story_entry b ON b.entry_id = a.entry_id AND b.community_id = @Other
                WHERE a.community_id = @One) AS Stories
        """;

    public required string Name { get; init; }
    public required long ChannelCount { get; init; }
    public required long SourceCount { get; init; }
    public required long LoginCount { get; init; }
    public required long MemberCount { get; init; }
    public required long StoryCount { get; init; }
    public IReadOnlyList<string> Workspaces { get; private set; } = [];
    public IReadOnlyList<string> Channels { get; private set; } = [];
    public IReadOnlyList<string> Sources { get; private set; } = [];

    public static async Task<CommunityFacts> ReadAsync(DbConnection connection, long community)
    {
        var key = new { Community = community, Most = MostNames };
        var facts = await connection.QuerySingleAsync<CommunityFacts>(Counts, key);
        facts.Workspaces = (await connection.QueryAsync<string>(WorkspaceNames, key)).AsList();
        facts.Channels = (await connection.QueryAsync<string>(ChannelNames, key)).AsList();
        facts.Sources = (await connection.QueryAsync<string>(SourceNames, key)).AsList();
        return facts;
    }

    /// <returns>How many sources read the same feed, and how many stories share a report.</returns>
    public static Task<(long Sources, long Stories)> SharedAsync(DbConnection connection, long one, long other) =>
        connection.QuerySingleAsync<(long, long)>(InBoth, new { One = one, Other = other });
}
