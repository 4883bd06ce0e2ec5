using System.Data.Common;
using Dapper;
using NewsBot.Web.Api;
using NewsBot.Web.Views;

namespace NewsBot.Storage;

/// <summary>Reads stories and comments for the API.</summary>
internal sealed class StoryReader(Database database, ThreadIndexes threads)
{
    private const string PostsSeen =
        "@Sight >= CASE p.visibility WHEN 'public' THEN 0 WHEN 'members' THEN 1 ELSE oc.off_sight END";

    private const string Columns = $"""
        s.id, s.community_id AS CommunityId, s.headline, s.slug, s.url, s.summary_text AS Summary, s.created_at AS CreatedAt,
        (SELECT COALESCE(SUM(c.shown), 0) FROM story_comments c JOIN open_channel oc ON oc.id = c.channel_id
         WHERE c.story_id = s.id AND {Sights.Comment}) AS CommentCount
        """;

    // What no channel publishes is the members' alone.
    private const string Published = $"""
        s.taken_down_at IS NULL AND EXISTS (
            SELECT 1 FROM channel_story cs JOIN open_channel ch ON ch.id = cs.channel_id
            WHERE cs.story_id = s.id AND cs.state <> 'held' AND {Sights.Channel})
        """;

    private const string Newest = $"""
        SELECT {Columns} FROM story s
        WHERE s.community_id = @Community AND s.id < @Before AND s.merged_into IS NULL AND {Published} ORDER BY s.id DESC LIMIT @Limit
        """;

    private static string Matching(FullText text) =>
        $"""
            SELECT {Columns} FROM {text.Stories}
            WHERE {text.StoryMatches} AND s.community_id = @Community AND s.id < @Before AND s.merged_into IS NULL AND {Published} ORDER BY s.id DESC LIMIT @Limit
            """;

    private const string Community = "SELECT community_id FROM story WHERE id = @Id";

    // A story that was joined with another keeps its comments, so it can still be asked for.
    private const string One = $"SELECT {Columns} FROM story s WHERE s.id = @Id AND {Published}";

    private const string Sources = """
        SELECT se.story_id AS StoryId, so.name, e.url FROM story_entry se
        JOIN source so ON so.id = se.source_id JOIN entry e ON e.id = se.entry_id JOIN story s ON s.id = se.story_id
        WHERE se.story_id IN @Ids
        ORDER BY (se.entry_id = s.lead_entry_id) DESC, se.joined_at, se.entry_id
        """;

    private const string Comments = $"""
        SELECT c.number, c.parent, c.body, c.written_at AS WrittenAt, c.edited_at AS EditedAt,
               CASE WHEN c.state = 'visible' AND (m.opted_out_at IS NOT NULL OR m.erased_at IS NOT NULL OR NOT EXISTS (
                         SELECT 1 FROM open_channel oc WHERE oc.id = c.channel_id AND {Sights.Comment}))
                    THEN 'hidden' ELSE c.state END AS State,
               w.platform, ch.name AS ChannelName, COALESCE(m.pseudonym, c.author_name, m.name) AS Name, m.joined_at AS JoinedAt,
               m.first_seen_at AS FirstSeenAt,
               (SELECT COALESCE(SUM(p.shown), 0) FROM member_comments p JOIN open_channel oc ON oc.id = p.channel_id
                WHERE p.member_id = c.member_id AND {PostsSeen}) AS Posts
        FROM comment c JOIN channel ch ON ch.id = c.channel_id JOIN workspace w ON w.id = ch.workspace_id
        JOIN member m ON m.id = c.member_id
        WHERE c.story_id = @Id AND c.number IN @Numbers
        """;

    /// <summary>Stories of the community whose front page this server has, newest first.</summary>
    public Task<IReadOnlyList<StoryFacts>> ListAsync(StoryAsk ask, CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection =>
                ReadAsync(
                    connection,
                    ask.Words is null ? Newest : Matching(FullText.Of(connection)),
                    new
                    {
                        Query = ask.Words is null ? null : SearchQuery.Of(ask.Words),
                        ask.Before,
                        ask.Limit,
                        Sight = (int)ask.Sight,
                        Community = PageReader.HomeCommunity,
                    }
                ),
            cancellationToken
        );

    /// <summary>A story of any community.</summary>
    /// <returns>Null where there is no such story to be seen.</returns>
    public Task<StoryFacts?> FindAsync(long id, Viewer viewer, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async connection =>
                await connection.ExecuteScalarAsync<long?>(Community, new { Id = id }) is { } community
                && await ReadAsync(connection, One, new { Id = id, Sight = (int)viewer.In(community).Sight })
                    is [var story, ..]
                    ? story
                    : null,
            cancellationToken
        );

    /// <summary>A page of a story's comments.</summary>
    /// <returns>Null where the comment to begin after has no place in the thread.</returns>
    public Task<ApiCommentPage?> CommentsAsync(CommentAsk ask, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async connection =>
            {
                var index = await threads.GetAsync(connection, ask.Story, cancellationToken);
                var rest = After(index.Order(ask.InThreads ? CommentSort.Thread : CommentSort.Time), ask.After);
                if (rest is null)
                {
                    return null;
                }

                var numbers = rest.Take(ask.Limit).ToList();
                var parameters = new
                {
                    Id = ask.Story,
                    Numbers = Among.Of(numbers),
                    Sight = (int)ask.Sight,
                };
                var rows = await connection.QueryAsync<CommentRow>(Comments, parameters);
                var byNumber = rows.ToDictionary(row => (int)row.Number);
                var storyId = ApiIds.Of(ask.Story);
                return new ApiCommentPage(
                    // A place shows nothing but itself: what was written where nothing is published keeps its number.
                    [.. numbers.Select(number => byNumber[number].ToComment(storyId))],
                    numbers.Count < rest.Count ? ApiIds.Of(numbers[^1]) : null
                );
            },
            cancellationToken
        );

    private static List<int>? After(IReadOnlyList<(int Number, int Depth)> order, int after)
    {
        if (after == 0)
        {
            return [.. order.Select(item => item.Number)];
        }

        for (var place = 0; place < order.Count; place++)
        {
            if (order[place].Number == after)
            {
                return [.. order.Skip(place + 1).Select(item => item.Number)];
            }
        }

        return null;
    }

    private static async Task<IReadOnlyList<StoryFacts>> ReadAsync(
        DbConnection connection,
        string sql,
        object parameters
    )
    {
        var stories = (await connection.QueryAsync<StoryRow>(sql, parameters)).AsList();
        var sources = (
            await connection.QueryAsync<SourceRow>(Sources, new { Ids = Among.Of(stories.Select(story => story.Id)) })
        ).ToLookup(source => source.StoryId);
        return
        [
            .. stories.Select(story => new StoryFacts(
                story.Id,
                story.CommunityId,
                story.Headline,
                story.Slug,
                story.Url,
                story.Summary,
                [.. sources[story.Id].Select(source => new ApiSource(source.Name, source.Url ?? story.Url))],
                (int)story.CommentCount,
                Instants.At(story.CreatedAt)
            )),
        ];
    }

    private sealed class StoryRow
    {
        public required long Id { get; init; }
        public required long CommunityId { get; init; }
        public required string Headline { get; init; }
        public required string Slug { get; init; }
        public required string Url { get; init; }
        public required string Summary { get; init; }
        public required long CreatedAt { get; init; }
        public required long CommentCount { get; init; }
    }

    private sealed class SourceRow
    {
        public required long StoryId { get; init; }
        public required string Name { get; init; }
        public string? Url { get; init; }
    }

    private sealed class CommentRow
    {
        public required long Number { get; init; }
        public required long Parent { get; init; }
        public required string Body { get; init; }
        public required long WrittenAt { get; init; }
        public long? EditedAt { get; init; }
        public required string State { get; init; }
        public required string Platform { get; init; }
        public required string ChannelName { get; init; }
        public required string Name { get; init; }
        public long? JoinedAt { get; init; }
        public required long FirstSeenAt { get; init; }
        public required long Posts { get; init; }

        public ApiComment ToComment(string storyId)
        {
            var isVisible = State == "visible";
            var since = new ApiMemberSince(
                Instants.At(JoinedAt ?? FirstSeenAt),
                JoinedAt is null ? "firstSeen" : "joined"
            );
            return new ApiComment(
                (int)Number,
                (int)Parent,
                isVisible ? new ApiAuthor(Name, (int)Posts, since) : null,
                isVisible ? Body : null,
                Instants.At(WrittenAt),
                isVisible ? Instants.At(EditedAt) : null,
                State,
                new ApiOrigin(Platform, ChannelName),
                storyId
            );
        }
    }
}

/// <summary>Which stories are wanted.</summary>
/// <param name="Words">Words to search for; null for all stories.</param>
/// <param name="Before">Id behind the first; <see cref="long.MaxValue"/> for the newest.</param>
/// <param name="Limit">At most so many.</param>
/// <param name="Sight">How much the caller may read.</param>
internal sealed record StoryAsk(string? Words, long Before, int Limit, Sight Sight);

/// <summary>Which comments are wanted.</summary>
/// <param name="Story">Of which story.</param>
/// <param name="InThreads">Depth first; else by number.</param>
/// <param name="After">Number of the comment before the first; 0 for the beginning.</param>
/// <param name="Limit">At most so many.</param>
/// <param name="Sight">How much the caller may read.</param>
internal sealed record CommentAsk(long Story, bool InThreads, int After, int Limit, Sight Sight);

/// <summary>What the API says of a story, but for its page's address.</summary>
internal sealed record StoryFacts(
    long Id,
    long Community,
    string Headline,
    string Slug,
    string Url,
    string Summary,
    IReadOnlyList<ApiSource> Sources,
    int CommentCount,
    DateTimeOffset CreatedAt
);
