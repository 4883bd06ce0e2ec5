using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using NewsBot.Core.Feeds;
using NewsBot.Core.Text;

namespace NewsBot.Fetching;

/// <summary>Gets documents over HTTP, within bounds and from public addresses only.</summary>
internal sealed class HttpFetcher(
    IHttpClientFactory clients,
    HostBudget budget,
    OwnOrigins own,
    IOptions<FetchingOptions> options,
    TimeProvider time
) : IFetcher
{
    // A validator longer than this is not worth sending back.
    private const int MaxValidatorLength = 1_024;

    public async Task<FetchOutcome> FetchAsync(FetchRequest request, CancellationToken cancellationToken)
    {
        if (WebAddressRules.Complaint(request.Url) is { } complaint)
        {
            return new FetchOutcome.Failed(complaint) { Kind = FetchFailure.Refused };
        }

        var trip = new FetchTrip(request.Url, own, options.Value.Timeout)
        {
            // Articles and pictures are for everybody.
            Login = request.Kind == FetchKind.Feed ? request.Login : null,
        };
        try
        {
            while (true)
            {
                if (await StepAsync(trip, request, cancellationToken) is { } outcome)
                {
                    return outcome;
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new FetchOutcome.Failed(FetchSentences.ForTimeout(options.Value.Timeout, trip.Place))
            {
                Kind = FetchFailure.Timeout,
            };
        }
        catch (Exception error) when (error is FetchRefusedException or HttpRequestException or IOException)
        {
            // A request that was cancelled may end in any of these.
            cancellationToken.ThrowIfCancellationRequested();
            return new FetchOutcome.Failed(FetchSentences.ForError(error, trip.Place))
            {
                Kind = FetchSentences.KindOf(error),
            };
        }
    }

    /// <summary>One request; null where it was redirected.</summary>
    private async Task<FetchOutcome?> StepAsync(
        FetchTrip trip,
        FetchRequest request,
        CancellationToken cancellationToken
    )
    {
        // Our own pages need no protection from us, and the first minute of a fresh start depends on them.
        using var turn = trip.Own ? null : await budget.EnterAsync(HostName.Of(trip.Url), cancellationToken);
        if (turn?.Rest is { } rest)
        {
            return new FetchOutcome.Throttled(rest);
        }

        var began = time.GetTimestamp();
        using var deadline = new CancellationTokenSource(trip.Left, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        using var client = clients.CreateClient(
            FetchingRegistration.ClientFor(trip.Own, request.Kind, trip.ShowsLogin)
        );
        using var message = FetchHeaders.Message(trip.Url, request, trip.SentLogin, options.Value);
        using var answer = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, both.Token);

        if (answer.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.PermanentRedirect)
        {
            trip.Follow(answer.Headers.Location, permanent: true);
        }
        else if (
            answer.StatusCode is HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect
        )
        {
            trip.Follow(answer.Headers.Location, permanent: false);
        }
        else
        {
            return await OutcomeAsync(trip, request, answer, both.Token);
        }

        trip.Spend(time.GetElapsedTime(began));
        return null;
    }

    private async Task<FetchOutcome> OutcomeAsync(
        FetchTrip trip,
        FetchRequest request,
        HttpResponseMessage answer,
        CancellationToken cancellationToken
    ) =>
        answer.StatusCode switch
        {
            HttpStatusCode.OK or HttpStatusCode.NonAuthoritativeInformation => await ReadAsync(
                trip,
                request,
                answer,
                cancellationToken
            ),
            HttpStatusCode.NotModified when request.ETag is not null || request.LastModified is not null => Unchanged(
                trip,
                answer
            ),
            HttpStatusCode.Gone => new FetchOutcome.Gone(),
            HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => Throttled(trip, answer),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden when request.Kind == FetchKind.Feed =>
                new FetchOutcome.Failed(
                    FetchSentences.ForLogin(
                        answer.StatusCode,
                        trip.Place,
                        trip.SentLogin is not null,
                        request.Login is not null
                    )
                )
                {
                    Kind = FetchFailure.Login,
                    WantsLogin = true,
                },
            _ => new FetchOutcome.Failed(FetchSentences.ForStatus(answer.StatusCode, trip.Place))
            {
                Kind = FetchFailure.Status,
            },
        };

    private async Task<FetchOutcome> ReadAsync(
        FetchTrip trip,
        FetchRequest request,
        HttpResponseMessage answer,
        CancellationToken cancellationToken
    )
    {
        var maxBytes =
            request.Kind == FetchKind.Picture
                ? Math.Min(PictureEncoder.MaxBytes, options.Value.MaxBodyBytes)
                : options.Value.MaxBodyBytes;
        if (answer.Content.Headers.ContentLength > maxBytes)
        {
            throw BodyReader.TooLarge(trip.Place, maxBytes);
        }

        await using var stream = await answer.Content.ReadAsStreamAsync(cancellationToken);
        var encodings = answer.Content.Headers.ContentEncoding;
        var length = answer.Content.Headers.ContentLength;
        var body = await BodyReader.ReadAsync(stream, encodings, maxBytes, trip.Place, length, cancellationToken);
        var hash = Convert.ToHexStringLower(SHA256.HashData(body.Memory.Span));
        if (hash == request.BodyHash)
        {
            body.Dispose();
            return Unchanged(trip, answer);
        }

        var links = LinkHeader.Read(answer.Headers.NonValidated, trip.Url);
        return new FetchOutcome.Fetched(
            body.Memory,
            Header(answer, "Content-Type"),
            trip.Url,
            trip.MovedTo,
            Header(answer, "ETag"),
            Header(answer, "Last-Modified"),
            hash,
            FreshFor(answer)
        )
        {
            Lease = body,
            Hub = links.Hub,
            Self = links.Self,
        };
    }

    private FetchOutcome.NotModified Unchanged(FetchTrip trip, HttpResponseMessage answer) =>
        new(FreshFor(answer), trip.MovedTo)
        {
            ETag = Header(answer, "ETag"),
            LastModified = Header(answer, "Last-Modified"),
        };

    private FetchOutcome.Throttled Throttled(FetchTrip trip, HttpResponseMessage answer)
    {
        var pause = Freshness.RetryAfter(answer.Headers, time.GetUtcNow());
        // A bare 503 is one document's trouble; the others of the host may be well.
        if (!trip.Own && (pause is not null || answer.StatusCode == HttpStatusCode.TooManyRequests))
        {
            budget.Rest(HostName.Of(trip.Url), pause);
        }

        return new FetchOutcome.Throttled(pause);
    }

    private TimeSpan? FreshFor(HttpResponseMessage answer) =>
        Freshness.FreshFor(answer.Headers, answer.Content.Headers, time.GetUtcNow());

    private static string? Header(HttpResponseMessage answer, string name)
    {
        var found =
            answer.Headers.NonValidated.TryGetValues(name, out var values)
            || answer.Content.Headers.NonValidated.TryGetValues(name, out values);
        return found && values.ToString() is { Length: > 0 and <= MaxValidatorLength } text ? text : null;
    }
}
