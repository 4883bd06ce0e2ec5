using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using NewsBot.Clients.Slack.WebApi;
using NewsBot.Web;
using NewsBot.Web.Pages;

namespace NewsBot.Chat.Slack;

/// <summary>
/// Lets workspaces install the app. An installation ends in the browser it began in, within ten minutes.
/// Source: https://docs.slack.dev/authentication/installing-with-oauth
/// </summary>
internal sealed partial class SlackOAuth(
    SlackInstalls installs,
    PageFrame frame,
    IDataProtectionProvider keys,
    IOptions<SlackOptions> options,
    IOptions<WebOptions> web,
    TimeProvider time,
    ILogger<SlackOAuth> logger
)
{
    public const string InstallPath = "/slack/install";
    public const string ReturnPath = "/slack/oauth";

    private const string Cookie = "newsbot-slack-install";
    private const int NonceBytes = 32;
    private const int LongestParameter = 2_000;

    // As long as the code that Slack gives out is good.
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(10);

    private readonly IDataProtector _protector = keys.CreateProtector("NewsBot.SlackInstallState");

    /// <summary>Maps both where workspaces can install the app; where Slack is on and they cannot, the first says why.</summary>
    public static void Map(WebApplication app)
    {
        var slack = app.Services.GetRequiredService<IOptions<SlackOptions>>().Value;
        if (!slack.IsOn)
        {
            return;
        }

        if (!slack.IsInstallable)
        {
            app.MapGet(InstallPath, (SlackOAuth oauth, HttpContext context) => oauth.RefuseAsync(context))
                .ExcludeFromDescription();
            return;
        }

        app.MapGet(InstallPath, (SlackOAuth oauth, HttpContext context) => oauth.Begin(context))
            .ExcludeFromDescription();
        app.MapGet(ReturnPath, (SlackOAuth oauth, HttpContext context) => oauth.EndAsync(context))
            .ExcludeFromDescription();
    }

    /// <summary>Where a workspace is asked whether it wants the app.</summary>
    public Uri AuthorizeUrl => new(options.Value.Api, "../oauth/v2/authorize");

    public IResult Begin(HttpContext context)
    {
        var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NonceBytes));
        context.Response.Cookies.Append(
            Cookie,
            nonce,
            new CookieOptions
            {
                HttpOnly = true,
                // Slack's page leads back here, which a stricter one would not survive.
                SameSite = SameSiteMode.Lax,
                Secure = context.Request.IsHttps,
                Path = "/slack",
                MaxAge = Within,
            }
        );
        context.Response.Headers.CacheControl = "no-store";
        var query = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["client_id"] = options.Value.ClientId,
            ["scope"] = string.Join(',', SlackScopes.All),
            ["state"] = State(nonce),
            ["redirect_uri"] = ReturnUrl,
        };
        return Results.Redirect(
            QueryHelpers.AddQueryString(AuthorizeUrl.AbsoluteUri, query.Where(pair => pair.Value is not null))
        );
    }

    private Task<IResult> RefuseAsync(HttpContext context) =>
        frame.ErrorAsync(
            context,
            StatusCodes.Status404NotFound,
            "Workspaces cannot install the app here",
            "This server's app belongs to one workspace, whose token stands in Chat:Slack:BotToken. Whoever runs the server can leave that out and set Chat:Slack:ClientId and ClientSecret, together with AppToken or SigningSecret, to let others install it."
        );

    public async Task<IResult> EndAsync(HttpContext context)
    {
        var (query, nonce) = (context.Request.Query, context.Request.Cookies[Cookie]);
        context.Response.Cookies.Delete(Cookie, new CookieOptions { Path = "/slack" });
        context.Response.Headers.CacheControl = "no-store";
        if (!IsOurs(query["state"].ToString(), nonce))
        {
            return await SayAsync(
                context,
                "The installation did not begin here",
                "It has to end in the browser it began in, within ten minutes. Begin again."
            );
        }

        if (query["error"].ToString() is { Length: > 0 } error)
        {
            return await SayAsync(
                context,
                "The app was not installed",
                error == "access_denied"
                    ? "You declined. Nothing was changed; you can begin again whenever you like."
                    : "Slack ended the installation. Begin again; some workspaces let only their admins install apps."
            );
        }

        return query["code"].ToString() is { Length: > 0 and <= LongestParameter } code
            ? await ExchangeAsync(context, code)
            : await SayAsync(context, "Slack sent no code", "Begin again.");
    }

    private string? ReturnUrl => web.Value.PublicUrl is { } address ? address.TrimEnd('/') + ReturnPath : null;

    private async Task<IResult> ExchangeAsync(HttpContext context, string code)
    {
        try
        {
            var cancellationToken = context.RequestAborted;
            var install = await installs.Anonymous.ExchangeCodeAsync(installs.App!, code, ReturnUrl, cancellationToken);
            if (install.Team?.Id is not { Length: > 0 })
            {
                return await SayAsync(
                    context,
                    "Install it in one workspace",
                    "The app was installed for a whole organisation, which it cannot work in. Choose a workspace at the top right of Slack's page."
                );
            }

            var kept = await installs.KeepAsync(install, cancellationToken);
            return await frame.ErrorAsync(
                context,
                StatusCodes.Status200OK,
                $"NewsBot is in {kept.Name}",
                "Go to the channel that is to get news, type /invite and choose the app, then type /news add and the address of any page. /news alone shows everything else."
            );
        }
        catch (SlackException error)
        {
            LogRefused(error.Message);
            return await SayAsync(context, "The app was not installed", Words(error));
        }
    }

    private static string Words(SlackException error) =>
        error.Code switch
        {
            "invalid_code" or "code_expired" or "code_already_used" =>
                "The code of this installation was used already or is too old. Begin again.",
            "bad_redirect_uri" =>
                "The address to return to is not one of the app's. Its admin has to add it on the page “OAuth & Permissions”; it is Web:PublicUrl with /slack/oauth behind it.",
            "invalid_client_id" or "bad_client_secret" =>
                "This server's Chat:Slack:ClientId or Chat:Slack:ClientSecret is wrong; both stand on the page “Basic Information” of the app.",
            _ => "Slack did not finish the installation. Begin again in a minute.",
        };

    private Task<IResult> SayAsync(HttpContext context, string title, string detail) =>
        frame.ErrorAsync(
            context,
            StatusCodes.Status400BadRequest,
            title,
            detail,
            KeyValuePair.Create(InstallPath, "Begin again")
        );

    private string State(string nonce)
    {
        var until = (time.GetUtcNow() + Within).ToUnixTimeSeconds();
        return _protector.Protect(string.Create(CultureInfo.InvariantCulture, $"{until}|{Hash(nonce)}"));
    }

    private bool IsOurs(string state, string? nonce)
    {
        if (nonce is not { Length: NonceBytes * 2 } || state.Length is 0 or > LongestParameter)
        {
            return false;
        }

        try
        {
            return _protector.Unprotect(state).Split('|') is [var until, var hash]
                && long.TryParse(until, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                && time.GetUtcNow() <= DateTimeOffset.FromUnixTimeSeconds(seconds)
                && CryptographicOperations.FixedTimeEquals(
                    Encoding.ASCII.GetBytes(hash),
                    Encoding.ASCII.GetBytes(Hash(nonce))
                );
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static string Hash(string nonce) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(nonce)));

    [LoggerMessage(LogLevel.Warning, "An installation in Slack failed: {Reason}")]
    private partial void LogRefused(string reason);
}
