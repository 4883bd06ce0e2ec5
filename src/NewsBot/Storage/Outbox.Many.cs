using System.Data.Common;
using System.Text.Json;
using Dapper;
using NewsBot.Core.Flows;

namespace NewsBot.Storage;

internal static partial class Outbox
{
    private const string Hasten = """
        UPDATE post SET priority = MIN(priority, @Priority), not_before = MIN(not_before, @NotBefore)
        WHERE id IN (
            SELECT e.id FROM post c
            JOIN post e ON e.channel_id = c.channel_id AND e.subject = c.subject AND e.part = c.part
            WHERE c.id IN (SELECT value FROM json_each(@Creates))
              AND e.operation = @Operation AND e.state = 'waiting' AND e.attempts = 0)
        """;

    // What was never tried says what is true when it is handed out, so it needs no edit.
    private const string AddChanges = """
        INSERT INTO post (channel_id, subject, part, operation, revision, body, priority, not_before, cause_at, created_at,
                          trace_parent)
        SELECT c.channel_id, c.subject, c.part, @Operation,
               (SELECT MAX(x.revision) + 1 FROM post x
                WHERE x.channel_id = c.channel_id AND x.subject = c.subject AND x.part = c.part),
               (SELECT x.body FROM post x
                WHERE x.channel_id = c.channel_id AND x.subject = c.subject AND x.part = c.part
                  AND x.operation <> 'delete' AND x.state IN ('waiting', 'sent')
                ORDER BY x.revision DESC LIMIT 1),
               @Priority, @NotBefore, @Now, @Now, @Trace
        FROM post c
        WHERE c.id IN (SELECT value FROM json_each(@Creates))
          AND (c.state = 'sent' OR (c.state = 'waiting' AND c.attempts > 0))
          AND NOT EXISTS (
            SELECT 1 FROM post d
            WHERE d.channel_id = c.channel_id AND d.subject = c.subject AND d.part = c.part AND d.operation = 'delete')
          AND NOT EXISTS (
            SELECT 1 FROM post e
            WHERE e.channel_id = c.channel_id AND e.subject = c.subject AND e.part = c.part
              AND e.operation = 'edit' AND e.state = 'waiting' AND e.attempts = 0 AND @Operation = 'edit')
        ORDER BY c.id
        """;

    // A part of its own, so that each message keeps its row. What was never tried says what is true when it is handed out.
    private const string AddAgain = """
        INSERT INTO post (channel_id, subject, part, operation, revision, body, priority, not_before, cause_at, created_at,
                          trace_parent)
        SELECT c.channel_id, c.subject,
               (SELECT MAX(x.part) + 1 FROM post x WHERE x.channel_id = c.channel_id AND x.subject = c.subject),
               'create', 0, c.body, @Priority, @NotBefore, @Now, @Now, @Trace
        FROM post c
        WHERE c.id IN (SELECT value FROM json_each(@Creates))
          AND (c.state = 'sent' OR (c.state = 'waiting' AND c.attempts > 0))
          AND NOT EXISTS (
            SELECT 1 FROM post d
            WHERE d.channel_id = c.channel_id AND d.subject = c.subject AND d.part = c.part AND d.operation = 'delete')
        ORDER BY c.id
        """;

    private const string Tried = """
        SELECT id FROM post
        WHERE id IN (SELECT value FROM json_each(@Creates)) AND (state = 'sent' OR attempts > 0)
        """;

    private const string DropAllUnsent = """
        UPDATE post SET state = 'dropped'
        WHERE state = 'waiting' AND attempts = 0 AND operation <> 'delete' AND id IN (
            SELECT p.id FROM post c
            JOIN post p ON p.channel_id = c.channel_id AND p.subject = c.subject AND p.part = c.part
            WHERE c.id IN (SELECT value FROM json_each(@Creates)))
        """;

    /// <summary>Brings messages up to date whose words or counts are read when they are handed out. Unsent edits become one.</summary>
    /// <param name="connection">The connection of the cause's transaction.</param>
    /// <param name="creates">The posts that made the messages.</param>
    /// <param name="priority">See <see cref="PostDraft.Priority"/>.</param>
    /// <param name="notBefore">Earliest instant to send.</param>
    /// <param name="now">The instant of the transaction.</param>
    public static async Task EditAllAsync(
        DbConnection connection,
        IReadOnlyCollection<long> creates,
        int priority,
        DateTimeOffset notBefore,
        DateTimeOffset now
    )
    {
        if (creates.Count > 0)
        {
            var parameters = Parameters(creates, "edit", priority, notBefore, now);
            await connection.ExecuteAsync(Hasten, parameters);
            await connection.ExecuteAsync(AddChanges, parameters);
        }
    }

    /// <summary>Takes messages back: what was not sent is dropped, what was sent is deleted on its platform.</summary>
    /// <param name="connection">The connection of the cause's transaction.</param>
    /// <param name="creates">The posts that made the messages.</param>
    /// <param name="priority">See <see cref="PostDraft.Priority"/>.</param>
    /// <param name="now">The instant of the transaction.</param>
    public static async Task DeleteAllAsync(
        DbConnection connection,
        IReadOnlyCollection<long> creates,
        int priority,
        DateTimeOffset now
    )
    {
        if (creates.Count > 0)
        {
            var parameters = Parameters(creates, "delete", priority, now, now);
            await connection.ExecuteAsync(DropAllUnsent, parameters);
            await connection.ExecuteAsync(Hasten, parameters);
            await connection.ExecuteAsync(AddChanges, parameters);
        }
    }

    /// <summary>Takes messages back and posts them anew; what they say is read when they are handed out.</summary>
    /// <param name="connection">The connection of the cause's transaction.</param>
    /// <param name="creates">The posts that made the messages.</param>
    /// <param name="priority">Of the new ones, see <see cref="PostDraft.Priority"/>; the old ones go first of all.</param>
    /// <param name="now">The instant of the transaction.</param>
    public static async Task RepostAllAsync(
        DbConnection connection,
        IReadOnlyCollection<long> creates,
        int priority,
        DateTimeOffset now
    )
    {
        if (creates.Count > 0)
        {
            await connection.ExecuteAsync(AddAgain, Parameters(creates, "create", priority, now, now));
            // Those that were never tried stay: they make no message under the old name.
            await DeleteAllAsync(connection, await TriedAsync(connection, creates), CopyChange.Removal.Priority, now);
        }
    }

    private static async Task<IReadOnlyCollection<long>> TriedAsync(
        DbConnection connection,
        IReadOnlyCollection<long> creates
    ) => (await connection.QueryAsync<long>(Tried, new { Creates = JsonSerializer.Serialize(creates) })).AsList();

    private static object Parameters(
        IReadOnlyCollection<long> creates,
        string operation,
        int priority,
        DateTimeOffset notBefore,
        DateTimeOffset now
    ) =>
        new
        {
            Creates = JsonSerializer.Serialize(creates),
            Operation = operation,
            Priority = priority,
            NotBefore = notBefore.Ms(),
            Now = now.Ms(),
            Trace = Traces.Cause,
        };
}
