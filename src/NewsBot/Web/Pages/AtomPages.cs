using System.Globalization;
using NewsBot.Web.Views;

namespace NewsBot.Web.Pages;

/// <summary>Stories and comments as Atom. Sources: https://www.rfc-editor.org/rfc/rfc4287, https://www.rfc-editor.org/rfc/rfc4685</summary>
internal sealed class AtomPages(PageFrame frame)
{
    private const int MaxEntries = 50;

    public async Task<IResult> StoriesAsync(HttpContext context, string? channel)
    {
        var viewer = await frame.ViewerAsync(context);
        var wanted = string.IsNullOrEmpty(channel) ? null : channel;
        var stories = await frame.Reader.LatestAsync(viewer, wanted, null, MaxEntries, context.RequestAborted);
        var (site, seed) = await frame.Reader.SiteAsync(context.RequestAborted);
        var root = frame.Root(context);
        var feed = new AtomFeed(
            AtomId.Of(seed, "stories", wanted ?? ""),
            wanted is null ? site : $"{site}: #{wanted}",
            root + Paths.Atom(wanted),
            root + Paths.Front(wanted),
            stories.Count == 0 ? frame.Now : stories.Max(story => story.PublishedAt),
            [
                .. stories.Select(story => new AtomEntry(
                    AtomId.Of(seed, "story", story.Id.ToString(CultureInfo.InvariantCulture)),
                    story.Headline,
                    root + story.Path,
                    story.Source.Length == 0 ? site : story.Source,
                    story.PublishedAt,
                    story.PublishedAt,
                    story.Summary,
                    "text",
                    null
                )),
            ]
        );
        return Send(context, feed);
    }

    public async Task<IResult> CommentsAsync(HttpContext context, string key)
    {
        var viewer = await frame.ViewerAsync(context);
        var story = StoryPages.Id(key) is { } id
            ? await frame.Reader.StoryAsync(id, viewer, context.RequestAborted)
            : null;
        if (story is null or { IsTakenDown: true })
        {
            return story is null
                ? await frame.NoStoryAsync(context, key, "/comments.atom", viewer)
                : await frame.TakenDownAsync(context);
        }

        var shown = await NewestAsync(story, viewer, context.RequestAborted);
        var (_, seed) = await frame.Reader.SiteAsync(context.RequestAborted);
        var root = frame.Root(context);
        var feed = new AtomFeed(
            AtomId.Of(seed, "comments", story.Id.ToString(CultureInfo.InvariantCulture)),
            $"Comments on {story.Headline}",
            root + Paths.CommentFeed(story.Id),
            root + story.Path,
            shown.Count == 0
                ? story.UpdatedAt
                : shown.Max(item => item.Comment.Text!.EditedAt ?? item.Comment.Text.WrittenAt),
            [.. shown.Select(item => Entry(seed, root, item.Story, item.Comment))]
        );
        return Send(context, feed);
    }

    // What is said on a story that was joined with this one belongs to the same discussion.
    private async Task<IReadOnlyList<(StoryLink Story, CommentView Comment)>> NewestAsync(
        StoryView story,
        Viewer viewer,
        CancellationToken cancellationToken
    )
    {
        List<(StoryLink Story, CommentView Comment)> shown = [];
        foreach (var part in story.Merged.Prepend(new StoryLink(story.Id, story.Slug, story.Headline, 0)))
        {
            var page = await frame.Reader.CommentsAsync(part.Id, CommentSort.Newest, 1, viewer, cancellationToken);
            shown.AddRange(
                page.Items.Where(item => item.Text is not null).Take(MaxEntries).Select(item => (part, item))
            );
        }

        return [.. shown.OrderByDescending(item => item.Comment.Text!.WrittenAt).Take(MaxEntries)];
    }

    private static AtomEntry Entry(string seed, string root, StoryLink story, CommentView item) =>
        new(
            CommentId(seed, story.Id, item.Number),
            $"#{item.Number} by {item.Text!.Author.Name}",
            root + Paths.Comment(story.Id, item.Number),
            item.Text.Author.Name,
            item.Text.WrittenAt,
            item.Text.EditedAt ?? item.Text.WrittenAt,
            item.Text.Html,
            "html",
            item.Parent == 0
                ? new AtomReply(
                    AtomId.Of(seed, "story", story.Id.ToString(CultureInfo.InvariantCulture)),
                    root + story.Path
                )
                : new AtomReply(CommentId(seed, story.Id, item.Parent), root + Paths.Comment(story.Id, item.Parent))
        );

    private static string CommentId(string seed, long story, int number) =>
        AtomId.Of(seed, "comment", string.Create(CultureInfo.InvariantCulture, $"{story}/{number}"));

    private static IResult Send(HttpContext context, AtomFeed feed)
    {
        var bytes = AtomWriter.Write(feed);
        PageHeaders.Apply(context.Response);
        context.Response.Headers.CacheControl = "private, max-age=60";
        return Results.Bytes(bytes, "application/atom+xml; charset=utf-8", entityTag: EntityTags.Of(bytes));
    }
}
