using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using NewsBot.Core.Communities;

namespace NewsBot.Chat.Web;

/// <summary>The <c>Chat:Web</c> section of the settings: the built-in chat.</summary>
internal sealed class WebChatOptions
{
    public const string Section = "Chat:Web";

    /// <summary>Whether the built-in chat is on. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>What a newcomer has to type before picking a name; required where others than this machine can reach the chat. Default none.</summary>
    [MinLength(8)]
    public string? JoinSecret { get; set; }

    /// <summary>Bearer tokens of programs that write to the API, each bound to a member and a role. Default none.</summary>
    public IList<ApiTokenOptions> ApiTokens { get; } = [];
}

/// <summary>One token of <see cref="WebChatOptions.ApiTokens"/>.</summary>
internal sealed class ApiTokenOptions
{
    /// <summary>The secret; at least 16 characters.</summary>
    public string Token { get; set; } = "";

    /// <summary>The member the token writes as.</summary>
    public string Name { get; set; } = "";

    /// <summary>What the token may do. Default member.</summary>
    public Role Role { get; set; } = Role.Member;
}

[OptionsValidator]
internal sealed partial class WebChatOptionsValidator : IValidateOptions<WebChatOptions>;
