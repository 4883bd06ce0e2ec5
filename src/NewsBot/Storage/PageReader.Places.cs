using System.Data.Common;
using NewsBot.Web.Views;

namespace NewsBot.Storage;

internal sealed partial class PageReader
{
    /// <summary>Where a comment stands: on the page of its story, or of the story that took it in.</summary>
    /// <returns>Null where the viewer may not know of the story.</returns>
    public Task<CommentPlace?> PlaceAsync(long story, int number, Viewer viewer, CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection => PlaceAsync(connection, story, number, viewer, cancellationToken),
            cancellationToken
        );

    private async Task<CommentPlace?> PlaceAsync(
        DbConnection connection,
        long story,
        int number,
        Viewer viewer,
        CancellationToken cancellationToken
    )
    {
        if (await StoryAsync(connection, story, viewer, cancellationToken) is not { } own)
        {
            return null;
        }

        var page = own;
        // A chain of joins is as long as moderators made it; ten is more than any of them remembers.
        for (var step = 0; step < MaxJoins && page.MergedInto is { } winner; step++)
        {
            page = await StoryAsync(connection, winner.Id, viewer, cancellationToken) ?? page;
        }

        var ask = new CommentsAsk(page.Id, page.Merged, CommentSort.Thread, 1, "c");
        var sections = await SectionsAsync(connection, ask, cancellationToken);
        var ordered = Together(sections);
        var before = sections.TakeWhile(section => section.Story != story).Sum(section => section.Ordered.Count);
        var section = sections.FirstOrDefault(one => one.Story == story);
        var place =
            section?.Ordered.Index().FirstOrDefault(one => one.Item.Number == number, (-1, default)) ?? (-1, default);
        if (place.Index < 0)
        {
            var next = (await NumbersAsync(connection, story, viewer, cancellationToken)).NextNumber;
            return new CommentPlace(page, null, 1, false, number < next);
        }

        var starts = CommentPages.Starts(ordered);
        return new CommentPlace(
            page,
            CommentAnchors.Of(section!.Prefix, number),
            starts.Count(start => start <= before + place.Index),
            CommentFolds.Hides(place.Item.Depth),
            false
        );
    }
}
