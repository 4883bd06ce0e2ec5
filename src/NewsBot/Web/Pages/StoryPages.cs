using System.Globalization;
using NewsBot.Web.Views;

namespace NewsBot.Web.Pages;

/// <summary>The page of a story and the permalinks of its comments.</summary>
internal sealed class StoryPages(PageFrame frame, CommentForms forms)
{
    public Task<IResult> StoryAsync(HttpContext context, string key) =>
        StoryAsync(context, key, null, StatusCodes.Status200OK);

    /// <summary>The page, with the form below it as it was left.</summary>
    /// <param name="context">The request.</param>
    /// <param name="key">Begins with the story's number.</param>
    /// <param name="intent">What could not be taken; null for what the address says.</param>
    /// <param name="status">HTTP status.</param>
    public async Task<IResult> StoryAsync(HttpContext context, string key, CommentIntent? intent, int status)
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
        if (query["at"].ToString() is { Length: > 0 and < 40 } at)
        {
            view = view is null ? null : view with { At = at };
        }

        if (view is { Story.IsTakenDown: false })
        {
            intent ??= await forms.IntentAsync(context, id);
            view = view with { Form = await forms.ViewAsync(context, view.Story, intent) };
        }

        return view switch
        {
            null => await frame.NoStoryAsync(context, key, "", viewer),
            { Story.IsTakenDown: true } => await frame.TakenDownAsync(context),
            // What was written there stands on the page of the story that took it in; a text that was refused is shown here.
            { Story.MergedInto: { } winner } when winner.Id != id && status == StatusCodes.Status200OK =>
                Results.Redirect($"{winner.Path}#{CommentAnchors.Section(id)}"),
            _ when query["fragment"] == "comments" => new FragmentResult(() => new Web_Pages_Talk { Model = view }),
            _ => await PageAsync(context, view, status),
        };
    }

    /// <summary>Leads to the page, in thread order, that holds a comment; or shows it in a few words.</summary>
    public async Task<IResult> CommentAsync(HttpContext context, string key, int number)
    {
        var viewer = await frame.ViewerAsync(context);
        var place = Id(key) is { } id
            ? await frame.Reader.PlaceAsync(id, number, viewer, context.RequestAborted)
            : null;
        if (
            place is not null
            && await frame.Reader.TwinAsync(Id(key)!.Value, number, viewer, context.RequestAborted) is { } twin
        )
        {
            return Results.Redirect(Paths.Comment(twin, number) + context.Request.QueryString);
        }

        return place switch
        {
            null => await frame.NoStoryAsync(context, key, Below(number), viewer),
            { Story.IsTakenDown: true } => await frame.TakenDownAsync(context),
            { Anchor: null } => await NoCommentAsync(context, place, number),
            _ when context.Request.Query["fragment"] == "quote" => await QuoteAsync(context, key, number, viewer),
            _ => Results.Redirect(
                Paths.Comments(
                    place.Story.Path,
                    CommentSort.Thread,
                    place.Page,
                    // A browser without scripts opens no fold by itself.
                    place.IsDeep
                        ? place.Anchor
                        : null
                ) + $"#{place.Anchor}"
            ),
        };
    }

    private async Task<IResult> QuoteAsync(HttpContext context, string key, int number, Viewer viewer) =>
        await frame.Reader.CommentAsync(Id(key)!.Value, number, viewer, context.RequestAborted) is { } comment
            ? new FragmentResult(() => new Web_Pages_Quote { Model = new QuoteView(comment, frame.Now) })
            : await frame.NoStoryAsync(context);

    private Task<IResult> NoCommentAsync(HttpContext context, CommentPlace place, int number) =>
        frame.ErrorAsync(
            context,
            place.WasRemoved ? StatusCodes.Status410Gone : StatusCodes.Status404NotFound,
            place.WasRemoved ? $"Comment {number} is gone" : $"There is no comment {number}",
            place.WasRemoved
                ? "The workspace it was written in left, and took it along. Its number is not given again."
                : "Numbers are never reused, so it has not been written yet.",
            new KeyValuePair<string, string>(place.Story.Path, place.Story.Headline)
        );

    private static string Below(int number) => string.Create(CultureInfo.InvariantCulture, $"/comments/{number}");

    /// <summary>The number a story's address begins with; what follows is for people.</summary>
    /// <returns>Null where it begins with none.</returns>
    public static long? Id(string key)
    {
        var end = key.IndexOf('-', StringComparison.Ordinal);
        var digits = end < 0 ? key : key[..end];
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? id : null;
    }

    private async Task<IResult> PageAsync(HttpContext context, StoryPageView view, int status)
    {
        var story = view.Story;
        var root = frame.Root(context);
        var summary = string.Join(' ', story.Summary.Select(sentence => sentence.Text));
        var community = await frame.Reader.SiteAsync(story.Community, context.RequestAborted);
        var site = community.Name;
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
                    // Other orders show the same comments: they are no pages of their own.
                    Canonical =
                        root
                        + Paths.Comments(
                            story.Path,
                            CommentSort.Thread,
                            view.Comments.Sort == CommentSort.Thread ? view.Comments.Page : 1
                        ),
                    OpenGraph = OpenGraph(story, root, site, summary),
                    JsonLd = StoryJson.Write(view, root, site),
                    Feeds = view.IsHome ? [CommentFeed(story), new("/feed.atom", layout.Site)] : [CommentFeed(story)],
                    Alternates =
                    [
                        new("application/json", Paths.CommentJson(story.Id, view.Comments.Page)),
                        new("text/markdown", Paths.Markdown(story.Id, view.Comments.Page)),
                    ],
                    IsUnlisted = !community.IsIndexed,
                    Scripts = ["live.js", "quotes.js"],
                },
            status
        );
    }

    private static KeyValuePair<string, string> CommentFeed(StoryView story) =>
        new(Paths.CommentFeed(story.Id), "Comments on this story");

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
