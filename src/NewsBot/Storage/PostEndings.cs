using System.Data.Common;
using Dapper;
using NewsBot.Core.Posts;

namespace NewsBot.Storage;

/// <summary>Writes down in the outbox how a post ended, inside the transaction that hands out the next ones.</summary>
internal static class PostEndings
{
    private const string Sent = """
        UPDATE post SET state = 'sent', message_id = @MessageId, sent_at = @Now, error = NULL WHERE id = @Id;
        UPDATE post SET picture_id = @Picture
        WHERE channel_id = @Channel AND subject = (SELECT subject FROM post WHERE id = @Id)
          AND part = (SELECT part FROM post WHERE id = @Id) AND operation = 'create' AND picture_id IS DISTINCT FROM @Picture
        """;

    // While nobody knew whether it was there, people may have answered it: its channel is read again from it on. Ids of one
    // platform are decimal numbers that grow, so the longer text is the greater one.
    private const string ReadAgain = """
        UPDATE channel
        SET caught_up_at = NULL,
            seen_message = CASE
                WHEN (LENGTH(seen_message), seen_message) > (LENGTH(@MessageId), @MessageId) THEN @MessageId
                ELSE seen_message END
        WHERE id = @Channel
        """;

    private const string Later = """
        UPDATE post
        SET not_before = @NotBefore, error = @Reason,
            first_tried_at = CASE WHEN @Forget = 1 THEN NULL ELSE first_tried_at END,
            last_tried_at = CASE WHEN @IsUnsent = 1 THEN @TriedLast ELSE last_tried_at END
        WHERE id = @Id
        """;

    private const string Postponed = """
        UPDATE post SET not_before = @NotBefore, attempts = attempts - 1, first_tried_at = NULL
        WHERE id = @Id AND attempts > 0
        """;

    private const string Park =
        "UPDATE channel SET parked_reason = @Reason WHERE id = @Channel AND parked_reason IS NULL";

    private const string GivenUp = "UPDATE post SET state = 'failed', error = @Reason WHERE id = @Id";

    // The create is marked as well: nothing is made of the message any more, and no digest links to it.
    private const string Gone = """
        UPDATE post SET state = 'dropped', error = 'The message was removed on the platform.'
        WHERE channel_id = @Channel AND subject = (SELECT subject FROM post WHERE id = @Id)
          AND part = (SELECT part FROM post WHERE id = @Id) AND (operation = 'create' OR state = 'waiting')
        """;

    private const string CreateOf = """
        SELECT id FROM post
        WHERE channel_id = @Channel AND subject = (SELECT subject FROM post WHERE id = @Id)
          AND part = (SELECT part FROM post WHERE id = @Id) AND operation = 'create'
        """;

    private const string LetGo = """
        UPDATE post SET not_before = @Now
        WHERE channel_id = @Channel AND state = 'waiting' AND not_before = @BehindCard AND (
            subject IN (@SoFar, @Notice) OR subject IN (SELECT 'comment:' || id FROM comment WHERE story_id = @Story))
        """;

    private const string DropBehind = """
        UPDATE post SET state = 'dropped', error = 'The card it belongs to is not there.'
        WHERE channel_id = @Channel AND state = 'waiting' AND not_before = @BehindCard AND (
            subject IN (@SoFar, @Notice) OR subject IN (SELECT 'comment:' || id FROM comment WHERE story_id = @Story))
        """;

    public static async Task SaveAsync(DbConnection connection, PostEnding ending, DateTimeOffset now)
    {
        await WriteAsync(connection, ending, now);
        // What hangs on a card waits until the card is there.
        if (
            ending.Post is { Operation: PostOperation.Create, Body: PostBody.Card card }
            && ending is PostEnding.Sent or PostEnding.GivenUp
        )
        {
            await connection.ExecuteAsync(
                ending is PostEnding.Sent ? LetGo : DropBehind,
                new
                {
                    Channel = ending.Post.Channel.Value,
                    Story = card.Story.Value,
                    SoFar = PostSubject.SoFar(card.Story).Value,
                    Notice = ThreadNotices.Subject(card.Story).Value,
                    BehindCard = CommentCopies.BehindCard.Ms(),
                    Now = now.Ms(),
                }
            );
        }
    }

    private static Task WriteAsync(DbConnection connection, PostEnding ending, DateTimeOffset now)
    {
        var id = ending.Post.Id.Value;
        var channel = ending.Post.Channel.Value;
        return ending switch
        {
            PostEnding.Sent sent => SentAsync(connection, sent, now),
            PostEnding.Later later => LaterAsync(connection, later.Post, later.NotBefore, later.Reason, later.IsUnsent),
            PostEnding.Postponed postponed => connection.ExecuteAsync(
                Postponed,
                new { Id = id, NotBefore = postponed.NotBefore.Ms() }
            ),
            PostEnding.Parked parked => ParkAsync(connection, parked, now),
            PostEnding.GivenUp givenUp => connection.ExecuteAsync(GivenUp, new { Id = id, givenUp.Reason }),
            PostEnding.Gone => connection.ExecuteAsync(Gone, new { Id = id, Channel = channel }),
            PostEnding.TakenBack => PostAnewAsync(connection, ending.Post, now),
            _ => throw new InvalidOperationException($"Unknown ending {ending}."),
        };
    }

    private static async Task PostAnewAsync(DbConnection connection, OutgoingPost post, DateTimeOffset now)
    {
        var parameters = new { Id = post.Id.Value, Channel = post.Channel.Value };
        var create = await connection.ExecuteScalarAsync<long>(CreateOf, parameters);
        await Outbox.RepostAllAsync(connection, [create], post.Priority, now);
        // Whatever was still to be done with the old message has nothing left to do.
        await connection.ExecuteAsync(Gone, parameters);
    }

    private static async Task SentAsync(DbConnection connection, PostEnding.Sent sent, DateTimeOffset now)
    {
        var parameters = new
        {
            Id = sent.Post.Id.Value,
            Channel = sent.Post.Channel.Value,
            sent.MessageId,
            sent.Picture,
            Now = now.Ms(),
        };
        await connection.ExecuteAsync(Sent, parameters);
        if (sent.Post is { Operation: PostOperation.Create, TriedSince: not null })
        {
            await connection.ExecuteAsync(ReadAgain, parameters);
        }
    }

    // Where no earlier try is open and this one certainly left nothing, there is nothing to look for next time.
    private static Task LaterAsync(
        DbConnection connection,
        OutgoingPost post,
        DateTimeOffset notBefore,
        string? reason,
        bool isUnsent
    ) =>
        connection.ExecuteAsync(
            Later,
            new
            {
                Id = post.Id.Value,
                NotBefore = notBefore.Ms(),
                Reason = reason,
                Forget = isUnsent && post.TriedSince is null ? 1 : 0,
                IsUnsent = isUnsent ? 1 : 0,
                TriedLast = post.TriedLast?.Ms(),
            }
        );

    private static async Task ParkAsync(DbConnection connection, PostEnding.Parked parked, DateTimeOffset now)
    {
        await LaterAsync(connection, parked.Post, now, parked.Reason, isUnsent: true);
        var channel = parked.Post.Channel;
        if (await connection.ExecuteAsync(Park, new { Channel = channel.Value, parked.Reason }) > 0)
        {
            await PrivateMessages.TellOfChannelAsync(connection, channel, parked.Reason, now);
        }
    }
}
