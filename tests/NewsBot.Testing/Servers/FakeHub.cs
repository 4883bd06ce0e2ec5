using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace NewsBot.Testing.Servers;

/// <summary>
/// A WebSub hub on loopback: takes subscriptions, verifies them and distributes what is published. It reaches callbacks by
/// <see cref="Reach"/>, in the place of the proxy that has the public address. Source: https://www.w3.org/TR/websub/
/// </summary>
public sealed class FakeHub : IAsyncDisposable
{
    private const string Form = "application/rss+xml; charset=utf-8";

    private readonly WebApplication _app;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private readonly ConcurrentQueue<HubSubscription> _requests = new();
    private readonly ConcurrentQueue<Task> _verifying = new();
    private readonly ConcurrentDictionary<(string Topic, Uri Callback), HubSubscription> _active = new();
    private int _challenges;

    private FakeHub()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        // Taken apart like this, what is returned is sent; a handler of the whole context would have to write it itself.
        _app.MapPost("/hub", (HttpRequest request) => TakeAsync(request.HttpContext));
        _app.MapPost("/moved/{status:int}", (int status) => new Redirect(status));
    }

    /// <summary>Where to subscribe.</summary>
    public Uri Url => new(new Uri(_app.Urls.First()), "/hub");

    /// <summary>An address that redirects there by a status of its own.</summary>
    public Uri MovedBy(int status) => new(Url, $"/moved/{status}");

    /// <summary>Requests so far, in order, those that were refused as well.</summary>
    public IReadOnlyList<HubSubscription> Requests => [.. _requests];

    /// <summary>What is subscribed.</summary>
    public IReadOnlyCollection<HubSubscription> Active => [.. _active.Values];

    /// <summary>How the address of a callback is reached.</summary>
    public Func<Uri, Uri> Reach { get; set; } = callback => callback;

    /// <summary>Whether a request is verified once it was answered.</summary>
    public bool Verifies { get; set; } = true;

    /// <summary>What requests are answered.</summary>
    public int Status { get; set; } = StatusCodes.Status202Accepted;

    /// <summary>Seconds that are granted; null for what is asked for.</summary>
    public int? Lease { get; set; }

    /// <summary>Starts a hub.</summary>
    public static async Task<FakeHub> StartAsync(CancellationToken cancellationToken)
    {
        var hub = new FakeHub();
        await hub._app.StartAsync(cancellationToken);
        return hub;
    }

    /// <summary>Waits until what was to be verified by now is verified.</summary>
    public async Task SettledAsync()
    {
        while (_verifying.TryDequeue(out var verifying))
        {
            await verifying;
        }
    }

    /// <summary>Asks a callback whether it sent a request; where it says so, that holds from now on.</summary>
    /// <param name="request">The request, as it was or made up.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>What the callback answered; <see cref="HttpStatusCode.Conflict"/> where it echoed something else.</returns>
    public async Task<HttpStatusCode> VerifyAsync(HubSubscription request, CancellationToken cancellationToken)
    {
        var challenge = string.Create(
            CultureInfo.InvariantCulture,
            $"challenge-{Interlocked.Increment(ref _challenges)}"
        );
        var query = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["hub.mode"] = request.Mode,
            ["hub.topic"] = request.Topic,
            ["hub.challenge"] = challenge,
        };
        if (request.Mode == "subscribe")
        {
            query["hub.lease_seconds"] = (Lease ?? request.Lease)?.ToString(CultureInfo.InvariantCulture);
        }

        var (status, text) = await GetAsync(request.Callback, query, cancellationToken);
        if (status != HttpStatusCode.OK || text != challenge)
        {
            return status == HttpStatusCode.OK ? HttpStatusCode.Conflict : status;
        }

        if (request.Mode == "subscribe")
        {
            _active[(request.Topic, request.Callback)] = request;
        }
        else
        {
            _active.TryRemove((request.Topic, request.Callback), out _);
        }

        return status;
    }

    /// <summary>Tells a subscriber that it will not be sent anything.</summary>
    public async Task<HttpStatusCode> DenyAsync(HubSubscription request, CancellationToken cancellationToken)
    {
        _active.TryRemove((request.Topic, request.Callback), out _);
        var query = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["hub.mode"] = "denied",
            ["hub.topic"] = request.Topic,
            ["hub.reason"] = "<b>Not here</b>",
        };
        return (await GetAsync(request.Callback, query, cancellationToken)).Status;
    }

    /// <summary>Sends a document to whoever subscribed to its topic. Who answers 410 is forgotten.</summary>
    /// <returns>What they answered.</returns>
    public async Task<IReadOnlyList<HttpStatusCode>> DistributeAsync(
        string topic,
        byte[] body,
        CancellationToken cancellationToken
    )
    {
        List<HttpStatusCode> answers = [];
        foreach (var subscription in Active.Where(subscription => subscription.Topic == topic))
        {
            var answer = await PushAsync(subscription, body, cancellationToken);
            answers.Add(answer);
            if (answer == HttpStatusCode.Gone)
            {
                _active.TryRemove((topic, subscription.Callback), out _);
            }
        }

        return answers;
    }

    /// <summary>Sends bytes to a subscriber.</summary>
    /// <param name="subscription">To whom, signed with its secret.</param>
    /// <param name="body">What.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <param name="method">What it is signed with.</param>
    /// <param name="signature">The whole header instead; empty for none.</param>
    /// <param name="encoding">The Content-Encoding header; empty for none.</param>
    public async Task<HttpStatusCode> PushAsync(
        HubSubscription subscription,
        byte[] body,
        CancellationToken cancellationToken,
        string method = "sha256",
        string? signature = null,
        string encoding = ""
    )
    {
        using var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", Form);
        if (encoding.Length > 0)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }

        using var message = new HttpRequestMessage(HttpMethod.Post, Reach(subscription.Callback)) { Content = content };
        message.Headers.TryAddWithoutValidation("Link", $"<{Url}>; rel=\"hub\", <{subscription.Topic}>; rel=\"self\"");
        var signed = signature ?? Sign(method, subscription.Secret ?? "", body);
        if (signed.Length > 0)
        {
            message.Headers.TryAddWithoutValidation("X-Hub-Signature", signed);
        }

        using var answer = await _http.SendAsync(message, cancellationToken);
        return answer.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        await SettledAsync();
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private static string Sign(string method, string secret, byte[] body) =>
        $"{method}={Convert.ToHexStringLower(
            CryptographicOperations.HmacData(
                new HashAlgorithmName(method.ToUpperInvariant()),
                Encoding.UTF8.GetBytes(secret),
                body
            )
        )}";

    private async Task<IResult> TakeAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var request = new HubSubscription(
            form["hub.mode"].ToString(),
            form["hub.topic"].ToString(),
            new Uri(form["hub.callback"].ToString()),
            int.TryParse(form["hub.lease_seconds"], CultureInfo.InvariantCulture, out var lease) ? lease : null,
            form.TryGetValue("hub.secret", out var secret) ? secret.ToString() : null
        );
        _requests.Enqueue(request);
        if (Status == StatusCodes.Status202Accepted && Verifies)
        {
            var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            context.Response.OnCompleted(() =>
            {
                answered.SetResult();
                return Task.CompletedTask;
            });
            _verifying.Enqueue(VerifyAfterAsync(answered.Task, request));
        }

        return Results.StatusCode(Status);
    }

    private async Task VerifyAfterAsync(Task answered, HubSubscription request)
    {
        await answered;
        await VerifyAsync(request, CancellationToken.None);
    }

    private async Task<(HttpStatusCode Status, string Text)> GetAsync(
        Uri callback,
        Dictionary<string, string?> query,
        CancellationToken cancellationToken
    )
    {
        var address = QueryHelpers.AddQueryString(Reach(callback).AbsoluteUri, query);
        using var answer = await _http.GetAsync(new Uri(address), cancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellationToken));
    }

    private sealed class Redirect(int status) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = status;
            httpContext.Response.Headers.Location = "/hub";
            return Task.CompletedTask;
        }
    }
}

/// <summary>What a hub was asked.</summary>
/// <param name="Mode">"subscribe" or "unsubscribe".</param>
/// <param name="Topic">As sent.</param>
/// <param name="Callback">As sent.</param>
/// <param name="Lease">Seconds; null where not said.</param>
/// <param name="Secret">As sent; null for none.</param>
public sealed record HubSubscription(string Mode, string Topic, Uri Callback, int? Lease, string? Secret);
