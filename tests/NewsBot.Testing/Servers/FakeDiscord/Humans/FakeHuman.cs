using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeDiscord.Routes;

namespace NewsBot.Testing.Servers.FakeDiscord.Humans;

/// <summary>Somebody in the guild. What they write goes through the same routes as the bot's messages.</summary>
public sealed partial class FakeHuman
{
    private readonly FakeDiscordServer _server;
    private readonly HttpClient _http;

    internal FakeHuman(FakeDiscordServer server, HttpClient http, ulong id, string name, string token)
    {
        _server = server;
        _http = http;
        Id = id;
        Name = name;
        Token = token;
    }

    /// <summary>The user id.</summary>
    public ulong Id { get; }

    /// <summary>The user name.</summary>
    public string Name { get; }

    /// <summary>What they sign in with.</summary>
    public string Token { get; }

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
    /// <param name="channel">A channel or thread.</param>
    /// <param name="text">At most 2,000 characters.</param>
    /// <param name="replyTo">The message that is answered; null answers none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The id of the message.</returns>
    /// <exception cref="FakeApiException">They may not, or it is no message.</exception>
    public async Task<ulong> SayAsync(
        ulong channel,
        string text,
        ulong? replyTo = null,
        CancellationToken cancellationToken = default
    )
    {
        var body = new JsonObject { ["content"] = text };
        if (replyTo is { } target)
        {
            body["message_reference"] = new JsonObject { ["message_id"] = FakeDiscordState.Text(target) };
        }

        return IdOf(await AskAsync(HttpMethod.Post, $"/channels/{channel}/messages", body, cancellationToken));
    }

    /// <summary>Sends a file.</summary>
    /// <param name="channel">A channel or thread.</param>
    /// <param name="text">May be empty.</param>
    /// <param name="fileName">The name of the file.</param>
    /// <param name="contentType">What it is.</param>
    /// <param name="bytes">At most 10 MiB.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The id of the message.</returns>
    public async Task<ulong> SendFileAsync(
        ulong channel,
        string text,
        string fileName,
        string contentType,
        byte[] bytes,
        CancellationToken cancellationToken
    )
    {
        using var form = new MultipartFormDataContent();
        var payload = new StringContent(
            new JsonObject { ["content"] = text }.ToJsonString(),
            Encoding.UTF8,
            "application/json"
        );
        var file = new ByteArrayContent(bytes);
        file.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        form.Add(payload, "payload_json");
        form.Add(file, "files[0]", fileName);
        return IdOf(await SendAsync(HttpMethod.Post, $"/channels/{channel}/messages", form, cancellationToken));
    }

    /// <summary>Sends a message of elsewhere on.</summary>
    /// <returns>The id of the new message.</returns>
    public async Task<ulong> ForwardAsync(ulong to, ulong from, ulong message, CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["message_reference"] = new JsonObject
            {
                ["type"] = 1,
                ["channel_id"] = FakeDiscordState.Text(from),
                ["message_id"] = FakeDiscordState.Text(message),
            },
        };
        return IdOf(await AskAsync(HttpMethod.Post, $"/channels/{to}/messages", body, cancellationToken));
    }

    /// <summary>Changes the text of an own message.</summary>
    public Task EditAsync(ulong channel, ulong message, string text, CancellationToken cancellationToken) =>
        AskAsync(
            HttpMethod.Patch,
            $"/channels/{channel}/messages/{message}",
            new JsonObject { ["content"] = text },
            cancellationToken
        );

    /// <summary>Deletes a message: an own one, or any as a moderator.</summary>
    public Task DeleteAsync(ulong channel, ulong message, CancellationToken cancellationToken) =>
        AskAsync(HttpMethod.Delete, $"/channels/{channel}/messages/{message}", null, cancellationToken);

    /// <summary>Sets a reaction.</summary>
    /// <param name="channel">Where the message is.</param>
    /// <param name="message">The message.</param>
    /// <param name="emoji">An emoji, or name:id of one of a guild's own.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task ReactAsync(ulong channel, ulong message, string emoji, CancellationToken cancellationToken) =>
        AskAsync(HttpMethod.Put, Reaction(channel, message, emoji), null, cancellationToken);

    /// <summary>Takes a reaction away.</summary>
    public Task UnreactAsync(ulong channel, ulong message, string emoji, CancellationToken cancellationToken) =>
        AskAsync(HttpMethod.Delete, Reaction(channel, message, emoji), null, cancellationToken);

    /// <summary>Opens a thread at a message.</summary>
    /// <returns>Its id, which is that of the message.</returns>
    public async Task<ulong> OpenThreadAsync(
        ulong channel,
        ulong message,
        string name,
        CancellationToken cancellationToken
    ) =>
        IdOf(
            await AskAsync(
                HttpMethod.Post,
                $"/channels/{channel}/messages/{message}/threads",
                new JsonObject { ["name"] = name },
                cancellationToken
            )
        );

    /// <summary>Opens a post in a forum.</summary>
    /// <returns>The id of the post, which is that of its first message.</returns>
    public async Task<ulong> OpenPostAsync(
        ulong forum,
        string name,
        string text,
        CancellationToken cancellationToken
    ) =>
        IdOf(
            await AskAsync(
                HttpMethod.Post,
                $"/channels/{forum}/threads",
                new JsonObject
                {
                    ["name"] = name,
                    ["message"] = new JsonObject { ["content"] = text },
                },
                cancellationToken
            )
        );

    private static string Reaction(ulong channel, ulong message, string emoji) =>
        $"/channels/{channel}/messages/{message}/reactions/{Uri.EscapeDataString(emoji)}/@me";

    private async Task<JsonNode?> AskAsync(
        HttpMethod method,
        string path,
        JsonObject? body,
        CancellationToken cancellationToken
    )
    {
        using var content = body is null
            ? null
            : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return await SendAsync(method, path, content, cancellationToken);
    }

    private async Task<JsonNode?> SendAsync(
        HttpMethod method,
        string path,
        HttpContent? content,
        CancellationToken cancellationToken
    )
    {
        using var request = new HttpRequestMessage(method, _server.ApiBaseUrl.AbsoluteUri + path) { Content = content };
        request.Headers.TryAddWithoutValidation("Authorization", Token);
        using var response = await _http.SendAsync(request, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        var answer = text.Length > 0 ? JsonNode.Parse(text) : null;
        return response.IsSuccessStatusCode
            ? answer
            : throw new FakeApiException(
                (int)response.StatusCode,
                (int?)answer?["code"] ?? 0,
                answer?["message"]?.ToString() ?? "",
                answer?["errors"] as JsonObject
            );
    }

    private static ulong IdOf(JsonNode? answer) =>
        ulong.Parse(answer!["id"]!.GetValue<string>(), CultureInfo.InvariantCulture);
}
