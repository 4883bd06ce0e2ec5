using System.Net;
using Microsoft.Extensions.Options;
using NewsBot.Core.Text;
using NewsBot.Fetching;

namespace NewsBot.WebSub;

/// <summary>Sends requests to hubs, under the rules for other people's servers.</summary>
internal sealed class HubCaller(
    IHttpClientFactory clients,
    HostBudget budget,
    OwnOrigins own,
    IOptions<FetchingOptions> options,
    TimeProvider time
)
{
    /// <summary>Asks a hub.</summary>
    /// <returns>Null where it took the request; else why not, and when it may be asked again.</returns>
    public async Task<HubRefusal?> AskAsync(HubRequest request, CancellationToken cancellationToken)
    {
        if (WebAddressRules.Complaint(request.Hub) is { } complaint)
        {
            return new HubRefusal(complaint, null);
        }

        var trip = new FetchTrip(request.Hub, own, options.Value.Timeout);
        if (trip.Own)
        {
            return new HubRefusal("The feed names this server itself as its hub.", null);
        }

        try
        {
            while (true)
            {
                var (isOver, refusal) = await StepAsync(trip, request, cancellationToken);
                if (isOver)
                {
                    return refusal;
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new HubRefusal(FetchSentences.ForTimeout(options.Value.Timeout, trip.Place), null);
        }
        catch (Exception error) when (error is FetchRefusedException or HttpRequestException or IOException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new HubRefusal(FetchSentences.ForError(error, trip.Place), null);
        }
    }

    // One request. Only 307 and 308 lead to another hub.
    // Source: https://www.w3.org/TR/websub/#subscription-response-details
    private async Task<(bool IsOver, HubRefusal? Refusal)> StepAsync(
        FetchTrip trip,
        HubRequest request,
        CancellationToken cancellationToken
    )
    {
        using var turn = await budget.EnterAsync(HostName.Of(trip.Url), cancellationToken);
        if (turn.Rest is { } rest)
        {
            return (true, new HubRefusal("The hub asks for a pause.", time.GetUtcNow() + rest));
        }

        var began = time.GetTimestamp();
        using var deadline = new CancellationTokenSource(trip.Left, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        using var client = clients.CreateClient(FetchingRegistration.HubClientFor(trip.Url));
        using var message = new HttpRequestMessage(HttpMethod.Post, trip.Url)
        {
            Content = new FormUrlEncodedContent(request.Form()),
        };
        message.Headers.TryAddWithoutValidation("User-Agent", FetchHeaders.UserAgent(options.Value));
        using var answer = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, both.Token);
        if (answer.StatusCode is HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect)
        {
            trip.Follow(answer.Headers.Location, permanent: false);
            trip.Spend(time.GetElapsedTime(began));
            return (false, null);
        }

        // The standard says 202; some hubs say another success.
        return (true, answer.IsSuccessStatusCode ? null : Refused(trip, answer));
    }

    private HubRefusal Refused(FetchTrip trip, HttpResponseMessage answer)
    {
        var now = time.GetUtcNow();
        var pause = Freshness.RetryAfter(answer.Headers, now);
        if (answer.StatusCode == HttpStatusCode.TooManyRequests)
        {
            budget.Rest(HostName.Of(trip.Url), pause);
        }

        // A hub may ask for as long a pause as it likes; a week later it is asked again.
        return new HubRefusal(
            $"The hub at {trip.Place} answered with status {(int)answer.StatusCode}.",
            now + (pause > HubPatience.AfterDenial ? HubPatience.AfterDenial : pause)
        );
    }
}

/// <summary>Why a hub did not take a request.</summary>
/// <param name="Reason">English sentences without secrets.</param>
/// <param name="NotBefore">When it may be asked again, UTC; null where it did not say.</param>
internal sealed record HubRefusal(string Reason, DateTimeOffset? NotBefore);
