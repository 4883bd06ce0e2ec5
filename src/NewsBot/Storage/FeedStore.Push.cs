using System.Data.Common;
using Dapper;
using NewsBot.Core.Feeds;

namespace NewsBot.Storage;

/// <content>Feeds whose hub sends their documents.</content>
internal sealed partial class FeedStore
{
    // What is nearer may be being polled just now: a claim is a poll moved ahead.
    private const string Hurry = """
        UPDATE feed SET next_poll_at = CASE
            WHEN COALESCE(last_polled_at, 0) + COALESCE(@Least, interval_ms) > @Now
            THEN COALESCE(last_polled_at, 0) + COALESCE(@Least, interval_ms) ELSE @Now END
        WHERE id IN @Ids AND failures = 0 AND state = 'active' AND next_poll_at > @Near
          AND next_poll_at > COALESCE(last_polled_at, 0) + COALESCE(@Least, interval_ms)
        """;

    private const string Find = """
        SELECT id FROM feed
        WHERE id = @Id AND EXISTS (SELECT 1 FROM source s WHERE s.feed_id = feed.id AND s.paused_at IS NULL)
        """;

    public async Task<Feed?> FindAsync(FeedId feed, CancellationToken cancellationToken)
    {
        var row = await database.ReadAsync(
            async connection =>
            {
                var ids = (await connection.QueryAsync<long>(Find, new { Id = feed.Value })).AsList();
                return await connection.QuerySingleOrDefaultAsync<FeedRow>(Load, new { Ids = Among.Of(ids) });
            },
            cancellationToken
        );
        return row is null ? null : row.ToFeed(logins) with { Offer = 0 };
    }

    public Task PollSoonAsync(
        FeedId feed,
        DateTimeOffset now,
        TimeSpan least,
        TimeSpan claimFor,
        CancellationToken cancellationToken
    ) =>
        database.WriteAsync(
            connection => HurryAsync(connection, [feed.Value], now, least, claimFor),
            cancellationToken
        );

    /// <summary>Has feeds polled now whose next poll is far away.</summary>
    /// <param name="connection">The connection of a transaction.</param>
    /// <param name="feeds">Which.</param>
    /// <param name="now">The instant.</param>
    /// <param name="least">Not sooner after the last poll than this; null for the pace of the feed itself.</param>
    /// <param name="claimFor">What is polled within this time keeps its time.</param>
    public static Task HurryAsync(
        DbConnection connection,
        IReadOnlyCollection<long> feeds,
        DateTimeOffset now,
        TimeSpan? least,
        TimeSpan claimFor
    ) =>
        feeds.Count == 0
            ? Task.CompletedTask
            : connection.ExecuteAsync(
                Hurry,
                new
                {
                    Ids = Among.Of(feeds),
                    Now = now.Ms(),
                    Near = (now + claimFor).Ms(),
                    Least = (long?)least?.TotalMilliseconds,
                }
            );

    private static async Task<bool> CountPushAsync(
        DbConnection connection,
        Statement count,
        FeedPoll poll,
        int newEntries
    )
    {
        var id = poll.Feed.Id.Value;
        if (await connection.ExecuteScalarAsync<long?>("SELECT id FROM feed WHERE id = @id", new { id }) is null)
        {
            return false;
        }

        await count
            .With("@Id", id)
            .With("@Day", poll.Now.Ms() / DayMs)
            .With("@Polls", 0)
            .With("@Failures", 0)
            .With("@Entries", newEntries)
            .RunAsync();
        return true;
    }
}
