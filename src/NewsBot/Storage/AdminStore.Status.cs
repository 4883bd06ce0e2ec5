using System.Data.Common;
using Dapper;

namespace NewsBot.Storage;

internal static partial class AdminStore
{
    public static Task<CommunityCounts> CountsAsync(DbConnection connection, long community, DateTimeOffset now) =>
        connection.QuerySingleAsync<CommunityCounts>(
            """
            SELECT (SELECT COUNT(*) FROM entry e JOIN source s ON s.feed_id = e.feed_id
                    WHERE s.community_id = @community AND e.seen_at >= @Since) AS Entries,
                   (SELECT COUNT(*) FROM story WHERE community_id = @community AND taken_down_at IS NULL) AS Stories,
                   (SELECT COUNT(*) FROM comment c JOIN story s ON s.id = c.story_id
                    WHERE s.community_id = @community AND c.state = 'visible') AS Comments,
                   (SELECT COUNT(*) FROM member
                    WHERE community_id = @community AND erased_at IS NULL AND joined_into IS NULL) AS Members
            """,
            new { community, Since = now.AddDays(-1).Ms() }
        );

    public static Task<QueueRow> QueueAsync(DbConnection connection, long channel) =>
        connection.QuerySingleAsync<QueueRow>(
            """
            SELECT (SELECT COUNT(*) FROM post WHERE channel_id = @channel AND state = 'waiting') AS Waiting,
                   (SELECT MAX(sent_at) FROM post WHERE channel_id = @channel) AS LastSentAt
            """,
            new { channel }
        );

    public static Task<IEnumerable<TokenRow>> TokensAsync(DbConnection connection, long community) =>
        connection.QueryAsync<TokenRow>(
            """
            SELECT t.id, COALESCE(m.pseudonym, m.name) AS Name, t.created_at AS CreatedAt, t.revoked_at AS RevokedAt
            FROM api_token t JOIN member m ON m.id = t.member_id WHERE m.community_id = @community ORDER BY t.id
            """,
            new { community }
        );
}

/// <summary>A community in numbers.</summary>
internal sealed class CommunityCounts
{
    /// <summary>Seen in the last 24 hours.</summary>
    public required long Entries { get; init; }
    public required long Stories { get; init; }
    public required long Comments { get; init; }
    public required long Members { get; init; }
}

/// <summary>What waits for a channel.</summary>
internal sealed class QueueRow
{
    public required long Waiting { get; init; }
    public required long? LastSentAt { get; init; }
}

/// <summary>A token, without the token.</summary>
internal sealed class TokenRow
{
    public required long Id { get; init; }
    public required string Name { get; init; }
    public required long CreatedAt { get; init; }
    public required long? RevokedAt { get; init; }
}
