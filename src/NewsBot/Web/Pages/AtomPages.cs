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
            return story is null ? await frame.NoStoryAsync(context) : await frame.TakenDownAsync(context);
        }

        var page = await frame.Reader.CommentsAsync(story.Id, CommentSort.Newest, 1, viewer, context.RequestAborted);
        var (_, seed) = await frame.Reader.SiteAsync(context.RequestAborted);
        var root = frame.Root(context);
        var storyId = AtomId.Of(seed, "story", story.Id.ToString(CultureInfo.InvariantCulture));
        var shown = page.Items.Where(item => item.Text is not null).Take(MaxEntries).ToList();
        var feed = new AtomFeed(
            AtomId.Of(seed, "comments", story.Id.ToString(CultureInfo.InvariantCulture)),
            $"Comments on {story.Headline}",
            $"{root}/stories/{story.Id}/comments.atom",
            root + story.Path,
            shown.Count == 0 ? story.UpdatedAt : shown.Max(item => item.Text!.EditedAt ?? item.Text.WrittenAt),
            [
                .. shown.Select(item => new AtomEntry(
                    CommentId(seed, story.Id, item.Number),
                    $"#{item.Number} by {item.Text!.Author.Name}",
                    root + Paths.Comment(story.Id, item.Number),
                    item.Text.Author.Name,
                    item.Text.WrittenAt,
                    item.Text.EditedAt ?? item.Text.WrittenAt,
                    item.Text.Html,
                    "html",
                    item.Parent == 0
                        ? new AtomReply(storyId, root + story.Path)
                        : new AtomReply(
                            CommentId(seed, story.Id, item.Parent),
                            root + Paths.Comment(story.Id, item.Parent)
                        )
                )),
            ]
        );
        return Send(context, feed);
    }

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
