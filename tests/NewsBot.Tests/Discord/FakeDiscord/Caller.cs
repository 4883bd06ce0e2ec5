using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using NewsBot.Testing.Servers.FakeDiscord;

namespace NewsBot.Tests.Discord.FakeDiscord;

/// <summary>A fake Discord with a hand-made client beside it, which believes nothing and checks nothing.</summary>
internal sealed class Caller : IAsyncDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });

    private Caller(FakeDiscordServer server, FakeTimeProvider time)
    {
        Server = server;
        Time = time;
        var publish = server.State.Dispatched!;
        server.State.Dispatched = dispatch =>
        {
            Told.Add(dispatch);
            publish(dispatch);
        };
    }

    public FakeDiscordServer Server { get; }

    public FakeTimeProvider Time { get; }

    /// <summary>What the gateway was given, in order.</summary>
    public List<FakeDispatch> Told { get; } = [];

    public ulong Text => Server.Channels.Text;

    public static async Task<Caller> StartAsync(Action<FakeDiscordOptions>? set = null)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));
        var options = new FakeDiscordOptions { Time = time };
        set?.Invoke(options);
        return new Caller(await FakeDiscordServer.StartAsync(options, TestContext.Current.CancellationToken), time);
    }

    /// <summary>Asks as the bot.</summary>
    public Task<Answer> BotAsync(string method, string path, JsonNode? body = null) =>
        AskAsync(method, path, body, "Bot " + Server.BotToken);

    /// <summary>Asks as anybody.</summary>
    public async Task<Answer> AskAsync(
        string method,
        string path,
        JsonNode? body = null,
        string? authorization = null,
        string agent = "DiscordBot (https://news.example, 1)"
    )
    {
        var url = path.StartsWith("/_fake", StringComparison.Ordinal)
            ? new Uri(Server.ApiBaseUrl, path)
            : new Uri(Server.ApiBaseUrl.AbsoluteUri + path);
        using var content = body is null
            ? null
            : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return await SendAsync(method, url, content, authorization, agent);
    }

    /// <summary>Sends a multipart body as the bot.</summary>
    public async Task<Answer> UploadAsync(string method, string path, JsonObject payload, params string[] files)
    {
        using var form = new MultipartFormDataContent();
        form.Add(new StringContent(payload.ToJsonString(), Encoding.UTF8, "application/json"), "payload_json");
        for (var index = 0; index < files.Length; index++)
        {
            var file = new ByteArrayContent(Encoding.UTF8.GetBytes("bytes of " + files[index]));
            file.Headers.ContentType = new MediaTypeHeaderValue("image/png");
            form.Add(file, $"files[{index}]", files[index]);
        }

        var url = new Uri(Server.ApiBaseUrl.AbsoluteUri + path);
        return await SendAsync(method, url, form, "Bot " + Server.BotToken, "DiscordBot (https://news.example, 1)");
    }

    /// <summary>Sends a form as nobody.</summary>
    public async Task<Answer> SendFormAsync(string path, Dictionary<string, string> fields)
    {
        using var form = new FormUrlEncodedContent(fields);
        return await SendAsync("POST", new Uri(Server.ApiBaseUrl.AbsoluteUri + path), form, null, "DiscordBot (a, 1)");
    }

    public async Task<byte[]?> DownloadAsync(string url)
    {
        using var response = await _http.GetAsync(url, TestContext.Current.CancellationToken);
        return response.IsSuccessStatusCode
            ? await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)
            : null;
    }

    /// <summary>Posts a text as the bot.</summary>
    public async Task<ulong> SayAsync(ulong channel, string text = "A card") =>
        (await BotAsync("POST", $"/channels/{channel}/messages", new JsonObject { ["content"] = text })).Id;

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Server.DisposeAsync();
    }

    private async Task<Answer> SendAsync(
        string method,
        Uri url,
        HttpContent? content,
        string? authorization,
        string agent
    )
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), url) { Content = content };
        if (agent.Length > 0)
        {
            request.Headers.TryAddWithoutValidation("User-Agent", agent);
        }

        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var isJson = response.Content.Headers.ContentType?.MediaType == "application/json";
        return new Answer(
            (int)response.StatusCode,
            isJson && text.Length > 0 ? JsonNode.Parse(text) : null,
            response.Headers.ToDictionary(
                header => header.Key,
                header => string.Join(',', header.Value),
                StringComparer.OrdinalIgnoreCase
            )
        );
    }
}

/// <summary>What came back.</summary>
internal sealed record Answer(int Status, JsonNode? Body, IReadOnlyDictionary<string, string> Headers)
{
    public ulong Id => ulong.Parse(Body!["id"]!.GetValue<string>(), CultureInfo.InvariantCulture);

    public int Code => (int?)Body?["code"] ?? 0;

    public string? this[string field] => Body?[field]?.ToString();

    /// <summary>The code of the error at a path, such as embeds.0.title.</summary>
    public string? ErrorAt(string path)
    {
        var at = Body?["errors"];
        foreach (var part in path.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            at = at?[part];
        }

        return at?["_errors"]?[0]?["code"]?.ToString();
    }
}
