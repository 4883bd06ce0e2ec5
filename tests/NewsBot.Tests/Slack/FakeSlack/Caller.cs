using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using NewsBot.Testing.Servers.FakeSlack;

namespace NewsBot.Tests.Slack.FakeSlack;

/// <summary>A fake Slack with a hand-made client beside it, which believes nothing and checks nothing.</summary>
internal sealed class Caller : IAsyncDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });

    private Caller(FakeSlackServer server, FakeTimeProvider time)
    {
        Server = server;
        Time = time;
        var publish = server.State.Dispatched!;
        server.State.Dispatched = what =>
        {
            Told.Add(what);
            publish(what);
        };
    }

    public FakeSlackServer Server { get; }

    public FakeTimeProvider Time { get; }

    /// <summary>What the app was to hear of, in order.</summary>
    public List<FakeEvent> Told { get; } = [];

    /// <summary>The public channel, with the bot in it.</summary>
    public string News => Server.Channels.Public;

    /// <summary>A fake Slack whose bot is in the public channel from the beginning.</summary>
    public static async Task<Caller> StartAsync(Action<FakeSlackOptions>? set = null)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));
        var options = new FakeSlackOptions { Time = time, SelfAsBotMessage = false };
        set?.Invoke(options);
        var server = await FakeSlackServer.StartAsync(options, TestContext.Current.CancellationToken);
        server.State.Change(() => server.State.Channel(server.Channels.Public).Members.Add(server.BotUserId));
        return new Caller(server, time);
    }

    /// <summary>The events of a type, without their envelopes.</summary>
    public IReadOnlyList<JsonObject> Events(string type) =>
        [.. Told.Where(one => one.Type == type).Select(one => (JsonObject)one.Payload["event"]!)];

    /// <summary>Calls a method as the bot.</summary>
    public Task<Answer> BotAsync(string method, JsonObject? args = null) => AsAsync(Server.BotToken, method, args);

    /// <summary>Calls a method with a form.</summary>
    public async Task<Answer> AsAsync(string token, string method, JsonObject? args = null)
    {
        var fields = (args ?? [])
            .Where(one => one.Value is not null)
            .Select(one => KeyValuePair.Create(one.Key, one.Value!.ToString()));
        using var content = new FormUrlEncodedContent(fields);
        return await SendAsync(new Uri(Server.ApiBaseUrl, method), content, token);
    }

    /// <summary>Calls a method with a JSON body as the bot.</summary>
    public async Task<Answer> JsonAsync(string method, JsonObject args, string type = "application/json; charset=utf-8")
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(args.ToJsonString()));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return await SendAsync(new Uri(Server.ApiBaseUrl, method), content, Server.BotToken);
    }

    /// <summary>Posts JSON to an address, as to a response_url.</summary>
    public async Task<Answer> PostAsync(string url, JsonObject body)
    {
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return await SendAsync(new Uri(Server.ApiBaseUrl, url), content, "");
    }

    /// <summary>Posts a text as the bot.</summary>
    /// <returns>Its ts.</returns>
    public async Task<string> SayAsync(string text = "A card", string? channel = null, string? thread = null) =>
        (
            await BotAsync(
                "chat.postMessage",
                new JsonObject
                {
                    ["channel"] = channel ?? News,
                    ["text"] = text,
                    ["thread_ts"] = thread,
                }
            )
        )["ts"]!;

    /// <summary>Lets a human write in the public channel.</summary>
    /// <returns>The ts of the message.</returns>
    public Task<string> KofiAsync(string text, string? thread = null) =>
        Server.Human("Kofi").SayAsync(News, text, thread, TestContext.Current.CancellationToken);

    /// <summary>Reads the history of a channel, newest first.</summary>
    public async Task<JsonArray> HistoryAsync(JsonObject? args = null)
    {
        var all = args ?? [];
        all["channel"] ??= News;
        return (JsonArray)(await BotAsync("conversations.history", all)).Body["messages"]!;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Server.DisposeAsync();
    }

    private async Task<Answer> SendAsync(Uri url, HttpContent content, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
        if (token.Length > 0)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var isJson = response.Content.Headers.ContentType?.MediaType == "application/json" && text.EndsWith('}');
        return new Answer(
            (int)response.StatusCode,
            isJson ? (JsonObject)JsonNode.Parse(text)! : [],
            response.Headers.ToDictionary(
                header => header.Key,
                header => string.Join(',', header.Value),
                StringComparer.OrdinalIgnoreCase
            )
        );
    }
}

/// <summary>What came back.</summary>
internal sealed record Answer(int Status, JsonObject Body, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The code of a refusal; null where all went well.</summary>
    public string? Error => this["error"];

    /// <summary>What response_metadata says of it.</summary>
    public string Messages => Body["response_metadata"]?["messages"]?.ToJsonString() ?? "";

    public string? this[string field] => Body[field]?.ToString();
}
