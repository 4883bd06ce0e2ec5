using Dapper;
using Microsoft.Data.Sqlite;
using NewsBot.Core.Channels;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;
using NewsBot.Core.Summaries;
using NewsBot.Core.Text;

namespace NewsBot.Storage;

/// <summary>Keeps the comments that digests quote true: an edited one is quoted anew, a deleted or hidden one no more.</summary>
internal static class DigestQuotes
{
    private const int MaxChars = 280;

    // The period leaves out nothing: a digest cannot quote a story that came after it.
    private const string Quoting = """
        SELECT p.id, p.channel_id AS ChannelId, p.subject, p.part, p.body FROM post p
        JOIN channel_story cs ON cs.channel_id = p.channel_id AND cs.story_id = @Story
        WHERE p.subject >= 'digest:' AND p.subject < 'digest;' AND p.state <> 'dropped'
          AND p.created_at >= (SELECT created_at FROM story WHERE id = @Story)
          AND p.body LIKE '%"bestComment":{%'
        ORDER BY p.id
        """;

    private const string Find = """
        SELECT COALESCE(m.pseudonym, m.name) AS Author, c.body FROM comment c JOIN member m ON m.id = c.member_id
        WHERE c.story_id = @Story AND c.number = @Number AND c.state = 'visible' AND c.visibility = 'public'
          AND m.opted_out_at IS NULL AND m.erased_at IS NULL
        """;

    private const string Rewrite = "UPDATE post SET body = @Body WHERE id = @Id";

    /// <summary>The words of a comment as a digest quotes them.</summary>
    public static string Text(string markdown) => Excerpt.Of(MarkdownPlain.Render(markdown), MaxChars);

    /// <summary>Brings every digest that quotes a comment of a story up to date.</summary>
    public static async Task RefreshAsync(SqliteConnection connection, StoryId story, DateTimeOffset now)
    {
        var rows = await connection.QueryAsync<PostRow>(Quoting, new { Story = story.Value });
        foreach (var row in rows.AsList())
        {
            if (
                PostBodies.Read(row.Body) is PostBody.DigestList { BestComment: { } quote } list
                && quote.Story == story
            )
            {
                var current = list with { BestComment = await NowAsync(connection, quote) };
                if (current != list)
                {
                    await ReplaceAsync(connection, row, current, now);
                }
            }
        }
    }

    private static async Task<BestComment?> NowAsync(SqliteConnection connection, BestComment quote)
    {
        var comment = await connection.QueryFirstOrDefaultAsync<CommentRow>(
            Find,
            new { Story = quote.Story.Value, quote.Number }
        );
        return comment is null ? null : quote with { Author = comment.Author, Text = Text(comment.Body) };
    }

    private static async Task ReplaceAsync(
        SqliteConnection connection,
        PostRow row,
        PostBody.DigestList list,
        DateTimeOffset now
    )
    {
        var draft = new PostDraft(new ChannelId(row.ChannelId), new PostSubject(row.Subject), (int)row.Part, list, now);
        if (list is { Lines.Count: 0, BestComment: null })
        {
            await Outbox.DeleteAsync(connection, draft);
        }
        else
        {
            await Outbox.EditAsync(connection, draft);
        }

        // The outbox forgets the old words too.
        await connection.ExecuteAsync(Rewrite, new { row.Id, Body = PostBodies.Write(list) });
    }

    private sealed class PostRow
    {
        public required long Id { get; init; }
        public required long ChannelId { get; init; }
        public required string Subject { get; init; }
        public required long Part { get; init; }
        public required string Body { get; init; }
    }

    private sealed class CommentRow
    {
        public required string Author { get; init; }
        public required string Body { get; init; }
    }
}
