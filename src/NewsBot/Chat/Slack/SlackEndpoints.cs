using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using NewsBot.Clients.Slack;
using NewsBot.Clients.Slack.Events;
using NewsBot.Clients.Slack.Objects;
using NewsBot.Clients.Slack.SocketMode;
using NewsBot.Web.Security;

namespace NewsBot.Chat.Slack;

/// <summary>
/// Takes what Slack sends by HTTP, where the app is set up so: events, commands, interactions and what selects ask for.
/// Only what Slack signed a moment ago is read. Source: https://docs.slack.dev/apis/events-api/using-http-request-urls
/// </summary>
internal sealed class SlackEndpoints(
    SlackSignature signature,
    SlackDispatch dispatch,
    SlackSeals seals,
    ForgedRequests forged,
    SignedRequests signedRequests,
    TimeProvider time
)
{
    private const string Signature = "X-Slack-Signature";

    public const string EventsPath = "/slack/events";
    public const string CommandsPath = "/slack/commands";
    public const string InteractionsPath = "/slack/interactions";
    public const string OptionsPath = "/slack/options";

    // A view has at most 250 KB, a message some 200 KB; a form doubles what is not ASCII and more.
    private const int MaxBodyBytes = 2 * 1024 * 1024;

    // Two short fields.
    private const int LargestCheck = 1_000;

    // Slack's own forms have some twenty fields.
    private const int MaxFields = 100;

    // Slack waits three seconds; after that nobody reads the answer.
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromMilliseconds(2_800);

    /// <summary>Maps them where Slack is on and <c>Chat:Slack:SigningSecret</c> is set.</summary>
    public static void Map(WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<SlackOptions>>().Value;
        if (!options.IsOn || options.SigningSecret is not { Length: > 0 } secret)
        {
            return;
        }

        var endpoints = new SlackEndpoints(
            new SlackSignature(secret),
            app.Services.GetRequiredService<SlackDispatch>(),
            app.Services.GetRequiredService<SlackSeals>(),
            app.Services.GetRequiredService<ForgedRequests>(),
            app.Services.GetRequiredService<SignedRequests>(),
            app.Services.GetRequiredService<TimeProvider>()
        );
        Map(app, EventsPath, endpoints.EventAsync);
        Map(app, CommandsPath, endpoints.CommandAsync);
        Map(app, InteractionsPath, endpoints.InteractionAsync);
        Map(app, OptionsPath, endpoints.InteractionAsync);
    }

    private static void Map(
        WebApplication app,
        string path,
        Func<HttpRequest, CancellationToken, Task<IResult>> handler
    ) =>
        app.MapPost(path, (HttpRequest request, CancellationToken aborted) => handler(request, aborted))
            .DisableAntiforgery()
            .DisableRateLimiting()
            .ExcludeFromDescription();

    public async Task<IResult> EventAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var (body, refusal) = await ReadAsync(request, cancellationToken);
        if (body is null)
        {
            return refusal!;
        }

        if (SlackJson.Read<EventEnvelope>(body) is not { } envelope)
        {
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        }

        if (envelope.Type == "url_verification")
        {
            return Results.Text(envelope.Challenge ?? "", "text/plain");
        }

        // A repetition may be the only one that comes, so none is judged by its headers; the id says what was stored.
        _ = int.TryParse(
            request.Headers["X-Slack-Retry-Num"].ToString(),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var attempt
        );
        await dispatch.HandleAsync(
            new SlackEnvelope(envelope.EventId ?? "", SlackEnvelopeKind.Event, body, false, attempt, null),
            cancellationToken
        );
        return Results.Ok();
    }

    public async Task<IResult> CommandAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var (fields, refusal) = await FormAsync(request, cancellationToken);
        if (fields is null)
        {
            return refusal!;
        }

        var payload = new JsonObject();
        foreach (var (name, value) in fields)
        {
            payload[name] = value;
        }

        return await AnswerAsync(request, SlackEnvelopeKind.Command, payload.ToJsonString(), cancellationToken);
    }

    public async Task<IResult> InteractionAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var (fields, refusal) = await FormAsync(request, cancellationToken);
        if (fields is null)
        {
            return refusal!;
        }

        return
            fields.TryGetValue("payload", out var payload)
            && SlackJson.Read<Interaction>(Encoding.UTF8.GetBytes(payload)) is not null
            ? await AnswerAsync(request, SlackEnvelopeKind.Interaction, payload, cancellationToken)
            : Results.StatusCode(StatusCodes.Status400BadRequest);
    }

    private async Task<IResult> AnswerAsync(
        HttpRequest request,
        SlackEnvelopeKind kind,
        string payload,
        CancellationToken cancellationToken
    )
    {
        // What a select asks for changes nothing, and comes with every letter.
        if (
            request.Path != OptionsPath
            && !await signedRequests.TakeAsync(request.Headers[Signature].ToString(), cancellationToken)
        )
        {
            return Results.Ok();
        }

        using var late = new CancellationTokenSource(AnswerWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            var answer = await dispatch.HandleAsync(
                new SlackEnvelope("", kind, Encoding.UTF8.GetBytes(payload), true, 0, null),
                either.Token
            );
            return answer is null
                ? Results.Ok()
                : Results.Text(answer.ToJsonString(), "application/json", Encoding.UTF8);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // What is empty is at least no failure; what was begun may still answer by another way.
            return Results.Ok();
        }
    }

    /// <returns>The fields of a form; null where the request is refused or wants no more than an answer.</returns>
    private async Task<(IReadOnlyDictionary<string, string>? Fields, IResult? Refusal)> FormAsync(
        HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var (body, refusal) = await ReadAsync(request, cancellationToken, mayBeCheck: true);
        if (body is null)
        {
            return (null, refusal);
        }

        return Parse(body) is { } fields ? (fields, null) : (null, Results.StatusCode(StatusCodes.Status400BadRequest));
    }

    /// <returns>The bytes as Slack signed them; null where the request is refused.</returns>
    private async Task<(byte[]? Body, IResult? Refusal)> ReadAsync(
        HttpRequest request,
        CancellationToken cancellationToken,
        bool mayBeCheck = false
    )
    {
        var signed = request.Headers[Signature].ToString();
        var timestamp = request.Headers["X-Slack-Request-Timestamp"].ToString();
        // What cannot be signed is refused before its body costs anything; only a look at the certificate is read.
        var canBe = SlackSignature.CanBe(signed, timestamp, time.GetUtcNow());
        if (!canBe && (!mayBeCheck || request.ContentLength is null or > LargestCheck))
        {
            return (null, Refuse(request));
        }

        var (body, status) = await PlatformBody.ReadAsync(request, MaxBodyBytes, time, cancellationToken);
        if (body is null)
        {
            return (null, Results.StatusCode(status));
        }

        if (canBe && signature.IsValid(signed, timestamp, body, time.GetUtcNow()))
        {
            seals.SawRight();
            return mayBeCheck && IsCheck(body) ? (null, Results.Ok()) : (body, null);
        }

        // Slack looks now and then whether the certificate is good, and does not always sign that.
        return (null, mayBeCheck && IsCheck(body) ? Results.Ok() : Refuse(request));
    }

    private IResult Refuse(HttpRequest request)
    {
        if (request.Headers.ContainsKey(Signature))
        {
            seals.SawWrong();
        }

        return forged.Refuse(request);
    }

    private static bool IsCheck(byte[] body) =>
        body.Length < LargestCheck
        && Parse(body) is { } fields
        && fields.TryGetValue("ssl_check", out var check)
        && check == "1";

    private static Dictionary<string, string>? Parse(byte[] body)
    {
        try
        {
            using var form = new FormReader(Encoding.UTF8.GetString(body))
            {
                ValueCountLimit = MaxFields,
                ValueLengthLimit = MaxBodyBytes,
            };
            return form.ReadForm()
                .ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
