using System.Data.Common;
using Dapper;

namespace NewsBot.Storage;

/// <summary>
/// Parts a community from the one it was joined with, inside a transaction: each side gets back its own and nothing that
/// the other's people wrote. In a story that both go on with, the other's comments leave their numbers behind.
/// </summary>
internal static partial class CommunityPart
{
    private const string MovePlaces = """
        UPDATE channel SET community_id = @Guest
        WHERE workspace_id IN (SELECT id FROM workspace WHERE own_community = @Guest);
        UPDATE workspace SET community_id = @Guest, own_community = NULL WHERE own_community = @Guest;
        """;

    // Words that were added meanwhile stay with the side whose moderator added them.
    private const string MoveWords = """
        DELETE FROM word WHERE community_id = @Host AND origin_id = @Guest;
        INSERT INTO word (community_id, word, added_by, created_at)
        SELECT @Guest, word, added_by, created_at FROM word
        WHERE community_id = @Host AND origin_id IS NULL AND created_at >= @Since
          AND added_by IN (SELECT 'member-' || id FROM member WHERE community_id = @Guest)
        ON CONFLICT (community_id, word) DO NOTHING;
        DELETE FROM word
        WHERE community_id = @Host AND origin_id IS NULL AND created_at >= @Since
          AND added_by IN (SELECT 'member-' || id FROM member WHERE community_id = @Guest);
        """;

    // What was told privately meanwhile may name people and channels of the other side.
    private const string ForgetTold = """
        DELETE FROM private_message
        WHERE created_at >= @Since AND member_id IN (SELECT id FROM member WHERE community_id IN (@Host, @Guest));
        UPDATE source SET paused_by = NULL
        WHERE community_id IN (@Host, @Guest)
          AND paused_by IN (SELECT 'member-' || m.id FROM member m WHERE m.community_id <> source.community_id);
        DELETE FROM pending_command WHERE community_id IN (@Host, @Guest);
        DELETE FROM digest_draft WHERE channel_id IN (SELECT id FROM channel WHERE community_id IN (@Host, @Guest));
        DELETE FROM community_code WHERE community_id IN (@Host, @Guest);
        """;

    // What was decided of a channel goes with it; what was decided of an entry as such tells of the host's sources.
    private const string MoveDecisions = """
        UPDATE decision SET community_id = @Guest
        WHERE community_id = @Host AND channel_id IN (SELECT id FROM channel WHERE community_id = @Guest);
        DELETE FROM decision
        WHERE community_id = @Host AND at >= @Since AND channel_id IS NULL
          AND entry_id NOT IN (SELECT entry_id FROM story_entry WHERE community_id = @Host);
        """;

    private const string End = """
        UPDATE moderation SET channel_id = NULL
        WHERE community_id IN (@Host, @Guest) AND EXISTS (
            SELECT 1 FROM channel c WHERE c.id = moderation.channel_id AND c.community_id <> moderation.community_id);
        UPDATE community_link SET parted_at = @Now WHERE guest_id = @Guest AND parted_at IS NULL;
        UPDATE community SET name = (
            SELECT l.host_name FROM community_link l WHERE l.guest_id = @Guest AND l.host_name IS NOT NULL
            ORDER BY l.id DESC LIMIT 1)
        WHERE id = @Host AND EXISTS (
            SELECT 1 FROM community_link l
            WHERE l.guest_id = @Guest AND l.parted_at = @Now AND l.host_name IS NOT NULL)
          AND NOT EXISTS (SELECT 1 FROM community_link l WHERE l.host_id = @Host AND l.parted_at IS NULL);
        """;

    /// <param name="connection">The connection of a transaction.</param>
    /// <param name="reports">Forgets what it knew of both.</param>
    /// <param name="link">Who parts from whom.</param>
    /// <param name="now">The instant of the transaction.</param>
    /// <returns>How many stories go on on both sides.</returns>
    public static async Task<int> RunAsync(
        DbConnection connection,
        RecentReports reports,
        CommunityLink link,
        DateTimeOffset now
    )
    {
        var sides = new Sides(link.Host, link.Guest, link.LinkedAt, now.Ms());
        await connection.ExecuteAsync(MovePlaces, sides);
        await PartSourcesAsync(connection, sides);
        await PartMembersAsync(connection, sides);
        var parted = await PartStoriesAsync(connection, sides);
        await PartPostsAsync(connection, sides, parted, now);
        await connection.ExecuteAsync(MoveWords, sides);
        await PartAuditAsync(connection, sides);
        await connection.ExecuteAsync(ForgetTold, sides);
        await connection.ExecuteAsync(MoveDecisions, sides);
        await connection.ExecuteAsync(End, sides);
        await PartReviewsAsync(connection, sides, now);
        await ShowAsync(connection, parted, now);
        reports.Clear();
        return parted.Twins.Count;
    }

    /// <param name="Host">The community that went on for both.</param>
    /// <param name="Guest">The one that parts from it.</param>
    /// <param name="Since">Since when they were one.</param>
    /// <param name="Now">The instant of the transaction.</param>
    private sealed record Sides(long Host, long Guest, long Since, long Now);
}

/// <summary>A community that is part of another meanwhile.</summary>
internal sealed class CommunityLink
{
    public const string Columns = """
        SELECT l.id, l.host_id AS Host, l.guest_id AS Guest, l.made_by AS MadeBy, l.linked_at AS LinkedAt,
               h.name AS HostName, g.name AS GuestName
        FROM community_link l JOIN community h ON h.id = l.host_id JOIN community g ON g.id = l.guest_id
        WHERE l.parted_at IS NULL
        """;

    public required long Id { get; init; }
    public required long Host { get; init; }
    public required long Guest { get; init; }
    public required string MadeBy { get; init; }
    public required long LinkedAt { get; init; }
    public required string HostName { get; init; }
    public required string GuestName { get; init; }
}
