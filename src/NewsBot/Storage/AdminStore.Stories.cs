using System.Data.Common;
using System.Globalization;
using Dapper;
using NewsBot.Commands;
using NewsBot.Core.Commands;
using NewsBot.Core.Text;

namespace NewsBot.Storage;

internal static partial class AdminStore
{
    private const string StoryColumns = $"{StoryFacts} FROM story s";

    private const string StoryFacts = """
        SELECT s.id, s.headline, s.slug, s.url, s.summary_text AS Summary, s.lead_entry_id AS LeadEntryId,
               s.published_at AS PublishedAt, s.created_at AS CreatedAt, s.locked_at AS LockedAt,
               s.taken_down_at AS TakenDownAt, s.merged_into AS MergedInto, s.comment_count AS Comments,
               (SELECT COUNT(DISTINCT source_id) FROM story_entry WHERE story_id = s.id) AS Reports,
               COALESCE((SELECT name FROM source WHERE id =
                   (SELECT source_id FROM story_entry WHERE story_id = s.id AND entry_id = s.lead_entry_id)), '') AS Source
        """;

    private const string Seen =
        " WHERE s.community_id = @community AND s.taken_down_at IS NULL AND s.merged_into IS NULL";

    /// <returns>Newest first.</returns>
    public static Task<IReadOnlyList<StoryRow>> LatestAsync(DbConnection connection, long community, int limit) =>
        StoriesAsync(
            connection,
            $"{StoryColumns}{Seen} ORDER BY s.created_at DESC, s.id DESC LIMIT @limit",
            new { community, limit }
        );

    /// <summary>Most reported and most discussed since an instant, best first.</summary>
    public static Task<IReadOnlyList<StoryRow>> TopAsync(
        DbConnection connection,
        long community,
        long since,
        int limit
    ) =>
        StoriesAsync(
            connection,
            // One more outlet says as much about a story as three people talking.
            $"""
            SELECT * FROM ({StoryColumns}{Seen} AND s.created_at >= @since) found
            ORDER BY 3 * Reports + Comments DESC, CreatedAt DESC LIMIT @limit
            """,
            new
            {
                community,
                since,
                limit,
            }
        );

    /// <returns>Best match first.</returns>
    public static Task<IReadOnlyList<StoryRow>> SearchAsync(
        DbConnection connection,
        long community,
        string words,
        int limit
    )
    {
        var text = FullText.Of(connection);
        return StoriesAsync(
            connection,
            $"{StoryFacts} FROM {text.Stories}{Seen} AND {text.StoryMatches} ORDER BY {text.StoryRank} LIMIT @limit",
            new
            {
                community,
                Query = SearchQuery.Of(words),
                limit,
            }
        );
    }

    /// <summary>Finds a story by number, link, article address or words of its headline.</summary>
    public static async Task<Found<StoryRow>> StoryAsync(DbConnection connection, long community, string asked)
    {
        if (StoryReference.Parse(asked).Story is { } named)
        {
            var id = await StoryTwins.ResolveAsync(connection, named, community);
            var one = await StoriesAsync(
                connection,
                StoryColumns + " WHERE s.community_id = @community AND s.id = @id",
                new { community, id }
            );
            return one is [var story]
                ? new Found<StoryRow>(story, "")
                : new Found<StoryRow>(null, string.Create(CultureInfo.InvariantCulture, $"There is no story {id}."));
        }

        if (asked.Contains("://", StringComparison.Ordinal))
        {
            var entry = await EntryAsync(connection, community, asked);
            var byUrl = entry is null
                ? []
                : await StoriesAsync(
                    connection,
                    $"{StoryColumns} JOIN story_entry se ON se.story_id = s.id WHERE s.community_id = @community AND se.entry_id = @Id",
                    new { community, entry.Id }
                );
            return byUrl is [var story, ..]
                ? new Found<StoryRow>(story, "")
                : new Found<StoryRow>(null, "No story here has that address. `/news why` and the address says more.");
        }

        var found = await SearchAsync(connection, community, asked, 6);
        var same = found.Where(story => story.Headline.Equals(asked, StringComparison.OrdinalIgnoreCase)).ToList();
        return (same, found) switch
        {
            ([var story], _) => new Found<StoryRow>(story, ""),
            (_, [var story]) => new Found<StoryRow>(story, ""),
            (_, []) => new Found<StoryRow>(
                null,
                $"No headline here has the words “{MarkdownEscape.Line(asked, 80)}”. `/news latest` shows the newest stories."
            ),
            _ => new Found<StoryRow>(
                null,
                "Several stories fit; name one by its number:\n" + string.Join('\n', found.Select(Answers.StoryLine))
            ),
        };
    }

    /// <summary>The comment named by "12#3" or a link to it.</summary>
    public static async Task<Found<CommentRow>> CommentAsync(DbConnection connection, long community, string asked)
    {
        var reference = StoryReference.Parse(asked);
        if (reference is not { Story: { } story, Comment: { } number })
        {
            return new Found<CommentRow>(
                null,
                "Name the comment by its story's number and its own, such as `12#3`, or by its link."
            );
        }

        story = await StoryTwins.ResolveAsync(connection, story, community);
        var row = await connection.QueryFirstOrDefaultAsync<CommentRow>(
            """
            SELECT c.id, c.story_id AS StoryId, c.number, c.state, c.body, c.channel_id AS ChannelId,
                   c.message_id AS MessageId, COALESCE(m.pseudonym, m.name) AS Author, s.headline
            FROM comment c JOIN story s ON s.id = c.story_id JOIN member m ON m.id = c.member_id
            WHERE s.community_id = @community AND s.id = @story AND c.number = @number
            """,
            new
            {
                community,
                story,
                number,
            }
        );
        return row is null
            ? new Found<CommentRow>(
                null,
                string.Create(CultureInfo.InvariantCulture, $"There is no comment {number} on a story {story} here.")
            )
            : new Found<CommentRow>(row, "");
    }

    private static async Task<IReadOnlyList<StoryRow>> StoriesAsync(
        DbConnection connection,
        string sql,
        object parameters
    ) => [.. await connection.QueryAsync<StoryRow>(sql, parameters)];
}

/// <summary>A story in short.</summary>
internal sealed class StoryRow
{
    public required long Id { get; init; }
    public required string Headline { get; init; }
    public required string Slug { get; init; }
    public required string Url { get; init; }
    public required string Summary { get; init; }
    public required long LeadEntryId { get; init; }
    public required long PublishedAt { get; init; }
    public required long CreatedAt { get; init; }
    public required long? LockedAt { get; init; }
    public required long? TakenDownAt { get; init; }
    public required long? MergedInto { get; init; }
    public required long Comments { get; init; }
    public required long Reports { get; init; }
    public required string Source { get; init; }
}

/// <summary>A comment in short.</summary>
internal sealed class CommentRow
{
    public required long Id { get; init; }
    public required long StoryId { get; init; }
    public required long Number { get; init; }
    public required string State { get; init; }
    public required string Body { get; init; }
    public required long ChannelId { get; init; }
    public required string MessageId { get; init; }
    public required string Author { get; init; }
    public required string Headline { get; init; }
}
