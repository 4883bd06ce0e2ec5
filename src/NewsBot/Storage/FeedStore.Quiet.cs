using System.Data.Common;
using System.Text.Json;
using Dapper;
using NewsBot.Core.Feeds;

namespace NewsBot.Storage;

/// <content>Endings of polls that brought nothing, which is most of them: many by one statement.</content>
internal sealed partial class FeedStore
{
    private const string EndedInSqlite = """
        WITH ended (id, next_at, pushed_at, every, at, etag, modified, polls) AS (
            SELECT json_extract(value, '$.id'), json_extract(value, '$.next_at'), json_extract(value, '$.pushed_at'),
                   json_extract(value, '$.every'), json_extract(value, '$.at'), json_extract(value, '$.etag'),
                   json_extract(value, '$.modified'), json_extract(value, '$.polls')
            FROM json_each(@Ended))
        """;

    private const string EndedInPostgres = """
        WITH ended AS (
            SELECT * FROM jsonb_to_recordset(CAST(@Ended AS JSONB)) AS one (
                id BIGINT, next_at BIGINT, pushed_at BIGINT, every BIGINT, at BIGINT, etag TEXT, modified TEXT, polls BIGINT))
        """;

    private const string SaveEnded = """
        UPDATE feed SET
            next_poll_at = CASE
                WHEN ended.pushed_at > ended.next_at AND EXISTS (
                    SELECT 1 FROM websub w
                    WHERE w.feed_id = feed.id AND w.state = 'live' AND w.lease_ends_at > ended.at)
                THEN ended.pushed_at ELSE ended.next_at END,
            interval_ms = ended.every, failures = 0, last_error = NULL, last_polled_at = ended.at,
            etag = COALESCE(ended.etag, feed.etag), last_modified = COALESCE(ended.modified, feed.last_modified),
            last_success_at = ended.at, state = 'active', told_at = NULL
        FROM ended WHERE feed.id = ended.id
        """;

    private const string CountEnded = """
        INSERT INTO feed_day (feed_id, day, polls, failures, entries)
        SELECT ended.id, ended.at / 86400000, ended.polls, 0, 0 FROM ended JOIN feed ON feed.id = ended.id
        WHERE ended.polls > 0
        ON CONFLICT (feed_id, day) DO UPDATE SET polls = feed_day.polls + excluded.polls
        """;

    private static bool IsQuiet(FeedPoll poll) =>
        poll
            is {
                IsContact: true,
                IsRetired: false,
                Error: null,
                MovedTo: null,
                Page: null,
                Plan: { FailuresInRow: 0 }
            };

    private static async Task SaveQuietAsync(DbConnection connection, IEnumerable<FeedPoll> polls)
    {
        // One feed may have been polled twice: the later one counts, and both are counted.
        var ended = polls
            .GroupBy(poll => poll.Feed.Id)
            .Select(feed => (Last: feed.Last(), Count: feed.Count()))
            .Select(feed => new
            {
                id = feed.Last.Feed.Id.Value,
                next_at = feed.Last.Plan!.NextPollAt.Ms(),
                pushed_at = feed.Last.Plan.NextIfPushedAt.Ms(),
                every = (long)feed.Last.Plan.Interval.TotalMilliseconds,
                at = feed.Last.Now.Ms(),
                etag = feed.Last.ETag,
                modified = feed.Last.LastModified,
                polls = feed.Count,
            })
            .ToList();
        if (ended.Count > 0)
        {
            var values = new { Ended = JsonSerializer.Serialize(ended) };
            var list = Database.Words(connection, EndedInSqlite, EndedInPostgres);
            await connection.ExecuteAsync($"{list} {SaveEnded}", values);
            await connection.ExecuteAsync($"{list} {CountEnded}", values);
        }
    }
}
