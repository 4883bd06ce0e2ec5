using System.Globalization;
using System.Text.Json;
using Dapper;
using NewsBot.Clients.Slack;
using NewsBot.Clients.Slack.Objects;
using NewsBot.Clients.Slack.WebApi;
using NewsBot.Core.Text;
using NewsBot.Storage;

namespace NewsBot.Chat.Slack;

/// <summary>
/// Shows comments that were written in a window in their threads, under their authors' names, and keeps those messages as
/// the comments are. Slack knows no key to recognise a repetition by, so each message carries its comment's id in its
/// metadata, and after an unknown end it is looked for before it is posted again.
/// </summary>
internal sealed partial class SlackAnswerPump(
    SlackRooms rooms,
    SlackAccounts accounts,
    Database database,
    TimeProvider time,
    ILogger<SlackAnswerPump> logger
) : BackgroundService
{
    /// <summary>The kind of metadata these messages have.</summary>
    public const string EventType = "newsbot_answer";

    private const string KeyName = "comment";

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);

    // One tick does so many, so that a stop never waits long.
    private const int Batch = 10;

    // Five seconds, doubled ten times: an outage of a day costs some twenty tries.
    private const int MaxDoublings = 10;

    // More than is written into one thread while a message of ours is on its way.
    private const int MostReadBack = 1_000;

    private const int MaxFallback = 1_000;

    // Names are cut where Slack's own end.
    private const int MaxName = 80;

    private const string Due = """
        SELECT a.comment_id AS Comment, a.thread, a.task, a.attempts, a.tried_at AS TriedAt, c.body, c.number, c.parent,
               c.message_id AS Message, c.state, h.external_id AS Channel, w.external_id AS Team,
               COALESCE(m.pseudonym, c.author_name, m.name) AS Author, m.pseudonym IS NOT NULL AS IsPseudonym,
               (SELECT i.external_id FROM identity i WHERE i.member_id = m.id AND i.workspace_id = w.id LIMIT 1) AS User
        FROM slack_answer a JOIN comment c ON c.id = a.comment_id JOIN channel h ON h.id = c.channel_id
        JOIN workspace w ON w.id = h.workspace_id JOIN member m ON m.id = c.member_id
        WHERE a.task <> 'none' AND a.next_try_at <= @Now AND w.removed_at IS NULL
          AND (c.state <> 'hidden' OR a.task = 'delete')
        ORDER BY a.next_try_at, a.comment_id LIMIT @Batch
        """;

    private const string Posted = """
        UPDATE comment_event SET message_id = @Message
        WHERE channel_id = (SELECT channel_id FROM comment WHERE id = @Comment)
          AND message_id = (SELECT message_id FROM comment WHERE id = @Comment);
        UPDATE comment SET message_id = @Message WHERE id = @Comment;
        UPDATE slack_answer SET task = CASE task WHEN 'post' THEN 'none' ELSE task END, attempts = 0, tried_at = NULL, error = NULL
        WHERE comment_id = @Comment;
        """;

    private const string Done = """
        UPDATE slack_answer SET task = 'none', attempts = 0, error = NULL WHERE comment_id = @Comment AND task = @Task
        """;

    private const string Forget = "DELETE FROM slack_answer WHERE comment_id = @Comment";

    private const string Trying =
        "UPDATE slack_answer SET tried_at = COALESCE(tried_at, @Now) WHERE comment_id = @Comment";

    private const string PutOff = """
        UPDATE slack_answer
        SET attempts = attempts + 1, next_try_at = @At, error = @Reason,
            tried_at = CASE WHEN @IsUnsent = 1 THEN NULL ELSE tried_at END
        WHERE comment_id = @Comment
        """;

    /// <summary>Does what is due.</summary>
    /// <returns>How many were looked at.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var due = (
            await database.ReadAsync(
                connection => connection.QueryAsync<DueRow>(Due, new { Now = time.GetUtcNow().Ms(), Batch }),
                cancellationToken
            )
        ).AsList();
        foreach (var row in due)
        {
            await TryAsync(row, cancellationToken);
        }

        return due.Count;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ticks = new PeriodicTimer(Tick, time);
        while (await ticks.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                LogBroken(error);
            }
        }
    }

    private async Task TryAsync(DueRow row, CancellationToken cancellationToken)
    {
        if (await rooms.FindAsync(row.Team, cancellationToken) is not { } room)
        {
            await PutOffAsync(row, "The app is not installed there.", isUnsent: true, cancellationToken);
            return;
        }

        try
        {
            await DoAsync(room, row, cancellationToken);
        }
        catch (SlackException error)
            when (error.Kind == SlackErrorKind.MessageGone || error.Kind == SlackErrorKind.Unchangeable)
        {
            // The thread or the message is gone; the comment stays where everything stays, on its page.
            await WriteAsync(Done, new { row.Comment, row.Task }, cancellationToken);
            LogGone(row.Comment, error.Code);
        }
        catch (SlackException error)
        {
            await PutOffAsync(row, error.Message, !error.IsOutcomeUnknown, cancellationToken);
        }
    }

    private async Task DoAsync(SlackRoom room, DueRow row, CancellationToken cancellationToken)
    {
        var isOnSlack = !row.Message.StartsWith(SlackWrittenAnswers.Prefix, StringComparison.Ordinal);
        if (!isOnSlack && row.TriedAt is not null && await LookBackAsync(room, row, cancellationToken) is { } found)
        {
            await WriteAsync(Posted, new { row.Comment, Message = found }, cancellationToken);
            return;
        }

        switch (row.Task)
        {
            case "delete":
                if (isOnSlack)
                {
                    await room.Api.DeleteMessageAsync(row.Channel, new SlackTs(row.Message), cancellationToken);
                }

                await WriteAsync(Forget, new { row.Comment }, cancellationToken);
                break;
            case "edit":
                await room.Api.UpdateMessageAsync(
                    row.Channel,
                    new SlackTs(row.Message),
                    Message(row, null),
                    cancellationToken
                );
                await WriteAsync(Done, new { row.Comment, row.Task }, cancellationToken);
                break;
            default:
                await WriteAsync(Trying, new { row.Comment, Now = time.GetUtcNow().Ms() }, cancellationToken);
                var posted = await PostAsync(room, row, cancellationToken);
                await WriteAsync(Posted, new { row.Comment, Message = posted.Ts.Text }, cancellationToken);
                break;
        }
    }

    private async Task<PostedMessage> PostAsync(SlackRoom room, DueRow row, CancellationToken cancellationToken)
    {
        // Whoever took another name does not show their face.
        var account =
            row.User is { } user && row.IsPseudonym == 0
                ? await accounts.FindAsync(room, user, SlackAccounts.ForShowing, cancellationToken)
                : null;
        try
        {
            return await room.Api.PostMessageAsync(
                row.Channel,
                Message(row, account?.Picture) with
                {
                    Username = Shortened.To(row.Author, MaxName),
                },
                cancellationToken
            );
        }
        catch (SlackException error) when (error.IsMissingScope)
        {
            // Without the scope for other names the name stands in the text, as it does anyway.
            return await room.Api.PostMessageAsync(row.Channel, Message(row, null), cancellationToken);
        }
    }

    // The name stands in the text too: changes of a message drop the name it was posted under.
    private static NewMessage Message(DueRow row, string? picture)
    {
        var answered = row.Parent == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" answers #{row.Parent}");
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"**#{row.Number}** {MarkdownEscape.Line(row.Author, MaxName)}{answered}"
        );
        var plain = $"#{row.Number} {row.Author}{answered}: {SlackAnswerText.Plain(row.Body)}";
        return new NewMessage
        {
            Text = SlackText.Line(plain, MaxFallback),
            Blocks = [.. SlackAnswerText.Blocks(head), .. SlackAnswerText.Blocks(row.Body)],
            Thread = new SlackTs(row.Thread),
            IconUrl = picture,
            Metadata = new MessageMetadata(
                EventType,
                JsonSerializer.SerializeToElement(
                    new Dictionary<string, string>(StringComparer.Ordinal) { [KeyName] = Key(row) }
                )
            ),
        };
    }

    private static async Task<string?> LookBackAsync(SlackRoom room, DueRow row, CancellationToken cancellationToken)
    {
        // A minute before the first try, for clocks that differ.
        var since = Instants.At(row.TriedAt)!.Value - TimeSpan.FromMinutes(1);
        var query = new HistoryQuery(row.Channel) { Oldest = SlackTs.Of(since), WithMetadata = true };
        var thread = new SlackTs(row.Thread);
        await foreach (var message in room.Api.ReadRepliesAsync(query, thread, MostReadBack, cancellationToken))
        {
            if (message.Metadata?.EventType == EventType && message.Metadata.TextOf(KeyName) == Key(row))
            {
                return message.Ts.Text;
            }
        }

        return null;
    }

    private static string Key(DueRow row) => row.Comment.ToString(CultureInfo.InvariantCulture);

    private async Task PutOffAsync(DueRow row, string reason, bool isUnsent, CancellationToken cancellationToken)
    {
        var pause = FirstPause * (1 << (int)Math.Min(row.Attempts, MaxDoublings));
        await WriteAsync(
            PutOff,
            new
            {
                row.Comment,
                At = (time.GetUtcNow() + pause).Ms(),
                Reason = reason,
                IsUnsent = isUnsent ? 1 : 0,
            },
            cancellationToken
        );
        LogPutOff(row.Comment, reason);
    }

    private Task WriteAsync(string sql, object parameters, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => (Task)connection.ExecuteAsync(sql, parameters), cancellationToken);

    private sealed class DueRow
    {
        public required long Comment { get; init; }
        public required string Thread { get; init; }
        public required string Task { get; init; }
        public required long Attempts { get; init; }
        public long? TriedAt { get; init; }
        public required string Body { get; init; }
        public required long Number { get; init; }
        public required long Parent { get; init; }
        public required string Message { get; init; }
        public required string State { get; init; }
        public required string Channel { get; init; }
        public required string Team { get; init; }
        public required string Author { get; init; }
        public required long IsPseudonym { get; init; }
        public string? User { get; init; }
    }

    [LoggerMessage(LogLevel.Error, "Showing comments in their threads broke; it goes on with the next tick")]
    private partial void LogBroken(Exception error);

    [LoggerMessage(LogLevel.Information, "Comment {Comment} has no place in Slack any more ({Code}); its page has it")]
    private partial void LogGone(long comment, string code);

    [LoggerMessage(LogLevel.Warning, "Comment {Comment} is not shown in its thread in Slack yet: {Reason}")]
    private partial void LogPutOff(long comment, string reason);
}
