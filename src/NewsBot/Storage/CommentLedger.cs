using System.Data.Common;
using Dapper;
using NewsBot.Core.Comments;
using NewsBot.Core.Flows;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;

namespace NewsBot.Storage;

/// <summary>
/// Applies what happened to replies, inside the transaction of their receipt. Repeated, late and reordered events are
/// harmless: each is kept once, and a comment is what all of its events together say.
/// </summary>
internal static class CommentLedger
{
    private const string Remember = """
        INSERT INTO comment_event (channel_id, message_id, kind, stamp, body, at)
        VALUES (@Channel, @MessageId, @Kind, @Stamp, @EarlyBody, @Now)
        ON CONFLICT (channel_id, message_id, kind, stamp) DO NOTHING
        """;

    private const string Find = """
        SELECT id, story_id AS StoryId, number, state, edited_at AS EditedAt, member_id AS Member FROM comment
        WHERE channel_id = @Channel AND message_id = @MessageId
        """;

    private const string TakeNumber = """
        UPDATE story SET next_number = next_number + 1 WHERE id = @Story RETURNING next_number - 1
        """;

    private const string Add = """
        INSERT INTO comment (story_id, number, parent, member_id, body, state, visibility, channel_id, message_id,
                             written_at, accepted_at, edited_at, identity_id)
        SELECT @Story, @Number, @Parent, @Member, @Body, @State, ch.publication, ch.id, @MessageId, @Stamp, @Now,
               @EditedAt,
               (SELECT i.id FROM identity i
                WHERE i.member_id = @Member AND i.workspace_id = ch.workspace_id ORDER BY i.id LIMIT 1)
        FROM channel ch WHERE ch.id = @Channel
        """;

    // All that decides what a comment comes after.
    private const string LastBefore = """
        SELECT COALESCE(MAX(at), 0) FROM (
            SELECT last_comment_at AS at FROM story WHERE id = @Story
            UNION ALL
            SELECT MAX(created_at) FROM post WHERE subject = @Card AND part = 0 AND operation = 'create'
            UNION ALL
            SELECT MAX(ch.mirror_since) FROM channel ch JOIN story s ON s.community_id = ch.community_id WHERE s.id = @Story
        ) AS before
        """;

    private const string WasDeleted = """
        SELECT COUNT(*) FROM comment_event WHERE channel_id = @Channel AND message_id = @MessageId AND kind = 'delete'
        """;

    private const string Hold = "UPDATE comment SET state = 'hidden' WHERE id = @Id AND state = 'visible'";

    private const string Edit = """
        UPDATE comment SET body = @Body, edited_at = @Stamp
        WHERE id = @Id AND state <> 'deleted' AND (edited_at IS NULL OR edited_at < @Stamp)
        """;

    // The text goes with the comment, and the name goes from what followers were told: a deleted reply leaves its number,
    // its place and nothing else.
    private const string Delete = """
        UPDATE comment_event SET body = NULL WHERE channel_id = @Channel AND message_id = @MessageId;
        DELETE FROM private_message WHERE cause IN (
            SELECT 'comment:' || story_id || ':' || number FROM comment
            WHERE channel_id = @Channel AND message_id = @MessageId);
        DELETE FROM attachment WHERE comment_id IN (
            SELECT id FROM comment WHERE channel_id = @Channel AND message_id = @MessageId);
        DELETE FROM reaction WHERE comment_id IN (
            SELECT id FROM comment WHERE channel_id = @Channel AND message_id = @MessageId);
        UPDATE comment
        SET state = 'deleted', body = '', author_name = NULL, avatar_id = NULL, reactions = '[]', hidden_by = NULL
        WHERE channel_id = @Channel AND message_id = @MessageId;
        """;

    private const string LeaveCopy = """
        UPDATE post SET state = 'dropped', error = 'The message was removed on the platform.'
        WHERE channel_id = @Channel AND message_id = @MessageId AND operation = 'create' AND state = 'sent'
          AND subject LIKE 'comment:%'
        """;

    private const string EarlyEdits = """
        SELECT body, stamp FROM comment_event
        WHERE channel_id = @Channel AND message_id = @MessageId AND kind = 'edit' AND body IS NOT NULL
        ORDER BY stamp DESC
        """;

    private const string ForgetEarlyEdits =
        "UPDATE comment_event SET body = NULL WHERE channel_id = @Channel AND message_id = @MessageId";

    private const string Count = """
        UPDATE story
        SET comment_count = (SELECT COALESCE(SUM(c.shown), 0) FROM story_comments c WHERE c.story_id = @Story),
            last_comment_at = (SELECT accepted_at FROM comment c WHERE c.story_id = @Story ORDER BY number DESC LIMIT 1)
        WHERE id = @Story
        """;

    /// <returns>The comment the event belongs to; null for an edit or a deletion of something that is no comment.</returns>
    public static async Task<LedgerEntry?> ApplyAsync(DbConnection connection, ReplyEvent reply, DateTimeOffset now)
    {
        var comment = await connection.QueryFirstOrDefaultAsync<CommentRow>(Find, Parameters(reply, now));
        // The text of what is deleted already is not kept, even where its message never came.
        var isEarly = comment is null && !await WasDeletedAsync(connection, reply, now);
        var isNew = await connection.ExecuteAsync(Remember, Parameters(reply, now, isEarly)) > 0;
        if (isNew)
        {
            var story = (reply as ReplyEvent.Created)?.Story ?? (comment is null ? null : new StoryId(comment.StoryId));
            using var span = story is { } answered
                ? Traces.Start("reply", await StoryTraces.FindAsync(connection, answered, reply.Channel))
                : null;
            var before = comment;
            var isChanged = (reply, comment) switch
            {
                (ReplyEvent.Created created, null) => await AddAsync(connection, created, now),
                (ReplyEvent.Edited edited, not null) => await EditAsync(connection, edited, comment, now),
                (ReplyEvent.Deleted, _) => await connection.ExecuteAsync(Delete, Parameters(reply, now)) > 0,
                _ => false,
            };
            if (isChanged && reply is ReplyEvent.Deleted)
            {
                await HeldReplies.ForgetDeletedAsync(connection, now);
            }

            comment = await connection.QueryFirstOrDefaultAsync<CommentRow>(Find, Parameters(reply, now));
            if (isChanged && comment is not null)
            {
                await RecountAsync(connection, new StoryId(comment.StoryId), now);
                await CopyAsync(connection, reply, comment, before, now);
            }
            else if (reply is ReplyEvent.Deleted && comment is null)
            {
                // Somebody removed a copy where it stood: it is left alone from then on.
                await connection.ExecuteAsync(LeaveCopy, Parameters(reply, now));
            }

            span?.SetTag("story.id", story?.Value);
            span?.SetTag("channel.id", reply.Channel.Value);
            span?.SetTag("comment.number", comment?.Number);
            span?.SetTag("kind", KindOf(reply));
        }

        return comment is null ? null : new LedgerEntry(comment.Id, new StoryId(comment.StoryId), (int)comment.Number);
    }

    /// <summary>Brings the story's counts, its cards and what digests quote of it up to date after comments changed.</summary>
    public static async Task RecountAsync(DbConnection connection, StoryId story, DateTimeOffset now)
    {
        await connection.ExecuteAsync(Count, new { Story = story.Value });
        await StoryCards.EditCountsAsync(connection, story, now);
        await DigestQuotes.RefreshAsync(connection, story, now);
    }

    private static Task CopyAsync(
        DbConnection connection,
        ReplyEvent reply,
        CommentRow comment,
        CommentRow? before,
        DateTimeOffset now
    ) =>
        reply is ReplyEvent.Created
            ? CommentCopies.CreateAsync(connection, comment.Id, now)
            : CommentCopies.RefreshAsync(
                connection,
                [comment.Id],
                before?.State == comment.State ? CopyChange.Text : CopyChange.State,
                now
            );

    private static async Task<bool> AddAsync(DbConnection connection, ReplyEvent.Created reply, DateTimeOffset now)
    {
        var edits = (await connection.QueryAsync<EditRow>(EarlyEdits, Parameters(reply, now))).AsList();
        var edit = edits.FirstOrDefault();
        var text = edit?.Body ?? reply.Markdown;
        var isDeleted = await WasDeletedAsync(connection, reply, now);
        var held = await HeldReplies.WhyAsync(
            connection,
            reply.Story,
            reply.Author.Value,
            [reply.Markdown, .. edits.Select(early => early.Body)],
            now
        );
        // A clock that was set back must not put it before cards it is copied below: nobody would see it there, ever.
        var before = await connection.ExecuteScalarAsync<long>(
            LastBefore,
            new { Story = reply.Story.Value, Card = PostSubject.Of(reply.Story).Value }
        );
        var number = await connection.ExecuteScalarAsync<long>(TakeNumber, new { Story = reply.Story.Value });
        await connection.ExecuteAsync(
            Add,
            new
            {
                Story = reply.Story.Value,
                Number = number,
                reply.Parent,
                Member = reply.Author.Value,
                Body = isDeleted ? "" : text,
                State = isDeleted ? "deleted"
                : held is not null ? "hidden"
                : "visible",
                Channel = reply.Channel.Value,
                reply.MessageId,
                reply.Stamp,
                Now = Math.Max(now.Ms(), before),
                EditedAt = edit?.Stamp,
            }
        );
        if (held is not null && !isDeleted)
        {
            var comment = await connection.QuerySingleAsync<CommentRow>(Find, Parameters(reply, now));
            await HeldReplies.HoldAsync(connection, comment.Id, held, now);
        }

        await PrivateMessages.TellFollowersAsync(connection, reply.Story, (int)number, now);
        await connection.ExecuteAsync(ForgetEarlyEdits, Parameters(reply, now));
        return true;
    }

    private static async Task<bool> EditAsync(
        DbConnection connection,
        ReplyEvent.Edited reply,
        CommentRow comment,
        DateTimeOffset now
    )
    {
        var isApplied =
            await connection.ExecuteAsync(
                Edit,
                new
                {
                    comment.Id,
                    Body = reply.Markdown,
                    reply.Stamp,
                }
            ) > 0;
        // One version with a held word is enough, also a late one: else the state would hang on the order of events.
        var held = await HeldReplies.WhyAsync(
            connection,
            new StoryId(comment.StoryId),
            comment.Member,
            [reply.Markdown],
            now
        );
        var isHeld = held is not null && await connection.ExecuteAsync(Hold, new { comment.Id }) > 0;
        await (
            isHeld
                ? HeldReplies.HoldAsync(connection, comment.Id, held!, now)
                : HeldReplies.RefreshAsync(connection, comment.Id, now)
        );
        return isApplied || isHeld;
    }

    private static string KindOf(ReplyEvent reply) =>
        reply switch
        {
            ReplyEvent.Created => "create",
            ReplyEvent.Edited => "edit",
            _ => "delete",
        };

    private static async Task<bool> WasDeletedAsync(DbConnection connection, ReplyEvent reply, DateTimeOffset now) =>
        await connection.ExecuteScalarAsync<long>(WasDeleted, Parameters(reply, now)) > 0;

    private static object Parameters(ReplyEvent reply, DateTimeOffset now, bool isEarly = false) =>
        new
        {
            Channel = reply.Channel.Value,
            reply.MessageId,
            Kind = KindOf(reply),
            reply.Stamp,
            EarlyBody = isEarly ? (reply as ReplyEvent.Edited)?.Markdown : null,
            Now = now.Ms(),
        };

    private sealed class EditRow
    {
        public required string Body { get; init; }
        public required long Stamp { get; init; }
    }

    private sealed class CommentRow
    {
        public required long Id { get; init; }
        public required long StoryId { get; init; }
        public required long Number { get; init; }
        public required string State { get; init; }
        public required long Member { get; init; }
        public long? EditedAt { get; init; }
    }
}

/// <summary>A comment's place.</summary>
/// <param name="Id">Its row.</param>
/// <param name="Story">The story it belongs to.</param>
/// <param name="Number">Its permanent number there.</param>
internal sealed record LedgerEntry(long Id, StoryId Story, int Number);
