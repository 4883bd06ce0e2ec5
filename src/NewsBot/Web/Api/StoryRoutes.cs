using Microsoft.AspNetCore.Http.HttpResults;
using NewsBot.Chat.Web;
using NewsBot.Storage;

namespace NewsBot.Web.Api;

/// <summary>Stories and their comments.</summary>
internal static class StoryRoutes
{
    public static async Task<Results<Ok<ApiStoryPage>, ProblemHttpResult>> ListAsync(
        string? q,
        string? after,
        string? limit,
        HttpContext context,
        StoryReader stories,
        WebAuthors authors,
        PageAddresses addresses,
        CancellationToken cancellationToken
    )
    {
        if (ApiQuery.Limit(limit) is not { } count)
        {
            return ApiProblems.BadLimit();
        }

        if (ApiQuery.After(after) is not { } start)
        {
            return ApiProblems.BadCursor();
        }

        var ask = new StoryAsk(
            string.IsNullOrWhiteSpace(q) ? null : q,
            start == 0 ? long.MaxValue : start,
            count + 1,
            await authors.SightAsync(context, cancellationToken)
        );
        var found = await stories.ListAsync(ask, cancellationToken);
        var page = found.Take(count).Select(story => ToApi(story, addresses, context)).ToList();
        return TypedResults.Ok(new ApiStoryPage(page, found.Count > count ? page[^1].Id : null));
    }

    public static async Task<Results<Ok<ApiStory>, ProblemHttpResult>> FindAsync(
        string id,
        HttpContext context,
        StoryReader stories,
        WebAuthors authors,
        PageAddresses addresses,
        CancellationToken cancellationToken
    )
    {
        var viewer = await authors.ViewerAsync(context, cancellationToken);
        return ApiIds.Parse(id) is { } number && await stories.FindAsync(number, viewer, cancellationToken) is { } story
            ? TypedResults.Ok(ToApi(story, addresses, context))
            : ApiProblems.NoStory();
    }

    public static async Task<Results<Ok<ApiCommentPage>, ProblemHttpResult>> CommentsAsync(
        string id,
        string? order,
        string? after,
        string? limit,
        HttpContext context,
        StoryReader stories,
        WebAuthors authors,
        CancellationToken cancellationToken
    )
    {
        if (order is not null and not "thread" and not "time")
        {
            return ApiProblems.Of(400, "order: write thread or time.");
        }

        if (ApiQuery.Limit(limit) is not { } count)
        {
            return ApiProblems.BadLimit();
        }

        if (ApiQuery.After(after) is not { } start || start > int.MaxValue)
        {
            return ApiProblems.BadCursor();
        }

        var viewer = await authors.ViewerAsync(context, cancellationToken);
        if (
            ApiIds.Parse(id) is not { } number
            || await stories.FindAsync(number, viewer, cancellationToken) is not { } story
        )
        {
            return ApiProblems.NoStory();
        }

        var ask = new CommentAsk(number, order is not "time", (int)start, count, viewer.In(story.Community).Sight);
        return await stories.CommentsAsync(ask, cancellationToken) is { } page
            ? TypedResults.Ok(page)
            : ApiProblems.BadCursor();
    }

    private static ApiStory ToApi(StoryFacts story, PageAddresses addresses, HttpContext context) =>
        new(
            ApiIds.Of(story.Id),
            story.Headline,
            story.Url,
            story.Summary,
            story.Sources,
            story.CommentCount,
            story.CreatedAt,
            addresses.Story(context.Request, story.Id, story.Slug)
        );
}
