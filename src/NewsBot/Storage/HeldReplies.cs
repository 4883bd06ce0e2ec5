using System.Data.Common;
using Dapper;
using NewsBot.Core.Channels;
using NewsBot.Core.Comments;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;
using NewsBot.Core.Text;

namespace NewsBot.Storage;

/// <summary>Replies that wait for a moderator: what holds them, where moderators are asked, and what they decided.</summary>
internal static class HeldReplies
{
    private const string Words = """
        SELECT w.word FROM word w JOIN story s ON s.community_id = w.community_id WHERE s.id = @Story
        """;

    private const string Links = """
        SELECT o.links FROM moderation o JOIN story s ON s.community_id = o.community_id WHERE s.id = @Story
        """;

    private const string IsNewMember = """
        SELECT CASE WHEN m.role <> 'member' THEN 0
                    WHEN m.first_seen_at > @Since THEN 1
                    WHEN (SELECT COUNT(*) FROM (
                        SELECT 1 FROM comment c WHERE c.member_id = m.id AND c.state = 'visible' LIMIT @Most) c) < @Most THEN 1
                    ELSE 0 END
        FROM member m WHERE m.id = @Member
        """;

    private const string Hold = """
        INSERT INTO review (comment_id, why, held_at) VALUES (@Comment, @Why, @Now)
        ON CONFLICT (comment_id) DO UPDATE SET
            why = excluded.why, held_at = excluded.held_at, decision = NULL, decided_by = NULL, decided_at = NULL
        """;

    private const string Find = """
        SELECT r.comment_id AS Comment, r.why, r.held_at AS HeldAt, r.decision, r.decided_by AS DecidedBy, c.story_id AS Story, c.number, c.body,
               COALESCE(m.pseudonym, c.author_name, m.name) AS Author, s.headline, s.slug, s.community_id AS Community,
               ch.name AS Channel, w.platform, o.channel_id AS Place, m.id AS Member, m.role
        FROM review r JOIN comment c ON c.id = r.comment_id JOIN story s ON s.id = c.story_id
        JOIN member m ON m.id = c.member_id JOIN channel ch ON ch.id = c.channel_id
        JOIN workspace w ON w.id = ch.workspace_id
        LEFT JOIN moderation o ON o.community_id = s.community_id
        """;

    private const string Decide = """
        UPDATE review SET decision = @Decision, decided_by = @Actor, decided_at = @Now
        WHERE comment_id = @Comment AND decision IS NULL
        """;

    // What was taken back stays as it was left.
    private const string Posts = """
        SELECT channel_id FROM post
        WHERE subject = @Subject AND part = 0 AND operation = 'create' AND state IN ('waiting', 'sent') AND NOT EXISTS (
            SELECT 1 FROM post d
            WHERE d.subject = post.subject AND d.channel_id = post.channel_id AND d.operation = 'delete')
        """;

    private const string Rewrite = """
        UPDATE post SET body = @Body WHERE subject = @Subject AND part = 0 AND channel_id = @ChannelId
        """;

    private const string TellModerators = """
        INSERT INTO private_message (member_id, cause, body, created_at)
        SELECT m.id, @Cause, @Body, @Now FROM member m
        WHERE m.community_id = @Community AND m.erased_at IS NULL AND (m.role IN ('moderator', 'admin') OR EXISTS (
            SELECT 1 FROM identity i JOIN workspace w ON w.id = i.workspace_id
            WHERE i.member_id = m.id AND w.owner_id = i.external_id AND w.removed_at IS NULL))
        ON CONFLICT (member_id, cause) DO NOTHING
        """;

    private const string Untell = "DELETE FROM private_message WHERE cause = @Cause";

    private const string Gone = $"""
        {Find} WHERE r.comment_id IN (SELECT q.comment_id FROM review q WHERE q.decision IS NULL) AND c.state = 'deleted'
        """;

    /// <summary>Why a reply has to wait; null where it has not.</summary>
    public static async Task<string?> WhyAsync(
        DbConnection connection,
        StoryId story,
        long member,
        IReadOnlyList<string> versions,
        DateTimeOffset now
    )
    {
        var key = new { Story = story.Value };
        var words = (await connection.QueryAsync<string>(Words, key)).AsList();
        var links = await connection.ExecuteScalarAsync<string?>(Links, key) switch
        {
            "hold-all" => LinkRule.HoldAll,
            "hold-new-members" => LinkRule.HoldNewMembers,
            _ => LinkRule.LetThrough,
        };
        var isNew =
            links is LinkRule.HoldNewMembers
            && await connection.ExecuteScalarAsync<long>(
                IsNewMember,
                new
                {
                    Member = member,
                    Since = (now - WordFilter.NewFor).Ms(),
                    Most = WordFilter.NewUntil,
                }
            ) == 1;
        return WordFilter.Why(words, links, isNew, versions);
    }

    /// <summary>Asks the moderators about a comment that was just hidden.</summary>
    public static async Task HoldAsync(DbConnection connection, long comment, string why, DateTimeOffset now)
    {
        await connection.ExecuteAsync(
            Hold,
            new
            {
                Comment = comment,
                Why = why,
                Now = now.Ms(),
            }
        );
        if (await FindAsync(connection, comment) is { } held)
        {
            await AskAsync(connection, held, now);
        }
    }

    /// <summary>Shows those who are asked what the comment says now.</summary>
    public static async Task RefreshAsync(DbConnection connection, long comment, DateTimeOffset now)
    {
        if (await FindAsync(connection, comment) is { Decision: null } held)
        {
            await SayAsync(connection, PostSubject.Review(comment), held.Question(), now);
        }
    }

    /// <summary>Asks about what still waits where nobody is asked any more; elsewhere the question says what is so now.</summary>
    public static async Task AskAgainAsync(DbConnection connection, HeldReply held, DateTimeOffset now)
    {
        var subject = PostSubject.Review(held.Comment);
        if ((await PlacesAsync(connection, subject)).Count > 0)
        {
            await SayAsync(connection, subject, held.Question(), now);
        }
        else
        {
            await AskAsync(connection, held, now);
        }
    }

    /// <summary>Notes what was decided, and says so where the question stands.</summary>
    /// <param name="connection">The connection of a transaction.</param>
    /// <param name="comment">The comment's row.</param>
    /// <param name="decision">"shown", "kept", "muted" or "gone".</param>
    /// <param name="actor">Who decided, as the audit names them.</param>
    /// <param name="now">The instant of the transaction.</param>
    /// <returns>False where it does not wait.</returns>
    public static async Task<bool> DecideAsync(
        DbConnection connection,
        long comment,
        string decision,
        string actor,
        DateTimeOffset now
    )
    {
        var decided = await connection.ExecuteAsync(
            Decide,
            new
            {
                Comment = comment,
                Decision = decision,
                Actor = actor,
                Now = now.Ms(),
            }
        );
        if (decided == 0 || await FindAsync(connection, comment) is not { } held)
        {
            return false;
        }

        await connection.ExecuteAsync(Untell, new { held.Cause });
        var who = MarkdownEscape.Line(await AdminStore.ActorNameAsync(connection, actor), 60);
        await SayAsync(connection, PostSubject.Review(comment), held.Decided(decision, who), now);
        return true;
    }

    /// <summary>Ends the questions about comments that are deleted: nobody reads their words any more.</summary>
    public static async Task ForgetDeletedAsync(DbConnection connection, DateTimeOffset now)
    {
        foreach (var held in (await connection.QueryAsync<HeldReply>(Gone)).AsList())
        {
            await DecideAsync(connection, held.Comment, "gone", "", now);
        }
    }

    /// <returns>Null where a comment never had to wait.</returns>
    public static Task<HeldReply?> FindAsync(DbConnection connection, long comment) =>
        connection.QueryFirstOrDefaultAsync<HeldReply>($"{Find} WHERE r.comment_id = @comment", new { comment })!;

    /// <summary>Those that wait, the oldest first.</summary>
    public static async Task<IReadOnlyList<HeldReply>> WaitingAsync(
        DbConnection connection,
        long community,
        int limit
    ) =>
        (
            await connection.QueryAsync<HeldReply>(
                $"{Find} WHERE r.comment_id IN (SELECT q.comment_id FROM review q WHERE q.decision IS NULL) AND s.community_id = @community ORDER BY r.held_at, r.comment_id LIMIT @limit",
                new { community, limit }
            )
        ).AsList();

    /// <summary>Says something to moderators: in their channel, else privately.</summary>
    public static async Task TellAsync(
        DbConnection connection,
        long community,
        PostSubject subject,
        PostBody.Panel panel,
        DateTimeOffset now
    )
    {
        var place = await connection.ExecuteScalarAsync<long?>(
            "SELECT channel_id FROM moderation WHERE community_id = @community",
            new { community }
        );
        if (place is { } channel)
        {
            var draft = new PostDraft(new ChannelId(channel), subject, 0, panel, now);
            if (!await Outbox.CreateAsync(connection, draft))
            {
                await Outbox.EditAsync(connection, draft with { IsEditedAnyway = true });
            }

            return;
        }

        var lines = string.Join(" · ", panel.Buttons.Select(button => $"`/news {button.Line}`"));
        await connection.ExecuteAsync(
            TellModerators,
            new
            {
                Community = community,
                Cause = subject.Value,
                Body = panel.Buttons.Count == 0 ? panel.Markdown : $"{panel.Markdown}\n\n{lines}",
                Now = now.Ms(),
            }
        );
    }

    private static Task AskAsync(DbConnection connection, HeldReply held, DateTimeOffset now) =>
        TellAsync(connection, held.Community, PostSubject.Review(held.Comment), held.Question(), now);

    /// <summary>Says something else where moderators were asked; the outbox forgets what it said.</summary>
    public static async Task SayAsync(
        DbConnection connection,
        PostSubject subject,
        PostBody.Panel panel,
        DateTimeOffset now
    )
    {
        foreach (var channel in await PlacesAsync(connection, subject))
        {
            await Outbox.EditAsync(connection, new PostDraft(new ChannelId(channel), subject, 0, panel, now));
            await connection.ExecuteAsync(
                Rewrite,
                new
                {
                    Subject = subject.Value,
                    ChannelId = channel,
                    Body = PostBodies.Write(panel),
                }
            );
        }
    }

    // Channels in which moderators were asked.
    private static async Task<IReadOnlyList<long>> PlacesAsync(DbConnection connection, PostSubject subject) =>
        (await connection.QueryAsync<long>(Posts, new { Subject = subject.Value })).AsList();
}
