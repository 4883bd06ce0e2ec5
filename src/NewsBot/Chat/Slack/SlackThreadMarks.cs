using System.Data.Common;
using Dapper;
using NewsBot.Clients.Slack.Objects;
using NewsBot.Storage;

namespace NewsBot.Chat.Slack;

/// <summary>Decides by what a channel tells of its threads which of them have to be read.</summary>
internal static class SlackThreadMarks
{
    private const string CardsAmong = """
        SELECT message_id FROM post
        WHERE channel_id = @Channel AND operation = 'create' AND subject LIKE 'story:%' AND message_id IN @Messages
        """;

    // What we wrote into a thread ourselves, by the thread's channel and story. Each part finds its rows by subject, and
    // the join is not turned around: a channel may have got far more than one thread holds.
    private const string OurPosts = """
        FROM (
            SELECT p.channel_id, p.subject, p.part, p.message_id
            FROM comment c CROSS JOIN post p
            WHERE c.story_id = thread.story_id AND p.subject = 'comment:' || c.id AND p.channel_id = thread.channel_id
              AND p.operation = 'create' AND p.state = 'sent'
            UNION ALL
            SELECT p.channel_id, p.subject, p.part, p.message_id FROM post p
            WHERE p.channel_id = thread.channel_id
              AND p.subject IN ('sofar:' || thread.story_id, 'notice:published:' || thread.story_id)
              AND p.operation = 'create' AND p.state = 'sent'
            UNION ALL
            SELECT p.channel_id, p.subject, p.part, p.message_id FROM post p
            WHERE p.channel_id = thread.channel_id
              AND p.subject >= 'more:' || thread.story_id || ':' AND p.subject < 'more:' || thread.story_id || ';'
              AND p.operation = 'create' AND p.state = 'sent') p
        WHERE NOT EXISTS (
            SELECT 1 FROM post d
            WHERE d.channel_id = p.channel_id AND d.subject = p.subject AND d.part = p.part AND d.operation = 'delete'
              AND d.state = 'sent')
        """;

    // What is newest may be known while something before it is not: then there are fewer comments and copies than Slack
    // counts.
    private const string Moved = $"""
        INSERT INTO thread (channel_id, story_id, external_id, state, active_at, created_at)
        SELECT p.channel_id, CASE WHEN p.subject LIKE 'story:%' THEN CAST(SUBSTR(p.subject, 7) AS BIGINT) END, @Ts, 'open', @At, @Now
        FROM post p
        WHERE p.channel_id = @Channel AND p.message_id = @Ts AND p.operation = 'create' AND p.subject LIKE 'story:%'
        ON CONFLICT (channel_id, external_id) DO UPDATE
        SET caught_up_at = CASE
                WHEN (thread.last_message >= @Latest OR (SELECT MAX(p.message_id) {OurPosts}) >= @Latest)
                    AND (SELECT COUNT(*) FROM comment c
                         WHERE c.thread_id = thread.id AND c.state <> 'deleted' AND c.message_id NOT LIKE '%:%')
                      + (SELECT COUNT(*) {OurPosts}) >= @Count THEN thread.caught_up_at END,
            active_at = CASE WHEN thread.active_at < @At THEN @At ELSE thread.active_at END
        """;

    // A limited reader looks only where something was said since.
    private const string Unmoved = """
        UPDATE thread SET caught_up_at = @Now
        WHERE channel_id = @Channel AND caught_up_at IS NULL AND last_message IS NOT NULL
          AND external_id IN @Threads
        """;

    /// <summary>Marks the threads of cards that are to be read.</summary>
    /// <param name="connection">The connection of a transaction.</param>
    /// <param name="place">The channel.</param>
    /// <param name="parents">Messages there that have replies.</param>
    /// <param name="isLimited">Whether Slack limits reading.</param>
    /// <param name="now">The instant of the transaction.</param>
    public static async Task MarkAsync(
        DbConnection connection,
        SlackReadPlace place,
        IReadOnlyList<Message> parents,
        bool isLimited,
        DateTimeOffset now
    )
    {
        // SQLite takes some tens of thousands of parameters; there are at most as many parents as messages were read.
        var ours = (
            await connection.QueryAsync<string>(
                CardsAmong,
                new { place.Channel, Messages = Among.Of(parents.Select(parent => parent.Ts.Text)) }
            )
        ).ToHashSet(StringComparer.Ordinal);
        if (isLimited)
        {
            // First this, then the marks of those that moved.
            await connection.ExecuteAsync(
                Unmoved,
                new
                {
                    place.Channel,
                    Threads = Among.Of(ours),
                    Now = now.Ms(),
                }
            );
        }

        foreach (var parent in parents.Where(parent => ours.Contains(parent.Ts.Text)))
        {
            await connection.ExecuteAsync(
                Moved,
                new
                {
                    place.Channel,
                    Ts = parent.Ts.Text,
                    Latest = parent.LatestReply.Text,
                    // A limited reader begins behind the newest, and so would not find it.
                    Count = isLimited ? 0 : parent.ReplyCount,
                    At = (parent.LatestReply.At ?? now).Ms(),
                    Now = now.Ms(),
                }
            );
        }
    }
}
