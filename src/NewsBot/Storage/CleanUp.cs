using System.Data.Common;
using System.Globalization;
using Dapper;
using Microsoft.Extensions.Options;
using NewsBot.Core.Digests;
using NewsBot.Web.Security;

namespace NewsBot.Storage;

/// <summary>
/// Deletes what has served its time. Stories, comments and what identifies entries stay. It goes in small steps, so that
/// nobody waits for it: a card is posted between two of them.
/// </summary>
internal sealed class CleanUp(Database database, FreePages pages, IOptions<StorageOptions> options, TimeProvider time)
{
    /// <summary>Most rows one transaction deletes: some ten milliseconds, which nobody notices.</summary>
    public const int Batch = 500;

    // A caller that has not repeated its request within a week has forgotten it.
    private static readonly TimeSpan KeepRequests = TimeSpan.FromDays(7);

    // By then a private message is read or of no use, a story's picture is chosen, and nobody tells of a message anew that
    // was deleted.
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);

    // Slack tells an event again for a day at most.
    private static readonly TimeSpan KeepEvents = TimeSpan.FromDays(2);

    // A condition with OR would be looked up in no index; each half is by itself.
    private static readonly Old[] All =
    [
        new("idempotency", "scope, name", "created_at < @Requests"),
        new("decision", "id", "at < @Decisions"),
        new("private_message", "id", "read_at < @Month"),
        new("private_message", "id", "sent_at < @Month"),
        new("private_message", "id", "attempts > 0 AND created_at < @Month"),
        new("digest_draft", "channel_id", "made_at < @Drafts"),
        new("pending_command", "code", "expires_at < @Now"),
        new("web_session", "id", "expires_at < @Now"),
        new("signed_request", "hash", "at < @Signed"),
        new("slack_event", "id", "body IS NULL AND received_at < @Events"),
        new("slack_event", "id", "received_at < @Requests"),
        new("text_print", "entry_id", "seen_at < @Texts"),
        new("card_reaction", "story_id, channel_id, emoji, user_hash", "at < @Interest"),
        new("entry_picture", "entry_id, position", "kept_at < @Month"),
        new("feed_day", "feed_id, day", "day < @Statistics"),
        new(
            "comment_event",
            "id",
            """
            kind = 'delete' AND at < @Month AND NOT EXISTS (
                SELECT 1 FROM comment c
                WHERE c.channel_id = comment_event.channel_id AND c.message_id = comment_event.message_id)
            """
        ),
    ];

    /// <summary>Deletes all that is old by now, and gives its room back.</summary>
    /// <param name="cancellationToken">Stops between two steps; the next run goes on.</param>
    /// <returns>How many rows were deleted, in how many transactions.</returns>
    public async Task<(int Rows, int Steps)> RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var before = new
        {
            Now = now.Ms(),
            Drafts = (now - DigestDrafts.Life).Ms(),
            Requests = (now - KeepRequests).Ms(),
            Signed = (now - SignedRequests.Remembered).Ms(),
            Events = (now - KeepEvents).Ms(),
            Month = (now - Month).Ms(),
            Decisions = (now - options.Value.KeepDecisions).Ms(),
            Interest = (now - CommunityInterest.Memory).Ms(),
            Texts = (now - KnownTexts.Window).Ms(),
            Statistics = (now - options.Value.KeepStatistics).Ms() / (24 * 60 * 60 * 1_000),
            Batch,
        };
        var (rows, steps) = (0, 0);
        foreach (var old in All)
        {
            int deleted;
            do
            {
                // Most of the time there is nothing, and then nobody has to make way.
                deleted = await database.ReadAsync(connection => AnyAsync(connection, old, before), cancellationToken)
                    ? await database.WriteAsync(
                        connection => connection.ExecuteAsync(old.Delete, before),
                        cancellationToken
                    )
                    : 0;
                rows += deleted;
                steps += deleted > 0 ? 1 : 0;
            } while (deleted == Batch);
        }

        await database.WriteAsync(connection => RemovedCopies.ForgetAsync(connection, now), cancellationToken);
        await pages.GiveBackAsync(cancellationToken);
        return (rows, steps);
    }

    private static async Task<bool> AnyAsync(DbConnection connection, Old old, object before) =>
        await connection.QueryFirstOrDefaultAsync<long?>(old.Find, before) is not null;

    /// <summary>What is old in a table.</summary>
    private sealed record Old(string Table, string Key, string Condition)
    {
        public string Find { get; } = $"SELECT 1 FROM {Table} WHERE {Condition} LIMIT 1";

        public string Delete { get; } =
            string.Create(
                CultureInfo.InvariantCulture,
                $"DELETE FROM {Table} WHERE ({Key}) IN (SELECT {Key} FROM {Table} WHERE {Condition} LIMIT @Batch)"
            );
    }
}
