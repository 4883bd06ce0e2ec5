using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using NewsBot.Web.Pages;
using NewsBot.Web.Views;

namespace NewsBot.Web.SignIn;

/// <summary>Signing in and out. It begins and ends in the same browser, which the handlers' own cookie and state see to.</summary>
internal sealed partial class SignInPages(
    PageFrame frame,
    SignInPlatforms platforms,
    SignInFlow flow,
    WebSessions sessions,
    IAntiforgery antiforgery,
    IOptions<WebOptions> web,
    TimeProvider time,
    ILogger<SignInPages> logger
)
{
    /// <summary>Where one chooses a platform.</summary>
    public const string Path = "/sign-in";

    private static readonly TimeSpan Within = TimeSpan.FromMinutes(15);

    /// <summary>The address of the choice, with the way back to where one is now.</summary>
    public static string PathFrom(string back) => back == "/" ? Path : $"{Path}?back={Uri.EscapeDataString(back)}";

    /// <summary>A page to choose with what to sign in.</summary>
    public async Task<IResult> ChooseAsync(HttpContext context, string? back)
    {
        if (!platforms.IsOn)
        {
            return await frame.ErrorAsync(
                context,
                StatusCodes.Status404NotFound,
                "Nobody can sign in here",
                "Whoever runs this server can set Chat:Discord:ClientId and ClientSecret, or those of Chat:Slack, to let members sign in."
            );
        }

        var view = new SignInView(platforms.All, OwnPath.Of(back));
        return await frame.PageAsync(
            context,
            "Sign in",
            () => new Web_Pages_SignIn { Model = view },
            layout => layout with { IsWide = true, IsUnlisted = true }
        );
    }

    /// <summary>Leads to the platform's own page.</summary>
    public async Task<IResult> StartAsync(HttpContext context, string platform, string? back)
    {
        var own = OwnPath.Of(back);
        if (platforms.All.FirstOrDefault(one => one.Name == platform) is not { } found)
        {
            return Results.Redirect(PathFrom(own));
        }

        // The platform leads back to the public address, and there the cookie of this beginning has to be.
        if (web.Value.PublicUrl is { } address && !IsAt(context.Request, new Uri(address)))
        {
            return Results.Redirect($"{address.TrimEnd('/')}{found.StartPath}?back={Uri.EscapeDataString(own)}");
        }

        context.Response.Headers.CacheControl = "no-store";
        await context.ChallengeAsync(
            found.Name,
            new AuthenticationProperties { RedirectUri = own, IssuedUtc = time.GetUtcNow() }
        );
        return Results.Empty;
    }

    /// <summary>Ends this browser's session.</summary>
    public async Task<IResult> OutAsync(HttpContext context)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return await frame.ExpiredAsync(context);
        }

        await sessions.EndAsync(context);
        return PageFrame.SeeOther(context, "/");
    }

    /// <summary>What the handler of a platform calls once it knows who somebody is.</summary>
    public static async Task EndAsync(TicketReceivedContext ticket)
    {
        ticket.HandleResponse();
        var pages = ticket.HttpContext.RequestServices.GetRequiredService<SignInPages>();
        var result = pages.IsTooOld(ticket.Properties)
            ? await pages.FailAsync(ticket.HttpContext, ticket.Scheme.Name, error: null)
            : await pages.EndAsync(
                ticket.HttpContext,
                new VouchedAccount(
                    ticket.Scheme.Name,
                    ticket.Principal!.FindFirstValue(ClaimTypes.NameIdentifier)!,
                    ticket.Principal!.FindFirstValue(SignInSchemes.Workspace)
                ),
                ticket.ReturnUri
            );
        await result.ExecuteAsync(ticket.HttpContext);
    }

    /// <summary>What the handler of a platform calls where it does not come to know that.</summary>
    public static async Task FailAsync(RemoteFailureContext failure)
    {
        failure.HandleResponse();
        var pages = failure.HttpContext.RequestServices.GetRequiredService<SignInPages>();
        var result = await pages.FailAsync(failure.HttpContext, failure.Scheme.Name, failure.Failure);
        await result.ExecuteAsync(failure.HttpContext);
    }

    // The cookie of the beginning says how long it is good, but only to the browser.
    private bool IsTooOld(AuthenticationProperties? properties) =>
        properties?.IssuedUtc is not { } begun || begun + Within < time.GetUtcNow();

    private async Task<IResult> EndAsync(HttpContext context, VouchedAccount account, string? back)
    {
        context.Response.Headers.CacheControl = "no-store";
        var label = Label(account.Platform);
        var outcome = await flow.RunAsync(
            account,
            BrowserName.Of(context.Request.Headers.UserAgent.ToString()),
            WebSessions.SecretOf(context),
            context.RequestAborted
        );
        switch (outcome)
        {
            case SignInOutcome.Done done:
                WebSessions.Keep(context, done.Secret);
                return PageFrame.SeeOther(context, OwnPath.Of(back));
            case SignInOutcome.Unsure:
                return await SayAsync(
                    context,
                    $"{label} does not answer",
                    $"It could not be found out whether you belong to a community here, so you are not signed in. Try again in a minute.",
                    StatusCodes.Status503ServiceUnavailable
                );
            default:
                return await SayAsync(
                    context,
                    "You are not a member here",
                    $"Your {label} account is in none of the communities whose discussions are here, or was banned from them. Nothing about you was kept. Join one of them, or sign in with another account.",
                    StatusCodes.Status403Forbidden
                );
        }
    }

    private Task<IResult> FailAsync(HttpContext context, string platform, Exception? error)
    {
        context.Response.Headers.CacheControl = "no-store";
        var label = Label(platform);
        if (context.Request.Query["error"] == "access_denied")
        {
            return SayAsync(
                context,
                "You are not signed in",
                $"You declined on {label}’s page. Nothing was changed.",
                StatusCodes.Status400BadRequest
            );
        }

        if (error?.InnerException is HttpRequestException or TaskCanceledException)
        {
            LogUnreachable(label);
        }

        return SayAsync(
            context,
            "You are not signed in",
            $"Signing in has to end in the browser it began in, within a quarter of an hour, and {label} has to confirm it. Begin again.",
            StatusCodes.Status400BadRequest
        );
    }

    private Task<IResult> SayAsync(HttpContext context, string title, string detail, int status) =>
        frame.ErrorAsync(context, status, title, detail, KeyValuePair.Create(Path, "Sign in"));

    private string Label(string platform) =>
        platforms.All.FirstOrDefault(one => one.Name == platform)?.Label ?? platform;

    private static bool IsAt(HttpRequest request, Uri address) =>
        string.Equals(request.Host.Host, address.Host, StringComparison.OrdinalIgnoreCase)
        && (request.Host.Port ?? address.Port) == address.Port;

    [LoggerMessage(LogLevel.Warning, "{Platform} did not answer when somebody signed in")]
    private partial void LogUnreachable(string platform);
}
