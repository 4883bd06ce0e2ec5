using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using NewsBot.Chat.Web;

namespace NewsBot.Web.Api;

/// <summary>The JSON API under /api/v1.</summary>
internal static class ApiRoutes
{
    // More than any message we take, so that one which is too long is told its length instead of being cut off.
    private const long MaxRequestBytes = 512 * 1_024;

    private const string Channels = "/channels";
    private const string Messages = "/channels/{id}/messages";
    private const string Message = "/channels/{id}/messages/{messageId}";
    private const string Stories = "/stories";
    private const string Story = "/stories/{id}";
    private const string Comments = "/stories/{id}/comments";

    private static readonly string[] Read = [HttpMethods.Get, HttpMethods.Head];

    public static void MapApi(this IEndpointRouteBuilder routes)
    {
        var api = routes
            .MapGroup("/api/v1")
            .WithTags("NewsBot")
            .WithMetadata(new RequestSizeLimitAttribute(MaxRequestBytes));
        MapChannels(api);
        MapStories(api);
        Refuse(api, Channels, "GET, HEAD");
        Refuse(api, Messages, "GET, HEAD, POST");
        Refuse(api, Message, "GET, HEAD, PATCH, DELETE");
        Refuse(api, Stories, "GET, HEAD");
        Refuse(api, Story, "GET, HEAD");
        Refuse(api, Comments, "GET, HEAD");
        // Behind everything else of the API, before the pages' own "there is nothing here".
        routes
            .Map("/api/{**rest}", () => ApiProblems.Of(404))
            .ExcludeFromDescription()
            .Add(endpoint => Order(endpoint, 2));
    }

    private static void MapChannels(RouteGroupBuilder api)
    {
        api.MapMethods(Channels, Read, ChannelRoutes.ListAsync)
            .WithName("listChannels")
            .WithSummary("Channels that carry stories")
            .Fails(403);
        var chat = api.MapGroup("").AddEndpointFilter(OnlyWhileOnAsync);
        chat.MapMethods(Messages, Read, ChannelRoutes.ReadAsync)
            .WithName("listMessages")
            .WithSummary("Messages of a channel of the built-in chat, oldest first")
            .Fails(400, 403, 404);
        chat.MapMethods(Message, Read, ChannelRoutes.FindAsync)
            .WithName("getMessage")
            .WithSummary("One message")
            .Fails(403, 404);
        chat.MapPost(Messages, ChannelRoutes.PostAsync)
            .WithName("postMessage")
            .WithSummary("Write a message, a reply, or a /news command")
            .Produces<ApiMessage>(201)
            .Produces<ApiPrivateAnswer>()
            .Fails(400, 401, 403, 404, 409, 413, 415, 422, 429);
        chat.MapPatch(Message, ChannelRoutes.EditAsync)
            .WithName("editMessage")
            .WithSummary("Change a message of one's own")
            .Produces<ApiMessage>()
            .Fails(400, 401, 403, 404, 409, 413, 415, 422, 429);
        chat.MapDelete(Message, ChannelRoutes.DeleteAsync)
            .WithName("deleteMessage")
            .WithSummary("Delete a message of one's own")
            .Produces(204)
            .Fails(401, 403, 404, 409, 422, 429);
    }

    private static void MapStories(RouteGroupBuilder api)
    {
        api.MapMethods(Stories, Read, StoryRoutes.ListAsync)
            .WithName("listStories")
            .WithSummary("Stories, newest first; q searches headlines and summaries")
            .Fails(400, 403);
        api.MapMethods(Story, Read, StoryRoutes.FindAsync)
            .WithName("getStory")
            .WithSummary("One story")
            .Fails(403, 404);
        api.MapMethods(Comments, Read, StoryRoutes.CommentsAsync)
            .WithName("listComments")
            .WithSummary("Comments of a story, in threads or by time")
            .Fails(400, 403, 404);
    }

    // Any other method at a known address; without this the pages' fallback would answer it.
    private static void Refuse(RouteGroupBuilder api, string pattern, string allowed) =>
        api.Map(
                pattern,
                (HttpContext context) =>
                {
                    // The right method comes here only with a body of the wrong kind.
                    if (allowed.Split(", ").Contains(context.Request.Method, StringComparer.OrdinalIgnoreCase))
                    {
                        return ApiProblems.Of(415);
                    }

                    context.Response.Headers.Allow = allowed;
                    return ApiProblems.Of(405, $"{context.Request.Method} is not possible here; use {allowed}.");
                }
            )
            .ExcludeFromDescription()
            .Add(endpoint => Order(endpoint, 1));

    private static void Order(EndpointBuilder endpoint, int order) => ((RouteEndpointBuilder)endpoint).Order = order;

    private static RouteHandlerBuilder Fails(this RouteHandlerBuilder route, params int[] statuses)
    {
        foreach (var status in statuses)
        {
            route.ProducesProblem(status);
        }

        return route;
    }

    private static ValueTask<object?> OnlyWhileOnAsync(
        EndpointFilterInvocationContext invocation,
        EndpointFilterDelegate next
    ) =>
        invocation.HttpContext.RequestServices.GetRequiredService<IOptions<WebChatOptions>>().Value.Enabled
            ? next(invocation)
            : ValueTask.FromResult<object?>(ApiProblems.ChatIsOff());
}
