using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using NewsBot.Core.Channels;
using NewsBot.Core.Comments;
using NewsBot.Core.Communities;
using NewsBot.Core.Stories;
using NewsBot.Storage;
using NewsBot.Web;

namespace NewsBot.Chat.Web;

/// <summary>
/// Takes what people write in the built-in chat. A message and the comment it becomes are one transaction, so a crash
/// leaves both or neither.
/// </summary>
internal sealed class WebChat(Database database, WebCommands commands, LiveUpdates live, TimeProvider time)
{
    private const string Add = """
        INSERT INTO web_message (channel_id, member_id, body, reply_to, story_id, created_at)
        VALUES (@Channel, @Member, @Text, @ReplyTo, @Story, @Now) RETURNING id
        """;

    private const string Remember = """
        INSERT INTO idempotency (scope, name, request_hash, message_id, created_at)
        VALUES (@Scope, @Name, @Hash, @Message, @Now)
        """;

    private const string Recall = """
        SELECT request_hash AS Hash, message_id AS MessageId FROM idempotency WHERE scope = @Scope AND name = @Name
        """;

    private const string StoryState = """
        SELECT locked_at AS LockedAt, taken_down_at AS TakenDownAt,
               EXISTS (SELECT 1 FROM comment c WHERE c.story_id = s.id AND c.number = @Number) AS HasNumber
        FROM story s WHERE s.id = @Story
        """;

    private const string ParentOf = "SELECT parent FROM comment WHERE story_id = @Story AND number = @Number";

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
        if (Check(author, text, out var cleaned) is { } refused)
        {
            return refused;
        }

        if (idempotencyKey is { Length: > MaxKeyChars })
        {
            return new WebWriteOutcome.Refused(422, "Idempotency-Key: at most 200 characters.");
        }

        if (WebCommands.IsCommand(cleaned))
        {
            return await commands.AnswerAsync(channel, author, cleaned, cancellationToken);
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
        if (Check(author, text, out var cleaned) is { } refused)
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

    private static async Task<WebWriteOutcome> EditAsync(SqliteConnection connection, Change change, string text)
    {
        var message = await WebMessages.FindAsync(connection, change.Channel, change.Message);
        if (Refuse(message, change.Author) is { } refused)
        {
            return refused;
        }

        if (
            message is { Number: not null, Story: { } story }
            && Closed(await StateAsync(connection, story, message.Number)) is { } closed
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
                await CommentOfAsync(connection, message, text)
            ),
            change.Now
        );
        return new WebWriteOutcome.Done((await WebMessages.FindAsync(connection, change.Channel, change.Message))!);
    }

    private static async Task<WebWriteOutcome> DeleteAsync(SqliteConnection connection, Change change)
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

    private WebWriteOutcome.Refused? Check(Member author, string text, out string cleaned)
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
        if (cleaned.Length == 0)
        {
            return new WebWriteOutcome.Refused(StatusCodes.Status422UnprocessableEntity, "The message is empty.");
        }

        return author.MutedUntil is { } until && until > time.GetUtcNow()
            ? new WebWriteOutcome.Refused(
                StatusCodes.Status403Forbidden,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"A moderator has muted you until {until:d MMMM yyyy, HH:mm} UTC."
                )
            )
            : null;
    }

    private static async Task<WebWriteOutcome> PostAsync(SqliteConnection connection, Draft draft)
    {
        if (await RecallAsync(connection, draft) is { } before)
        {
            return before;
        }

        var target = await TargetAsync(connection, draft);
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

        if (draft.IdempotencyKey is not null)
        {
            await connection.ExecuteAsync(Remember, draft.IdempotencyRow(id));
        }

        return new WebWriteOutcome.Done((await WebMessages.FindAsync(connection, draft.Channel, id))!);
    }

    private static async Task<WebWriteOutcome?> RecallAsync(SqliteConnection connection, Draft draft)
    {
        if (draft.IdempotencyKey is null)
        {
            return null;
        }

        var before = await connection.QueryFirstOrDefaultAsync<RecallRow>(Recall, draft.IdempotencyRow(0));
        return before switch
        {
            null => null,
            _ when before.Hash != draft.Hash => new WebWriteOutcome.Refused(
                StatusCodes.Status422UnprocessableEntity,
                "This Idempotency-Key was used for a different message. Use a new key for a new message."
            ),
            _ => new WebWriteOutcome.Done((await WebMessages.FindAsync(connection, draft.Channel, before.MessageId))!),
        };
    }

    /// <summary>Finds what a message answers: a card's story, a comment of it, another message, or nothing.</summary>
    private static async Task<Target> TargetAsync(SqliteConnection connection, Draft draft)
    {
        if (draft.ReplyTo is not { } replyTo)
        {
            return new Target(null, 0, draft.Text, null);
        }

        var answered = await WebMessages.FindAsync(connection, draft.Channel, replyTo);
        if (answered is null)
        {
            return Refuse(422, "replyTo: there is no such message in this channel.");
        }

        if (answered.IsDeleted)
        {
            return Refuse(409, "The message you answer was deleted. Your text was not posted; answer another one.");
        }

        if (answered is { Author: null, Story: null })
        {
            return new Target(null, 0, draft.Text, await StoriesToChooseAsync(connection, answered));
        }

        if (answered.Story is not { } story || (answered.Author is not null && answered.Number is null))
        {
            return new Target(null, 0, draft.Text, null);
        }

        var prefix = answered.Number is null ? ReplyPrefix.Find(draft.Text) : null;
        var quoted = answered.Number is null && prefix is null ? ReplyPrefix.FindPermalink(draft.Text) : null;
        var named = prefix?.Number ?? (quoted is { } link && link.Story == story.Value ? link.Number : null);
        var state = await StateAsync(connection, story, named);
        if (Closed(state) is { } closed)
        {
            return new Target(null, 0, "", closed);
        }

        // The number is taken out of the text; a quoted link stays, because it leads somewhere.
        return named is { } number && state.HasNumber != 0
            ? new Target(story, number, prefix?.Text ?? draft.Text, null)
            : new Target(story, answered.Number ?? 0, draft.Text, null);
    }

    private static Task<StoryRow> StateAsync(SqliteConnection connection, StoryId story, int? number) =>
        connection.QuerySingleAsync<StoryRow>(StoryState, new { Story = story.Value, Number = number ?? 0 });

    private static WebWriteOutcome.Refused? Closed(StoryRow story) =>
        story switch
        {
            { TakenDownAt: not null } => new WebWriteOutcome.Refused(
                409,
                "This story was taken down, so it takes no more comments. Your text was not posted."
            ),
            { LockedAt: not null } => new WebWriteOutcome.Refused(
                409,
                "A moderator has closed this discussion. Your text was not posted."
            ),
            _ => null,
        };

    // The text a comment keeps does not begin with the number it answers, also after an edit.
    private static async Task<string> CommentOfAsync(SqliteConnection connection, WebMessage message, string text) =>
        message is { Number: { } number, Story: { } story }
        && ReplyPrefix.Find(text) is { } prefix
        && prefix.Number
            == await connection.ExecuteScalarAsync<long>(ParentOf, new { Story = story.Value, Number = number })
            ? prefix.Text
            : text;

    private static async Task<WebWriteOutcome> StoriesToChooseAsync(SqliteConnection connection, WebMessage answered)
    {
        const string Near = """
            SELECT s.headline FROM channel_story cs JOIN story s ON s.id = cs.story_id
            WHERE cs.channel_id = @Channel AND cs.state = 'carded' AND s.taken_down_at IS NULL
            ORDER BY cs.at DESC LIMIT 5
            """;
        var headlines = await connection.QueryAsync<string>(Near, new { Channel = answered.Channel.Value });
        var list = string.Concat(headlines.Select(headline => $"\n- {Core.Text.MarkdownEscape.Line(headline)}"));
        return new WebWriteOutcome.Private(
            $"A digest is not one story, so nothing was posted. Reply to a story's card instead:{list}",
            []
        );
    }

    private static Target Refuse(int status, string detail) =>
        new(null, 0, "", new WebWriteOutcome.Refused(status, detail));

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

    private static async Task<bool> HasOptedOutAsync(SqliteConnection connection, MemberId author) =>
        await connection.ExecuteScalarAsync<long?>(OptedOut, new { Member = author.Value }) is not null;

    private void Announce(WebWriteOutcome outcome)
    {
        if (outcome is WebWriteOutcome.Done done)
        {
            live.Publish(new LiveUpdate(done.Message.Channel, done.Message.Story));
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
    )
    {
        public string Hash =>
            Secrets.Hash(string.Create(CultureInfo.InvariantCulture, $"{Channel.Value}\n{ReplyTo}\n{Text}"));

        public object IdempotencyRow(long message) =>
            new
            {
                Scope = Author.ToString(),
                Name = IdempotencyKey,
                Hash,
                Message = message,
                Now = Now.Ms(),
            };
    }

    private sealed record Change(ChannelId Channel, long Message, MemberId Author, DateTimeOffset Now);

    private sealed record Target(StoryId? Story, int Parent, string Text, WebWriteOutcome? Answer);

    private sealed class RecallRow
    {
        public required string Hash { get; init; }
        public required long MessageId { get; init; }
    }

    private sealed class StoryRow
    {
        public long? LockedAt { get; init; }
        public long? TakenDownAt { get; init; }
        public required long HasNumber { get; init; }
    }
}
