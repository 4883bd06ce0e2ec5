using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using NewsBot.Core.Feeds;
using NewsBot.Core.Flows;
using NewsBot.Fetching;
using NewsBot.Scheduling;
using NewsBot.Storage;
using NewsBot.Web.Security;

namespace NewsBot.WebSub;

/// <summary>
/// Where hubs ask whether we asked them, and where they push. Who does not know the address is told that nothing is there; who
/// does is believed no further than the secret reaches. Source: https://www.w3.org/TR/websub/#hub-verifies-intent
/// </summary>
internal sealed partial class PushEndpoint(
    WebSubStore store,
    PollFeeds flow,
    PostPump pump,
    PushTurns turns,
    IOptions<FetchingOptions> options,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<PushEndpoint> logger
)
{
    private const string Path = "/websub";

    // Hubs send some dozen letters.
    private const int MaxChallenge = 2_048;

    /// <summary>The address that a hub is told.</summary>
    public static Uri Callback(Uri origin, string key) => new(origin, $"{Path}/{key}");

    /// <summary>Maps it, also where nothing is asked of hubs: who still pushes is told that it is over.</summary>
    public static void Map(WebApplication app)
    {
        // It is made with the first request: what it needs wants settings, which are checked when the server starts.
        var group = app.MapGroup(Path).ExcludeFromDescription();
        group.MapGet(
            "/{key}",
            (string key, HttpRequest request, PushEndpoint endpoint, CancellationToken aborted) =>
                endpoint.VerifyAsync(key, request, aborted)
        );
        group
            .MapPost(
                "/{key}",
                (string key, HttpRequest request, PushEndpoint endpoint, CancellationToken aborted) =>
                    endpoint.TakeAsync(key, request, aborted)
            )
            .DisableAntiforgery();
    }

    /// <summary>Answers a hub that wants to know whether it was asked, or that says no.</summary>
    public async Task<IResult> VerifyAsync(string key, HttpRequest request, CancellationToken cancellationToken)
    {
        string Said(string name) => request.Query[name].ToString();
        var (mode, topic, challenge) = (Said("hub.mode"), Said("hub.topic"), Said("hub.challenge"));
        var now = time.GetUtcNow();
        if (mode == "denied")
        {
            return await store.DenyAsync(key, topic, now, cancellationToken) ? Results.Ok() : Results.NotFound();
        }

        if (challenge.Length is 0 or > MaxChallenge)
        {
            return Results.NotFound();
        }

        var isOurs = mode switch
        {
            "subscribe" => HubPatience.Lease(Said("hub.lease_seconds")) is { } lease
                && await store.AgreeAsync(key, topic, lease, now, cancellationToken),
            "unsubscribe" => await store.PartAsync(key, topic, now, cancellationToken),
            _ => false,
        };
        return isOurs ? Results.Text(challenge, "text/plain") : Results.NotFound();
    }

    /// <summary>Takes a push. It is on the disk when it is answered with a success, or nothing is there to be kept.</summary>
    public async Task<IResult> TakeAsync(string key, HttpRequest request, CancellationToken aborted)
    {
        if (await store.FindAsync(key, aborted) is null)
        {
            return Results.StatusCode(StatusCodes.Status410Gone);
        }

        using var turn = await turns.EnterAsync(key, aborted);
        if (turn is null)
        {
            request.HttpContext.Response.Headers.RetryAfter = PushTurns.ComeBackAfter;
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        // What was pushed just before may be the same, or the end may have come meanwhile.
        if (await store.FindAsync(key, aborted) is not { } target)
        {
            return Results.StatusCode(StatusCodes.Status410Gone);
        }

        var (body, status) = await ReadAsync(request, aborted);
        // Somebody who gives up waiting comes again; by then the work is done, so it is not given up with them.
        return body is null
            ? Results.StatusCode(status)
            : await TakeWholeAsync(target, request, body, lifetime.ApplicationStopping);
    }

    private async Task<IResult> TakeWholeAsync(
        PushTarget target,
        HttpRequest request,
        byte[] body,
        CancellationToken cancellationToken
    )
    {
        if (target.Secret is not { } secret)
        {
            await store.ForgetAsync(target.Id, time.GetUtcNow(), cancellationToken);
            return Results.StatusCode(StatusCodes.Status410Gone);
        }

        // A success tells whoever tries signatures nothing.
        if (!PushSignature.IsRight(request.Headers["X-Hub-Signature"].ToString(), secret, body))
        {
            LogForged(target.Feed);
            return Results.NoContent();
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(body));
        if (!target.Seen.Contains(hash, StringComparer.Ordinal))
        {
            if (await flow.TakePushedAsync(target.Feed, body, request.ContentType, hash, cancellationToken) > 0)
            {
                pump.Wake();
            }

            await store.SawAsync(target, hash, cancellationToken);
        }

        return Results.NoContent();
    }

    private async Task<(byte[]? Body, int Status)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        // What is signed is what was sent; nobody packs it.
        if (request.Headers.ContentEncoding.Count > 0)
        {
            return (null, StatusCodes.Status415UnsupportedMediaType);
        }

        var (most, patience) = (options.Value.MaxBodyBytes, options.Value.Timeout);
        if (
            request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } server
            && server.MaxRequestBodySize < most
        )
        {
            server.MaxRequestBodySize = most;
        }

        return await PlatformBody.ReadAsync(request, most, patience, time, cancellationToken);
    }

    [LoggerMessage(LogLevel.Information, "A push for {Feed} was not signed by its hub, and was left out")]
    private partial void LogForged(FeedId feed);
}
