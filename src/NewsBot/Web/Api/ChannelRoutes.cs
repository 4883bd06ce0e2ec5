using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using NewsBot.Chat.Web;
using NewsBot.Core.Channels;
using NewsBot.Core.Communities;
using NewsBot.Core.Posts;
using NewsBot.Storage;
using NewsBot.Web.Views;

namespace NewsBot.Web.Api;

/// <summary>Channels and messages of the built-in chat.</summary>
internal static class ChannelRoutes
{
    // Who may write is checked by their name or token; the channel only has to be there.
    private const Sight Everything = Sight.All;

    public static async Task<Ok<IReadOnlyList<ApiChannel>>> ListAsync(
        HttpContext context,
        ChannelReader channels,
        WebAuthors authors,
        CancellationToken cancellationToken
    ) =>
        TypedResults.Ok(
            await channels.ListAsync(await authors.SightAsync(context, cancellationToken), cancellationToken)
        );

    public static async Task<Results<Ok<ApiMessagePage>, ProblemHttpResult>> ReadAsync(
        string id,
        string? after,
        string? limit,
        HttpContext context,
        ChannelReader channels,
        WebAuthors authors,
        WebMessages messages,
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

        var sight = await authors.SightAsync(context, cancellationToken);
        if (await channels.FindWebAsync(id, sight, cancellationToken) is not { } channel)
        {
            return ApiProblems.NoChannel();
        }

        var found = await messages.ReadAsync(channel, start, count + 1, cancellationToken);
        var page = found.Take(count).Select(message => ToApi(message, sight)).ToList();
        return TypedResults.Ok(new ApiMessagePage(page, found.Count > count ? page[^1].Id : null));
    }

    public static async Task<Results<Ok<ApiMessage>, ProblemHttpResult>> FindAsync(
        string id,
        string messageId,
        HttpContext context,
        ChannelReader channels,
        WebAuthors authors,
        WebMessages messages,
        CancellationToken cancellationToken
    )
    {
        var sight = await authors.SightAsync(context, cancellationToken);
        if (await channels.FindWebAsync(id, sight, cancellationToken) is not { } channel)
        {
            return ApiProblems.NoChannel();
        }

        return
            ApiIds.Parse(messageId) is { } number
            && await messages.FindAsync(channel, number, cancellationToken) is { } message
            ? TypedResults.Ok(ToApi(message, sight))
            : ApiProblems.NoMessage();
    }

    public static async Task<IResult> PostAsync(
        string id,
        ApiMessageDraft draft,
        [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey,
        HttpContext context,
        ChannelReader channels,
        WebAuthors authors,
        WebListener chat,
        CancellationToken cancellationToken
    )
    {
        if (await channels.FindWebAsync(id, Everything, cancellationToken) is not { } channel)
        {
            return ApiProblems.NoChannel();
        }

        if (draft.ReplyTo is not null && ApiIds.Parse(draft.ReplyTo) is null)
        {
            return ApiProblems.Of(422, "replyTo: there is no such message in this channel.");
        }

        return await authors.ForApiAsync(context, draft.Author, cancellationToken) switch
        {
            AuthorOutcome.Known { Member: var member } => ToResult(
                await chat.PostAsync(
                    channel,
                    member,
                    draft.Text ?? "",
                    ApiIds.Parse(draft.ReplyTo),
                    string.IsNullOrEmpty(idempotencyKey) ? null : idempotencyKey,
                    cancellationToken
                ),
                isNew: true
            ),
            var refused => Refuse(context, refused),
        };
    }

    public static Task<IResult> EditAsync(
        string id,
        string messageId,
        ApiMessageDraft draft,
        HttpContext context,
        ChannelReader channels,
        WebAuthors authors,
        WebListener chat,
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

    public static Task<IResult> DeleteAsync(
        string id,
        string messageId,
        string? author,
        HttpContext context,
        ChannelReader channels,
        WebAuthors authors,
        WebListener chat,
        CancellationToken cancellationToken
    ) =>
        ChangeAsync(
            new Target(id, messageId, author),
            context,
            channels,
            authors,
            async (channel, number, member) =>
                await chat.DeleteAsync(channel, number, member, cancellationToken) is WebWriteOutcome.Refused refused
                    ? ApiProblems.Of(refused.Status, refused.Detail)
                    : TypedResults.NoContent(),
            cancellationToken
        );

    private static async Task<IResult> ChangeAsync(
        Target target,
        HttpContext context,
        ChannelReader channels,
        WebAuthors authors,
        Func<ChannelId, long, Member, Task<IResult>> change,
        CancellationToken cancellationToken
    )
    {
        if (await channels.FindWebAsync(target.Channel, Everything, cancellationToken) is not { } channel)
        {
            return ApiProblems.NoChannel();
        }

        if (ApiIds.Parse(target.Message) is not { } number)
        {
            return ApiProblems.NoMessage();
        }

        return await authors.ForApiAsync(context, target.Author, cancellationToken) switch
        {
            AuthorOutcome.Known { Member: var member } => await change(channel, number, member),
            var refused => Refuse(context, refused),
        };
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
            WebWriteOutcome.Refused refused => ApiProblems.Of(refused.Status, refused.Detail),
            _ => throw new InvalidOperationException($"Unknown outcome {outcome}."),
        };

    private static ApiMessage ToApi(WebMessage message, Sight sight = Everything)
    {
        var isShown = message.Needs <= sight;
        return new(
            ApiIds.Of(message.Id),
            message.IsDeleted || !isShown ? null : message.AuthorName,
            !isShown ? null
                : message.Body is { } body ? WebRenderer.Text(body)
                : message.Text,
            message.ReplyTo is { } replyTo ? ApiIds.Of(replyTo) : null,
            message is { Body: PostBody.Card, Story: { } story } ? ApiIds.Of(story.Value) : null,
            message.Number,
            message.CreatedAt,
            isShown ? message.EditedAt : null,
            message.IsDeleted,
            isShown && message.Origin is { } origin ? new ApiOrigin(origin.Platform, origin.Channel) : null
        );
    }

    private static ProblemHttpResult Refuse(HttpContext context, AuthorOutcome outcome)
    {
        if (outcome is not AuthorOutcome.Refused refused)
        {
            throw new InvalidOperationException($"Unknown outcome {outcome}.");
        }

        if (refused.Status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
        }

        return ApiProblems.Of(refused.Status, refused.Detail);
    }

    private sealed record Target(string Channel, string Message, string? Author);
}
