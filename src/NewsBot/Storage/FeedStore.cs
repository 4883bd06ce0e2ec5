using System.Data.Common;
using Dapper;
using NewsBot.Core.Feeds;

namespace NewsBot.Storage;

internal sealed partial class FeedStore(Database database, FeedLogins logins) : IFeedStore
{
    // A claim is a poll moved ahead: a process that dies gives its feeds back by itself.
    private const string ClaimDue = """
        UPDATE feed SET next_poll_at = @Until
        WHERE id IN (
            SELECT id FROM feed WHERE wanted = 1 AND next_poll_at <= @Now
            ORDER BY next_poll_at LIMIT @Limit{0})
        RETURNING id
        """;

    // Processes that claim at the same time get different feeds.
    private static readonly string ClaimDueAlone = ClaimDue.Replace("{0}", "", StringComparison.Ordinal);
    private static readonly string ClaimDueBeside = ClaimDue.Replace(
        "{0}",
        " FOR UPDATE SKIP LOCKED",
        StringComparison.Ordinal
    );

    private const string AnyDue = "SELECT 1 FROM feed WHERE wanted = 1 AND next_poll_at <= @Now LIMIT 1";

    private const string Load = """
        SELECT f.id, f.url, f.etag, f.last_modified AS LastModified, f.body_hash AS BodyHash,
               f.interval_ms AS IntervalMs, f.failures, f.first_taken_at AS FirstTakenAt, f.normal_new AS NormalNew,
               (SELECT MIN(s.min_interval_ms) FROM source s
                WHERE s.feed_id = f.id AND s.paused_at IS NULL) AS MinIntervalMs,
               (SELECT MAX(su.offer) FROM subscription su JOIN source s ON s.id = su.source_id
                WHERE s.feed_id = f.id AND s.paused_at IS NULL AND s.joined_to IS NULL
                  AND su.offered_at IS NULL) AS Offer,
               CASE WHEN EXISTS (SELECT 1 FROM websub w WHERE w.feed_id = f.id AND w.state = 'live')
                    THEN 1 ELSE 0 END AS IsPushed,
               f.recipe, f.usual_entries AS UsualEntries, f.last_entries AS LastEntries, f.few_in_row AS FewInRow,
               c.origin, c.secret
        FROM feed f LEFT JOIN feed_credential c ON c.feed_id = f.id WHERE f.id IN @Ids
        """;

    private const string SavePoll = """
        UPDATE feed SET
            next_poll_at = CASE
                WHEN @NextIfPushedAt > @NextPollAt AND EXISTS (
                    SELECT 1 FROM websub w WHERE w.feed_id = feed.id AND w.state = 'live' AND w.lease_ends_at > @Now)
                THEN @NextIfPushedAt ELSE @NextPollAt END,
            interval_ms = @IntervalMs, failures = @Failures, last_error = @Error,
            last_polled_at = @Now, etag = COALESCE(@ETag, etag), last_modified = COALESCE(@LastModified, last_modified),
            last_success_at = CASE WHEN @IsContact = 1 THEN @Now ELSE last_success_at END,
            state = CASE WHEN @IsRetired = 1 THEN 'retired' WHEN @IsContact = 1 THEN 'active' ELSE state END,
            told_at = CASE WHEN @IsContact = 1 THEN NULL ELSE told_at END
        WHERE id = @Id
        """;

    private const string SaveCount = """
        UPDATE feed SET usual_entries = @Usual, last_entries = @Last, few_in_row = @FewInRow,
            few_told_at = CASE WHEN @FewInRow = 0 THEN NULL ELSE few_told_at END
        WHERE id = @Id
        """;

    // Where somebody else already polls the new address, the old one is kept: the two have different readers.
    // So is that of a feed with a login, which is kept apart from everybody else's.
    private const string Move = """
        UPDATE feed SET url = @Url
        WHERE id = @Id AND url NOT LIKE '%#%' AND NOT EXISTS (SELECT 1 FROM feed other WHERE other.url = @Url)
        """;

    private const string CountDay = """
        INSERT INTO feed_day (feed_id, day, polls, failures, entries)
        VALUES (@Id, @Day, @Polls, @Failures, @Entries)
        ON CONFLICT (feed_id, day) DO UPDATE SET
            polls = feed_day.polls + excluded.polls, failures = feed_day.failures + excluded.failures,
            entries = feed_day.entries + excluded.entries
        """;

    private const long DayMs = 24 * 60 * 60 * 1_000;

    public async Task<IReadOnlyList<Feed>> ClaimDueAsync(
        DateTimeOffset now,
        TimeSpan claimFor,
        int limit,
        CancellationToken cancellationToken
    )
    {
        // Most ticks find nothing: they must not take the write lock.
        var any = await database.ReadAsync(
            connection => connection.ExecuteScalarAsync<long?>(AnyDue, new { Now = now.Ms() }),
            cancellationToken
        );
        if (any is null)
        {
            return [];
        }

        var rows = await database.WriteBesideAsync(
            async connection =>
            {
                var ids = await connection.QueryAsync<long>(
                    Database.Words(connection, ClaimDueAlone, ClaimDueBeside),
                    new
                    {
                        Now = now.Ms(),
                        Until = (now + claimFor).Ms(),
                        Limit = limit,
                    }
                );
                return await connection.QueryAsync<FeedRow>(Load, new { Ids = Among.Of(ids) });
            },
            cancellationToken
        );
        return [.. rows.Select(row => row.ToFeed(logins))];
    }

    public Task SavePollsAsync(IReadOnlyList<FeedPoll> polls, CancellationToken cancellationToken)
    {
        // Two feeds may move to one address.
        return polls.Any(poll => poll.MovedTo is not null)
            ? database.WriteAsync(SaveAsync, cancellationToken)
            : database.WriteBesideAsync(SaveAsync, cancellationToken);

        async Task<bool> SaveAsync(DbConnection connection)
        {
            await SaveQuietAsync(connection, polls.Where(IsQuiet));
            using var save = new Statement(connection, SavePoll);
            using var count = new Statement(connection, CountDay);
            foreach (var poll in polls.Where(poll => !IsQuiet(poll)))
            {
                await SavePollAsync(connection, save, count, poll, newEntries: 0);
            }

            return true;
        }
    }

    /// <summary>The same inside the transaction of an intake.</summary>
    public static async Task<bool> SavePollAsync(DbConnection connection, FeedPoll poll, int newEntries)
    {
        using var save = new Statement(connection, SavePoll);
        using var count = new Statement(connection, CountDay);
        return await SavePollAsync(connection, save, count, poll, newEntries);
    }

    private static async Task<bool> SavePollAsync(
        DbConnection connection,
        Statement save,
        Statement count,
        FeedPoll poll,
        int newEntries
    )
    {
        var id = poll.Feed.Id.Value;
        if (poll.Plan is not { } plan)
        {
            return await CountPushAsync(connection, count, poll, newEntries);
        }

        if (poll.MovedTo is { } url)
        {
            await connection.ExecuteAsync(Move, new { Id = id, Url = url.AbsoluteUri });
        }

        save.With("@Id", id)
            .With("@NextPollAt", plan.NextPollAt.Ms())
            .With("@NextIfPushedAt", plan.NextIfPushedAt.Ms())
            .With("@IntervalMs", (long)plan.Interval.TotalMilliseconds)
            .With("@Failures", plan.FailuresInRow)
            .With("@Error", poll.Error)
            .With("@Now", poll.Now.Ms())
            .With("@IsContact", poll.IsContact)
            .With("@IsRetired", poll.IsRetired)
            .With("@ETag", poll.ETag)
            .With("@LastModified", poll.LastModified);
        if (await save.RunAsync() == 0)
        {
            return false;
        }

        await count
            .With("@Id", id)
            .With("@Day", poll.Now.Ms() / DayMs)
            .With("@Polls", 1)
            .With("@Failures", poll.IsContact ? 0 : 1)
            .With("@Entries", newEntries)
            .RunAsync();
        if (poll.Page is { } page)
        {
            await connection.ExecuteAsync(
                SaveCount,
                new
                {
                    Id = id,
                    page.Usual,
                    page.Last,
                    page.FewInRow,
                }
            );
            await PrivateMessages.TellOfFewAsync(connection, poll, page);
        }

        await PrivateMessages.TellOfFeedAsync(connection, poll);
        return true;
    }

    private sealed class FeedRow
    {
        public required long Id { get; init; }
        public required string Url { get; init; }
        public string? Etag { get; init; }
        public string? LastModified { get; init; }
        public string? BodyHash { get; init; }
        public required long IntervalMs { get; init; }
        public required long Failures { get; init; }
        public long? FirstTakenAt { get; init; }
        public required double NormalNew { get; init; }
        public long? MinIntervalMs { get; init; }
        public long? Offer { get; init; }
        public required long IsPushed { get; init; }
        public string? Recipe { get; init; }
        public required double UsualEntries { get; init; }
        public required long LastEntries { get; init; }
        public required long FewInRow { get; init; }
        public string? Origin { get; init; }
        public string? Secret { get; init; }

        // What is offered has to be read although it is what was read the last time.
        private bool IsReadWhole => Offer > 0;

        public Feed ToFeed(FeedLogins logins) =>
            new(
                new FeedId(Id),
                FeedAddress.Bare(new Uri(Url)),
                IsReadWhole ? null : Etag,
                IsReadWhole ? null : LastModified,
                IsReadWhole ? null : BodyHash,
                TimeSpan.FromMilliseconds(IntervalMs),
                MinIntervalMs is { } least ? TimeSpan.FromMilliseconds(least) : null,
                (int)Failures,
                FirstTakenAt is null,
                (int)(Offer ?? 0),
                NormalNew
            )
            {
                IsPushed = IsPushed == 1,
                Login = Origin is null || Secret is null ? null : logins.Read(Origin, Secret),
                Page =
                    Recipe is not null && PageRecipe.Read(Recipe, out _) is { } recipe
                        ? new PageSource(recipe, new PageCount(UsualEntries, (int)LastEntries, (int)FewInRow))
                        : null,
            };
    }
}
