using System.Data.Common;
using Dapper;
using NewsBot.Core.Channels;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;

namespace NewsBot.Storage;

/// <summary>Finds the comments that set others talking, among those that one channel may read.</summary>
internal static class LiveliestComments
{
    // Of so many of the most answered ones nearly always one may be shown.
    private const int MostLookedAt = 20;

    /// <summary>Whether a channel, as "ch", may show a comment "c" of a member "m".</summary>
    public const string MayShow = """
        c.state = 'visible' AND c.withdrawn = 0 AND m.opted_out_at IS NULL AND m.erased_at IS NULL
        AND (c.channel_id = ch.id OR c.visibility = 'public' OR (c.visibility = 'members' AND ch.publication <> 'public'))
        AND EXISTS (SELECT 1 FROM open_channel oc WHERE oc.id = c.channel_id AND oc.community_id = ch.community_id)
        """;

    private const string Columns = """
        SELECT c.story_id AS StoryId, c.number, COALESCE(m.pseudonym, c.author_name, m.name) AS Author, c.body
        FROM comment c JOIN member m ON m.id = c.member_id JOIN channel ch ON ch.id = @Channel
        """;

    // Answers are counted once for all, not for each comment.
    private const string Answered = $"""
        SELECT a.StoryId, a.number, a.Author, a.body FROM (
            SELECT r.parent, COUNT(*) AS Answers FROM comment r
            WHERE r.story_id = @Story AND r.parent > 0 AND r.state = 'visible'
            GROUP BY r.parent ORDER BY COUNT(*) DESC, r.parent LIMIT @MostLookedAt) p
        JOIN ({Columns} WHERE c.story_id = @Story AND {MayShow}) a ON a.number = p.parent
        ORDER BY p.Answers DESC, a.number LIMIT 1
        """;

    private const string Best = """
        SELECT c.story_id AS StoryId, c.number, COALESCE(m.pseudonym, m.name) AS Author, c.body,
               (SELECT COUNT(*) FROM comment r
                WHERE r.story_id = c.story_id AND r.parent = c.number AND r.state = 'visible') AS Answers
        FROM comment c JOIN member m ON m.id = c.member_id
        JOIN channel_story cs ON cs.story_id = c.story_id AND cs.channel_id = @Channel
        JOIN story s ON s.id = c.story_id AND s.taken_down_at IS NULL AND s.merged_into IS NULL
        WHERE c.accepted_at > @Since AND c.state = 'visible' AND c.visibility = 'public'
        ORDER BY Answers DESC, c.accepted_at DESC LIMIT 1
        """;

    private const string Newest = $"""
        {Columns} WHERE c.story_id = @Story AND {MayShow} ORDER BY c.number DESC LIMIT 1
        """;

    private const string One = $"""
        {Columns} WHERE c.story_id = @Story AND c.number = @Number AND {MayShow}
        """;

    // Those of a period, most answers first; what nobody answered set nobody talking.
    private const string OfPeriod = $"""
        SELECT a.StoryId, a.number, a.Author, a.body FROM (
            SELECT r.story_id, r.parent, COUNT(*) AS Answers FROM comment r
            WHERE r.accepted_at > @Since AND r.parent > 0 AND r.state = 'visible'
            GROUP BY r.story_id, r.parent ORDER BY COUNT(*) DESC LIMIT 500) p
        JOIN ({Columns}
            JOIN channel_story cs ON cs.channel_id = ch.id AND cs.story_id = c.story_id AND cs.state <> 'held'
            JOIN story s ON s.id = c.story_id AND s.taken_down_at IS NULL
            WHERE {MayShow}) a ON a.StoryId = p.story_id AND a.number = p.parent
        ORDER BY p.Answers DESC, a.StoryId DESC, a.number LIMIT @Limit
        """;

    /// <returns>The most answered comment of a period on any story of a channel, else its newest; null where nobody said anything that everybody may read.</returns>
    public static async Task<BestComment?> BestAsync(DbConnection connection, ChannelId channel, DateTimeOffset since)
    {
        var row = await connection.QueryFirstOrDefaultAsync<CommentRow>(
            Best,
            new { Channel = channel.Value, Since = since.Ms() }
        );
        return row?.ToBest();
    }

    /// <returns>The most answered comment of a story, else its newest; null where the channel may read none.</returns>
    public static async Task<BestComment?> OfAsync(DbConnection connection, ChannelId channel, StoryId story)
    {
        var key = new
        {
            Channel = channel.Value,
            Story = story.Value,
            MostLookedAt,
        };
        var row =
            await connection.QueryFirstOrDefaultAsync<CommentRow>(Answered, key)
            ?? await connection.QueryFirstOrDefaultAsync<CommentRow>(Newest, key);
        return row?.ToBest();
    }

    /// <returns>A quoted comment as it is now; null where the channel may not show it any more.</returns>
    public static async Task<BestComment?> NowAsync(DbConnection connection, ChannelId channel, BestComment quote)
    {
        var row = await connection.QueryFirstOrDefaultAsync<CommentRow>(
            One,
            new
            {
                Channel = channel.Value,
                Story = quote.Story.Value,
                quote.Number,
            }
        );
        return row?.ToBest();
    }

    /// <returns>The most answered comments since an instant, of stories in a channel.</returns>
    public static async Task<IReadOnlyList<BestComment>> SinceAsync(
        DbConnection connection,
        ChannelId channel,
        DateTimeOffset since,
        int limit
    )
    {
        var rows = await connection.QueryAsync<CommentRow>(
            OfPeriod,
            new
            {
                Channel = channel.Value,
                Since = since.Ms(),
                Limit = limit,
            }
        );
        return [.. rows.Select(row => row.ToBest())];
    }

    private sealed class CommentRow
    {
        public required long StoryId { get; init; }
        public required long Number { get; init; }
        public required string Author { get; init; }
        public required string Body { get; init; }

        public BestComment ToBest() => new(new StoryId(StoryId), (int)Number, Author, DigestQuotes.Text(Body));
    }
}
