using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeDiscord.Routes;

namespace NewsBot.Testing.Servers.FakeDiscord.Control;

/// <summary>
/// Posts interactions, signed, to the endpoint of the application. Source:
/// https://discord.com/developers/docs/interactions/overview#setting-up-an-endpoint
/// </summary>
/// <param name="state">Whose interactions they are.</param>
/// <param name="options">The clock.</param>
/// <param name="http">Reaches the endpoint.</param>
internal sealed class InteractionDelivery(FakeDiscordState state, FakeDiscordOptions options, HttpClient http)
    : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<Task, bool> _running = new();

    /// <summary>Sets the endpoint after trying it: it must answer a PING, and refuse a wrong signature.</summary>
    /// <returns>Null, or why it was not taken.</returns>
    public async Task<string?> SetEndpointAsync(string? url, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(url))
        {
            state.Change(() => state.World.InteractionsEndpoint = null);
            return null;
        }

        var ping = Encoding.UTF8.GetBytes(
            new JsonObject
            {
                ["id"] = FakeDiscordState.Text(state.Change(state.NextId)),
                ["application_id"] = FakeDiscordState.Text(state.ApplicationId),
                ["type"] = 1,
                ["token"] = "ping",
                ["version"] = 1,
            }.ToJsonString()
        );
        var (status, body) = await PostAsync(url, ping, spoil: false, cancellationToken);
        if (status != HttpStatusCode.OK || Parse(body)?["type"]?.ToString() != "1")
        {
            return $"A PING was answered with {(int)status}, not with 200 and type 1.";
        }

        (status, _) = await PostAsync(url, ping, spoil: true, cancellationToken);
        if (status != HttpStatusCode.Unauthorized)
        {
            return $"A wrong signature was answered with {(int)status}, not with 401.";
        }

        state.Change(() => state.World.InteractionsEndpoint = url);
        return null;
    }

    /// <summary>Sends one; what comes of it is seen in the state.</summary>
    public void Send(ulong id, JsonObject interaction)
    {
        var task = Task.Run(() => DeliverAsync(id, interaction, _stopping.Token), CancellationToken.None);
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

    private async Task DeliverAsync(ulong id, JsonObject interaction, CancellationToken cancellationToken)
    {
        try
        {
            var bytes = Encoding.UTF8.GetBytes(interaction.ToJsonString());
            using var limit = new CancellationTokenSource(FakeDiscordState.AnswerWithin, options.Time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            var (status, body) = await PostAsync(state.World.InteractionsEndpoint!, bytes, spoil: false, both.Token);
            state.Change(() => Take(id, status, body));
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            state.Change(() => Fail(id, "The endpoint did not answer"));
        }
    }

    private void Take(ulong id, HttpStatusCode status, byte[] body)
    {
        var interaction = state.World.Interactions[id];
        // 202 says that the answer was, or will be, posted to the callback route.
        if (status == HttpStatusCode.Accepted && body.Length == 0)
        {
            return;
        }

        if (status != HttpStatusCode.OK || Parse(body) is not { } answer)
        {
            Fail(id, $"The endpoint answered {(int)status}");
            return;
        }

        try
        {
            state.FindUnanswered(id, interaction.Token);
            CallbackRoutes.Answer(state, interaction, answer, new Dictionary<int, UploadedFile>());
        }
        catch (FakeApiException error)
        {
            Fail(id, $"The answer was refused: {error.Body().ToJsonString()}");
        }
    }

    private void Fail(ulong id, string reason)
    {
        var interaction = state.World.Interactions[id];
        if (interaction.Answer == 0)
        {
            state.SetFailed(interaction, reason);
        }
    }

    private async Task<(HttpStatusCode Status, byte[] Body)> PostAsync(
        string url,
        byte[] body,
        bool spoil,
        CancellationToken cancellationToken
    )
    {
        var timestamp = options.Time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = Signing.Sign(state.World.SigningSeed, timestamp, body);
        if (spoil)
        {
            signature = (signature[0] == '0' ? '1' : '0') + signature[1..];
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TryAddWithoutValidation("X-Signature-Ed25519", signature);
        request.Headers.TryAddWithoutValidation("X-Signature-Timestamp", timestamp);
        request.Headers.TryAddWithoutValidation("User-Agent", "Discord-Interactions/1.0 (+https://discord.com)");
        using var response = await http.SendAsync(request, cancellationToken);
        return (response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellationToken));
    }

    private static JsonObject? Parse(byte[] body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
