using System.Data.Common;
using System.Globalization;
using Dapper;
using NewsBot.Core.Channels;
using NewsBot.Core.Comments;
using NewsBot.Core.Communities;
using NewsBot.Scheduling;
using NewsBot.Storage;
using NewsBot.Web;

namespace NewsBot.Chat.Web;

/// <summary>
/// Takes what people write in the built-in chat. A message and the comment it becomes are one transaction, so a crash
/// leaves both or neither.
/// </summary>
internal sealed class WebListener(
    Database database,
    WebCommands commands,
    LiveUpdates live,
    PostPump pump,
    TimeProvider time
)
{
    private const string Add = """
        INSERT INTO web_message (channel_id, member_id, body, reply_to, story_id, created_at)
        VALUES (@Channel, @Member, @Text, @ReplyTo, @Story, @Now) RETURNING id
        """;

    // Long enough for any caller's own id, short enough to be kept.
    private const int MaxKeyChars = 200;

    private const string OptedOut = "SELECT opted_out_at FROM member WHERE id = @Member";

    /// <summary>Posts a message, or runs it as a command where it begins with <c>/news</c>.</summary>
    /// <param name="channel">Where.</param>
    /// <param name="author">Who.</param>
    /// <param name="text">As typed.</param>
    /// <param name="replyTo">The message it answers; null for none.</param>
    /// <param name="idempotencyKey">The caller's name for this request: the same again gives the same message.</param>
    /// <param name="cancellationToken">Cancels before the commit.</param>
    public async Task<WebWriteOutcome> PostAsync(
        ChannelId channel,
        Member author,
        string text,
        long? replyTo,
        string? idempotencyKey,
        CancellationToken cancellationToken
    )
    {
        if (Check(text, out var cleaned) is { } refused)
        {
            return refused;
        }

        if (idempotencyKey is { Length: > MaxKeyChars })
        {
            return new WebWriteOutcome.Refused(422, "Idempotency-Key: at most 200 characters.");
        }

        if (WebCommands.IsCommand(cleaned))
        {
            // Only the asker sees the answer, and what is kept about them they decide about also while muted.
            return await commands.AnswerAsync(channel, author, cleaned, cancellationToken);
        }

        if (Muted(author) is { } muted)
        {
            return muted;
        }

        var draft = new Draft(channel, author.Id, cleaned, replyTo, idempotencyKey, time.GetUtcNow());
        var outcome = await database.WriteAsync(connection => PostAsync(connection, draft), cancellationToken);
        Announce(outcome);
        return outcome;
    }

    /// <summary>Changes a message of its author.</summary>
    public async Task<WebWriteOutcome> EditAsync(
        ChannelId channel,
        long messageId,
        Member author,
        string text,
        CancellationToken cancellationToken
    )
    {
        if ((Check(text, out var cleaned) ?? Muted(author)) is { } refused)
        {
            return refused;
        }

        var change = new Change(channel, messageId, author.Id, time.GetUtcNow());
        var outcome = await database.WriteAsync(
            connection => EditAsync(connection, change, cleaned),
            cancellationToken
        );
        Announce(outcome);
        return outcome;
    }

    /// <summary>Deletes a message of its author.</summary>
    public async Task<WebWriteOutcome> DeleteAsync(
        ChannelId channel,
        long messageId,
        Member author,
        CancellationToken cancellationToken
    )
    {
        var change = new Change(channel, messageId, author.Id, time.GetUtcNow());
        var outcome = await database.WriteAsync(connection => DeleteAsync(connection, change), cancellationToken);
        Announce(outcome);
        return outcome;
    }

    private static async Task<WebWriteOutcome> EditAsync(DbConnection connection, Change change, string text)
    {
        var message = await WebMessages.FindAsync(connection, change.Channel, change.Message);
        if (Refuse(message, change.Author) is { } refused)
        {
            return refused;
        }

        if (
            message is { Number: not null, Story: { } story }
            && await WebReader.ClosedAsync(connection, story) is { } closed
        )
        {
            return closed;
        }

        // A second edit within one millisecond is still a later one.
        var stamp = Math.Max(change.Now.Ms(), (message!.EditedAt ?? message.CreatedAt).Ms() + 1);
        await connection.ExecuteAsync(
            "UPDATE web_message SET body = @Text, edited_at = @Stamp WHERE id = @Id",
            new
            {
                Id = change.Message,
                Text = text,
                Stamp = stamp,
            }
        );
        await CommentLedger.ApplyAsync(
            connection,
            new ReplyEvent.Edited(
                change.Channel,
                Key(change.Message),
                stamp,
                await WebReader.CommentOfAsync(connection, message, text)
            ),
            change.Now
        );
        return new WebWriteOutcome.Done((await WebMessages.FindAsync(connection, change.Channel, change.Message))!);
    }

    private static async Task<WebWriteOutcome> DeleteAsync(DbConnection connection, Change change)
    {
        var message = await WebMessages.FindAsync(connection, change.Channel, change.Message);
        if (Refuse(message, change.Author) is { } refused)
        {
            return refused;
        }

        await connection.ExecuteAsync(
            "UPDATE web_message SET body = '', deleted_at = @Now WHERE id = @Id",
            new { Id = change.Message, Now = change.Now.Ms() }
        );
        await CommentLedger.ApplyAsync(
            connection,
            new ReplyEvent.Deleted(change.Channel, Key(change.Message), change.Now.Ms()),
            change.Now
        );
        return new WebWriteOutcome.Done((await WebMessages.FindAsync(connection, change.Channel, change.Message))!);
    }

    private static WebWriteOutcome.Refused? Check(string text, out string cleaned)
    {
        cleaned = "";
        if (text.Length > CommentText.MaxChars)
        {
            return new WebWriteOutcome.Refused(
                StatusCodes.Status413PayloadTooLarge,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"A message may have at most {CommentText.MaxChars:N0} characters; this one has {text.Length:N0}. Nothing was posted."
                )
            );
        }

        cleaned = CommentText.Clean(text);
        return cleaned.Length == 0
            ? new WebWriteOutcome.Refused(StatusCodes.Status422UnprocessableEntity, "The message is empty.")
            : null;
    }

    private WebWriteOutcome.Refused? Muted(Member author) =>
        author.MutedUntil is { } until && until > time.GetUtcNow()
            ? new WebWriteOutcome.Refused(
                StatusCodes.Status403Forbidden,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"A moderator has muted you until {until:d MMMM yyyy, HH:mm} UTC."
                )
            )
            : null;

    private static async Task<WebWriteOutcome> PostAsync(DbConnection connection, Draft draft)
    {
        var request = draft.IdempotencyKey is { } name
            ? WebRequestName.Of(draft.Author, name, $"{draft.Channel.Value}\n{draft.ReplyTo}\n{draft.Text}")
            : null;
        if (request is not null && await request.RecallAsync(connection, draft.Channel) is { } before)
        {
            return before;
        }

        var target = await WebReader.FindAsync(connection, draft.Channel, draft.Text, draft.ReplyTo);
        if (target.Answer is { } answer)
        {
            return answer;
        }

        var id = await connection.ExecuteScalarAsync<long>(
            Add,
            new
            {
                Channel = draft.Channel.Value,
                Member = draft.Author.Value,
                draft.Text,
                draft.ReplyTo,
                Story = target.Story?.Value,
                Now = draft.Now.Ms(),
            }
        );
        if (target.Story is { } story && !await HasOptedOutAsync(connection, draft.Author))
        {
            await CommentLedger.ApplyAsync(
                connection,
                new ReplyEvent.Created(
                    draft.Channel,
                    Key(id),
                    draft.Now.Ms(),
                    story,
                    target.Parent,
                    draft.Author,
                    target.Text
                ),
                draft.Now
            );
        }

        if (request is not null)
        {
            await request.KeepAsync(connection, id, draft.Now);
        }

        return new WebWriteOutcome.Done((await WebMessages.FindAsync(connection, draft.Channel, id))!);
    }

    private static WebWriteOutcome.Refused? Refuse(WebMessage? message, MemberId author) =>
        message switch
        {
            null => new WebWriteOutcome.Refused(404, "There is no such message in this channel."),
            { Author: null } => new WebWriteOutcome.Refused(403, "This message is the bot's own."),
            _ when message.Author != author => new WebWriteOutcome.Refused(
                403,
                "Only its author may change this message."
            ),
            { IsDeleted: true } => new WebWriteOutcome.Refused(409, "This message was deleted before."),
            _ => null,
        };

    private static async Task<bool> HasOptedOutAsync(DbConnection connection, MemberId author) =>
        await connection.ExecuteScalarAsync<long?>(OptedOut, new { Member = author.Value }) is not null;

    private void Announce(WebWriteOutcome outcome)
    {
        if (outcome is WebWriteOutcome.Done done)
        {
            live.Publish(new LiveUpdate(done.Message.Channel, done.Message.Story));
            // It may have to be copied to other chats, and people wait for it there.
            pump.Wake();
        }
    }

    private static string Key(long messageId) => messageId.ToString(CultureInfo.InvariantCulture);

    private sealed record Draft(
        ChannelId Channel,
        MemberId Author,
        string Text,
        long? ReplyTo,
        string? IdempotencyKey,
        DateTimeOffset Now
    );

    private sealed record Change(ChannelId Channel, long Message, MemberId Author, DateTimeOffset Now);
}
