using System.Data.Common;
using NewsBot.Web.Views;

namespace NewsBot.Storage;

internal sealed partial class PageReader
{
    private const string SelectDigests = $"""
        SELECT ch.name AS Channel, ds.why AS Why
        FROM digest_story ds JOIN digest d ON d.id = ds.digest_id JOIN open_channel ch ON ch.id = d.channel_id
        WHERE ds.story_id = @Id AND ds.why IS NOT NULL AND {Sights.Channel}
        ORDER BY d.id DESC LIMIT 5
        """;

    private static async Task<IReadOnlyList<DigestPlace>> DigestsAsync(
        DbConnection connection,
        long story,
        Viewer viewer,
        CancellationToken cancellationToken
    ) =>
        [
            .. (
                await ReadAsync<DigestRow>(
                    connection,
                    SelectDigests,
                    new { Id = story, Sight = (int)viewer.Sight },
                    cancellationToken
                )
            ).Select(row => new DigestPlace(row.Channel, row.Why)),
        ];

    private static async Task<IReadOnlyList<StoryChange>> HistoryAsync(DbConnection connection, StoryRow story) =>
        await StoryVersions.LoadAsync(connection, story.Id) is [.., var last] versions
            ? StoryChange.Between([.. versions, story.Current(last.Number + 1)])
            : [];

    private sealed class DigestRow
    {
        public required string Channel { get; init; }
        public required string Why { get; init; }
    }
}
