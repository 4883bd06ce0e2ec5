using System.Globalization;
using NewsBot.Web.Views;

namespace NewsBot.Web.Pages;

/// <summary>The page of a story and the permalinks of its comments.</summary>
internal sealed class StoryPages(PageFrame frame)
{
    public async Task<IResult> StoryAsync(HttpContext context, string key)
    {
        if (Id(key) is not { } id)
        {
            return await frame.NoStoryAsync(context);
        }

        var query = context.Request.Query;
        var sort = query["order"].ToString() switch
        {
            "time" => CommentSort.Time,
            "newest" => CommentSort.Newest,
            _ => CommentSort.Thread,
        };
        var isNumber = int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        var page = isNumber ? Math.Max(1, number) : 1;
        var viewer = await frame.ViewerAsync(context);
        var view = await frame.Reader.StoryPageAsync(id, sort, page, viewer, frame.Now, context.RequestAborted);
        return view switch
        {
            null => await frame.NoStoryAsync(context),
            { Story.IsTakenDown: true } => await frame.TakenDownAsync(context),
            _ when query["fragment"] == "comments" => new FragmentResult(() => new Web_Pages_Talk { Model = view }),
            _ => await PageAsync(context, view),
        };
    }

    /// <summary>Leads to the page, in thread order, that holds a comment.</summary>
    public async Task<IResult> CommentAsync(HttpContext context, string key, int number)
    {
        var viewer = await frame.ViewerAsync(context);
        var story = Id(key) is { } id ? await frame.Reader.StoryAsync(id, viewer, context.RequestAborted) : null;
        if (story is null or { IsTakenDown: true })
        {
            return story is null ? await frame.NoStoryAsync(context) : await frame.TakenDownAsync(context);
        }

        return await frame.Reader.PageOfAsync(story.Id, number, context.RequestAborted) is { } page
            ? Results.Redirect(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Paths.Comments(story.Path, CommentSort.Thread, page)}#c{number}"
                )
            )
            : await frame.ErrorAsync(
                context,
                StatusCodes.Status404NotFound,
                $"There is no comment {number}",
                "Numbers are never reused, so it has not been written yet.",
                new KeyValuePair<string, string>(story.Path, story.Headline)
            );
    }

    /// <summary>The number a story's address begins with; what follows is for people.</summary>
    /// <returns>Null where it begins with none.</returns>
    public static long? Id(string key)
    {
        var end = key.IndexOf('-', StringComparison.Ordinal);
        var digits = end < 0 ? key : key[..end];
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? id : null;
    }

    private async Task<IResult> PageAsync(HttpContext context, StoryPageView view)
    {
        var story = view.Story;
        var root = frame.Root(context);
        var summary = string.Join(' ', story.Summary.Select(sentence => sentence.Text));
        var (site, _) = await frame.Reader.SiteAsync(story.Community, context.RequestAborted);
        return await frame.PageAsync(
            context,
            story.Headline,
            () => new Web_Pages_Story { Model = view },
            layout =>
                layout with
                {
                    Site = site,
                    IsElsewhere = !view.IsHome,
                    Section = SiteSection.Stories,
                    Description = summary.Length == 0 ? null : summary,
                    Canonical = root + Paths.Comments(story.Path, view.Comments.Sort, view.Comments.Page),
                    OpenGraph = OpenGraph(story, root, site, summary),
                    JsonLd = StoryJson.Write(view, root, site),
                    Feeds = view.IsHome ? [CommentFeed(story), new("/feed.atom", layout.Site)] : [CommentFeed(story)],
                    Scripts = ["live.js"],
                }
        );
    }

    private static KeyValuePair<string, string> CommentFeed(StoryView story) =>
        new($"/stories/{story.Id}/comments.atom", "Comments on this story");

    private static List<KeyValuePair<string, string>> OpenGraph(
        StoryView story,
        string root,
        string site,
        string summary
    )
    {
        var properties = new List<KeyValuePair<string, string>>
        {
            new("og:type", "article"),
            new("og:title", story.Headline),
            new("og:url", root + story.Path),
            new("og:site_name", site),
            new(
                "article:published_time",
                story.PublishedAt.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)
            ),
        };
        if (summary.Length > 0)
        {
            properties.Add(new("og:description", summary));
        }

        if (story.Picture is { } picture)
        {
            properties.Add(new("og:image", root + Paths.Picture(picture.Id)));
            properties.Add(new("og:image:alt", picture.Alt));
        }

        return properties;
    }
}
