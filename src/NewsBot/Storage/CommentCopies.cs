using System.Data.Common;
using System.Text.Json;
using Dapper;
using NewsBot.Core.Channels;
using NewsBot.Core.Comments;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;

namespace NewsBot.Storage;

/// <summary>Writes into the outbox what a change of comments means for their copies, inside the transaction of the change.</summary>
internal static class CommentCopies
{
    // So many comments are looked at together: their texts fit into memory with ease.
    private const int AtATime = 500;

    // Whoever was away for longer reads the rest on the page; each costs a look at every channel of its story.
    private const int MostMissed = 1_000;

    private const string Missed = """
        SELECT id FROM (
            SELECT c.id FROM comment c
            WHERE c.accepted_at >= @Since AND c.state = 'visible' AND c.story_id IN (
                SELECT CASE WHEN p.subject LIKE 'story:%' THEN CAST(SUBSTR(p.subject, 7) AS BIGINT) END FROM post p JOIN channel ch ON ch.id = p.channel_id
                WHERE ch.workspace_id = @Workspace AND p.subject LIKE 'story:%' AND p.operation = 'create'
                  AND p.state IN ('waiting', 'sent'))
            ORDER BY c.id DESC LIMIT @MostMissed
        ) AS newest
        ORDER BY id
        """;

    private const string Copies = """
        SELECT p.id, p.channel_id AS ChannelId, c.id AS Comment FROM comment c
        JOIN post p ON p.subject = 'comment:' || c.id
        WHERE c.id IN (SELECT value FROM json_each(@Ids)) AND p.operation = 'create' AND p.state IN ('waiting', 'sent')
        """;

    private const string Quotes = """
        SELECT p.id FROM post p
        WHERE p.operation = 'create' AND p.state IN ('waiting', 'sent') AND p.subject IN (
            SELECT 'comment:' || r.id FROM comment c
            JOIN comment r ON r.story_id = c.story_id AND r.parent = c.number
            WHERE c.id IN (SELECT value FROM json_each(@Ids)) ORDER BY r.id DESC LIMIT @MostQuotes)
        """;

    private const string SoFars = """
        SELECT p.id, p.channel_id AS ChannelId, p.subject, p.created_at AS CreatedAt FROM post p
        WHERE p.operation = 'create' AND p.state IN ('waiting', 'sent')
          AND p.subject IN (
            SELECT 'sofar:' || story_id FROM comment WHERE id IN (SELECT value FROM json_each(@Ids)))
          AND EXISTS (
            SELECT 1 FROM comment c
            WHERE c.id IN (SELECT value FROM json_each(@Ids)) AND 'sofar:' || c.story_id = p.subject
              AND c.accepted_at < p.created_at)
        """;

    /// <summary>What hangs on a card waits for it: it is let go when the platform has the card.</summary>
    public static DateTimeOffset BehindCard => DateTimeOffset.MaxValue;

    /// <summary>Copies a comment to wherever it is to appear. Doing it again changes nothing.</summary>
    public static Task CreateAsync(DbConnection connection, long comment, DateTimeOffset now) =>
        CreateAsync(connection, comment, null, now);

    /// <summary>Copies to a workspace that is back what was written since it left.</summary>
    public static async Task CreateMissedAsync(
        DbConnection connection,
        long workspace,
        DateTimeOffset since,
        DateTimeOffset now
    )
    {
        var parameters = new
        {
            Workspace = workspace,
            Since = since.Ms(),
            MostMissed,
        };
        foreach (var comment in (await connection.QueryAsync<long>(Missed, parameters)).AsList())
        {
            await CreateAsync(connection, comment, workspace, now);
        }
    }

    private static async Task CreateAsync(DbConnection connection, long comment, long? workspace, DateTimeOffset now)
    {
        if (await CopyRows.CommentAsync(connection, comment) is not { State: "visible" } row)
        {
            return;
        }

        var story = new StoryId(row.StoryId);
        var source = row.Source(now);
        var channels = await CopyRows.TargetsAsync(connection, story);
        var own = channels.FirstOrDefault(channel => channel.ChannelId == row.ChannelId);
        if (own is not null && source.HasMessage)
        {
            await ThreadNotices.AddAsync(connection, own, story, now);
        }

        foreach (
            var target in channels.Where(channel =>
                (workspace ?? channel.Workspace) == channel.Workspace && CopyPlan.Gets(source, channel.Target)
            )
        )
        {
            await ThreadNotices.AddAsync(connection, target, story, now);
            await Outbox.CreateAsync(
                connection,
                new PostDraft(
                    target.Channel.Id,
                    PostSubject.Comment(comment),
                    0,
                    new PostBody.Copy(story, (int)row.Number),
                    now
                )
                {
                    NotBefore = target.IsCardSent != 0 ? null : BehindCard,
                    CauseAt = Instants.At(row.AcceptedAt),
                }
            );
        }
    }

    /// <summary>Brings what shows or quotes comments up to date after they have changed; what may not be shown any more is taken back.</summary>
    /// <param name="connection">The connection of the change's transaction.</param>
    /// <param name="comments">Rows of the comments.</param>
    /// <param name="change">Why.</param>
    /// <param name="now">The instant of the transaction.</param>
    public static async Task RefreshAsync(
        DbConnection connection,
        IEnumerable<long> comments,
        CopyChange change,
        DateTimeOffset now
    )
    {
        foreach (var part in comments.Distinct().Chunk(AtATime))
        {
            await RefreshCopiesAsync(connection, part, change, now);
            var key = new { Ids = JsonSerializer.Serialize(part), change.MostQuotes };
            await Outbox.EditAllAsync(
                connection,
                (await connection.QueryAsync<long>(Quotes, key)).AsList(),
                change.QuotePriority,
                now + change.QuoteDelay,
                now
            );
            foreach (var post in (await connection.QueryAsync<SoFarRow>(SoFars, key)).AsList())
            {
                await RefreshAsync(connection, post, change, now);
            }
        }
    }

    private static async Task RefreshCopiesAsync(
        DbConnection connection,
        long[] comments,
        CopyChange change,
        DateTimeOffset now
    )
    {
        var copies = (
            await connection.QueryAsync<CopyRow>(Copies, new { Ids = JsonSerializer.Serialize(comments) })
        ).AsList();
        if (copies.Count == 0)
        {
            return;
        }

        var sources = (await CopyRows.CommentsAsync(connection, comments)).ToDictionary(row => row.Id);
        Dictionary<long, MirrorRow> channels = [];
        foreach (var channel in copies.Select(copy => copy.ChannelId).Distinct())
        {
            channels[channel] = await CopyRows.ChannelAsync(connection, new ChannelId(channel));
        }

        var stays = copies.ToLookup(copy =>
            sources[copy.Comment].State != "deleted"
            && CopyPlan.MayShow(sources[copy.Comment].Source(now), channels[copy.ChannelId].Channel)
        );
        // The built-in chat reads the name with each view.
        var reposted = stays[true]
            .ToLookup(copy => change.RepostPriority is not null && channels[copy.ChannelId].Platform != "web");
        await Outbox.DeleteAllAsync(connection, [.. stays[false].Select(copy => copy.Id)], change.Priority, now);
        await Outbox.EditAllAsync(connection, [.. reposted[false].Select(copy => copy.Id)], change.Priority, now, now);
        await Outbox.RepostAllAsync(
            connection,
            [.. reposted[true].Select(copy => copy.Id)],
            change.RepostPriority ?? 0,
            now
        );
    }

    // A digest of a discussion of which nothing is left to tell goes altogether.
    private static async Task RefreshAsync(
        DbConnection connection,
        SoFarRow post,
        CopyChange change,
        DateTimeOffset now
    )
    {
        var story = new PostSubject(post.Subject).Discussion!.Value;
        var (count, _) = await Discussions.SoFarAsync(
            connection,
            story,
            new ChannelId(post.ChannelId),
            Instants.At(post.CreatedAt)
        );
        if (count == 0)
        {
            await Outbox.DeleteAllAsync(connection, [post.Id], change.Priority, now);
        }
        else
        {
            await Outbox.EditAllAsync(connection, [post.Id], change.QuotePriority, now + change.QuoteDelay, now);
        }
    }

    private sealed class CopyRow
    {
        public required long Id { get; init; }
        public required long ChannelId { get; init; }
        public required long Comment { get; init; }
    }

    private sealed class SoFarRow
    {
        public required long Id { get; init; }
        public required long ChannelId { get; init; }
        public required string Subject { get; init; }
        public required long CreatedAt { get; init; }
    }
}
