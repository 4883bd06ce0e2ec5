using System.Data.Common;
using Dapper;
using NewsBot.Core.Feeds;
using NewsBot.WebSub;

namespace NewsBot.Storage;

/// <content>What hubs say by the callbacks they were told.</content>
internal sealed partial class WebSubStore
{
    // Bodies that are told apart from new ones, for each feed: more than a hub has under way at once.
    private const int MaxSeen = 8;

    private const string Agree = """
        UPDATE websub SET state = 'live', lease_ends_at = @EndsAt, due_at = @RenewAt, attempts = 0, last_error = NULL
        WHERE callback_key = @Key AND topic_url = @Topic AND state IN ('asking', 'live') AND asked_at >= @Since
        RETURNING feed_id
        """;

    private const string Deny = """
        UPDATE websub SET state = 'denied', due_at = @NextAt, lease_ends_at = NULL,
            last_error = 'The hub denied it.'
        WHERE callback_key = @Key AND topic_url = @Topic AND state IN ('asking', 'live') AND asked_at IS NOT NULL
        RETURNING feed_id
        """;

    private const string Part = """
        DELETE FROM websub
        WHERE callback_key = @Key AND topic_url = @Topic AND state = 'leaving' AND asked_at >= @Since RETURNING feed_id
        """;

    private const string Find = """
        SELECT id, feed_id AS Feed, secret, seen FROM websub
        WHERE callback_key = @Key AND asked_at IS NOT NULL AND state IN ('asking', 'live')
        """;

    /// <summary>The hub will push from now on, if that is what it was asked for.</summary>
    /// <returns>False where it was not asked.</returns>
    public async Task<bool> AgreeAsync(
        string key,
        string topic,
        TimeSpan lease,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var parameters = new
        {
            Key = key,
            Topic = topic,
            EndsAt = (now + lease).Ms(),
            RenewAt = (now + HubPatience.Renewal(lease)).Ms(),
            Since = (now - HubPatience.Verification).Ms(),
        };
        // A stranger who guesses addresses must not take the write lock.
        return await database.ReadAsync(connection => IsKnownAsync(connection, key), cancellationToken)
            && await database.WriteAsync(
                async connection => await connection.ExecuteScalarAsync<long?>(Agree, parameters) is not null,
                cancellationToken
            );
    }

    /// <summary>The hub will not push.</summary>
    /// <returns>False where it was not asked to.</returns>
    public async Task<bool> DenyAsync(
        string key,
        string topic,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        await database.ReadAsync(connection => IsKnownAsync(connection, key), cancellationToken)
        && await ChangeAsync(
            Deny,
            new
            {
                Key = key,
                Topic = topic,
                NextAt = (now + HubPatience.AfterDenial).Ms(),
            },
            now,
            cancellationToken
        );

    /// <summary>The hub stops pushing, if that is what it was asked for.</summary>
    /// <returns>False where it was not asked.</returns>
    public async Task<bool> PartAsync(
        string key,
        string topic,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        await database.ReadAsync(connection => IsKnownAsync(connection, key), cancellationToken)
        && await ChangeAsync(
            Part,
            new
            {
                Key = key,
                Topic = topic,
                Since = (now - HubPatience.Verification).Ms(),
            },
            now,
            cancellationToken
        );

    /// <summary>Whose news come to a callback.</summary>
    /// <returns>Null where none are wanted there, or not any more.</returns>
    public async Task<PushTarget?> FindAsync(string key, CancellationToken cancellationToken)
    {
        var row = await database.ReadAsync(
            connection => connection.QuerySingleOrDefaultAsync<TargetRow>(Find, new { Key = key }),
            cancellationToken
        );
        return row is null
            ? null
            : new PushTarget(row.Id, new FeedId(row.Feed), Open(row.Secret), [.. row.Seen.Split(' ')]);
    }

    /// <summary>Remembers a body that was taken in, so that it costs nothing when it comes again.</summary>
    /// <param name="target">Where it came.</param>
    /// <param name="hash">SHA-256 in lower-case hex.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    public Task SawAsync(PushTarget target, string hash, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection =>
                (Task)
                    connection.ExecuteAsync(
                        "UPDATE websub SET seen = @Seen WHERE id = @Id",
                        new { target.Id, Seen = string.Join(' ', target.Seen.Prepend(hash).Take(MaxSeen)).TrimEnd() }
                    ),
            cancellationToken
        );

    private static async Task<bool> IsKnownAsync(DbConnection connection, string key) =>
        await connection.ExecuteScalarAsync<long?>("SELECT 1 FROM websub WHERE callback_key = @key", new { key })
            is not null;

    private sealed class TargetRow
    {
        public required long Id { get; init; }
        public required long Feed { get; init; }
        public required string Secret { get; init; }
        public required string Seen { get; init; }
    }
}
