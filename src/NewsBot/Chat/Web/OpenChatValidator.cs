using Microsoft.Extensions.Options;
using NewsBot.Web;

namespace NewsBot.Chat.Web;

/// <summary>Refuses a chat that strangers could reach without a join word.</summary>
internal sealed class OpenChatValidator(IOptions<WebOptions> web) : IValidateOptions<WebChatOptions>
{
    public ValidateOptionsResult Validate(string? name, WebChatOptions options) =>
        options is { Enabled: true, JoinSecret: null } && !web.Value.IsThisMachineOnly
            ? ValidateOptionsResult.Fail(
                "Others than this machine could write in the built-in chat (Web:Url or Web:PublicUrl says so): set Chat:Web:JoinSecret to a word of at least "
                    + "8 characters that members type once, or Chat:Web:Enabled to false."
            )
            : ValidateOptionsResult.Success;
}
