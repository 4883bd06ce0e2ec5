using System.Data.Common;
using Dapper;
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
        JOIN comment c ON c.id = CASE WHEN p.subject LIKE 'comment:%' THEN CAST(SUBSTR(p.subject, 9) AS BIGINT) END JOIN channel o ON o.id = c.channel_id
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

    private const string Digests = $"""
        {PostColumns}
        WHERE (p.subject >= 'digest:' AND p.subject < 'digest;' OR p.subject >= 'talk:' AND p.subject < 'talk;')
          AND p.operation <> 'delete' AND p.state <> 'dropped' AND p.created_at >= @Since
          AND ch.community_id IN (@Host, @Guest)
        ORDER BY p.id
        """;

    private static async Task PartPostsAsync(
        DbConnection connection,
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

        foreach (var row in (await connection.QueryAsync<PostRow>(Digests, sides)).AsList())
        {
            await PartDigestAsync(connection, row, parted, now);
        }

        await DigestQuotes.RefreshTalksAsync(connection, [sides.Host, sides.Guest], Instants.At(sides.Since), now);

        async Task TakeBackAsync(IEnumerable<PostRow> rows)
        {
            foreach (var row in rows.AsList())
            {
                await Outbox.DeleteAsync(connection, row.Draft(PostBodies.Read(row.Body), now));
            }
        }
    }

    // What changed is shown: counts, cards and buttons of stories that are others now, notes that are no longer true.
    private static async Task ShowAsync(DbConnection connection, PartedStories parted, DateTimeOffset now)
    {
        foreach (var story in parted.Twins.SelectMany(twin => new[] { twin.Story, twin.Twin }))
        {
            await CommentLedger.RecountAsync(connection, new StoryId(story), now);
        }

        var shown = parted.Told.Concat(parted.Unmerged).Except(parted.Unknown);
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
