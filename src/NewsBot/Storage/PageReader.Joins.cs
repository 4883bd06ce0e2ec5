using System.Data.Common;
using NewsBot.Web.Views;

namespace NewsBot.Storage;

internal sealed partial class PageReader
{
    // More stories than this tell the same only by mistake.
    private const int MaxJoined = 20;
    private const int MaxJoins = 10;

    private const string SelectWinner = $"""
        SELECT s.id AS Id, s.slug AS Slug, s.headline AS Headline, {CountShown} AS Comments
        FROM story s WHERE s.id = @MergedInto AND s.community_id = @Community AND s.taken_down_at IS NULL AND {IsKnown}
        """;

    // What was joined with a story that was joined with this one stands here too.
    private const string SelectJoined = $"""
        WITH RECURSIVE joined (id, steps) AS (
            SELECT id, 1 FROM story WHERE merged_into = @Id
            UNION
            SELECT n.id, j.steps + 1 FROM story n JOIN joined j ON n.merged_into = j.id WHERE j.steps < @Steps)
        SELECT s.id AS Id, s.slug AS Slug, s.headline AS Headline, {CountShown} AS Comments
        FROM story s
        WHERE s.id IN (SELECT id FROM joined) AND s.id <> @Id AND s.community_id = @Community
          AND s.taken_down_at IS NULL AND {IsKnown}
        ORDER BY s.created_at, s.id LIMIT @Joined
        """;

    /// <summary>The story that took this one in, and those it took in itself, as far as the viewer may know of them.</summary>
    private static async Task<(LinkRow? Winner, IReadOnlyList<LinkRow> Losers)> JoinsAsync(
        DbConnection connection,
        long story,
        long community,
        long? winner,
        Viewer viewer,
        CancellationToken cancellationToken
    )
    {
        var args = new
        {
            Id = story,
            Community = community,
            MergedInto = winner,
            Steps = MaxJoins,
            Joined = MaxJoined,
            Sight = (int)viewer.Sight,
        };
        var above = winner is null ? [] : await ReadAsync<LinkRow>(connection, SelectWinner, args, cancellationToken);
        return (
            above is [var first, ..] ? first : null,
            await ReadAsync<LinkRow>(connection, SelectJoined, args, cancellationToken)
        );
    }
}
