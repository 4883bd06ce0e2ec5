using System.Data.Common;
using System.Globalization;
using Dapper;
using NewsBot.Chat;
using NewsBot.Commands;

namespace NewsBot.Storage;

internal static partial class AdminStore
{
    private const string AuditColumns = """
        SELECT id, actor, action, target, before, after, at, undone_at AS UndoneAt, reason FROM audit
        """;

    // As long as anybody reads in a list.
    private const int MaxReason = 300;

    // What was done before a community was joined with this one stays its own, and readable here while they are one.
    private const string Within = "(SELECT member_id FROM community_within WHERE community_id = @community)";

    /// <returns>The entry's number.</returns>
    public static Task<long> AuditAsync(
        DbConnection connection,
        CommandContext context,
        string target,
        string before,
        string after
    ) =>
        connection.ExecuteScalarAsync<long>(
            """
            INSERT INTO audit (community_id, actor, action, target, before, after, at, reason)
            SELECT @Community, @Actor, @Action, @Target, @Before, @After, @Now,
                   CASE WHEN EXISTS (SELECT 1 FROM moderation WHERE community_id = @Community AND log = 'off')
                        THEN NULL ELSE @Reason END
            RETURNING id
            """,
            new
            {
                context.Community,
                context.Actor,
                Action = context.Command.Spec.Name,
                Target = target,
                Before = before,
                After = after,
                Now = context.Now.Ms(),
                Reason = Shortened.To(context.Command.Option("reason") ?? "", MaxReason) is { Length: > 0 } reason
                    ? reason
                    : null,
            }
        );

    /// <returns>Newest first.</returns>
    public static async Task<IReadOnlyList<AuditRow>> AuditsAsync(DbConnection connection, long community, int limit) =>
        [
            .. await connection.QueryAsync<AuditRow>(
                AuditColumns + " WHERE community_id IN " + Within + " ORDER BY id DESC LIMIT @limit",
                new { community, limit }
            ),
        ];

    public static Task<AuditRow?> AuditAsync(DbConnection connection, long community, long id) =>
        connection.QueryFirstOrDefaultAsync<AuditRow>(
            AuditColumns + " WHERE community_id = @community AND id = @id",
            new { community, id }
        );

    /// <summary>The newest act of somebody that is not undone and is itself no undoing.</summary>
    public static Task<AuditRow?> LastActAsync(DbConnection connection, long community, string actor) =>
        connection.QueryFirstOrDefaultAsync<AuditRow>(
            AuditColumns
                + """
                 WHERE community_id = @community AND actor = @actor AND action <> 'undo' AND undone_at IS NULL
                ORDER BY id DESC LIMIT 1
                """,
            new { community, actor }
        );

    /// <summary>Names by which members appear in the audit.</summary>
    public static async Task<string> ActorNameAsync(DbConnection connection, string actor)
    {
        if (!actor.StartsWith("member-", StringComparison.Ordinal))
        {
            return actor;
        }

        var id = long.Parse(actor.AsSpan("member-".Length), CultureInfo.InvariantCulture);
        return await connection.ExecuteScalarAsync<string?>(
                "SELECT COALESCE(pseudonym, name) FROM member WHERE id = @id",
                new { id }
            ) ?? actor;
    }
}

/// <summary>One entry of the audit.</summary>
internal sealed class AuditRow
{
    public required long Id { get; init; }
    public required string Actor { get; init; }
    public required string Action { get; init; }
    public required string Target { get; init; }
    public required string? Before { get; init; }
    public required string? After { get; init; }
    public required long At { get; init; }
    public required long? UndoneAt { get; init; }
    public string? Reason { get; init; }
}
