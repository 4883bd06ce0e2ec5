using System.Data.Common;
using Dapper;
using NewsBot.Core.Stories;

namespace NewsBot.Storage;

/// <summary>
/// Makes two communities one, inside a transaction. What comes is marked with where it came from, so that
/// <see cref="CommunityPart"/> can give each side back its own.
/// </summary>
internal static class CommunityJoin
{
    /// <summary>How the note on the card of a merged story begins.</summary>
    public const string MergedNote = "This story goes on as “";

    // More cards than this are of old news, which nobody reads the note on.
    private const int MostCards = 500;

    private const string Links = """
        SELECT (SELECT COUNT(*) FROM community_link WHERE host_id = @Community AND parted_at IS NULL) AS Guests
        """;

    private const string MovePlaces = """
        UPDATE community_link SET host_id = @Host WHERE host_id = @Guest AND parted_at IS NULL;
        UPDATE workspace SET own_community = COALESCE(own_community, community_id), community_id = @Host
        WHERE community_id = @Guest;
        UPDATE channel SET community_id = @Host WHERE community_id = @Guest;
        UPDATE member SET community_id = @Host WHERE community_id = @Guest;
        """;

    // A feed is read once for a community: the guest's source of the same feed sleeps, and its channels listen to the
    // other. Only where both sides paused it is nothing taken in.
    private const string MoveSources = """
        UPDATE source SET
            joined_to = (SELECT h.id FROM source h WHERE h.community_id = @Host AND h.feed_id = source.feed_id),
            slept_paused_at = paused_at, origin_id = COALESCE(origin_id, @Guest)
        WHERE community_id = @Guest AND joined_to IS NULL
          AND EXISTS (SELECT 1 FROM source h WHERE h.community_id = @Host AND h.feed_id = source.feed_id);
        UPDATE source SET joined_to = (SELECT d.joined_to FROM source d WHERE d.id = source.joined_to)
        WHERE joined_to IN (SELECT id FROM source WHERE community_id = @Guest AND joined_to IS NOT NULL);
        UPDATE source SET paused_at = NULL, paused_by = NULL
        WHERE community_id = @Host AND paused_at IS NOT NULL AND id IN (
            SELECT joined_to FROM source WHERE community_id = @Guest AND joined_to IS NOT NULL AND paused_at IS NULL);
        UPDATE source SET paused_at = COALESCE(paused_at, @Now) WHERE community_id = @Guest AND joined_to IS NOT NULL;
        UPDATE subscription SET source_id = (SELECT joined_to FROM source WHERE source.id = subscription.source_id)
        WHERE source_id IN (SELECT id FROM source WHERE community_id = @Guest AND joined_to IS NOT NULL);
        UPDATE source SET community_id = @Host, origin_id = COALESCE(origin_id, @Guest)
        WHERE community_id = @Guest AND joined_to IS NULL;
        """;

    // The story of the other side that shares its leading report, else any of its reports.
    private const string Shared = """
        SELECT g.id AS Loser, (
            SELECT COALESCE(hs.merged_into, hs.id)
            FROM story_entry ge
            JOIN story_entry he ON he.entry_id = ge.entry_id AND he.community_id = @Host
            JOIN story hs ON hs.id = he.story_id AND hs.taken_down_at IS NULL
            WHERE ge.story_id = g.id
            ORDER BY CASE WHEN ge.entry_id = g.lead_entry_id THEN 0 ELSE 1 END, hs.id LIMIT 1) AS Winner
        FROM story g
        WHERE g.community_id = @Guest AND g.merged_into IS NULL AND g.taken_down_at IS NULL
          AND EXISTS (
            SELECT 1 FROM story_entry ge JOIN story_entry he ON he.entry_id = ge.entry_id AND he.community_id = @Host
            JOIN story hs ON hs.id = he.story_id AND hs.taken_down_at IS NULL WHERE ge.story_id = g.id)
        ORDER BY g.id DESC
        """;

    private const string Merge = """
        UPDATE story SET merged_into = @Winner,
            correction = @Note || (SELECT w.headline FROM story w WHERE w.id = @Winner) || '” (story ' || @Winner || ')',
            corrected_at = @Now
        WHERE id = @Loser
        """;

    // A report that both have stays the host's; the guest's row of it waits under its own community until they part.
    private const string MoveStories = """
        UPDATE story_entry SET community_id = @Host
        WHERE community_id = @Guest AND NOT EXISTS (
            SELECT 1 FROM story_entry o WHERE o.community_id = @Host AND o.entry_id = story_entry.entry_id);
        UPDATE story SET origin_id = COALESCE(origin_id, @Guest), community_id = @Host WHERE community_id = @Guest;
        """;

    private const string MoveRest = """
        INSERT INTO word (community_id, word, added_by, created_at, origin_id)
        SELECT @Host, word, added_by, created_at, COALESCE(origin_id, @Guest) FROM word WHERE community_id = @Guest
        ON CONFLICT (community_id, word) DO NOTHING;
        DELETE FROM pending_command WHERE community_id IN (@Host, @Guest);
        DELETE FROM community_code WHERE community_id IN (@Host, @Guest);
        INSERT INTO community_link (host_id, guest_id, made_by, host_name, linked_at)
        VALUES (@Host, @Guest, @MadeBy, NULL, @Now);
        """;

    /// <summary>Which of two communities goes on: this server's own, else the one that others are part of already.</summary>
    public static async Task<(long Host, long Guest)> OrderAsync(DbConnection connection, long one, long other)
    {
        if (one == PageReader.HomeCommunity || other == PageReader.HomeCommunity)
        {
            return one == PageReader.HomeCommunity ? (one, other) : (other, one);
        }

        var guests = await connection.ExecuteScalarAsync<long>(Links, new { Community = other });
        return guests > 0 ? (other, one) : (one, other);
    }

    /// <summary>Joins a community to another.</summary>
    /// <param name="connection">The connection of a transaction.</param>
    /// <param name="reports">Forgets what it knew of both.</param>
    /// <param name="pair">See <see cref="OrderAsync"/>.</param>
    /// <param name="madeBy">"code" or "settings".</param>
    /// <param name="now">The instant of the transaction.</param>
    /// <returns>How many stories of both became one.</returns>
    public static async Task<int> RunAsync(
        DbConnection connection,
        RecentReports reports,
        (long Host, long Guest) pair,
        string madeBy,
        DateTimeOffset now
    )
    {
        var parameters = new
        {
            pair.Host,
            pair.Guest,
            MadeBy = madeBy,
            Now = now.Ms(),
        };
        await connection.ExecuteAsync(MovePlaces, parameters);
        await connection.ExecuteAsync(MoveSources, parameters);
        var shared = (await connection.QueryAsync<SharedRow>(Shared, parameters)).AsList();
        foreach (var row in shared)
        {
            await connection.ExecuteAsync(
                Merge,
                new
                {
                    row.Loser,
                    row.Winner,
                    Note = MergedNote,
                    parameters.Now,
                }
            );
        }

        await connection.ExecuteAsync(MoveStories, parameters);
        await connection.ExecuteAsync(MoveRest, parameters);
        foreach (var row in shared.Take(MostCards))
        {
            await StoryCards.EditAsync(connection, new StoryId(row.Loser), now);
        }

        reports.Clear();
        return shared.Count;
    }

    private sealed class SharedRow
    {
        public required long Loser { get; init; }
        public required long Winner { get; init; }
    }
}
