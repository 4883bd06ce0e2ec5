using System.Data.Common;
using Dapper;
using NewsBot.Core.Channels;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;

namespace NewsBot.Storage;

/// <summary>Reads of a story's discussion what one channel may show.</summary>
internal static class Discussions
{
    private const int MostQuoted = 5;

    /// <summary>
    /// True of a comment <c>c</c> that readers of a channel <c>ch</c> may read. In SQL what the plan of copies says of one
    /// comment at a time: here thousands are counted.
    /// </summary>
    public const string IsReadable = """
        (c.state = 'visible' AND c.withdrawn = 0
         AND (c.channel_id = ch.id
              OR c.visibility = 'public'
              OR (c.visibility = 'members' AND ch.publication <> 'public')
              OR (ch.publication = 'off' AND ch.mirror = 'two-way' AND EXISTS (
                SELECT 1 FROM channel o
                WHERE o.id = c.channel_id AND o.mirror = 'two-way'
                  AND (o.workspace_id <> ch.workspace_id OR (o.mirror_within = 1 AND ch.mirror_within = 1))
                  AND (o.mirror_since IS NULL OR o.mirror_since <= c.accepted_at))))
         AND EXISTS (
            SELECT 1 FROM open_channel o
            WHERE o.id = c.channel_id AND o.community_id = ch.community_id))
        """;

    // Its own messages stand in the channel itself.
    private const string CountOthers = $"""
        SELECT COUNT(*) FROM comment c JOIN channel ch ON ch.id = @Channel
        WHERE c.story_id = @Story AND c.channel_id <> ch.id AND c.accepted_at < @Until AND {IsReadable}
        """;

    private const string Best = $"""
        WITH answered AS (
            SELECT parent, COUNT(*) AS answers FROM comment
            WHERE story_id = @Story AND parent > 0 AND state = 'visible' GROUP BY parent)
        SELECT c.number, COALESCE(m.pseudonym, c.author_name, m.name) AS Author, c.body
        FROM comment c
        JOIN channel ch ON ch.id = @Channel
        JOIN member m ON m.id = c.member_id
        LEFT JOIN answered a ON a.parent = c.number
        WHERE c.story_id = @Story AND c.channel_id <> ch.id AND c.accepted_at < @Until AND {IsReadable}
        ORDER BY COALESCE(a.answers, 0) DESC, c.number LIMIT @MostQuoted
        """;

    /// <summary>What was written elsewhere until an instant and may be told in a channel.</summary>
    public static async Task<(int Count, IReadOnlyList<BestComment> Best)> SoFarAsync(
        DbConnection connection,
        StoryId story,
        ChannelId channel,
        DateTimeOffset until
    )
    {
        var key = new
        {
            Story = story.Value,
            Channel = channel.Value,
            Until = until.Ms(),
            MostQuoted,
        };
        var count = await connection.ExecuteScalarAsync<long>(CountOthers, key);
        if (count == 0)
        {
            return (0, []);
        }

        var rows = await connection.QueryAsync<QuotedRow>(Best, key);
        return (
            (int)count,
            [
                .. rows.OrderBy(row => row.Number)
                    .Select(row => new BestComment(story, (int)row.Number, row.Author, DigestQuotes.Text(row.Body))),
            ]
        );
    }

    private sealed class QuotedRow
    {
        public required long Number { get; init; }
        public required string Author { get; init; }
        public required string Body { get; init; }
    }
}
