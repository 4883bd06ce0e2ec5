using System.Globalization;
using Microsoft.Extensions.Options;
using NewsBot.Core.Communities;

namespace NewsBot.Chat.Web;

/// <summary>The <c>Chat:Web</c> section of the settings: the built-in chat.</summary>
internal sealed class WebChatOptions
{
    public const string Section = "Chat:Web";

    /// <summary>Whether the built-in chat is on. Default true, but false where Discord or Slack is connected.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>What a newcomer has to type before picking a name; required where others than this machine can reach the chat. Default none.</summary>
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

/// <summary>Checks what an attribute cannot.</summary>
internal sealed class WebChatOptionsValidator : IValidateOptions<WebChatOptions>
{
    private const int MinSecretChars = 8;
    private const int MinTokenChars = 16;

    public ValidateOptionsResult Validate(string? name, WebChatOptions options)
    {
        List<string> problems = [];
        if (options.JoinSecret is { Length: < MinSecretChars })
        {
            problems.Add("Chat:Web:JoinSecret is too short to keep strangers out; write at least 8 characters.");
        }

        for (var i = 0; i < options.ApiTokens.Count; i++)
        {
            var (key, token) = ($"Chat:Web:ApiTokens:{i.ToString(CultureInfo.InvariantCulture)}", options.ApiTokens[i]);
            if (token.Token.Length < MinTokenChars)
            {
                problems.Add($"{key}:Token is too short to be safe; write at least 16 random characters.");
            }

            if (!MemberName.TryParse(token.Name, out _, out var problem))
            {
                problems.Add($"{key}:Name says whom the token writes as. {problem}");
            }

            if (options.ApiTokens.Take(i).Any(other => other.Token == token.Token))
            {
                problems.Add($"{key}:Token is there twice; give each member a token of their own.");
            }
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
