using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.Extensions.Options;
using NewsBot.Chat.Discord;
using NewsBot.Chat.Slack;

namespace NewsBot.Web.SignIn;

/// <summary>
/// How each platform is asked who somebody is, by OAuth 2 with a proof key. Sources:
/// https://discord.com/developers/docs/topics/oauth2, https://docs.slack.dev/authentication/sign-in-with-slack
/// </summary>
internal static class SignInSchemes
{
    /// <summary>Name of the HTTP client that exchanges codes.</summary>
    public const string HttpClientName = "sign-in";

    /// <summary>The scheme that stands for our own sessions. They are read where they are needed, not by this.</summary>
    public const string Session = "session";

    /// <summary>The claim that holds the platform's id of the workspace.</summary>
    public const string Workspace = "workspace";

    // An answer says in less than a kilobyte who somebody is.
    private const int MaxAnswerBytes = 64 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static void Add(IServiceCollection services, SignInPlatforms platforms)
    {
        services
            .AddHttpClient(
                HttpClientName,
                client =>
                {
                    client.Timeout = Patience;
                    client.MaxResponseContentBufferSize = MaxAnswerBytes;
                    client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("NewsBot", null));
                }
            )
            .ConfigurePrimaryHttpMessageHandler(() =>
                new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }
            );
        var authentication = services
            .AddAuthentication(options => options.DefaultScheme = Session)
            .AddScheme<AuthenticationSchemeOptions, NoScheme>(Session, null);
        foreach (var platform in platforms.All)
        {
            authentication.AddOAuth(platform.Name, platform.Label, _ => { });
            services
                .AddOptions<OAuthOptions>(platform.Name)
                .Configure<IHttpClientFactory>(
                    (options, clients) =>
                    {
                        options.Backchannel = clients.CreateClient(HttpClientName);
                        options.SignInScheme = Session;
                        options.CallbackPath = platform.ReturnPath;
                        options.UsePkce = true;
                        options.SaveTokens = false;
                        // The platform's page leads back here, which a stricter cookie would not survive.
                        options.CorrelationCookie.SameSite = SameSiteMode.Lax;
                        options.CorrelationCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                        options.CorrelationCookie.Name = "newsbot-sign-in.";
                        options.CorrelationCookie.Path = "/sign-in";
                        options.Events.OnTicketReceived = SignInPages.EndAsync;
                        options.Events.OnRemoteFailure = SignInPages.FailAsync;
                    }
                );
        }

        services.AddOptions<OAuthOptions>(SignInPlatform.Discord.Name).Configure<IOptions<DiscordOptions>>(SetDiscord);
        services.AddOptions<OAuthOptions>(SignInPlatform.Slack.Name).Configure<IOptions<SlackOptions>>(SetSlack);
    }

    // Whether somebody is in a guild the bot is in, the bot asks itself: so no more than who they are need be asked for.
    private static void SetDiscord(OAuthOptions options, IOptions<DiscordOptions> settings)
    {
        var api = settings.Value.ApiBaseUrl.TrimEnd('/');
        options.ClientId = settings.Value.ClientId ?? "";
        options.ClientSecret = settings.Value.ClientSecret ?? "";
        options.AuthorizationEndpoint = new Uri(new Uri(api), "/oauth2/authorize").AbsoluteUri;
        options.TokenEndpoint = $"{api}/oauth2/token";
        options.UserInformationEndpoint = $"{api}/users/@me";
        options.Scope.Add("identify");
        options.Events.OnCreatingTicket = async context =>
        {
            using var answer = await AskAsync(context);
            Claim(context, ClaimTypes.NameIdentifier, Text(answer.RootElement, "id"));
        };
    }

    private static void SetSlack(OAuthOptions options, IOptions<SlackOptions> settings)
    {
        options.ClientId = settings.Value.ClientId ?? "";
        options.ClientSecret = settings.Value.ClientSecret ?? "";
        options.AuthorizationEndpoint = new Uri(settings.Value.Api, "../openid/connect/authorize").AbsoluteUri;
        options.TokenEndpoint = new Uri(settings.Value.Api, "openid.connect.token").AbsoluteUri;
        options.UserInformationEndpoint = new Uri(settings.Value.Api, "openid.connect.userInfo").AbsoluteUri;
        options.Scope.Add("openid");
        options.Scope.Add("profile");
        options.Events.OnCreatingTicket = async context =>
        {
            using var answer = await AskAsync(context);
            Claim(context, ClaimTypes.NameIdentifier, Text(answer.RootElement, "https://slack.com/user_id"));
            Claim(context, Workspace, Text(answer.RootElement, "https://slack.com/team_id"));
        };
    }

    // The token is used this once, and forgotten.
    private static async Task<JsonDocument> AskAsync(OAuthCreatingTicketContext context)
    {
        var token = context.HttpContext.RequestAborted;
        using var request = new HttpRequestMessage(HttpMethod.Get, context.Options.UserInformationEndpoint);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", context.AccessToken);
        using var answer = await context.Backchannel.SendAsync(request, token);
        return answer.IsSuccessStatusCode
            ? JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(token))
            : throw new AuthenticationFailureException("The platform did not say who signed in.");
    }

    private static void Claim(OAuthCreatingTicketContext context, string type, string? value)
    {
        // Ids of both platforms are short and plain.
        if (value is not { Length: > 0 and <= 64 } || !value.All(char.IsAsciiLetterOrDigit))
        {
            throw new AuthenticationFailureException("The platform did not say who signed in.");
        }

        context.Identity!.AddClaim(new Claim(type, value));
    }

    private static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object
        && json.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    /// <summary>Finds nobody: most requests need to know nothing of who makes them.</summary>
    private sealed class NoScheme(
        IOptionsMonitor<AuthenticationSchemeOptions> options,
        ILoggerFactory logger,
        System.Text.Encodings.Web.UrlEncoder encoder
    ) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() =>
            Task.FromResult(AuthenticateResult.NoResult());
    }
}
