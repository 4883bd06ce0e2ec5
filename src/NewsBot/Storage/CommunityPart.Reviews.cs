using System.Data.Common;
using System.Globalization;
using Dapper;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;

namespace NewsBot.Storage;

internal static partial class CommunityPart
{
    // Nobody catches up with more; all of them are listed for whoever asks.
    private const int MostWaiting = 500;

    private const string SomeModerator = "a moderator";
    private const string WhyUnknown = "was held back while two communities were one";

    private const string CrossingQuestions = $"""
        {PostColumns}
        WHERE p.subject >= 'review:' AND p.subject < 'review;' AND p.operation = 'create' AND p.state IN ('waiting', 'sent')
          AND p.created_at >= @Since AND ch.community_id IN (@Host, @Guest)
          AND NOT EXISTS (
            SELECT 1 FROM comment c JOIN channel o ON o.id = c.channel_id
            WHERE c.id = CASE WHEN p.subject LIKE 'review:%' THEN CAST(SUBSTR(p.subject, 8) AS BIGINT) END AND o.community_id = ch.community_id)
        """;

    private const string Suggestions = $"""
        {PostColumns}
        WHERE p.subject >= 'suggest:' AND p.subject < 'suggest;' AND p.operation = 'create' AND p.state IN ('waiting', 'sent')
          AND p.created_at >= @Since AND ch.community_id IN (@Host, @Guest)
        """;

    private const string OwnStories = "SELECT COUNT(*) FROM story WHERE id IN @Stories AND community_id = @Side";

    private const string ForgetWords = """
        UPDATE post SET body = @Body WHERE subject = @Subject AND channel_id = @ChannelId AND operation <> 'delete'
        """;

    // Who decided may be known on the other side only.
    private const string ForgetDeciders = """
        UPDATE review SET decided_by = @SomeModerator
        WHERE decided_at >= @Since AND decided_by LIKE 'member-%' AND EXISTS (
            SELECT 1 FROM comment c JOIN channel o ON o.id = c.channel_id
            WHERE c.id = review.comment_id AND o.community_id IN (@Host, @Guest) AND NOT EXISTS (
                SELECT 1 FROM member m WHERE 'member-' || m.id = review.decided_by AND m.community_id = o.community_id))
        RETURNING comment_id
        """;

    private const string SetWhy = "UPDATE review SET why = @Why WHERE comment_id = @Comment";

    // Each side's moderators are asked about their own replies, and nobody reads any longer what was asked about the other's.
    private static async Task PartReviewsAsync(DbConnection connection, Sides sides, DateTimeOffset now)
    {
        await TakeQuestionsBackAsync(connection, await connection.QueryAsync<PostRow>(CrossingQuestions, sides), now);
        List<PostRow> crossing = [];
        foreach (var row in (await connection.QueryAsync<PostRow>(Suggestions, sides)).AsList())
        {
            if (!await IsOwnSuggestionAsync(connection, row))
            {
                crossing.Add(row);
            }
        }

        await TakeQuestionsBackAsync(connection, crossing, now);
        var decided = await connection.QueryAsync<long>(
            ForgetDeciders,
            new
            {
                SomeModerator,
                sides.Since,
                sides.Host,
                sides.Guest,
            }
        );
        foreach (var comment in decided.AsList())
        {
            if (await HeldReplies.FindAsync(connection, comment) is { Decision: { } decision } held)
            {
                await HeldReplies.SayAsync(
                    connection,
                    PostSubject.Review(comment),
                    held.Decided(decision, SomeModerator),
                    now
                );
            }
        }

        foreach (var side in new[] { sides.Host, sides.Guest })
        {
            foreach (var held in await HeldReplies.WaitingAsync(connection, side, MostWaiting))
            {
                await AskAgainAsync(connection, sides, held, now);
            }
        }
    }

    private static async Task TakeQuestionsBackAsync(
        DbConnection connection,
        IEnumerable<PostRow> rows,
        DateTimeOffset now
    )
    {
        foreach (var row in rows.AsList())
        {
            var nothing = new PostBody.Panel("", []);
            await Outbox.DeleteAsync(connection, row.Draft(nothing, now));
            await connection.ExecuteAsync(
                ForgetWords,
                new
                {
                    row.Subject,
                    row.ChannelId,
                    Body = PostBodies.Write(nothing),
                }
            );
        }
    }

    // One that is decided names who did, which may be somebody of the other side.
    private static async Task<bool> IsOwnSuggestionAsync(DbConnection connection, PostRow row)
    {
        var stories = row
            .Subject.Split(':')
            .Skip(1)
            .Select(id => long.Parse(id, CultureInfo.InvariantCulture))
            .ToList();
        return PostBodies.Read(row.Body) is PostBody.Panel { Buttons.Count: > 0 }
            && await connection.ExecuteScalarAsync<long>(OwnStories, new { Stories = Among.Of(stories), row.Side })
                == stories.Count;
    }

    // The other side's list may be why it was held, and its story may have another number now.
    private static async Task AskAgainAsync(DbConnection connection, Sides sides, HeldReply held, DateTimeOffset now)
    {
        if (held.HeldAt >= sides.Since)
        {
            var why = await HeldReplies.WhyAsync(connection, new StoryId(held.Story), held.Member, [held.Body], now);
            await connection.ExecuteAsync(SetWhy, new { held.Comment, Why = why ?? WhyUnknown });
            held = await HeldReplies.FindAsync(connection, held.Comment) ?? held;
        }

        await HeldReplies.AskAgainAsync(connection, held, now);
    }
}
