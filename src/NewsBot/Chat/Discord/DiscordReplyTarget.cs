using System.Data.Common;
using Dapper;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Core.Stories;
using NewsBot.Storage;

namespace NewsBot.Chat.Discord;

/// <summary>Finds what a message of Discord answers.</summary>
internal static class DiscordReplyTarget
{
    private const string FindComment = """
        SELECT c.story_id AS Story, c.number,
               (SELECT p.message_id FROM post p
                WHERE p.channel_id = c.channel_id AND p.subject = 'story:' || c.story_id AND p.operation = 'create'
                  AND p.part = 0 LIMIT 1) AS Card
        FROM comment c WHERE c.channel_id = @Channel AND c.message_id = @Message
        """;

    private const string AreComments = """
        SELECT COUNT(*) FROM comment
        WHERE message_id IN @Messages AND channel_id IN (
            SELECT c.id FROM channel c JOIN workspace w ON w.id = c.workspace_id WHERE w.platform = 'discord')
        """;

    private const string IsKnown = """
        SELECT EXISTS (SELECT 1 FROM comment WHERE channel_id = c.id AND message_id = @Message)
            OR EXISTS (SELECT 1 FROM post WHERE channel_id = c.id AND message_id = @Message)
        FROM channel c JOIN workspace w ON w.id = c.workspace_id WHERE w.platform = 'discord'
        """;

    public static async Task<ReplyTarget> FindAsync(
        DbConnection connection,
        DiscordReplyPlace place,
        Message message,
        Snowflake self
    )
    {
        var typed = DiscordReader.Typed(message);
        var answered = DiscordReader.Answered(message);
        if (answered is { } id && await FindCommentAsync(connection, place, id) is { } comment)
        {
            return place.Story is null || place.Story.Value.Value == comment.Story
                ? new ReplyTarget.Comment(new StoryId(comment.Story), (int)comment.Number, typed, comment.Card)
                : await ReplyTarget.OfStoryAsync(connection, place.Story.Value, typed, null);
        }

        if (place.Story is { } discussed && answered is { } copy)
        {
            // In the story's own thread a copy is answered like what it is a copy of.
            var post = await ReplyTarget.OfPostAsync(connection, place.Channel, copy.ToString(), typed);
            if (post is ReplyTarget.Comment { Parent: > 0 } copied && copied.Story == discussed)
            {
                return copied with { Card = null };
            }

            // One that was posted a moment ago is answered before its id is written down.
            if (
                post is null
                && MayBeCopy(message.ReferencedMessage, self)
                && await ReplyTarget.IsSendingAsync(connection, place.Channel)
            )
            {
                return new ReplyTarget.NotYetKnown();
            }
        }

        if (place.Story is { } story)
        {
            return await ReplyTarget.OfStoryAsync(connection, story, typed, null);
        }

        return answered is { } card
            ? await AnsweredAsync(connection, place, message, card, self)
            : new ReplyTarget.Nothing();
    }

    /// <summary>Whether one of these messages is a comment.</summary>
    public static async Task<bool> IsOursAsync(DbConnection connection, IEnumerable<Snowflake> messages) =>
        await connection.ExecuteScalarAsync<long>(
            AreComments,
            new { Messages = Among.Of(messages.Select(id => id.ToString())) }
        ) > 0;

    /// <summary>Whether a message is a comment, or was posted by us.</summary>
    public static async Task<bool> IsKnownAsync(DbConnection connection, Snowflake message) =>
        (await connection.QueryAsync<bool>(IsKnown, new { Message = message.ToString() })).Contains(true);

    private static async Task<ReplyTarget> AnsweredAsync(
        DbConnection connection,
        DiscordReplyPlace place,
        Message message,
        Snowflake answered,
        Snowflake self
    )
    {
        var typed = DiscordReader.Typed(message);
        if (await ReplyTarget.OfPostAsync(connection, place.Channel, answered.ToString(), typed) is { } target)
        {
            return target;
        }

        // What was deleted, or not sent along, may have been anybody's.
        var mayBeOurs = message.ReferencedMessage?.Author is not { } author || author.Id == self;
        return mayBeOurs && await ReplyTarget.IsSendingAsync(connection, place.Channel)
            ? new ReplyTarget.NotYetKnown()
            : new ReplyTarget.Nothing();
    }

    private static bool MayBeCopy(Message? answered, Snowflake self) =>
        answered is { WebhookId: not null } || answered?.Author?.Id == self;

    private static Task<CommentRow?> FindCommentAsync(
        DbConnection connection,
        DiscordReplyPlace place,
        Snowflake message
    ) =>
        connection.QueryFirstOrDefaultAsync<CommentRow>(
            FindComment,
            new { Channel = place.Channel.Value, Message = message.ToString() }
        );

    private sealed class CommentRow
    {
        public required long Story { get; init; }
        public required long Number { get; init; }
        public string? Card { get; init; }
    }
}
