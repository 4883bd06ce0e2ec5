using Dapper;
using NewsBot.Storage;

namespace NewsBot.Chat;

/// <summary>Private messages that are to be handed over on chat platforms.</summary>
internal sealed class PrivateMessageStore(Database database)
{
    // Direct messages are few and slow to open; what is left comes with the next tick.
    private const int Batch = 10;

    // With the doublings below about two days: by then it is no news.
    private const int MaxAttempts = 12;

    // Longer than a call with all its tries: what is on its way is not sent a second time beside it.
    private const long FirstPauseMs = 2 * 60 * 1_000;
    private const long LongestPauseMs = 6 * 60 * 60 * 1_000;

    // Counted and put off before it is sent: whatever happens then, it is not tried at once again.
    private const string Claim = """
        UPDATE private_message
        SET attempts = attempts + 1,
            next_try_at = CASE WHEN attempts + 1 >= @MaxAttempts THEN NULL
                               ELSE @Now + MIN(@Longest, @First * (1 << MIN(attempts, 20))) END
        WHERE id IN (
            SELECT p.id FROM private_message p
            WHERE p.sent_at IS NULL AND p.read_at IS NULL AND (p.attempts = 0 OR p.next_try_at <= @Now)
              AND EXISTS (
                SELECT 1 FROM identity i JOIN workspace w ON w.id = i.workspace_id
                WHERE i.member_id = p.member_id AND w.platform = @Platform AND w.removed_at IS NULL)
            ORDER BY p.attempts, p.id LIMIT @Batch
        )
        RETURNING id
        """;

    private const string Any = """
        SELECT 1 FROM private_message p
        WHERE p.sent_at IS NULL AND p.read_at IS NULL AND (p.attempts = 0 OR p.next_try_at <= @Now)
          AND EXISTS (
            SELECT 1 FROM identity i JOIN workspace w ON w.id = i.workspace_id
            WHERE i.member_id = p.member_id AND w.platform = @Platform AND w.removed_at IS NULL)
        LIMIT 1
        """;

    private const string Load = """
        SELECT p.id, p.body, p.attempts, p.created_at AS CreatedAt, i.external_id AS Account, w.external_id AS Workspace
        FROM private_message p
        JOIN identity i ON i.id = (
            SELECT MIN(one.id) FROM identity one JOIN workspace at ON at.id = one.workspace_id
            WHERE one.member_id = p.member_id AND at.platform = @Platform AND at.removed_at IS NULL)
        JOIN workspace w ON w.id = i.workspace_id
        WHERE p.id IN @Ids ORDER BY p.id
        """;

    private const string Sent = "UPDATE private_message SET sent_at = @Now, next_try_at = NULL WHERE id = @Id";

    private const string Undeliverable = "UPDATE private_message SET next_try_at = NULL WHERE id = @Id";

    /// <summary>Takes what is due; each is put off, so that nobody else takes it too.</summary>
    /// <param name="platform">As the database names it; only members with an account there are written to.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Cancels the wait for the database.</param>
    public async Task<IReadOnlyList<ChatPrivateMessage>> ClaimAsync(
        string platform,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        // Most ticks find nothing: they must not take the write lock.
        var any = await database.ReadAsync(
            connection => connection.ExecuteScalarAsync<long?>(Any, new { Platform = platform, Now = now.Ms() }),
            cancellationToken
        );
        return any is null
            ? []
            : await database.WriteAsync<IReadOnlyList<ChatPrivateMessage>>(
                async connection =>
                {
                    var ids = (
                        await connection.QueryAsync<long>(
                            Claim,
                            new
                            {
                                Platform = platform,
                                Now = now.Ms(),
                                MaxAttempts,
                                First = FirstPauseMs,
                                Longest = LongestPauseMs,
                                Batch,
                            }
                        )
                    ).AsList();
                    var rows = await connection.QueryAsync<MessageRow>(
                        Load,
                        new { Platform = platform, Ids = Among.Of(ids) }
                    );
                    return [.. rows.Select(row => row.ToMessage())];
                },
                cancellationToken
            );
    }

    public Task SaveSentAsync(long id, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => (Task)connection.ExecuteAsync(Sent, new { Id = id, Now = now.Ms() }),
            cancellationToken
        );

    /// <summary>Tried, not sent, and not to be tried again: that is how an undeliverable message is known.</summary>
    public Task SaveUndeliverableAsync(long id, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => (Task)connection.ExecuteAsync(Undeliverable, new { Id = id }),
            cancellationToken
        );

    private sealed class MessageRow
    {
        public required long Id { get; init; }
        public required string Body { get; init; }
        public required long Attempts { get; init; }
        public required long CreatedAt { get; init; }
        public required string Account { get; init; }
        public required string Workspace { get; init; }

        public ChatPrivateMessage ToMessage() =>
            new(Id, Workspace, Account, Body, (int)Attempts, Instants.At(CreatedAt));
    }
}

/// <summary>One private message and who gets it.</summary>
/// <param name="Id">Its row.</param>
/// <param name="Workspace">The platform's id of the workspace the account is of.</param>
/// <param name="Account">The platform's id of the member's account.</param>
/// <param name="Body">Our Markdown.</param>
/// <param name="Attempts">With this one.</param>
/// <param name="CreatedAt">When it was written.</param>
internal sealed record ChatPrivateMessage(
    long Id,
    string Workspace,
    string Account,
    string Body,
    int Attempts,
    DateTimeOffset CreatedAt
);
