using System.Data.Common;
using Dapper;
using NewsBot.Commands;
using NewsBot.Core.Channels;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;

namespace NewsBot.Storage;

internal static partial class AdminStore
{
    // The newest body of every message of a digest that names the story.
    private const string DigestPosts = """
        SELECT channel_id AS ChannelId, subject, part, body FROM post AS newest
        WHERE subject IN (SELECT 'digest:' || digest_id FROM digest_story WHERE story_id = @Id)
          AND operation <> 'delete'
          AND revision = (
              SELECT MAX(revision) FROM post
              WHERE channel_id = newest.channel_id AND subject = newest.subject AND part = newest.part)
        ORDER BY id
        """;

    /// <summary>Counts anew and edits what was posted, for every story that the changes touch.</summary>
    /// <returns>The stories.</returns>
    public static async Task<IReadOnlyList<long>> ShowChangeAsync(
        DbConnection connection,
        IReadOnlyList<RowChange> rows,
        IEnumerable<long> stories,
        DateTimeOffset now
    )
    {
        var recounted = stories.ToHashSet();
        foreach (var row in rows.Where(row => row.Table == "comment"))
        {
            recounted.Add(
                await connection.ExecuteScalarAsync<long>("SELECT story_id FROM comment WHERE id = @Id", new { row.Id })
            );
        }

        foreach (var story in recounted)
        {
            await CommentLedger.RecountAsync(connection, new StoryId(story), now);
        }

        await MirrorChangeAsync(connection, rows, now);

        var edited = rows.Where(row => row is { Table: "story", Before: not null, After: not null }).ToList();
        foreach (var row in edited)
        {
            await StoryCards.EditAsync(connection, new StoryId(row.Id), now);
            foreach (var loser in await MergedStories.LosersAsync(connection, new StoryId(row.Id)))
            {
                await StoryCards.EditAsync(connection, loser, now);
            }

            if (row.After!.GetValueOrDefault("taken_down_at") is not null)
            {
                await RemoveFromDigestsAsync(connection, row.Id, now);
            }
        }

        return [.. recounted.Union(edited.Select(row => row.Id))];
    }

    private static async Task MirrorChangeAsync(
        DbConnection connection,
        IReadOnlyList<RowChange> rows,
        DateTimeOffset now
    )
    {
        foreach (var row in rows.Where(row => row is { Table: "comment", After: not null }))
        {
            await CommentCopies.RefreshAsync(connection, [row.Id], CopyChange.State, now);
            // What was held back from the start has no copy yet.
            await CommentCopies.CreateAsync(connection, row.Id, now);
        }

        foreach (var row in rows.Where(row => row is { Table: "channel", Before: not null, After: not null }))
        {
            var channel = new ChannelId(row.Id);
            if (row.After!.ContainsKey("publication"))
            {
                await ChannelMirroring.RetractAsync(connection, channel, CopyChange.Removal.Priority, now);
                await ThreadNotices.RenewAsync(connection, channel, now);
            }

            if (row.After.ContainsKey("mirror") || row.After.ContainsKey("mirror_within"))
            {
                await ChannelMirroring.RetractAsync(connection, channel, CopyChange.Name.Priority, now);
            }

            if (row.After.GetValueOrDefault("mirror") is "two-way")
            {
                await ChannelMirroring.JoinAsync(connection, channel, now);
            }
        }
    }

    private static async Task RemoveFromDigestsAsync(DbConnection connection, long story, DateTimeOffset now)
    {
        foreach (var post in await connection.QueryAsync<PostRow>(DigestPosts, new { Id = story }))
        {
            if (PostBodies.Read(post.Body) is PostBody.DigestList list)
            {
                var without = list with
                {
                    Lines = [.. list.Lines.Where(line => line.Story.Value != story)],
                    BestComment = list.BestComment?.Story.Value == story ? null : list.BestComment,
                };
                var channel = new ChannelId(post.ChannelId);
                await Outbox.EditAsync(
                    connection,
                    new PostDraft(channel, new PostSubject(post.Subject), (int)post.Part, without, now)
                );
            }
        }
    }

    private sealed class PostRow
    {
        public required long ChannelId { get; init; }
        public required string Subject { get; init; }
        public required long Part { get; init; }
        public required string Body { get; init; }
    }
}
