using System.Net;
using System.Text;
using System.Text.Json;

namespace NewsBot.Tests.Discord.Commands;

/// <summary>Discord's end of the REST calls: notes each, and answers what the test wants.</summary>
internal sealed class RecordedDiscord : HttpMessageHandler
{
    private readonly Lock _lock = new();
    private readonly List<Call> _calls = [];

    /// <summary>Answers by the end of the path; others are 204.</summary>
    public Dictionary<string, (HttpStatusCode Status, string Body)> Answers { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<Call> Calls
    {
        get
        {
            lock (_lock)
            {
                return [.. _calls];
            }
        }
    }

    /// <summary>The answers to interactions, in the order they came.</summary>
    public IReadOnlyList<JsonElement> Callbacks => Sent("/callback");

    public IReadOnlyList<JsonElement> Sent(string pathEnd) =>
        [
            .. Calls
                .Where(call => call.Path.EndsWith(pathEnd, StringComparison.Ordinal) && call.Body is not null)
                .Select(call => call.Body!.Value),
        ];

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var path = request.RequestUri!.AbsolutePath;
        var (body, files) = await ReadAsync(request.Content, cancellationToken);
        lock (_lock)
        {
            _calls.Add(new Call(request.Method, path, body, files));
        }

        var answer = Answers
            .Where(one => path.EndsWith(one.Key, StringComparison.Ordinal))
            .Select(one => ((HttpStatusCode Status, string Body)?)one.Value)
            .FirstOrDefault();
        var response = new HttpResponseMessage(answer?.Status ?? HttpStatusCode.NoContent);
        if (answer is { Body.Length: > 0 })
        {
            response.Content = new StringContent(answer.Value.Body, Encoding.UTF8, "application/json");
        }

        return response;
    }

    private static async Task<(JsonElement? Body, IReadOnlyList<string> Files)> ReadAsync(
        HttpContent? content,
        CancellationToken cancellationToken
    )
    {
        if (content is null)
        {
            return (null, []);
        }

        if (content is not MultipartFormDataContent parts)
        {
            return (Json(await content.ReadAsStringAsync(cancellationToken)), []);
        }

        JsonElement? body = null;
        var files = new List<string>();
        foreach (var part in parts)
        {
            var text = await part.ReadAsStringAsync(cancellationToken);
            if (part.Headers.ContentDisposition?.Name?.Trim('"') == "payload_json")
            {
                body = Json(text);
            }
            else
            {
                files.Add(text);
            }
        }

        return (body, files);
    }

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement.Clone();

    /// <summary>One call.</summary>
    internal sealed record Call(HttpMethod Method, string Path, JsonElement? Body, IReadOnlyList<string> Files);
}
