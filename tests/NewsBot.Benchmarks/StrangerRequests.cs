using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace NewsBot.Benchmarks;

/// <summary>What strangers ask for: every kind of address there is for them, in turn.</summary>
/// <param name="order">Where and how much.</param>
internal sealed class StrangerRequests(StrangersOrder order)
{
    private const string Form = "application/x-www-form-urlencoded";
    private const string Json = "application/json";

    private static readonly string[] Words = ["harbour", "zoraaaon", "kep", "tor", "minol", "said", "weekend"];

    private readonly Random _random = new(order.Seed);
    private int _turn;

    /// <summary>The next one.</summary>
    public StrangerRequest Next() =>
        (_turn++ % 16) switch
        {
            0 => Get("front", "/"),
            1 or 2 => Get("story", $"/stories/{Story}"),
            3 => Get("search", $"/search?q={Words[_random.Next(Words.Length)]}+{_random.Next(100)}"),
            4 => Get("feed", "/feed.atom"),
            5 => Get("comments", $"/stories/{Story}/comments.atom"),
            6 => Get("api", "/api/v1/stories?limit=50"),
            7 => Get("status", "/status"),
            8 => Post("form", $"/stories/{Story}/comments", $"text=Buy+{_random.Next()}&key=x&proof=guess", Form),
            9 => Post("join", "/chat/name", $"name=Eve{_random.Next()}&join=guess{_random.Next()}&proof=guess", Form),
            10 => Post("write", "/api/v1/channels/1/messages", """{"text":"buy","author":"Eve"}""", Json),
            11 => Forged("interaction", "/discord/interactions", "X-Signature-Timestamp", "X-Signature-Ed25519", ""),
            12 => Forged("event", "/slack/events", "X-Slack-Request-Timestamp", "X-Slack-Signature", "v0="),
            13 => Get("sign-in", _random.Next(2) == 0 ? "/sign-in/discord/start" : "/slack/install"),
            14 => Get("unknown", $"/wp-admin/{_random.Next()}.php"),
            _ => new StrangerRequest("socket", WebSocket, IsStream: true),
        };

    private int Story => 1 + _random.Next(order.Stories);

    private static StrangerRequest Get(string kind, string path) =>
        new(
            kind,
            () =>
            {
                var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
                request.Headers.Accept.ParseAdd("text/html");
                request.Headers.AcceptEncoding.ParseAdd("br");
                return request;
            }
        );

    private static StrangerRequest Post(string kind, string path, string body, string type) =>
        new(kind, () => Posted(path, body, type));

    // As it would be signed, by somebody who does not have the key.
    private StrangerRequest Forged(string kind, string path, string stamp, string signature, string prefix)
    {
        var seed = _random.Next();
        return new StrangerRequest(
            kind,
            () =>
            {
                var text = Words[seed % Words.Length];
                var request = Posted(path, $$"""{"type":2,"id":"{{seed}}","text":"{{text}}"}""", Json);
                request.Headers.Add(
                    stamp,
                    TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)
                );
                var bytes = Encoding.UTF8.GetBytes(text);
                request.Headers.Add(
                    signature,
                    prefix
                        + Convert.ToHexStringLower(prefix.Length == 0 ? SHA512.HashData(bytes) : SHA256.HashData(bytes))
                );
                return request;
            }
        );
    }

    private static HttpRequestMessage WebSocket()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/live", UriKind.Relative));
        request.Headers.Connection.Add("Upgrade");
        request.Headers.Upgrade.Add(new ProductHeaderValue("websocket"));
        request.Headers.Add("Sec-WebSocket-Version", "13");
        request.Headers.Add("Sec-WebSocket-Key", "c29tZWJvZHkgYXNrcyE=");
        return request;
    }

    private static HttpRequestMessage Posted(string path, string body, string type) =>
        new(HttpMethod.Post, new Uri(path, UriKind.Relative))
        {
            Content = new StringContent(body, Encoding.UTF8, type),
        };
}

/// <summary>One of them.</summary>
/// <param name="Kind">A word for it.</param>
/// <param name="Make">Makes it.</param>
/// <param name="IsStream">Whether the answer has no end.</param>
internal sealed record StrangerRequest(string Kind, Func<HttpRequestMessage> Make, bool IsStream = false);
