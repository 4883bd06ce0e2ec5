using Dapper;
using NewsBot.Core.Digests;

namespace NewsBot.Storage;

/// <summary>Deletes what has served its time. Stories, comments and what identifies entries stay.</summary>
internal sealed class CleanUp(Database database, TimeProvider time)
{
    // A caller that has not repeated its request within a week has forgotten it.
    private static readonly TimeSpan KeepRequests = TimeSpan.FromDays(7);

    // “why” and “filter replay” look back a month; by then a story's picture is chosen.
    private static readonly TimeSpan KeepDecisions = TimeSpan.FromDays(30);

    // The status page shows two weeks; a year lets an operator compare seasons.
    private static readonly TimeSpan KeepDays = TimeSpan.FromDays(400);

    // Slack tells an event again for a day at most.
    private static readonly TimeSpan KeepEvents = TimeSpan.FromDays(2);

    private const string Delete = """
        DELETE FROM idempotency WHERE created_at < @Requests;
        DELETE FROM decision WHERE at < @Decisions;
        DELETE FROM private_message WHERE read_at < @Decisions OR sent_at < @Decisions
            OR (attempts > 0 AND created_at < @Decisions);
        DELETE FROM digest_draft WHERE made_at < @Drafts;
        DELETE FROM pending_command WHERE expires_at < @Now;
        DELETE FROM web_session WHERE expires_at < @Now;
        DELETE FROM slack_event WHERE (body IS NULL AND received_at < @Events) OR received_at < @Requests;
        DELETE FROM text_print WHERE seen_at < @Texts;
        DELETE FROM card_reaction WHERE at < @Interest;
        DELETE FROM entry_picture WHERE kept_at < @Decisions;
        DELETE FROM feed_day WHERE day < @Day;
        DELETE FROM comment_event WHERE kind = 'delete' AND at < @Decisions AND NOT EXISTS (
            SELECT 1 FROM comment c
            WHERE c.channel_id = comment_event.channel_id AND c.message_id = comment_event.message_id);
        """;

    public Task RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return database.WriteAsync(
            async connection =>
            {
                await connection.ExecuteAsync(
                    Delete,
                    new
                    {
                        Now = now.Ms(),
                        Drafts = (now - DigestDrafts.Life).Ms(),
                        Requests = (now - KeepRequests).Ms(),
                        Events = (now - KeepEvents).Ms(),
                        Decisions = (now - KeepDecisions).Ms(),
                        Interest = (now - CommunityInterest.Memory).Ms(),
                        Texts = (now - KnownTexts.Window).Ms(),
                        Day = (now - KeepDays).Ms() / (24 * 60 * 60 * 1_000),
                    }
                );
                await RemovedCopies.ForgetAsync(connection, now);
            },
            cancellationToken
        );
    }
}
