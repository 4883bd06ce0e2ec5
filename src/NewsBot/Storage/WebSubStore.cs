using System.Data.Common;
using System.Security.Cryptography;
using Dapper;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using NewsBot.Core.Feeds;
using NewsBot.WebSub;

namespace NewsBot.Storage;

/// <summary>What is agreed with hubs. Which agreements there should be follows from feeds and their sources at each look.</summary>
internal sealed partial class WebSubStore(
    Database database,
    IDataProtectionProvider keys,
    IOptions<PollingOptions> polling
)
{
    // A feed with a login has a fragment.
    private const string Wanted = """
        EXISTS (
            SELECT 1 FROM feed f JOIN source s ON s.feed_id = f.id AND s.paused_at IS NULL
            WHERE f.id = w.feed_id AND f.hub_url = w.hub_url AND f.topic_url = w.topic_url AND f.state = 'active'
              AND f.url NOT LIKE '%#%')
        """;

    private const string AnyToSettle = $"""
        SELECT 1 FROM websub w
        WHERE w.origin <> @Origin OR (w.state = 'live' AND w.lease_ends_at <= @Now)
           OR (w.state = 'leaving' AND {Wanted}) OR (w.state <> 'leaving' AND NOT {Wanted})
        LIMIT 1
        """;

    // Another address of this server, or none: hubs that go on calling the old one are told that it is gone.
    private const string DropStrays = "DELETE FROM websub WHERE origin <> @Origin RETURNING feed_id";

    private const string DropUnasked =
        $"DELETE FROM websub AS w WHERE (w.state = 'denied' OR (w.state = 'asking' AND w.asked_at IS NULL)) AND NOT {Wanted}";

    private const string Leave = $"""
        UPDATE websub AS w SET state = 'leaving', due_at = @Now, attempts = 0, asked_at = NULL
        WHERE w.state IN ('asking', 'live') AND NOT {Wanted} RETURNING feed_id
        """;

    private const string ComeBack = $"""
        UPDATE websub AS w SET state = 'asking', due_at = @Now, attempts = 0, asked_at = NULL
        WHERE w.state = 'leaving' AND {Wanted}
        """;

    // It was to be renewed long ago, and is asked for again when that is due.
    private const string Lapse =
        "UPDATE websub SET state = 'asking' WHERE state = 'live' AND lease_ends_at <= @Now RETURNING feed_id";

    private const string Missing = """
        SELECT f.id AS Feed, f.hub_url AS Hub, f.topic_url AS Topic FROM feed f
        WHERE f.hub_url IS NOT NULL AND f.state = 'active' AND f.url NOT LIKE '%#%'
          AND EXISTS (SELECT 1 FROM source s WHERE s.feed_id = f.id AND s.paused_at IS NULL)
          AND NOT EXISTS (
            SELECT 1 FROM websub w
            WHERE w.feed_id = f.id AND w.hub_url = f.hub_url AND w.topic_url = f.topic_url)
        ORDER BY f.id LIMIT @Limit
        """;

    private const string Add = """
        INSERT INTO websub (feed_id, hub_url, topic_url, origin, callback_key, secret, state, due_at)
        VALUES (@Feed, @Hub, @Topic, @Origin, @Key, @Secret, 'asking', @Now)
        ON CONFLICT (feed_id, hub_url, topic_url) DO NOTHING
        """;

    private const string AnyDue = "SELECT 1 FROM websub WHERE due_at <= @Now LIMIT 1";

    private const string Due = """
        SELECT id, feed_id AS Feed, hub_url AS Hub, topic_url AS Topic, origin, callback_key AS CallbackKey, secret, state,
               attempts
        FROM websub WHERE due_at <= @Now ORDER BY due_at, id LIMIT @Limit
        """;

    private const string Claim = """
        UPDATE websub SET state = CASE WHEN state = 'denied' THEN 'asking' ELSE state END,
            asked_at = @Now, attempts = attempts + 1, due_at = @NextAt
        WHERE id = @Id
        """;

    private readonly IDataProtector _protector = keys.CreateProtector("NewsBot.WebSub");

    /// <summary>Brings what is agreed in line with what is wanted. A feed that is no longer pushed is polled as usual at once.</summary>
    /// <param name="origin">The public address of this server; null where nothing is asked of hubs.</param>
    /// <param name="now">The instant.</param>
    /// <param name="cancellationToken">Cancels it; the next look begins anew.</param>
    public async Task SettleAsync(Uri? origin, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var parameters = new { Origin = origin?.AbsoluteUri ?? "", Now = now.Ms() };
        if (await IsAnyAsync(AnyToSettle, parameters, cancellationToken))
        {
            await database.WriteAsync(
                async connection =>
                {
                    List<long> unpushed = [];
                    foreach (var change in (string[])[DropStrays, Lapse, DropUnasked, Leave, ComeBack])
                    {
                        unpushed.AddRange(await connection.QueryAsync<long>(change, parameters));
                    }

                    await PollAsUsualAsync(connection, unpushed, now);
                },
                cancellationToken
            );
        }
    }

    /// <summary>Notes feeds whose hub is still to be asked.</summary>
    /// <param name="origin">The public address of this server.</param>
    /// <param name="now">The instant; they are due at once.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task AddMissingAsync(Uri origin, DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        var missing = await database.ReadAsync(
            connection => connection.QueryAsync<MissingRow>(Missing, new { Limit = limit }),
            cancellationToken
        );
        // Encrypting may write a new key, so it is done before a transaction begins.
        var rows = missing
            .Select(row => new
            {
                row.Feed,
                row.Hub,
                row.Topic,
                Origin = origin.AbsoluteUri,
                Key = RandomNumberGenerator.GetHexString(32, lowercase: true),
                Secret = _protector.Protect(RandomNumberGenerator.GetHexString(64, lowercase: true)),
                Now = now.Ms(),
            })
            .ToList();
        if (rows.Count > 0)
        {
            await database.WriteAsync(connection => (Task)connection.ExecuteAsync(Add, rows), cancellationToken);
        }
    }

    /// <summary>
    /// Takes what is due, for this process alone. When it is asked next where nothing comes of it is noted beforehand, so a crash
    /// loses nothing.
    /// </summary>
    public async Task<IReadOnlyList<HubRequest>> ClaimDueAsync(
        DateTimeOffset now,
        int limit,
        CancellationToken cancellationToken
    )
    {
        if (!await IsAnyAsync(AnyDue, new { Now = now.Ms() }, cancellationToken))
        {
            return [];
        }

        var rows = await database.WriteAsync(
            async connection =>
            {
                var due = (await connection.QueryAsync<DueRow>(Due, new { Now = now.Ms(), Limit = limit })).AsList();
                foreach (var row in due)
                {
                    var next = now + HubPatience.Between(row.Attempts + 1);
                    await connection.ExecuteAsync(
                        Claim,
                        new
                        {
                            row.Id,
                            Now = now.Ms(),
                            NextAt = next.Ms(),
                        }
                    );
                }

                return due;
            },
            cancellationToken
        );
        return [.. rows.Select(row => row.ToRequest(Open(row.Secret)))];
    }

    /// <summary>Notes why a hub took no request.</summary>
    /// <param name="id">Which agreement.</param>
    /// <param name="reason">English sentences without secrets.</param>
    /// <param name="notBefore">When it may be asked again; null where it did not say.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    public Task FailAsync(long id, string reason, DateTimeOffset? notBefore, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection =>
                (Task)
                    connection.ExecuteAsync(
                        """
                        UPDATE websub SET last_error = @reason,
                            due_at = CASE WHEN due_at < @NotBefore THEN @NotBefore ELSE due_at END
                        WHERE id = @id
                        """,
                        new
                        {
                            id,
                            reason,
                            NotBefore = notBefore?.Ms() ?? 0,
                        }
                    ),
            cancellationToken
        );

    /// <summary>Forgets an agreement, so that it is made anew where it is still wanted.</summary>
    public Task ForgetAsync(long id, DateTimeOffset now, CancellationToken cancellationToken) =>
        ChangeAsync("DELETE FROM websub WHERE id = @id RETURNING feed_id", new { id }, now, cancellationToken);

    private async Task<bool> IsAnyAsync(string question, object parameters, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            connection => connection.ExecuteScalarAsync<long?>(question, parameters),
            cancellationToken
        )
            is not null;

    // A change after which the feeds it names are not pushed.
    private Task<bool> ChangeAsync(
        string change,
        object parameters,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        database.WriteAsync(
            async connection =>
            {
                var feeds = (await connection.QueryAsync<long>(change, parameters)).AsList();
                await PollAsUsualAsync(connection, feeds, now);
                return feeds.Count > 0;
            },
            cancellationToken
        );

    private Task PollAsUsualAsync(DbConnection connection, IReadOnlyCollection<long> feeds, DateTimeOffset now) =>
        FeedStore.HurryAsync(connection, feeds, now, least: null, polling.Value.ClaimFor);

    // Null where it was encrypted with a key that is gone.
    private string? Open(string secret)
    {
        try
        {
            return _protector.Unprotect(secret);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private sealed class MissingRow
    {
        public required long Feed { get; init; }
        public required string Hub { get; init; }
        public required string Topic { get; init; }
    }

    private sealed class DueRow
    {
        public required long Id { get; init; }
        public required long Feed { get; init; }
        public required string Hub { get; init; }
        public required string Topic { get; init; }
        public required string Origin { get; init; }
        public required string CallbackKey { get; init; }
        public required string Secret { get; init; }
        public required string State { get; init; }
        public required long Attempts { get; init; }

        public HubRequest ToRequest(string? secret) =>
            new(
                Id,
                new FeedId(Feed),
                new Uri(Hub),
                Topic,
                PushEndpoint.Callback(new Uri(Origin), CallbackKey),
                secret,
                Leaves: State == "leaving",
                (int)Attempts + 1
            );
    }
}
