using Microsoft.Extensions.Options;

namespace NewsBot.Chat.Slack;

/// <summary>The <c>Chat:Slack</c> section of the settings.</summary>
internal sealed class SlackOptions
{
    public const string Section = "Chat:Slack";

    /// <summary>The bot's token (xoxb-…), where the app is installed in one workspace only. Default none.</summary>
    public string? BotToken { get; set; }

    /// <summary>The app's own token (xapp-…), where everything comes over a socket of ours. Default none: it comes by HTTP.</summary>
    public string? AppToken { get; set; }

    /// <summary>The app's signing secret, where Slack sends events and commands by HTTP to /slack/…. Default none.</summary>
    public string? SigningSecret { get; set; }

    /// <summary>
    /// The app's client id, where members sign in on the web with Slack and, unless <see cref="BotToken"/> is set, workspaces
    /// install the app at /slack/install. Default none.
    /// </summary>
    public string? ClientId { get; set; }

    /// <summary>The app's client secret; goes with <see cref="ClientId"/>. Default none.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>Where the methods are. Default https://slack.com/api/; http only for this machine.</summary>
    public string ApiBaseUrl { get; set; } = "https://slack.com/api/";

    public bool IsOn => !string.IsNullOrWhiteSpace(BotToken) || HasClient;

    /// <summary>Whether the app can ask Slack for something in its own name: who somebody is, a token, a new one for an old.</summary>
    public bool HasClient => !string.IsNullOrWhiteSpace(ClientId);

    /// <summary>
    /// Whether workspaces can install the app themselves. An app with a token in the settings is one workspace's own: it has a
    /// client id only for members to sign in. Where nothing would ever come from Slack, an install would be of no use.
    /// </summary>
    public bool IsInstallable =>
        HasClient
        && string.IsNullOrWhiteSpace(BotToken)
        && !(string.IsNullOrWhiteSpace(AppToken) && string.IsNullOrWhiteSpace(SigningSecret));

    /// <summary>Where the methods are, with the slash at the end that addresses of methods are put behind.</summary>
    public Uri Api => new(ApiBaseUrl.EndsWith('/') ? ApiBaseUrl : ApiBaseUrl + "/");

    /// <summary>Reads from settings that were not checked yet whether Slack is on.</summary>
    public static bool IsOnIn(IConfiguration configuration) =>
        !string.IsNullOrWhiteSpace(configuration[$"{Section}:BotToken"])
        || !string.IsNullOrWhiteSpace(configuration[$"{Section}:ClientId"]);
}

/// <summary>Checks what an attribute cannot.</summary>
internal sealed class SlackOptionsValidator : IValidateOptions<SlackOptions>
{
    private const int LongestToken = 1_000;

    public ValidateOptionsResult Validate(string? name, SlackOptions options)
    {
        List<string> problems = [.. Tokens(options), .. Ways(options), .. Installing(options)];
        if (
            !Uri.TryCreate(options.ApiBaseUrl, UriKind.Absolute, out var url)
            || !(url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
            || url.Query.Length > 0
            || url.Fragment.Length > 0
        )
        {
            problems.Add(
                $"Chat:Slack:ApiBaseUrl is “{options.ApiBaseUrl}”; leave it out, or write an https address (http only for this machine)."
            );
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Tokens(SlackOptions options)
    {
        if (options.BotToken?.StartsWith("xoxe.", StringComparison.Ordinal) == true)
        {
            yield return "Chat:Slack:BotToken ends within hours, because token rotation is on in your app. Set Chat:Slack:ClientId and Chat:Slack:ClientSecret instead and install the app at /slack/install, or make an app without rotation.";
        }
        else if (IsWrong(options.BotToken, "xoxb-"))
        {
            yield return "Chat:Slack:BotToken is not a bot's token; copy the “Bot User OAuth Token”, which begins with xoxb-, from the page “OAuth & Permissions” of your app.";
        }

        if (IsWrong(options.AppToken, "xapp-"))
        {
            yield return "Chat:Slack:AppToken is not an app's token; make one with the scope connections:write under “Basic Information” → “App-Level Tokens”. It begins with xapp-.";
        }

        if (IsBroken(options.SigningSecret))
        {
            yield return "Chat:Slack:SigningSecret has spaces in it or is too long; copy it from the page “Basic Information” of your app.";
        }

        if (IsBroken(options.ClientId) || IsBroken(options.ClientSecret))
        {
            yield return "Chat:Slack:ClientId or Chat:Slack:ClientSecret has spaces in it or is too long; copy both from the page “Basic Information” of your app.";
        }
    }

    private static IEnumerable<string> Ways(SlackOptions options)
    {
        var hasApp = !string.IsNullOrEmpty(options.AppToken);
        var hasSecret = !string.IsNullOrEmpty(options.SigningSecret);
        if (options.IsOn && !hasApp && !hasSecret)
        {
            yield return "Chat:Slack has no way in. Set Chat:Slack:AppToken (Socket Mode, needs no public address), or Chat:Slack:SigningSecret where Slack sends to a public address of this server.";
        }

        if (!options.IsOn && (hasApp || hasSecret))
        {
            yield return "Chat:Slack:BotToken is missing. Set it to the “Bot User OAuth Token” of your app, or set Chat:Slack:ClientId and Chat:Slack:ClientSecret to let workspaces install it.";
        }
    }

    private static IEnumerable<string> Installing(SlackOptions options)
    {
        if (string.IsNullOrEmpty(options.ClientId) != string.IsNullOrEmpty(options.ClientSecret))
        {
            yield return "Chat:Slack:ClientId and Chat:Slack:ClientSecret go together; copy both from the page “Basic Information” of your app, or leave both out.";
        }
    }

    private static bool IsWrong(string? token, params string[] prefixes) =>
        token is { Length: > 0 }
        && (
            IsBroken(token)
            || !prefixes.Any(prefix =>
                token.StartsWith(prefix, StringComparison.Ordinal) && token.Length > prefix.Length
            )
        );

    private static bool IsBroken(string? text) =>
        text is { Length: > 0 } && (text.Length > LongestToken || text.Any(character => character is <= ' ' or > '~'));
}
