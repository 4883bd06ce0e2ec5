using System.Data.Common;
using System.Globalization;
using Dapper;
using NewsBot.Core.Channels;
using NewsBot.Core.Comments;
using NewsBot.Core.Communities;
using NewsBot.Core.Stories;
using NewsBot.Scheduling;
using NewsBot.Storage;

namespace NewsBot.Web.SignIn;

/// <summary>
/// Takes what members write on a story's page. Such a comment belongs to the channel of its author's own workspace that
/// carries the story, as if it had been written there; no message of the platform stands for it.
/// </summary>
internal sealed partial class PageComments(
    Database database,
    Standings standings,
    PostPump pump,
    LiveUpdates live,
    TimeProvider time
)
{
    // The most widely published first: there most of those who discuss the story can read it.
    private const string FindPlace = """
        SELECT ch.id AS Channel, ch.name, ch.workspace_id AS Workspace
        FROM channel_story cs JOIN open_channel ch ON ch.id = cs.channel_id
        WHERE cs.story_id = @Story AND cs.state = 'carded' AND ch.workspace_id IN @Workspaces
          AND ch.mirror <> 'post-only' AND ch.publication <> 'off'
        ORDER BY CASE ch.publication WHEN 'public' THEN 0 ELSE 1 END, ch.id LIMIT 1
        """;

    private const string FindWriter = """
        SELECT m.id, m.name, m.muted_until AS MutedUntil, m.opted_out_at AS OptedOutAt, i.avatar_id AS Avatar,
               i.silenced_until AS SilencedUntil
        FROM identity i JOIN member m ON m.id = i.member_id
        WHERE i.id = @Identity AND i.banned_at IS NULL AND i.left_at IS NULL AND m.erased_at IS NULL
        """;

    private const string FindStory = """
        SELECT s.locked_at AS LockedAt, s.taken_down_at AS TakenDownAt, s.merged_into AS MergedInto,
               EXISTS (SELECT 1 FROM comment c WHERE c.story_id = s.id AND c.number = @Number) AS HasNumber
        FROM story s WHERE s.id = @Story
        """;

    private const string FindOwn = $"""
        SELECT c.id, c.member_id AS Member, c.channel_id AS Channel, c.message_id AS MessageId, c.body,
               MAX(c.written_at, COALESCE(c.edited_at, 0)) AS Stamp, ch.workspace_id AS Workspace
        FROM comment c JOIN channel ch ON ch.id = c.channel_id
        WHERE c.story_id = @Story AND c.number = @Number AND c.state <> 'deleted' AND c.message_id LIKE '{CommentMessage.PagePrefix}%'
          AND c.member_id IN @Members
        """;

    private const string Decorate = """
        UPDATE comment
        SET author_name = COALESCE(author_name, @Name), avatar_id = COALESCE(avatar_id, @Avatar), thread_id = COALESCE(thread_id, (
            SELECT t.id FROM thread t
            WHERE t.channel_id = @Channel AND t.story_id = @Story AND t.state <> 'gone' ORDER BY t.id LIMIT 1))
        WHERE id = @Id
        """;

    /// <summary>Where somebody's comment on a story would belong.</summary>
    /// <returns>Null where no channel of theirs that is published carries the story.</returns>
    public Task<PagePlace?> PlaceAsync(SignedIn who, long story, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => PlaceAsync(connection, who, story), cancellationToken);

    /// <summary>Takes a comment.</summary>
    /// <param name="who">Who writes.</param>
    /// <param name="draft">What, and under which story.</param>
    /// <param name="cancellationToken">Cancels before the commit.</param>
    public async Task<PageWriteOutcome> WriteAsync(SignedIn who, PageDraft draft, CancellationToken cancellationToken)
    {
        if (Check(draft.Text, out var text) is { } wrong)
        {
            return wrong;
        }

        if (await PlaceAsync(who, draft.Story, cancellationToken) is not { } place)
        {
            return new PageWriteOutcome.Refused(
                StatusCodes.Status403Forbidden,
                "No published channel of yours carries this story, so it cannot be answered here."
            );
        }

        if (await SilentAsync(who, place.Account, cancellationToken) is { } silent)
        {
            return silent;
        }

        var outcome = await database.WriteAsync(
            connection => WriteAsync(connection, place, draft with { Text = text }),
            cancellationToken
        );
        Announce(outcome, draft.Story);
        return outcome;
    }

    /// <summary>Changes what somebody wrote on the page before.</summary>
    public async Task<PageWriteOutcome> EditAsync(
        SignedIn who,
        long story,
        int number,
        string typed,
        CancellationToken cancellationToken
    )
    {
        if (Check(typed, out var text) is { } wrong)
        {
            return wrong;
        }

        if (await OwnAsync(who, story, number, cancellationToken) is not { } own)
        {
            return NotYours;
        }

        if (await SilentAsync(who, AccountOf(who, own), cancellationToken) is { } silent)
        {
            return silent;
        }

        var outcome = await database.WriteAsync(
            connection => EditAsync(connection, who, (story, number), text),
            cancellationToken
        );
        Announce(outcome, story);
        return outcome;
    }

    /// <summary>Takes back what somebody wrote on the page before.</summary>
    public async Task<PageWriteOutcome> DeleteAsync(
        SignedIn who,
        long story,
        int number,
        CancellationToken cancellationToken
    )
    {
        var outcome = await database.WriteAsync<PageWriteOutcome>(
            async connection =>
            {
                if (await OwnAsync(connection, who, story, number) is not { } own)
                {
                    return NotYours;
                }

                var now = time.GetUtcNow();
                var gone = new ReplyEvent.Deleted(new ChannelId(own.Channel), own.MessageId, now.Ms());
                await CommentLedger.ApplyAsync(connection, gone, now);
                return new PageWriteOutcome.Done(number);
            },
            cancellationToken
        );
        Announce(outcome, story);
        return outcome;
    }

    /// <returns>What somebody wrote on the page under this number; null where it is not theirs, or was written elsewhere.</returns>
    public async Task<string?> OwnTextAsync(
        SignedIn who,
        long story,
        int number,
        CancellationToken cancellationToken
    ) => (await OwnAsync(who, story, number, cancellationToken))?.Body;

    private static PageWriteOutcome.Refused NotYours { get; } =
        new(
            StatusCodes.Status403Forbidden,
            "Only what you wrote on this page can be changed here; the rest is changed where it was written."
        );

    private async Task<PageWriteOutcome> WriteAsync(DbConnection connection, PagePlace place, PageDraft draft)
    {
        var now = time.GetUtcNow();
        var prefix = draft.Parent == 0 ? ReplyPrefix.Find(draft.Text) : null;
        var number = draft.Parent > 0 ? draft.Parent : prefix?.Number ?? 0;
        var story = await connection.QuerySingleAsync<StoryRow>(FindStory, new { draft.Story, Number = number });
        if (await RefuseAsync(connection, place.Account.Identity, story, now) is { } refused)
        {
            return refused;
        }

        if (draft.Parent > 0 && story.HasNumber == 0)
        {
            return new PageWriteOutcome.Refused(
                StatusCodes.Status422UnprocessableEntity,
                "There is no such comment to answer. Nothing was posted."
            );
        }

        // Who it is was read with the page; meanwhile two names may have become one.
        var writer = (await WriterAsync(connection, place.Account.Identity))!;
        var entry = await CommentLedger.ApplyAsync(
            connection,
            new ReplyEvent.Created(
                place.Channel,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{CommentMessage.PagePrefix}{place.Account.Identity}-{draft.Key}"
                ),
                now.Ms(),
                new StoryId(draft.Story),
                story.HasNumber != 0 ? number : 0,
                new MemberId(writer.Id),
                story.HasNumber != 0 && prefix is { } found ? found.Text : draft.Text
            ),
            now
        );
        await connection.ExecuteAsync(
            Decorate,
            new
            {
                entry!.Id,
                writer.Name,
                writer.Avatar,
                Channel = place.Channel.Value,
                draft.Story,
            }
        );
        return new PageWriteOutcome.Done(entry.Number);
    }

    private async Task<PageWriteOutcome> EditAsync(
        DbConnection connection,
        SignedIn who,
        (long Story, int Number) what,
        string text
    )
    {
        if (await OwnAsync(connection, who, what.Story, what.Number) is not { } own)
        {
            return NotYours;
        }

        var now = time.GetUtcNow();
        var story = await connection.QuerySingleAsync<StoryRow>(FindStory, new { what.Story, what.Number });
        if (await RefuseAsync(connection, AccountOf(who, own).Identity, story, now) is { } refused)
        {
            return refused;
        }

        // A second edit within one millisecond is still a later one.
        var stamp = Math.Max(now.Ms(), own.Stamp + 1);
        var edit = new ReplyEvent.Edited(new ChannelId(own.Channel), own.MessageId, stamp, text);
        await CommentLedger.ApplyAsync(connection, edit, now);
        return new PageWriteOutcome.Done(what.Number);
    }

    private static async Task<PagePlace?> PlaceAsync(DbConnection connection, SignedIn who, long story)
    {
        var row = await connection.QueryFirstOrDefaultAsync<PlaceRow>(
            FindPlace,
            new { Story = story, Workspaces = Among.Of(who.Accounts.Select(account => account.Workspace)) }
        );
        return row is null
            ? null
            : new PagePlace(
                new ChannelId(row.Channel),
                row.Name,
                who.Accounts.First(account => account.Workspace == row.Workspace)
            );
    }

    private Task<OwnRow?> OwnAsync(SignedIn who, long story, int number, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => OwnAsync(connection, who, story, number), cancellationToken);

    private static Task<OwnRow?> OwnAsync(DbConnection connection, SignedIn who, long story, int number) =>
        connection.QueryFirstOrDefaultAsync<OwnRow>(
            FindOwn,
            new
            {
                Story = story,
                Number = number,
                Members = Among.Of(who.Accounts.Select(account => account.Member.Id.Value)),
            }
        );

    // It may have been written under another name of theirs, which they are not signed in with here.
    private static SignedInAccount AccountOf(SignedIn who, OwnRow own) =>
        who.Accounts.FirstOrDefault(account => account.Workspace == own.Workspace)
        ?? who.Accounts.First(account => account.Member.Id.Value == own.Member);

    private static Task<WriterRow?> WriterAsync(DbConnection connection, long identity) =>
        connection.QueryFirstOrDefaultAsync<WriterRow>(FindWriter, new { Identity = identity });

    private void Announce(PageWriteOutcome outcome, long story)
    {
        if (outcome is PageWriteOutcome.Done)
        {
            live.Publish(new LiveUpdate(null, new StoryId(story)));
            pump.Wake();
        }
    }
}
