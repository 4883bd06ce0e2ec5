using System.Data.Common;
using Dapper;
using NewsBot.Commands;

namespace NewsBot.Storage;

internal static partial class AdminStore
{
    private const string StoriesOfMember = "SELECT DISTINCT story_id FROM comment WHERE member_id = @member";

    private const string CommentsOfMember = "SELECT id FROM comment WHERE member_id = @member ORDER BY id";

    // Numbers and places stay; text, name and every way back to the person go.
    private const string Erase = """
        UPDATE comment_event SET body = NULL WHERE EXISTS (
            SELECT 1 FROM comment c
            WHERE c.member_id = @member AND c.channel_id = comment_event.channel_id AND c.message_id = comment_event.message_id);
        DELETE FROM attachment WHERE comment_id IN (SELECT id FROM comment WHERE member_id = @member);
        UPDATE comment
        SET body = '', state = 'deleted', author_name = NULL, avatar_id = NULL, hidden_by = NULL
        WHERE member_id = @member;
        UPDATE web_message SET body = '', deleted_at = COALESCE(deleted_at, @Now) WHERE member_id = @member;
        DELETE FROM follow WHERE member_id = @member;
        DELETE FROM private_message WHERE member_id = @member;
        DELETE FROM api_token WHERE member_id = @member;
        DELETE FROM identity WHERE member_id = @member;
        DELETE FROM web_session WHERE NOT EXISTS (SELECT 1 FROM session_identity si WHERE si.session_id = web_session.id);
        DELETE FROM link_code WHERE member_id = @member;
        DELETE FROM link_try WHERE member_id = @member;
        DELETE FROM pending_command WHERE asker = 'member-' || @member;
        UPDATE member
        SET name = 'erased', pseudonym = NULL, role = 'member', erased_at = @Now, joined_at = NULL, muted_until = NULL,
            own_joined_at = NULL, own_role = NULL
        WHERE id = @member OR joined_into = @member;
        """;

    /// <summary>Takes all comments of a member off the pages; copies in other chats are taken back, and the chats they were written in are untouched.</summary>
    public static async Task<Plan.Applied> WithdrawAsync(DbConnection connection, long member, DateTimeOffset now)
    {
        var stories = (await connection.QueryAsync<long>(StoriesOfMember, new { member })).AsList();
        await connection.ExecuteAsync(
            "UPDATE comment SET visibility = 'off', withdrawn = 1 WHERE member_id = @member",
            new { member }
        );
        await ShowChangeAsync(connection, [], stories, now);
        await RefreshCopiesAsync(connection, member, CopyChange.Removal, now);
        return new Plan.Applied([]);
    }

    /// <summary>Brings what quotes a member up to date with the name shown now.</summary>
    /// <param name="connection">The connection of the change's transaction.</param>
    /// <param name="member">Who.</param>
    /// <param name="change">Why it is another name, or whether it may be.</param>
    /// <param name="now">The instant of the transaction.</param>
    public static async Task<Plan.Applied> RequoteAsync(
        DbConnection connection,
        long member,
        CopyChange change,
        DateTimeOffset now
    )
    {
        var stories = (await connection.QueryAsync<long>(StoriesOfMember, new { member })).AsList();
        await ShowChangeAsync(connection, [], stories, now);
        await RefreshCopiesAsync(connection, member, change, now);
        return new Plan.Applied([]);
    }

    /// <summary>Erases a member for good, inside a transaction.</summary>
    public static async Task EraseAsync(DbConnection connection, long member, DateTimeOffset now)
    {
        var stories = (await connection.QueryAsync<long>(StoriesOfMember, new { member })).AsList();
        await RemovedCopies.RememberAsync(connection, member, now);
        await connection.ExecuteAsync(Erase, new { member, Now = now.Ms() });
        await HeldReplies.ForgetDeletedAsync(connection, now);
        await ShowChangeAsync(connection, [], stories, now);
        await RefreshCopiesAsync(connection, member, CopyChange.Removal, now);
    }

    /// <summary>The rows that an erased member leaves empty: their own, and those of names that were joined with it.</summary>
    public static async Task<IReadOnlyList<MemberRow>> RowsOfAsync(DbConnection connection, long member) =>
        (
            await connection.QueryAsync<MemberRow>(
                """
                SELECT id, name, pseudonym, role, muted_until AS MutedUntil, opted_out_at AS OptedOutAt,
                       joined_at AS JoinedAt, first_seen_at AS FirstSeenAt
                FROM member WHERE id = @member OR joined_into = @member
                """,
                new { member }
            )
        ).AsList();

    private static async Task RefreshCopiesAsync(
        DbConnection connection,
        long member,
        CopyChange change,
        DateTimeOffset now
    ) =>
        await CommentCopies.RefreshAsync(
            connection,
            (await connection.QueryAsync<long>(CommentsOfMember, new { member })).AsList(),
            change,
            now
        );

    public static async Task<MemberFacts> MemberFactsAsync(DbConnection connection, long member) =>
        await connection.QuerySingleAsync<MemberFacts>(
            """
            SELECT (SELECT COUNT(*) FROM comment WHERE member_id = @member AND state <> 'deleted') AS Comments,
                   (SELECT COUNT(*) FROM follow WHERE member_id = @member) AS Follows
            """,
            new { member }
        );

    public static async Task<bool> IsLastAdminAsync(DbConnection connection, long community, long member) =>
        await connection.ExecuteScalarAsync<long>(
            """
            SELECT COUNT(*) FROM member
            WHERE community_id = @community AND role = 'admin' AND erased_at IS NULL AND id <> @member
            """,
            new { community, member }
        ) == 0;

    /// <summary>All that is kept about a member, table by table, without secrets.</summary>
    public static async Task<IReadOnlyDictionary<string, IReadOnlyList<IDictionary<string, object?>>>> MemberDataAsync(
        DbConnection connection,
        long member
    )
    {
        (string Name, string Sql)[] parts =
        [
            (
                "member",
                """
                SELECT id, name, pseudonym, role, opted_out_at, muted_until, joined_at, first_seen_at
                FROM member WHERE id = @member
                """
            ),
            (
                "identities",
                """
                SELECT w.platform, w.name AS workspace, i.external_id, i.banned_at, i.standing_at, i.standing_role, i.left_at,
                       i.silenced_until
                FROM identity i JOIN workspace w ON w.id = i.workspace_id WHERE i.member_id = @member
                """
            ),
            ("names", "SELECT id, name, joined_at, first_seen_at FROM member WHERE joined_into = @member ORDER BY id"),
            (
                "sessions",
                """
                SELECT DISTINCT s.platform, s.browser, s.created_at, s.used_at, s.expires_at
                FROM web_session s JOIN session_identity si ON si.session_id = s.id
                JOIN identity i ON i.id = si.identity_id WHERE i.member_id = @member ORDER BY s.created_at
                """
            ),
            (
                "comments",
                """
                SELECT c.story_id, s.headline, c.number, c.parent, c.body, c.state, c.visibility, ch.name AS channel,
                       c.written_at, c.edited_at, c.reactions
                FROM comment c JOIN story s ON s.id = c.story_id JOIN channel ch ON ch.id = c.channel_id
                WHERE c.member_id = @member ORDER BY c.id
                """
            ),
            (
                "messages",
                """
                SELECT m.id, ch.name AS channel, m.body, m.reply_to, m.created_at, m.edited_at, m.deleted_at
                FROM web_message m JOIN channel ch ON ch.id = m.channel_id WHERE m.member_id = @member ORDER BY m.id
                """
            ),
            ("follows", "SELECT story_id, created_at FROM follow WHERE member_id = @member ORDER BY story_id"),
            (
                "private_messages",
                "SELECT body, created_at, read_at FROM private_message WHERE member_id = @member ORDER BY id"
            ),
            ("tokens", "SELECT id, created_at, revoked_at FROM api_token WHERE member_id = @member ORDER BY id"),
            ("acts", "SELECT action, target, at, undone_at FROM audit WHERE actor = 'member-' || @member ORDER BY id"),
        ];
        var data = new Dictionary<string, IReadOnlyList<IDictionary<string, object?>>>(StringComparer.Ordinal);
        foreach (var (name, sql) in parts)
        {
            var rows = await connection.QueryAsync(sql, new { member });
            data[name] = [.. rows.Select(row => (IDictionary<string, object?>)row)];
        }

        return data;
    }
}

/// <summary>A member in numbers.</summary>
internal sealed class MemberFacts
{
    public required long Comments { get; init; }
    public required long Follows { get; init; }
}
