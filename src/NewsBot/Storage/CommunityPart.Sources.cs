using System.Data.Common;
using Dapper;

namespace NewsBot.Storage;

internal static partial class CommunityPart
{
    // A source that slept wakes, and the guest's channels listen to it again. One that was removed for both stays removed.
    private const string Wake = """
        UPDATE subscription SET source_id = (
            SELECT d.id FROM source d WHERE d.community_id = @Guest AND d.joined_to = subscription.source_id)
        WHERE channel_id IN (SELECT id FROM channel WHERE community_id = @Guest)
          AND source_id IN (SELECT joined_to FROM source WHERE community_id = @Guest AND joined_to IS NOT NULL);
        DELETE FROM source
        WHERE community_id = @Guest AND joined_to IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM source h WHERE h.id = source.joined_to);
        UPDATE source SET joined_to = NULL, paused_at = slept_paused_at, slept_paused_at = NULL
        WHERE community_id = @Guest AND joined_to IS NOT NULL;
        """;

    private const string GoHome = """
        UPDATE source SET community_id = @Guest, origin_id = NULL WHERE community_id = @Host AND origin_id = @Guest
        """;

    // Sources that channels of the other side listen to.
    private const string Crossing = """
        SELECT s.id, s.community_id AS Community, s.feed_id AS Feed, f.url, f.recipe,
               CASE WHEN EXISTS (SELECT 1 FROM feed_credential k WHERE k.feed_id = s.feed_id) THEN 1 ELSE 0 END AS HasLogin,
               CASE WHEN s.created_at >= @Since AND s.origin_id IS NULL THEN (
                   SELECT c.community_id FROM subscription u JOIN channel c ON c.id = u.channel_id
                   WHERE u.source_id = s.id ORDER BY u.id LIMIT 1) END AS FirstSide
        FROM source s JOIN feed f ON f.id = s.feed_id
        WHERE s.community_id IN (@Host, @Guest) AND EXISTS (
            SELECT 1 FROM subscription u JOIN channel c ON c.id = u.channel_id
            WHERE u.source_id = s.id AND c.community_id <> s.community_id AND c.community_id IN (@Host, @Guest))
        ORDER BY s.id
        """;

    private const string Give = "UPDATE source SET community_id = @Side, origin_id = NULL WHERE id = @Id";

    private const string Unsubscribe = """
        DELETE FROM subscription
        WHERE source_id = @Id AND channel_id IN (SELECT id FROM channel WHERE community_id = @Other)
        """;

    private const string CopySource = """
        INSERT INTO source (community_id, feed_id, name, category, weight, min_interval_ms, paused_at, paused_by, licence,
                            excerpt_chars, quiet, created_at)
        SELECT @Other, feed_id, name, category, weight, min_interval_ms, paused_at, NULL, licence, excerpt_chars, quiet, @Now
        FROM source WHERE id = @Id
        ON CONFLICT (community_id, feed_id) DO NOTHING;
        UPDATE subscription SET source_id = (SELECT t.id FROM source t WHERE t.community_id = @Other AND t.feed_id = @Feed)
        WHERE source_id = @Id AND channel_id IN (SELECT id FROM channel WHERE community_id = @Other);
        """;

    private static async Task PartSourcesAsync(DbConnection connection, Sides sides)
    {
        await connection.ExecuteAsync(Wake, sides);
        await connection.ExecuteAsync(GoHome, sides);
        foreach (var source in (await connection.QueryAsync<CrossingRow>(Crossing, sides)).AsList())
        {
            var isPrivate = source.HasLogin == 1 || FeedAddress.IsPrivate(source.Url, source.Recipe);
            var side = source.Community;
            // Whoever subscribed first to what only they may read brought it.
            if (isPrivate && source.FirstSide is { } first && first != side)
            {
                side = first;
                await connection.ExecuteAsync(Give, new { source.Id, Side = side });
            }

            await connection.ExecuteAsync(
                isPrivate ? Unsubscribe : CopySource,
                new
                {
                    source.Id,
                    source.Feed,
                    Other = side == sides.Host ? sides.Guest : sides.Host,
                    sides.Now,
                }
            );
        }
    }

    private sealed class CrossingRow
    {
        public required long Id { get; init; }
        public required long Community { get; init; }
        public required long Feed { get; init; }
        public required string Url { get; init; }
        public required long HasLogin { get; init; }
        public long? FirstSide { get; init; }
        public string? Recipe { get; init; }
    }
}
