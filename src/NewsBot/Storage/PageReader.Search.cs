using Dapper;
using NewsBot.Core.Text;
using NewsBot.Web.Views;

namespace NewsBot.Storage;

internal sealed partial class PageReader
{
    /// <summary>Where counting stops: nobody reads further, and a common word would make it long.</summary>
    public const int CountLimit = 1_000;

    private const int FoundPerPage = 20;
    private const int RecentComments = 30;

    private static string FindStories(FullText text) =>
        $"""
            SELECT s.id AS Id, s.slug AS Slug, s.headline AS Headline, s.published_at AS PublishedAt, s.summary_text AS Summary,
                   {CountShown} AS Comments, {text.Headline} AS HeadlineMarked,
                   {text.Summary} AS SummaryMarked
            FROM {text.Stories}
            WHERE {text.StoryMatches} AND s.community_id = @Community AND s.taken_down_at IS NULL
              AND s.merged_into IS NULL AND {IsPosted}
            ORDER BY {text.StoryRank}, s.id DESC LIMIT @Limit
            """;

    private static string CountStories(FullText text) =>
        $"""
            SELECT COUNT(*) FROM (SELECT 1 FROM {text.Stories}
            WHERE {text.StoryMatches} AND s.community_id = @Community AND s.taken_down_at IS NULL
              AND s.merged_into IS NULL AND {IsPosted} LIMIT @Limit) found
            """;

    private static string FindComments(FullText text) =>
        $"""
            SELECT s.id AS Story, s.headline AS Headline, c.number AS Number, m.id AS Member,
                   COALESCE(m.pseudonym, m.name) AS Author, c.written_at AS WrittenAt,
                   {text.Body} AS Body
            FROM {text.Comments}
            JOIN story s ON s.id = c.story_id JOIN member m ON m.id = c.member_id
            WHERE {text.CommentMatches} AND s.community_id = @Community AND s.taken_down_at IS NULL
              AND {IsShown} AND {IsPosted}
            ORDER BY {text.CommentRank}, c.id DESC LIMIT @Limit
            """;

    private static string CountComments(FullText text) =>
        $"""
            SELECT COUNT(*) FROM (SELECT 1 FROM {text.Comments}
            JOIN story s ON s.id = c.story_id JOIN member m ON m.id = c.member_id
            WHERE {text.CommentMatches} AND s.community_id = @Community AND s.taken_down_at IS NULL
              AND {IsShown} AND {IsPosted} LIMIT @Limit) found
            """;

    private const string SelectMember = """
        SELECT m.id AS Id, m.community_id AS Community, COALESCE(m.pseudonym, m.name) AS Name, m.role AS Role,
               m.joined_at AS JoinedAt, m.first_seen_at AS FirstSeenAt,
               EXISTS (SELECT 1 FROM identity i JOIN workspace w ON w.id = i.workspace_id
                       WHERE i.member_id = m.id AND w.platform = 'web') AS IsInChat
        FROM member m
        WHERE m.id = COALESCE((SELECT joined.joined_into FROM member joined WHERE joined.id = @Id), @Id)
          AND m.erased_at IS NULL AND m.opted_out_at IS NULL
          AND (NOT EXISTS (SELECT 1 FROM identity i WHERE i.member_id = m.id)
               OR EXISTS (SELECT 1 FROM identity i JOIN workspace w ON w.id = i.workspace_id
                          WHERE i.member_id = m.id AND w.removed_at IS NULL))
        """;

    private const string SelectMemberComments = $"""
        SELECT s.id AS Story, s.headline AS Headline, c.number AS Number, m.id AS Member,
               COALESCE(m.pseudonym, m.name) AS Author, c.written_at AS WrittenAt, c.body AS Body
        FROM comment c JOIN story s ON s.id = c.story_id JOIN member m ON m.id = c.member_id
        WHERE c.member_id = @Id AND {IsShown} AND s.taken_down_at IS NULL AND {IsPosted}
        ORDER BY c.id DESC LIMIT @Limit
        """;

    /// <summary>Searches headlines, summaries and comments.</summary>
    /// <param name="query">As typed.</param>
    /// <param name="viewer">Who looks.</param>
    /// <param name="now">The time of the page.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    public async Task<SearchView> SearchAsync(
        string query,
        Viewer viewer,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var match = SearchQuery.Of(query);
        return query.Trim().Length == 0
            ? new SearchView(query.Trim(), now, 0, 0, CountLimit, [], [])
            : await database.ReadAsync(
                async connection =>
                {
                    var text = FullText.Of(connection);
                    var args = new
                    {
                        Query = match,
                        Community,
                        Sight = SightOf(viewer),
                        Limit = FoundPerPage,
                    };
                    var counted = args with { Limit = CountLimit };
                    var rows = await ReadAsync<LineRow>(connection, FindStories(text), args, cancellationToken);
                    var lines = await LinesAsync(connection, rows, viewer.In(Community), cancellationToken);
                    var comments = await ReadAsync<FoundCommentRow>(
                        connection,
                        FindComments(text),
                        args,
                        cancellationToken
                    );
                    return new SearchView(
                        query.Trim(),
                        now,
                        await connection.ExecuteScalarAsync<int>(
                            new CommandDefinition(CountStories(text), counted, cancellationToken: cancellationToken)
                        ),
                        await connection.ExecuteScalarAsync<int>(
                            new CommandDefinition(CountComments(text), counted, cancellationToken: cancellationToken)
                        ),
                        CountLimit,
                        [
                            .. lines.Zip(
                                rows,
                                (line, row) =>
                                    new FoundStory(
                                        line,
                                        SearchWords.ToHtml(row.HeadlineMarked ?? row.Headline),
                                        SearchWords.ToHtml(row.SummaryMarked ?? "")
                                    )
                            ),
                        ],
                        [.. comments.Select(comment => comment.ToView(SearchWords.ToHtml(comment.Body)))]
                    );
                },
                cancellationToken
            );
    }

    /// <returns>Null where there is no such member, or they do not want to be shown.</returns>
    public Task<MemberView?> MemberAsync(
        long id,
        Viewer viewer,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        database.ReadAsync(
            async connection =>
            {
                var row = await connection.QuerySingleOrDefaultAsync<MemberRow>(
                    new CommandDefinition(SelectMember, new { Id = id }, cancellationToken: cancellationToken)
                );
                if (row is null)
                {
                    return null;
                }

                // The number of a name that was joined with another's leads to that one.
                id = row.Id;
                var inside = viewer.In(row.Community);
                var args = new
                {
                    Id = id,
                    Sight = SightOf(inside, row.Community),
                    Limit = RecentComments,
                };
                var posts = await PostsAsync(connection, [id], inside, cancellationToken);
                var recent = await ReadAsync<FoundCommentRow>(
                    connection,
                    SelectMemberComments,
                    args,
                    cancellationToken
                );
                // Somebody whose every word is out of this viewer's reach is out of it as well.
                return inside.Sight < Sight.All && recent.Count == 0 && (row.IsInChat == 0 || inside.Sight < Sight.Chat)
                    ? null
                    : new MemberView(
                        row.Community,
                        row.ToAuthor(posts.GetValueOrDefault(id)),
                        row.Role,
                        now,
                        [.. recent.Select(comment => comment.ToView(MarkdownHtml.Render(comment.Body)))]
                    );
            },
            cancellationToken
        );

    private sealed class FoundCommentRow
    {
        public required long Story { get; init; }
        public required string Headline { get; init; }
        public required long Number { get; init; }
        public required long Member { get; init; }
        public required string Author { get; init; }
        public required long WrittenAt { get; init; }
        public required string Body { get; init; }

        public FoundComment ToView(string html) =>
            new(Story, Headline, (int)Number, Member, Author, Instant(WrittenAt), html);
    }

    private sealed class MemberRow
    {
        public required long Id { get; init; }
        public required long Community { get; init; }
        public required string Name { get; init; }
        public required string Role { get; init; }
        public required long FirstSeenAt { get; init; }
        public required long IsInChat { get; init; }
        public long? JoinedAt { get; init; }

        public AuthorView ToAuthor(int posts) =>
            new(Id, Name, posts, Instant(JoinedAt ?? FirstSeenAt), JoinedAt is not null);
    }
}
