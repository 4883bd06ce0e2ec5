using NewsBot.Web.Views;

namespace NewsBot.Storage;

internal sealed partial class PageReader
{
    // Who asks is nobody: what is listed is what every stranger may open.
    private const string IsListed = $"""
        s.taken_down_at IS NULL AND s.merged_into IS NULL AND {IsPosted}
        """;

    private const string CountListed = $"""
        SELECT s.community_id AS Community, COUNT(*) AS Stories
        FROM story s JOIN community y ON y.id = s.community_id AND y.indexing = 1
        WHERE {IsListed} GROUP BY s.community_id ORDER BY s.community_id
        """;

    private const string SelectListed = $"""
        SELECT s.id AS Id, s.slug AS Slug, s.updated_at AS UpdatedAt
        FROM story s JOIN community y ON y.id = s.community_id AND y.indexing = 1
        WHERE s.community_id = @Community AND {IsListed} ORDER BY s.id LIMIT @Limit OFFSET @Offset
        """;

    /// <summary>How many stories search engines may list, of each community whose admins let them.</summary>
    public Task<IReadOnlyList<(long Community, int Stories)>> SitemapCountsAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<(long Community, int Stories)>>(
            async connection =>
                [
                    .. (
                        await ReadAsync<ListedCountRow>(
                            connection,
                            CountListed,
                            new { Sight = (int)Sight.Public },
                            cancellationToken
                        )
                    ).Select(row => (row.Community, (int)row.Stories)),
                ],
            cancellationToken
        );

    /// <summary>Some of the stories search engines may list, the oldest first, so that those of one file stay in it.</summary>
    public Task<IReadOnlyList<SitemapEntry>> SitemapAsync(
        long community,
        int offset,
        int limit,
        CancellationToken cancellationToken
    ) =>
        database.ReadAsync<IReadOnlyList<SitemapEntry>>(
            async connection =>
                [
                    .. (
                        await ReadAsync<ListedRow>(
                            connection,
                            SelectListed,
                            new
                            {
                                Community = community,
                                Offset = offset,
                                Limit = limit,
                                Sight = (int)Sight.Public,
                            },
                            cancellationToken
                        )
                    ).Select(row => new SitemapEntry(Paths.Story(row.Id, row.Slug), Instant(row.UpdatedAt))),
                ],
            cancellationToken
        );

    private sealed class ListedCountRow
    {
        public required long Community { get; init; }
        public required long Stories { get; init; }
    }

    private sealed class ListedRow
    {
        public required long Id { get; init; }
        public required string Slug { get; init; }
        public required long UpdatedAt { get; init; }
    }
}
