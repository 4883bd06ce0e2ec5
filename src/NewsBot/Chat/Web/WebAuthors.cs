using System.Net;
using Microsoft.Extensions.Options;
using NewsBot.Core.Communities;
using NewsBot.Storage;
using NewsBot.Web;
using NewsBot.Web.Security;
using NewsBot.Web.SignIn;
using NewsBot.Web.Views;

namespace NewsBot.Chat.Web;

/// <summary>Says who writes: by the browser's cookie, by a token, or, where only this machine can call, by the name given.</summary>
internal sealed class WebAuthors(
    MemberStore members,
    WebSessions sessions,
    IOptions<WebOptions> web,
    IOptions<WebChatOptions> chat,
    JoinAttempts attempts
)
{
    private const string Cookie = "newsbot";

    private static readonly TimeSpan CookieLife = TimeSpan.FromDays(400);

    // Any of these says that the request came through somebody else's machine.
    private static readonly string[] ForwardingHeaders =
    [
        "Forwarded",
        "X-Forwarded-For",
        "X-Forwarded-Host",
        "X-Forwarded-Proto",
        // What our own middleware leaves of them once it has believed a proxy.
        "X-Original-For",
        "X-Original-Host",
        "X-Original-Proto",
        "X-Real-IP",
        "Via",
        "CF-Connecting-IP",
    ];

    /// <returns>The member this browser writes as; null where it has not picked a name.</returns>
    public async Task<Member?> CurrentAsync(HttpContext context, CancellationToken cancellationToken) =>
        SecretOf(context.Request) is { Length: > 0 and < 100 } secret
            ? await members.FindBySecretAsync(Secrets.Hash(secret), cancellationToken)
            : null;

    /// <summary>Gives this browser a name.</summary>
    /// <param name="context">The browser's request; its answer gets the cookie.</param>
    /// <param name="name">As typed.</param>
    /// <param name="joinSecret">As typed; needed where <see cref="WebChatOptions.JoinSecret"/> is set.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    public async Task<AuthorOutcome> ClaimAsync(
        HttpContext context,
        string? name,
        string? joinSecret,
        CancellationToken cancellationToken
    )
    {
        if (await CurrentAsync(context, cancellationToken) is { } already)
        {
            return new AuthorOutcome.Known(already);
        }

        var client = context.Connection.RemoteIpAddress;
        if (chat.Value.JoinSecret is not null && !attempts.MayTry(client))
        {
            context.Response.Headers.RetryAfter = "60";
            return new AuthorOutcome.Refused(
                429,
                "The join word was wrong too often from where you are. Ask whoever runs this chat for it, and try again in a minute."
            );
        }

        if (chat.Value.JoinSecret is { } secret && !Secrets.AreEqual(secret, joinSecret ?? ""))
        {
            attempts.WasWrong(client);
            return new AuthorOutcome.Refused(403, "That is not this chat's join word. Ask whoever runs it.");
        }

        if (!MemberName.TryParse(name, out var parsed, out var problem))
        {
            return new AuthorOutcome.Refused(422, problem!);
        }

        var cookie = Secrets.New();
        var member = await members.ClaimAsync(parsed!, Secrets.Hash(cookie), IsTrusted(context), cancellationToken);
        if (member is null)
        {
            return new AuthorOutcome.Refused(409, $"The name “{parsed!.Value}” is taken. Pick another one.");
        }

        context.Response.Cookies.Append(
            SafeCookie.Name(Cookie, context.Request),
            cookie,
            new CookieOptions
            {
                HttpOnly = true,
                SameSite = SameSiteMode.Strict,
                Secure = context.Request.IsHttps,
                MaxAge = CookieLife,
                Path = "/",
                IsEssential = true,
            }
        );
        return new AuthorOutcome.Known(member);
    }

    /// <summary>Who calls the API: the token's member, else the name given where that can be trusted.</summary>
    public async Task<AuthorOutcome> ForApiAsync(
        HttpContext context,
        string? author,
        CancellationToken cancellationToken
    )
    {
        if (Bearer(context) is { } token)
        {
            return await ByTokenAsync(token, cancellationToken) switch
            {
                null => new AuthorOutcome.Refused(401, "This token is unknown or was revoked."),
                { Community.Value: not PageReader.HomeCommunity } => new AuthorOutcome.Refused(
                    403,
                    "This token is of a member of another community, who has no place in the built-in chat."
                ),
                { } member => new AuthorOutcome.Known(member),
            };
        }

        if (!IsTrusted(context))
        {
            return new AuthorOutcome.Refused(
                401,
                "Send “Authorization: Bearer <token>” with a token of Chat:Web:ApiTokens or of “/news token create”."
            );
        }

        if (!MemberName.TryParse(author, out var name, out var problem))
        {
            return new AuthorOutcome.Refused(422, $"author: {problem}");
        }

        var known = await members.FindOrAddAsync(name!, cancellationToken);
        // Somebody has to be able to start: until there is an admin, whoever may name themselves may act as one.
        return new AuthorOutcome.Known(
            known.Role is Role.Admin || await members.HasAdminAsync(cancellationToken)
                ? known
                : known with
                {
                    Role = Role.Admin,
                }
        );
    }

    /// <summary>What the caller may see: all while only this machine can call, else what their name or token shows them.</summary>
    public async Task<Viewer> ViewerAsync(HttpContext context, CancellationToken cancellationToken) =>
        Viewer.Of(
            web.Value.IsThisMachineOnly,
            await CurrentAsync(context, cancellationToken)
                ?? (Bearer(context) is { } token ? await ByTokenAsync(token, cancellationToken) : null),
            (await sessions.FindAsync(context))?.Communities ?? []
        );

    /// <summary>How much the caller may see of the community of the built-in chat, see <see cref="Viewer.Sight"/>.</summary>
    public async Task<Sight> SightAsync(HttpContext context, CancellationToken cancellationToken) =>
        (await ViewerAsync(context, cancellationToken)).In(PageReader.HomeCommunity).Sight;

    /// <summary>Whether a caller can only be a program or browser of this machine. The connection itself has to say so too, whatever the settings say of the listener.</summary>
    private bool IsTrusted(HttpContext context) =>
        web.Value is { IsThisMachineOnly: true, TrustedProxies.Count: 0 }
        && context.Connection is { RemoteIpAddress: { } caller, LocalIpAddress: { } called }
        && IPAddress.IsLoopback(caller)
        && IPAddress.IsLoopback(called)
        && chat.Value.JoinSecret is null
        && !ForwardingHeaders.Any(header => context.Request.Headers.ContainsKey(header));

    private async Task<Member?> ByTokenAsync(string token, CancellationToken cancellationToken)
    {
        var setting = chat.Value.ApiTokens.FirstOrDefault(known => Secrets.AreEqual(known.Token, token));
        if (setting is null)
        {
            return await members.FindByTokenAsync(Secrets.Hash(token), cancellationToken);
        }

        return MemberName.TryParse(setting.Name, out var name, out _)
            ? await members.FindOrAddAsync(name!, cancellationToken) with
            {
                Role = setting.Role,
            }
            : null;
    }

    // A name belongs to whoever took it, also to a browser that took it before names of cookies had a prefix.
    private static string? SecretOf(HttpRequest request) =>
        request.Cookies[SafeCookie.Name(Cookie, request)] ?? request.Cookies[Cookie];

    private static string? Bearer(HttpContext context)
    {
        const string Scheme = "Bearer ";
        var header = context.Request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : null;
    }
}

/// <summary>Whether it is known who writes.</summary>
internal abstract record AuthorOutcome
{
    private AuthorOutcome() { }

    internal sealed record Known(Member Member) : AuthorOutcome;

    /// <param name="Status">The HTTP status that says so.</param>
    /// <param name="Detail">What is wrong and what to do.</param>
    internal sealed record Refused(int Status, string Detail) : AuthorOutcome;
}
