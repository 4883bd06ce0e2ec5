using Dapper;
using Microsoft.Data.Sqlite;
using NewsBot.Core.Channels;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;

namespace NewsBot.Storage;

internal static partial class CommunityPart
{
    // More cards than this are of old news; their buttons still lead somewhere, see StoryTwins.
    private const int MostCards = 500;

    private const string PostColumns = """
        SELECT p.id, p.channel_id AS ChannelId, p.subject, p.part, p.body, ch.community_id AS Side
        FROM post p JOIN channel ch ON ch.id = p.channel_id
        """;

    // Copies that stand on the other side of the edge than what they are copies of.
    private const string CrossingCopies = $"""
        {PostColumns}
        JOIN comment c ON c.id = CAST(SUBSTR(p.subject, 9) AS BIGINT) JOIN channel o ON o.id = c.channel_id
        WHERE p.subject >= 'comment:' AND p.subject < 'comment;' AND p.operation = 'create'
          AND p.state IN ('waiting', 'sent') AND ch.community_id IN (@Host, @Guest)
          AND o.community_id IN (@Host, @Guest) AND o.community_id <> ch.community_id
        """;

    private const string OfStory = $"""
        {PostColumns}
        WHERE p.operation = 'create' AND p.state IN ('waiting', 'sent')
          AND (p.subject = 'sofar:' || @Story OR p.subject LIKE 'more:' || @Story || ':%')
        """;

    private const string CardsOf = $"""
        {PostColumns}
        WHERE p.operation = 'create' AND p.state IN ('waiting', 'sent') AND p.subject = 'story:' || @Story
        """;

    private const string Quoting = $"""
        {PostColumns}
        WHERE p.subject >= 'digest:' AND p.subject < 'digest;' AND p.state <> 'dropped' AND p.created_at >= @Since
          AND ch.community_id IN (@Host, @Guest) AND p.body LIKE '%omment":_"story"%'
        """;

    private const string QuotedSide = """
        SELECT o.community_id FROM comment c JOIN channel o ON o.id = c.channel_id
        WHERE c.story_id = @Story AND c.number = @Number AND c.state <> 'deleted'
        """;

    private static async Task PartPostsAsync(
        SqliteConnection connection,
        Sides sides,
        PartedStories parted,
        DateTimeOffset now
    )
    {
        await TakeBackAsync(await connection.QueryAsync<PostRow>(CrossingCopies, sides));
        foreach (var story in parted.Twins.SelectMany(twin => new[] { twin.Story, twin.Twin }))
        {
            await TakeBackAsync(await connection.QueryAsync<PostRow>(OfStory, new { Story = story }));
        }

        foreach (var story in parted.Unknown)
        {
            await TakeBackAsync(await connection.QueryAsync<PostRow>(CardsOf, new { Story = story }));
        }

        foreach (var row in (await connection.QueryAsync<PostRow>(Quoting, sides)).AsList())
        {
            await UnquoteAsync(connection, row, now);
        }

        async Task TakeBackAsync(IEnumerable<PostRow> rows)
        {
            foreach (var row in rows.AsList())
            {
                await Outbox.DeleteAsync(connection, row.Draft(PostBodies.Read(row.Body), now));
            }
        }
    }

    // A digest no longer quotes what the other side's people wrote.
    private static async Task UnquoteAsync(SqliteConnection connection, PostRow row, DateTimeOffset now)
    {
        if (PostBodies.Read(row.Body) is PostBody.DigestList { BestComment: { } quote } list)
        {
            var side = await connection.ExecuteScalarAsync<long?>(
                QuotedSide,
                new { Story = quote.Story.Value, quote.Number }
            );
            if (side != row.Side)
            {
                await DigestQuotes.ReplaceAsync(connection, row.Id, row.Draft(list with { BestComment = null }, now));
            }
        }
    }

    // What changed is shown: counts, cards and buttons of stories that are others now, notes that are no longer true.
    private static async Task ShowAsync(SqliteConnection connection, PartedStories parted, DateTimeOffset now)
    {
        foreach (var story in parted.Twins.SelectMany(twin => new[] { twin.Story, twin.Twin }))
        {
            await CommentLedger.RecountAsync(connection, new StoryId(story), now);
        }

        var shown = parted.Twins.Select(twin => twin.Twin).Concat(parted.Unmerged).Except(parted.Unknown);
        foreach (var story in shown.OrderDescending().Take(MostCards))
        {
            await StoryCards.EditAsync(connection, new StoryId(story), now);
        }
    }

    private sealed class PostRow
    {
        public required long Id { get; init; }
        public required long ChannelId { get; init; }
        public required string Subject { get; init; }
        public required long Part { get; init; }
        public required string Body { get; init; }
        public required long Side { get; init; }

        public PostDraft Draft(PostBody body, DateTimeOffset now) =>
            new(new ChannelId(ChannelId), new PostSubject(Subject), (int)Part, body, now);
    }
}
