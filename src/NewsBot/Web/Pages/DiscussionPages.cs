using System.Globalization;
using System.Text;
using NewsBot.Web.Views;

namespace NewsBot.Web.Pages;

/// <summary>A discussion for programs and for whoever wants to keep it: as JSON and as Markdown, in pages as on the story's page.</summary>
internal sealed class DiscussionPages(PageFrame frame)
{
    public Task<IResult> JsonAsync(HttpContext context, string key) =>
        SendAsync(context, key, "/comments.json", "application/json", DiscussionJson.Write);

    public Task<IResult> MarkdownAsync(HttpContext context, string key) =>
        SendAsync(context, key, ".md", "text/markdown", DiscussionMarkdown.Write);

    private async Task<IResult> SendAsync(
        HttpContext context,
        string key,
        string ending,
        string type,
        Func<StoryPageView, string, string> write
    )
    {
        var isNumber = int.TryParse(
            context.Request.Query["page"],
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var page
        );
        var viewer = await frame.ViewerAsync(context);
        var view = StoryPages.Id(key) is { } id
            ? await frame.Reader.StoryPageAsync(
                id,
                CommentSort.Thread,
                isNumber ? Math.Max(1, page) : 1,
                viewer,
                frame.Now,
                context.RequestAborted
            )
            : null;
        if (view is null or { Story.IsTakenDown: true })
        {
            return view is null
                ? await frame.NoStoryAsync(context, key, ending, viewer)
                : await frame.TakenDownAsync(context);
        }

        var bytes = Encoding.UTF8.GetBytes(write(view, frame.Root(context)));
        PageHeaders.Apply(context.Response);
        context.Response.Headers.CacheControl = "private, max-age=60";
        // The page itself is what may be listed, not its other forms.
        context.Response.Headers["X-Robots-Tag"] = "noindex";
        return Results.Bytes(bytes, $"{type}; charset=utf-8", entityTag: EntityTags.Of(bytes));
    }
}
