using System.Data.Common;
using NewsBot.Web.Views;

namespace NewsBot.Storage;

internal sealed partial class PageReader
{
    // Communities may have been joined and parted again, each time with a new number.
    private const string SelectTwins = """
        WITH RECURSIVE twin (id, steps) AS (
            SELECT twin_id, 1 FROM story_twin WHERE story_id = @Story
            UNION
            SELECT t.twin_id, w.steps + 1 FROM twin w JOIN story_twin t ON t.story_id = w.id WHERE w.steps < 10)
        SELECT DISTINCT id FROM twin ORDER BY id DESC LIMIT 20
        """;

    // What stands where the other side's comment was.
    private const string SelectLeft = """
        SELECT id FROM comment WHERE story_id = @Story AND number = @Number AND message_id LIKE 'parted:%'
        """;

    /// <summary>What a story that two communities shared is called now by the one whose pages the viewer may read.</summary>
    /// <returns>Null where nothing of it is for them.</returns>
    public Task<StoryView?> TwinAsync(long story, Viewer viewer, CancellationToken cancellationToken) =>
        database.ReadAsync<StoryView?>(
            async connection =>
            {
                foreach (var twin in await TwinsAsync(connection, story, cancellationToken))
                {
                    if (await StoryAsync(connection, twin, viewer, cancellationToken) is { } found)
                    {
                        return found;
                    }
                }

                return null;
            },
            cancellationToken
        );

    /// <summary>Where a comment is that the other side took along when communities parted.</summary>
    /// <param name="story">Where it was.</param>
    /// <param name="number">Its number, which it kept.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The story that has it; null where it never left, or the viewer may not read it there.</returns>
    public Task<long?> TwinAsync(long story, int number, Viewer viewer, CancellationToken cancellationToken) =>
        database.ReadAsync<long?>(
            async connection =>
            {
                var left = await ReadAsync<long>(
                    connection,
                    SelectLeft,
                    new { Story = story, Number = number },
                    cancellationToken
                );
                if (left.Count == 0)
                {
                    return null;
                }

                foreach (var twin in await TwinsAsync(connection, story, cancellationToken))
                {
                    if (await IsReadAsync(connection, twin, number, viewer, cancellationToken))
                    {
                        return twin;
                    }
                }

                return null;
            },
            cancellationToken
        );

    private async Task<bool> IsReadAsync(
        DbConnection connection,
        long story,
        int number,
        Viewer viewer,
        CancellationToken cancellationToken
    ) =>
        await StoryAsync(connection, story, viewer, cancellationToken) is { IsTakenDown: false } found
        && await CommentAsync(connection, story, number, viewer.In(found.Community), cancellationToken)
            is { Shown: CommentShown.Visible };

    private static Task<IReadOnlyList<long>> TwinsAsync(
        DbConnection connection,
        long story,
        CancellationToken cancellationToken
    ) => ReadAsync<long>(connection, SelectTwins, new { Story = story }, cancellationToken);
}
