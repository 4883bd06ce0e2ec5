using Microsoft.Extensions.Options;
using NewsBot.Chat.Web;

namespace NewsBot.Web.Pages;

/// <summary>Closes the chat's pages while the built-in chat is switched off.</summary>
internal sealed class OnlyWhileChatIsOn(PageFrame frame, IOptions<WebChatOptions> options) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        options.Value.Enabled
            ? await next(context)
            : await frame.ErrorAsync(
                context.HttpContext,
                StatusCodes.Status404NotFound,
                "The built-in chat is switched off",
                "Stories and their discussions are still to be read here. Whoever runs this server can set Chat:Web:Enabled to true."
            );
}
