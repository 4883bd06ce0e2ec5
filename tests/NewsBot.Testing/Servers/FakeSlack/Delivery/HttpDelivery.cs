using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeSlack.Faults;
using NewsBot.Testing.Servers.FakeSlack.Stored;

namespace NewsBot.Testing.Servers.FakeSlack.Delivery;

/// <summary>Posts signed requests to the app. Source: https://docs.slack.dev/apis/events-api/using-http-request-urls</summary>
/// <param name="state">What answers change.</param>
/// <param name="options">The clock.</param>
/// <param name="http">Reaches the app.</param>
/// <param name="failed">Told of every parcel that was not taken, and why.</param>
internal sealed class HttpDelivery(
    FakeSlackState state,
    FakeSlackOptions options,
    HttpClient http,
    Action<Parcel, string> failed
) : IDisposable
{
    /// <summary>The reason that ends all retries.</summary>
    public const string NoRetry = "no_retry";

    private const string JsonType = "application/json";
    private const string FormType = "application/x-www-form-urlencoded";

    private static readonly TimeSpan Stale = TimeSpan.FromMinutes(6);

    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<Task, bool> _running = new();

    /// <summary>Asks an address to repeat a challenge, as Slack does before it takes the address.</summary>
    /// <returns>Null, or why it is not taken.</returns>
    public async Task<string?> VerifyAsync(string url, CancellationToken cancellationToken)
    {
        var challenge = state.Change(() => state.NextSecret(40));
        var body = new JsonObject
        {
            ["token"] = state.World.VerificationToken,
            ["challenge"] = challenge,
            ["type"] = "url_verification",
        };
        try
        {
            using var request = Request(url, Encoding.UTF8.GetBytes(body.ToJsonString()), JsonType, null);
            using var limit = new CancellationTokenSource(options.AckWithin, options.Time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            using var response = await http.SendAsync(request, both.Token);
            var said = await response.Content.ReadAsStringAsync(both.Token);
            return
                response.StatusCode == HttpStatusCode.OK
                && (said.Trim() == challenge || Parse(said)?["challenge"]?.ToString() == challenge)
                ? null
                : $"The challenge was answered with {(int)response.StatusCode}, not with itself.";
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            return "The challenge was not answered.";
        }
    }

    /// <summary>Posts one parcel in the background.</summary>
    public void Send(Parcel parcel, StoredUrls urls, FakeFaultRule? fault)
    {
        if (UrlOf(parcel, urls) is not { Length: > 0 } url)
        {
            failed(parcel, "connection_failed");
            return;
        }

        var task = Task.Run(() => PostAsync(parcel, url, fault, _stopping.Token), CancellationToken.None);
        _running[task] = true;
        _ = task.ContinueWith(
            done => _running.TryRemove(done, out _),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
    }

    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_running.Keys);
    }

    public void Dispose() => _stopping.Dispose();

    private static string? UrlOf(Parcel parcel, StoredUrls urls) =>
        parcel switch
        {
            Parcel.Event => urls.Events,
            { Type: "slash_command" } => urls.Commands,
            { Type: "block_suggestion" } => urls.Options ?? urls.Interactions,
            _ => urls.Interactions,
        };

    private async Task PostAsync(Parcel parcel, string url, FakeFaultRule? fault, CancellationToken cancellationToken)
    {
        var reason = await TryPostAsync(parcel, url, fault, cancellationToken);
        if (reason is not null && !cancellationToken.IsCancellationRequested)
        {
            failed(parcel, reason);
        }
    }

    private async Task<string?> TryPostAsync(
        Parcel parcel,
        string url,
        FakeFaultRule? fault,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var (body, type) = BodyOf(parcel);
            using var request = Request(url, body, type, fault);
            if (parcel is Parcel.Event { Attempt: > 0 } again)
            {
                request.Headers.Add("X-Slack-Retry-Num", again.Attempt.ToString(CultureInfo.InvariantCulture));
                request.Headers.Add("X-Slack-Retry-Reason", again.Reason);
            }

            using var limit = new CancellationTokenSource(options.AckWithin, options.Time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            using var response = await http.SendAsync(request, both.Token);
            var said = await response.Content.ReadAsStringAsync(both.Token);
            if (fault?.Kind == FakeFaultKind.LoseAck)
            {
                return "http_timeout";
            }

            if (!response.IsSuccessStatusCode)
            {
                return response.Headers.Contains("X-Slack-No-Retry") ? NoRetry : "http_error";
            }

            if (parcel is Parcel.Question question)
            {
                state.Change(() => Take(question, said));
            }

            return null;
        }
        catch (OperationCanceledException)
        {
            return "http_timeout";
        }
        catch (HttpRequestException)
        {
            return "connection_failed";
        }
    }

    private void Take(Parcel.Question question, string said) =>
        state.Acknowledge(
            question.Exchange,
            Parse(said) ?? (said.Trim().Length > 0 ? new JsonObject { ["text"] = said } : null)
        );

    private static (byte[] Body, string Type) BodyOf(Parcel parcel)
    {
        if (parcel is Parcel.Event)
        {
            return (Encoding.UTF8.GetBytes(parcel.Payload.ToJsonString()), JsonType);
        }

        var fields =
            parcel.Type == "slash_command"
                ? parcel.Payload.Select(field => KeyValuePair.Create(field.Key, field.Value?.ToString() ?? ""))
                : [KeyValuePair.Create("payload", parcel.Payload.ToJsonString())];
        var form = string.Join('&', fields.Select(field => $"{field.Key}={WebUtility.UrlEncode(field.Value)}"));
        return (Encoding.UTF8.GetBytes(form), FormType);
    }

    private HttpRequestMessage Request(string url, byte[] body, string type, FakeFaultRule? fault)
    {
        var now = options.Time.GetUtcNow() - (fault?.Kind == FakeFaultKind.StaleTimestamp ? Stale : TimeSpan.Zero);
        var second = now.ToUnixTimeSeconds();
        var secret = state.World.SigningSecret;
        var signature = RequestSigning.Sign(
            fault?.Kind == FakeFaultKind.WrongSignature ? secret + "0" : secret,
            second,
            body
        );
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        request.Headers.TryAddWithoutValidation(
            "X-Slack-Request-Timestamp",
            second.ToString(CultureInfo.InvariantCulture)
        );
        request.Headers.TryAddWithoutValidation("X-Slack-Signature", signature);
        request.Headers.TryAddWithoutValidation("User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)");
        return request;
    }

    private static JsonObject? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
