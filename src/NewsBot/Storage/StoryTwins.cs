using System.Data.Common;
using Dapper;

namespace NewsBot.Storage;

/// <summary>Leads from the number a story had while communities were joined to what it is in each of them now.</summary>
internal static class StoryTwins
{
    private const string Find = """
        SELECT COALESCE(
            (SELECT t.twin_id FROM story_twin t JOIN story w ON w.id = t.twin_id AND w.community_id = @community
             WHERE t.story_id = @story AND NOT EXISTS (
                SELECT 1 FROM story s WHERE s.id = @story AND s.community_id = @community)
             ORDER BY t.twin_id DESC LIMIT 1), @story)
        """;

    /// <returns>The story itself where it is the community's own, or where nothing stands for it there.</returns>
    public static Task<long> ResolveAsync(DbConnection connection, long story, long community) =>
        connection.ExecuteScalarAsync<long>(Find, new { story, community });
}
