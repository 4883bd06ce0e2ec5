using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeSlack.Methods;
using NewsBot.Testing.Servers.FakeSlack.Stored;

namespace NewsBot.Testing.Servers.FakeSlack.Humans;

/// <summary>Somebody in a workspace. What they write goes through the same methods as the bot's messages.</summary>
public sealed partial class FakeHuman
{
    private readonly FakeSlackServer _server;
    private readonly HttpClient _http;
    private readonly StoredUser _user;

    internal FakeHuman(FakeSlackServer server, HttpClient http, StoredUser user)
    {
        _server = server;
        _http = http;
        _user = user;
    }

    /// <summary>The user id.</summary>
    public string Id => _user.Id;

    /// <summary>The user name.</summary>
    public string Name => _user.Name;

    /// <summary>What they sign in with.</summary>
    public string Token => _user.Token;

    /// <summary>What only they have seen, oldest first: private answers, modals, choices, direct messages.</summary>
    public JsonArray Inbox
    {
        get
        {
            lock (_server.State.Sync)
            {
                return _server.State.Inbox(Id);
            }
        }
    }

    /// <summary>Writes a message.</summary>
    /// <param name="channel">A channel they are in.</param>
    /// <param name="text">As Slack keeps it: &lt;@U…&gt; calls somebody; a single &amp; or &lt; may stand for itself.</param>
    /// <param name="threadTs">The parent that is answered; null answers none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The ts of the message.</returns>
    /// <exception cref="FakeApiException">They may not, or it is no message.</exception>
    public async Task<string> SayAsync(
        string channel,
        string text,
        string? threadTs = null,
        CancellationToken cancellationToken = default
    ) => Ts(await CallAsync("chat.postMessage", Message(channel, text, threadTs), cancellationToken));

    /// <summary>Answers in a thread and shows it in the channel too.</summary>
    /// <returns>The ts of the message.</returns>
    public async Task<string> BroadcastAsync(
        string channel,
        string text,
        string threadTs,
        CancellationToken cancellationToken
    )
    {
        var body = Message(channel, text, threadTs);
        body["reply_broadcast"] = true;
        return Ts(await CallAsync("chat.postMessage", body, cancellationToken));
    }

    /// <summary>Writes "/me …".</summary>
    /// <returns>The ts of the message.</returns>
    public async Task<string> MeAsync(string channel, string text, CancellationToken cancellationToken) =>
        Ts(await CallAsync("chat.meMessage", Message(channel, text, null), cancellationToken));

    /// <summary>Changes an own message.</summary>
    public Task EditAsync(string channel, string ts, string text, CancellationToken cancellationToken)
    {
        var body = Message(channel, text, null);
        body["ts"] = ts;
        return CallAsync("chat.update", body, cancellationToken);
    }

    /// <summary>Deletes a message: an own one, or any as an admin.</summary>
    public Task DeleteAsync(string channel, string ts, CancellationToken cancellationToken) =>
        CallAsync("chat.delete", new JsonObject { ["channel"] = channel, ["ts"] = ts }, cancellationToken);

    /// <summary>Sets a reaction.</summary>
    /// <param name="channel">Where the message is.</param>
    /// <param name="ts">The message.</param>
    /// <param name="name">Such as thumbsup, without colons.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task ReactAsync(string channel, string ts, string name, CancellationToken cancellationToken) =>
        CallAsync("reactions.add", Reaction(channel, ts, name), cancellationToken);

    /// <summary>Takes a reaction away.</summary>
    public Task UnreactAsync(string channel, string ts, string name, CancellationToken cancellationToken) =>
        CallAsync("reactions.remove", Reaction(channel, ts, name), cancellationToken);

    /// <summary>Shares a file.</summary>
    /// <param name="channel">A channel they are in.</param>
    /// <param name="text">May be empty.</param>
    /// <param name="fileName">The name of the file, whose ending says what it is.</param>
    /// <param name="bytes">At most 25 MiB.</param>
    /// <param name="threadTs">The parent that is answered; null answers none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The ts of the message.</returns>
    public async Task<string> ShareFileAsync(
        string channel,
        string text,
        string fileName,
        ReadOnlyMemory<byte> bytes,
        string? threadTs = null,
        CancellationToken cancellationToken = default
    )
    {
        var begun = await CallAsync(
            "files.getUploadURLExternal",
            new JsonObject { ["filename"] = fileName, ["length"] = bytes.Length },
            cancellationToken
        );
        using var content = new ReadOnlyMemoryContent(bytes);
        using var sent = await _http.PostAsync(begun["upload_url"]!.ToString(), content, cancellationToken);
        sent.EnsureSuccessStatusCode();
        var file = begun["file_id"]!.ToString();
        await CallAsync(
            "files.completeUploadExternal",
            new JsonObject
            {
                ["files"] = new JsonArray(new JsonObject { ["id"] = file, ["title"] = fileName }).ToJsonString(),
                ["channel_id"] = channel,
                ["initial_comment"] = text,
                ["thread_ts"] = threadTs,
            },
            cancellationToken
        );
        lock (_server.State.Sync)
        {
            return _server.State.Stored(channel).Values.Last(one => one.Files.Contains(file)).Ts;
        }
    }

    /// <summary>Calls any method as this human.</summary>
    /// <exception cref="FakeApiException">The answer was ok:false.</exception>
    public async Task<JsonObject> CallAsync(string method, JsonObject args, CancellationToken cancellationToken)
    {
        using var content = new FormUrlEncodedContent(
            args.Where(one => one.Value is not null).Select(one => KeyValuePair.Create(one.Key, one.Value!.ToString()))
        );
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_server.ApiBaseUrl, method))
        {
            Content = content,
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        using var response = await _http.SendAsync(request, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        var answer = (JsonObject)JsonNode.Parse(Encoding.UTF8.GetBytes(text))!;
        return (bool)answer["ok"]! ? answer : throw new FakeApiException(answer["error"]!.ToString());
    }

    private static JsonObject Message(string channel, string text, string? threadTs) =>
        new()
        {
            ["channel"] = channel,
            ["text"] = text,
            ["thread_ts"] = threadTs,
        };

    private static JsonObject Reaction(string channel, string ts, string name) =>
        new()
        {
            ["channel"] = channel,
            ["timestamp"] = ts,
            ["name"] = name,
        };

    private static string Ts(JsonObject answer) => answer["ts"]!.GetValue<string>();
}
