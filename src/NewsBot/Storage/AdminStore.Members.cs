using Dapper;
using Microsoft.Data.Sqlite;
using NewsBot.Commands;

namespace NewsBot.Storage;

internal static partial class AdminStore
{
    private const string StoriesOfMember = "SELECT DISTINCT story_id FROM comment WHERE member_id = @member";

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
        DELETE FROM pending_command WHERE asker = 'member-' || @member;
        UPDATE member
        SET name = 'erased', pseudonym = NULL, role = 'member', erased_at = @Now, joined_at = NULL, muted_until = NULL
        WHERE id = @member;
        """;

    /// <summary>Takes all comments of a member off the pages; the chats they were written in are untouched.</summary>
    public static async Task<Plan.Applied> WithdrawAsync(SqliteConnection connection, long member, DateTimeOffset now)
    {
        var stories = (await connection.QueryAsync<long>(StoriesOfMember, new { member })).AsList();
        await connection.ExecuteAsync(
            "UPDATE comment SET visibility = 'off' WHERE member_id = @member",
            new { member }
        );
        await ShowChangeAsync(connection, [], stories, now);
        return new Plan.Applied([]);
    }

    /// <summary>Brings what quotes a member up to date with the name shown now.</summary>
    public static async Task<Plan.Applied> RequoteAsync(SqliteConnection connection, long member, DateTimeOffset now)
    {
        var stories = (await connection.QueryAsync<long>(StoriesOfMember, new { member })).AsList();
        await ShowChangeAsync(connection, [], stories, now);
        return new Plan.Applied([]);
    }

    /// <summary>Erases a member for good, inside a transaction.</summary>
    public static async Task EraseAsync(SqliteConnection connection, long member, DateTimeOffset now)
    {
        var stories = (await connection.QueryAsync<long>(StoriesOfMember, new { member })).AsList();
        await connection.ExecuteAsync(Erase, new { member, Now = now.Ms() });
        await ShowChangeAsync(connection, [], stories, now);
    }

    public static async Task<MemberFacts> MemberFactsAsync(SqliteConnection connection, long member) =>
        await connection.QuerySingleAsync<MemberFacts>(
            """
            SELECT (SELECT COUNT(*) FROM comment WHERE member_id = @member AND state <> 'deleted') AS Comments,
                   (SELECT COUNT(*) FROM follow WHERE member_id = @member) AS Follows
            """,
            new { member }
        );

    public static async Task<bool> IsLastAdminAsync(SqliteConnection connection, long community, long member) =>
        await connection.ExecuteScalarAsync<long>(
            """
            SELECT COUNT(*) FROM member
            WHERE community_id = @community AND role = 'admin' AND erased_at IS NULL AND id <> @member
            """,
            new { community, member }
        ) == 0;

    /// <summary>All that is kept about a member, table by table, without secrets.</summary>
    public static async Task<IReadOnlyDictionary<string, IReadOnlyList<IDictionary<string, object?>>>> MemberDataAsync(
        SqliteConnection connection,
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
                SELECT w.platform, w.name AS workspace, i.external_id
                FROM identity i JOIN workspace w ON w.id = i.workspace_id WHERE i.member_id = @member
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
