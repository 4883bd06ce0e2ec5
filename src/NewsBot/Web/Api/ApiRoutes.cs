using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using NewsBot.Chat.Web;
using NewsBot.Core.Channels;
using NewsBot.Storage;

namespace NewsBot.Web.Api;

/// <summary>The JSON API under /api/v1.</summary>
internal static class ApiRoutes
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 200;

    // Eight thousand characters in the worst encoding, and the rest of the request.
    private const long MaxRequestBytes = 64 * 1_024;

    public static void MapApi(this IEndpointRouteBuilder routes)
    {
        var api = routes
            .MapGroup("/api/v1")
            .WithTags("NewsBot")
            .WithMetadata(new RequestSizeLimitAttribute(MaxRequestBytes));
        api.MapGet("/channels", ListChannelsAsync).WithName("listChannels");
        api.MapGet("/channels/{id}/messages", ListMessagesAsync).WithName("listMessages");
        api.MapGet("/channels/{id}/messages/{messageId}", GetMessageAsync).WithName("getMessage");
        api.MapPost("/channels/{id}/messages", PostMessageAsync).WithName("postMessage");
        api.MapPatch("/channels/{id}/messages/{messageId}", EditMessageAsync).WithName("editMessage");
        api.MapDelete("/channels/{id}/messages/{messageId}", DeleteMessageAsync).WithName("deleteMessage");
        api.MapGet("/stories", ListStoriesAsync).WithName("listStories");
        api.MapGet("/stories/{id}", GetStoryAsync).WithName("getStory");
        api.MapGet("/stories/{id}/comments", ListCommentsAsync).WithName("listComments");
    }

    private static async Task<Ok<IReadOnlyList<ApiChannel>>> ListChannelsAsync(
        ChannelReader channels,
        CancellationToken cancellationToken
    ) => TypedResults.Ok(await channels.ListAsync(cancellationToken));

    private static async Task<Results<Ok<ApiMessagePage>, ProblemHttpResult>> ListMessagesAsync(
        string id,
        string? after,
        int? limit,
        ChannelReader channels,
        WebMessages messages,
        CancellationToken cancellationToken
    )
    {
        if (await channels.FindWebAsync(id, cancellationToken) is not { } channel)
        {
            return NoChannel();
        }

        if (Cursor(after) is not { } start)
        {
            return BadCursor();
        }

        var count = Limit(limit);
        var found = await messages.ReadAsync(channel, start, count + 1, cancellationToken);
        var page = found.Take(count).Select(ToApi).ToList();
        return TypedResults.Ok(new ApiMessagePage(page, found.Count > count ? page[^1].Id : null));
    }

    private static async Task<Results<Ok<ApiMessage>, ProblemHttpResult>> GetMessageAsync(
        string id,
        string messageId,
        ChannelReader channels,
        WebMessages messages,
        CancellationToken cancellationToken
    )
    {
        if (await channels.FindWebAsync(id, cancellationToken) is not { } channel)
        {
            return NoChannel();
        }

        return
            ApiIds.Parse(messageId) is { } number
            && await messages.FindAsync(channel, number, cancellationToken) is { } message
            ? TypedResults.Ok(ToApi(message))
            : NoMessage();
    }

    private static async Task<IResult> PostMessageAsync(
        string id,
        ApiMessageDraft draft,
        HttpContext context,
        ChannelReader channels,
        WebAuthors authors,
        WebChat chat,
        CancellationToken cancellationToken
    )
    {
        if (await channels.FindWebAsync(id, cancellationToken) is not { } channel)
        {
            return NoChannel();
        }

        if (draft.ReplyTo is not null && ApiIds.Parse(draft.ReplyTo) is null)
        {
            return Problem(422, "replyTo: there is no such message in this channel.");
        }

        var key = context.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length > 200)
        {
            return Problem(422, "Idempotency-Key: at most 200 characters.");
        }

        return await authors.ForApiAsync(context, draft.Author, cancellationToken) switch
        {
            AuthorOutcome.Known { Member: var member } => ToResult(
                await chat.PostAsync(
                    channel,
                    member,
                    draft.Text ?? "",
                    ApiIds.Parse(draft.ReplyTo),
                    key.Length == 0 ? null : key,
                    cancellationToken
                ),
                isNew: true
            ),
            var refused => Refuse(refused),
        };
    }

    private static Task<IResult> EditMessageAsync(
        string id,
        string messageId,
        ApiMessageDraft draft,
        HttpContext context,
        ChannelReader channels,
        WebAuthors authors,
        WebChat chat,
        CancellationToken cancellationToken
    ) =>
        ChangeAsync(
            new Target(id, messageId, draft.Author),
            context,
            channels,
            authors,
            async (channel, number, member) =>
                ToResult(
                    await chat.EditAsync(channel, number, member, draft.Text ?? "", cancellationToken),
                    isNew: false
                ),
            cancellationToken
        );

    private static Task<IResult> DeleteMessageAsync(
        string id,
        string messageId,
        string? author,
        HttpContext context,
        ChannelReader channels,
        WebAuthors authors,
        WebChat chat,
        CancellationToken cancellationToken
    ) =>
        ChangeAsync(
            new Target(id, messageId, author),
            context,
            channels,
            authors,
            async (channel, number, member) =>
                await chat.DeleteAsync(channel, number, member, cancellationToken) is WebWriteOutcome.Refused refused
                    ? Problem(refused.Status, refused.Detail)
                    : TypedResults.NoContent(),
            cancellationToken
        );

    private static async Task<IResult> ChangeAsync(
        Target target,
        HttpContext context,
        ChannelReader channels,
        WebAuthors authors,
        Func<ChannelId, long, Core.Communities.Member, Task<IResult>> change,
        CancellationToken cancellationToken
    )
    {
        if (await channels.FindWebAsync(target.Channel, cancellationToken) is not { } channel)
        {
            return NoChannel();
        }

        if (ApiIds.Parse(target.Message) is not { } number)
        {
            return NoMessage();
        }

        return await authors.ForApiAsync(context, target.Author, cancellationToken) switch
        {
            AuthorOutcome.Known { Member: var member } => await change(channel, number, member),
            var refused => Refuse(refused),
        };
    }

    private static async Task<Results<Ok<ApiStoryPage>, ProblemHttpResult>> ListStoriesAsync(
        string? q,
        string? after,
        int? limit,
        StoryReader stories,
        PageAddresses addresses,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (Cursor(after) is not { } start)
        {
            return BadCursor();
        }

        var count = Limit(limit);
        var words = string.IsNullOrWhiteSpace(q) ? null : q;
        var found = await stories.ListAsync(words, start == 0 ? long.MaxValue : start, count + 1, cancellationToken);
        var page = found.Take(count).Select(story => ToApi(story, addresses, context)).ToList();
        return TypedResults.Ok(new ApiStoryPage(page, found.Count > count ? page[^1].Id : null));
    }

    private static async Task<Results<Ok<ApiStory>, ProblemHttpResult>> GetStoryAsync(
        string id,
        StoryReader stories,
        PageAddresses addresses,
        HttpContext context,
        CancellationToken cancellationToken
    ) =>
        ApiIds.Parse(id) is { } number && await stories.FindAsync(number, cancellationToken) is { } story
            ? TypedResults.Ok(ToApi(story, addresses, context))
            : NoStory();

    private static async Task<Results<Ok<ApiCommentPage>, ProblemHttpResult>> ListCommentsAsync(
        string id,
        string? order,
        string? after,
        int? limit,
        StoryReader stories,
        CancellationToken cancellationToken
    )
    {
        if (order is not null and not "thread" and not "time")
        {
            return Problem(422, "order: write thread or time.");
        }

        if (Cursor(after) is not { } start || start > int.MaxValue)
        {
            return BadCursor();
        }

        return ApiIds.Parse(id) is { } number && await stories.FindAsync(number, cancellationToken) is not null
            ? TypedResults.Ok(
                await stories.CommentsAsync(number, order is not "time", (int)start, Limit(limit), cancellationToken)
            )
            : NoStory();
    }

    private static IResult ToResult(WebWriteOutcome outcome, bool isNew) =>
        outcome switch
        {
            WebWriteOutcome.Done { Message: var message } when isNew => TypedResults.Created(
                $"/api/v1/channels/{ApiIds.Of(message.Channel.Value)}/messages/{ApiIds.Of(message.Id)}",
                ToApi(message)
            ),
            WebWriteOutcome.Done { Message: var message } => TypedResults.Ok(ToApi(message)),
            WebWriteOutcome.Private answer => TypedResults.Ok(new ApiPrivateAnswer(true, answer.Markdown)),
            WebWriteOutcome.Refused refused => Problem(refused.Status, refused.Detail),
            _ => throw new InvalidOperationException($"Unknown outcome {outcome}."),
        };

    private static ApiMessage ToApi(WebMessage message) =>
        new(
            ApiIds.Of(message.Id),
            message.IsDeleted ? null : message.AuthorName,
            message.Body is { } body ? WebRenderer.Text(body) : message.Text,
            message.ReplyTo is { } replyTo ? ApiIds.Of(replyTo) : null,
            message is { Author: null, Story: { } story } ? ApiIds.Of(story.Value) : null,
            message.Number,
            message.CreatedAt,
            message.EditedAt,
            message.IsDeleted
        );

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

    private static int Limit(int? limit) => Math.Clamp(limit ?? DefaultLimit, 1, MaxLimit);

    private static long? Cursor(string? after) => after is null ? 0 : ApiIds.Parse(after);

    private static ProblemHttpResult Refuse(AuthorOutcome outcome) =>
        outcome is AuthorOutcome.Refused refused
            ? Problem(refused.Status, refused.Detail)
            : throw new InvalidOperationException($"Unknown outcome {outcome}.");

    private static ProblemHttpResult NoChannel() =>
        Problem(404, "There is no such channel in the built-in chat. GET /api/v1/channels lists what there is.");

    private static ProblemHttpResult NoMessage() => Problem(404, "There is no such message in this channel.");

    private static ProblemHttpResult NoStory() => Problem(404, "There is no such story.");

    private static ProblemHttpResult BadCursor() => Problem(422, "after: pass the “next” of the page before.");

    private static ProblemHttpResult Problem(int status, string detail) =>
        TypedResults.Problem(detail, statusCode: status);

    private sealed record Target(string Channel, string Message, string? Author);
}
