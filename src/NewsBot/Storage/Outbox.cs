using System.Data.Common;
using Dapper;
using NewsBot.Core.Channels;
using NewsBot.Core.Flows;
using NewsBot.Core.Posts;

namespace NewsBot.Storage;

/// <summary>Writes posts into the outbox, inside the transaction of their cause. Doing it again changes nothing.</summary>
internal static partial class Outbox
{
    private const string Create = """
        INSERT INTO post (channel_id, subject, part, operation, revision, body, priority, not_before, cause_at, created_at,
                          trace_parent)
        VALUES (@Channel, @Subject, @Part, 'create', 0, @Body, @Priority, @NotBefore, @CauseAt, @Now, @Trace)
        ON CONFLICT (channel_id, subject, part, operation, revision) DO NOTHING
        """;

    private const string FindCreate = """
        SELECT id, state, attempts, body FROM post
        WHERE channel_id = @Channel AND subject = @Subject AND part = @Part AND operation = 'create'
        """;

    // An attempt may have reached the platform, so only what was never tried is changed in place.
    private const string ChangeInPlace = "UPDATE post SET body = @Body WHERE id = @Id";

    private const string Newest = """
        SELECT body FROM post
        WHERE channel_id = @Channel AND subject = @Subject AND part = @Part AND operation <> 'delete'
          AND state IN ('waiting', 'sent')
        ORDER BY revision DESC LIMIT 1
        """;

    private const string ChangeUnsentEdit = """
        UPDATE post
        SET body = @Body, priority = MIN(priority, @Priority), not_before = MIN(not_before, @NotBefore)
        WHERE channel_id = @Channel AND subject = @Subject AND part = @Part
          AND operation = 'edit' AND state = 'waiting' AND attempts = 0
        """;

    private const string AddChange = """
        INSERT INTO post (channel_id, subject, part, operation, revision, body, priority, not_before, cause_at, created_at,
                          trace_parent)
        SELECT @Channel, @Subject, @Part, @Operation, MAX(revision) + 1, @Body, @Priority, @NotBefore, @CauseAt, @Now, @Trace
        FROM post WHERE channel_id = @Channel AND subject = @Subject AND part = @Part
        """;

    private const string DropUnsent = """
        UPDATE post SET state = 'dropped'
        WHERE channel_id = @Channel AND subject = @Subject AND part = @Part AND state = 'waiting' AND attempts = 0
          AND operation <> 'delete'
        """;

    private const string HasDelete = """
        SELECT COUNT(*) FROM post
        WHERE channel_id = @Channel AND subject = @Subject AND part = @Part AND operation = 'delete'
        """;

    /// <summary>Posts something, unless this subject and part were posted to this channel before.</summary>
    /// <param name="connection">The connection of the cause's transaction.</param>
    /// <param name="draft">What to post.</param>
    /// <returns>True where the post is new.</returns>
    public static async Task<bool> CreateAsync(DbConnection connection, PostDraft draft)
    {
        var isNew = await connection.ExecuteAsync(Create, Parameters(draft, "create")) > 0;
        if (isNew && draft.Subject.Story is { } story)
        {
            await ChannelMirroring.JoinAsync(connection, draft.Channel, story, draft.Now);
        }

        return isNew;
    }

    /// <summary>Brings what was posted up to date. Where nothing was posted, nothing happens; unsent edits become one.</summary>
    public static async Task EditAsync(DbConnection connection, PostDraft draft)
    {
        var parameters = Parameters(draft, "edit");
        var create = await connection.QueryFirstOrDefaultAsync<CreateRow>(FindCreate, parameters);
        if (create is null or { State: "dropped" or "failed" })
        {
            return;
        }

        draft = draft with { Body = WithPing(draft.Body, create.Body) };
        parameters = Parameters(draft, "edit");

        if (create is { State: "waiting", Attempts: 0 })
        {
            await connection.ExecuteAsync(ChangeInPlace, new { create.Id, Body = PostBodies.Write(draft.Body) });
        }
        else if (
            await connection.ExecuteScalarAsync<long>(HasDelete, parameters) == 0
            // What says nothing new is no edit.
            && (
                draft.IsEditedAnyway
                || await connection.ExecuteScalarAsync<string>(Newest, parameters) != PostBodies.Write(draft.Body)
            )
            && await connection.ExecuteAsync(ChangeUnsentEdit, parameters) == 0
        )
        {
            await connection.ExecuteAsync(AddChange, parameters);
        }
    }

    /// <summary>Takes back what was posted: an unsent post is dropped, a sent one is deleted on the platform.</summary>
    public static async Task DeleteAsync(DbConnection connection, PostDraft draft)
    {
        var parameters = Parameters(draft, "delete");
        await connection.ExecuteAsync(DropUnsent, parameters);
        var create = await connection.QueryFirstOrDefaultAsync<CreateRow>(FindCreate, parameters);
        if (
            create is { State: "sent" or "waiting" }
            && await connection.ExecuteScalarAsync<long>(HasDelete, parameters) == 0
        )
        {
            await connection.ExecuteAsync(AddChange, parameters);
        }
    }

    // Whom a card calls was decided when it was routed; an edit keeps the words and calls nobody again.
    private static PostBody WithPing(PostBody body, string created) =>
        body is PostBody.Card card && PostBodies.Read(created) is PostBody.Card { Ping: { } ping }
            ? card with
            {
                Ping = ping,
            }
            : body;

    private static object Parameters(PostDraft draft, string operation) =>
        new
        {
            Channel = draft.Channel.Value,
            Subject = draft.Subject.Value,
            draft.Part,
            Operation = operation,
            Body = PostBodies.Write(draft.Body),
            draft.Priority,
            NotBefore = (draft.NotBefore ?? draft.Now).Ms(),
            CauseAt = (draft.CauseAt ?? draft.Now).Ms(),
            Now = draft.Now.Ms(),
            Trace = Traces.Cause,
        };

    private sealed class CreateRow
    {
        public required long Id { get; init; }
        public required string State { get; init; }
        public required long Attempts { get; init; }
        public required string Body { get; init; }
    }
}

/// <summary>A post about to be written into the outbox.</summary>
/// <param name="Channel">Where it goes.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Part">0 for the first or only message of the subject.</param>
/// <param name="Body">What it says.</param>
/// <param name="Now">The instant of the transaction.</param>
internal sealed record PostDraft(ChannelId Channel, PostSubject Subject, int Part, PostBody Body, DateTimeOffset Now)
{
    /// <summary>
    /// The lower is sent first: -1 for what must be gone, 1 for what may wait, such as counts on cards; 0 for all else.
    /// </summary>
    public int Priority { get; init; }

    /// <summary>Earliest instant to send; null for at once.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>True for an edit that is sent although the words are the same, because what they refer to has changed.</summary>
    public bool IsEditedAnyway { get; init; }

    /// <summary>When the cause happened, for the lag shown on the status page; null for now.</summary>
    public DateTimeOffset? CauseAt { get; init; }
}
