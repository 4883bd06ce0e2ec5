using System.Data.Common;
using Dapper;
using NewsBot.Core.Stories;

namespace NewsBot.Storage;

/// <summary>Reads who reports a story, for breaking news and for digests alike.</summary>
internal static class StoryReports
{
    // The one place that says which reports are copies of another one's text.
    private const string Load = """
        SELECT se.story_id AS StoryId, so.name AS Source, so.weight, e.url, e.categories,
               CASE WHEN EXISTS (SELECT 1 FROM independent_report i
                                 WHERE i.story_id = se.story_id AND i.entry_id = se.entry_id) THEN 0 ELSE 1 END AS IsCopy,
               CASE WHEN e.published_at < e.seen_at THEN e.published_at ELSE e.seen_at END AS At
        FROM story_entry se JOIN story s ON s.id = se.story_id
        JOIN entry e ON e.id = se.entry_id JOIN source so ON so.id = se.source_id
        WHERE se.story_id IN @Stories
        ORDER BY se.story_id, (se.entry_id = s.lead_entry_id) DESC, se.joined_at, se.entry_id
        """;

    /// <returns>The reports of each story, the leading one first.</returns>
    public static async Task<ILookup<long, ReportedStory>> LoadAsync(
        DbConnection connection,
        IReadOnlyCollection<long> stories
    ) =>
        (await connection.QueryAsync<ReportRow>(Load, new { Stories = Among.Of(stories) })).ToLookup(
            row => row.StoryId,
            row => row.ToReport()
        );

    private sealed class ReportRow
    {
        public required long StoryId { get; init; }
        public required string Source { get; init; }
        public required double Weight { get; init; }
        public string? Url { get; init; }
        public required string Categories { get; init; }
        public required long IsCopy { get; init; }
        public required long At { get; init; }

        public ReportedStory ToReport() =>
            new(
                new StoryReport(Outlets.Of(Url, Source), Instants.At(At)) { IsCopy = IsCopy != 0 },
                Weight,
                Categories.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            );
    }
}

/// <summary>One report with what its source says of it.</summary>
/// <param name="Report">Who, and when.</param>
/// <param name="Weight">The source's weight.</param>
/// <param name="Categories">The feed's labels.</param>
internal sealed record ReportedStory(StoryReport Report, double Weight, IReadOnlyList<string> Categories);
