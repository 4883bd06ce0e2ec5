using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using NewsBot.Commands;
using NewsBot.Core.Channels;
using NewsBot.Core.Posts;

namespace NewsBot.Storage;

internal static partial class AdminStore
{
    private const string RecountStory = """
        UPDATE story SET
            comment_count = (
                SELECT COUNT(*) FROM comment JOIN member ON member.id = comment.member_id
                WHERE comment.story_id = story.id AND comment.state = 'visible' AND member.opted_out_at IS NULL),
            updated_at = @Now
        WHERE id = @Id
        """;

    // The newest body of every message that may show the story: its card, and the digests that name it.
    private const string PostsOfStory = """
        SELECT channel_id AS ChannelId, subject, part, body FROM post AS newest
        WHERE (subject = 'story:' || @Id
               OR subject IN (SELECT 'digest:' || digest_id FROM digest_story WHERE story_id = @Id))
          AND operation <> 'delete'
          AND revision = (
              SELECT MAX(revision) FROM post
              WHERE channel_id = newest.channel_id AND subject = newest.subject AND part = newest.part)
        ORDER BY id
        """;

    /// <summary>Counts anew and edits what was posted, for every story that the changes touch.</summary>
    /// <returns>The stories.</returns>
    public static async Task<IReadOnlyList<long>> ShowChangeAsync(
        SqliteConnection connection,
        IEnumerable<RowChange> rows,
        IEnumerable<long> stories,
        DateTimeOffset now
    )
    {
        var touched = stories.ToHashSet();
        foreach (var row in rows)
        {
            if (row.Table == "story" && row.Id > 0)
            {
                touched.Add(row.Id);
            }
            else if (row.Table == "comment")
            {
                touched.Add(
                    await connection.ExecuteScalarAsync<long>("SELECT story_id FROM comment WHERE id = @Id", new { row.Id })
                );
            }
        }

        foreach (var story in touched)
        {
            await connection.ExecuteAsync(RecountStory, new { Id = story, Now = now.Ms() });
            await EditPostsAsync(connection, story, now);
        }

        return [.. touched];
    }

    private static async Task EditPostsAsync(SqliteConnection connection, long story, DateTimeOffset now)
    {
        var state = await connection.QueryFirstOrDefaultAsync<StoryState>(
            """
            SELECT s.headline, s.comment_count AS Comments, s.correction, s.taken_down_at AS TakenDownAt,
                   w.headline AS Winner, s.merged_into AS MergedInto
            FROM story AS s LEFT JOIN story AS w ON w.id = s.merged_into
            WHERE s.id = @story
            """,
            new { story }
        );
        if (state is null)
        {
            return;
        }

        foreach (var post in await connection.QueryAsync<PostRow>(PostsOfStory, new { Id = story }))
        {
            var before = PostBodies.Read(post.Body);
            var after = Changed(before, story, state);
            if (PostBodies.Write(after) != PostBodies.Write(before))
            {
                await Outbox.EditAsync(
                    connection,
                    new PostDraft(new ChannelId(post.ChannelId), new PostSubject(post.Subject), (int)post.Part, after, now)
                );
            }
        }
    }

    private static PostBody Changed(PostBody body, long story, StoryState state) =>
        body switch
        {
            PostBody.Card card when card.Story.Value == story => card with
            {
                Headline = state.Headline,
                Comments = (int)state.Comments,
                IsRemoved = state.TakenDownAt is not null,
                Correction = state.Winner is { } winner
                    ? string.Create(CultureInfo.InvariantCulture, $"Goes on as “{winner}” (story {state.MergedInto})")
                    : state.Correction,
            },
            PostBody.DigestList list when state.TakenDownAt is not null => list with
            {
                Lines = [.. list.Lines.Where(line => line.Story.Value != story)],
                BestComment = list.BestComment?.Story.Value == story ? null : list.BestComment,
            },
            _ => body,
        };

    private sealed class StoryState
    {
        public required string Headline { get; init; }
        public required long Comments { get; init; }
        public required string? Correction { get; init; }
        public required long? TakenDownAt { get; init; }
        public required string? Winner { get; init; }
        public required long? MergedInto { get; init; }
    }

    private sealed class PostRow
    {
        public required long ChannelId { get; init; }
        public required string Subject { get; init; }
        public required long Part { get; init; }
        public required string Body { get; init; }
    }
}
