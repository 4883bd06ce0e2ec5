using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace NewsBot.Testing.Newsrooms;

/// <content>What people do in the built-in chat, which is gone while the newsroom is.</content>
public sealed partial class JoinedFaultStage
{
    private async Task<ScriptReply> SayOnWebAsync(long story, string author, string text, ScriptReply? parent)
    {
        var channel = _webOf[story].ToString(CultureInfo.InvariantCulture);
        var card = await RunningNewsroom.UntilAsync(() => MessageOnWebAsync(channel, $"story:{story}/0"));
        string? target = null;
        if (parent is not null)
        {
            target =
                Place.Of(parent).Side == Web
                    ? parent.Message
                    : await Newsroom.WordAsync(
                        """
                        SELECT w.id FROM web_message w JOIN comment c ON w.post_key = 'comment:' || c.id || '/0'
                        WHERE w.channel_id = @channel AND w.deleted_at IS NULL AND c.body = @Text
                        """,
                        new { channel, parent.Text }
                    );
        }

        using var answer = await AskAsync(
            HttpMethod.Post,
            $"/api/v1/channels/{channel}/messages",
            new
            {
                author,
                text,
                replyTo = target ?? card,
            }
        );
        var message = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return new ScriptReply(
            $"{Web}:{channel}",
            message.GetProperty("id").GetString()!,
            author,
            text,
            target is null ? null : parent
        );
    }

    private Task<string?> MessageOnWebAsync(string channel, string key) =>
        Newsroom.WordAsync(
            "SELECT id FROM web_message WHERE channel_id = @channel AND post_key = @key",
            new { channel, key }
        );

    private async Task ChangeAsync(HttpMethod method, string path, object? body)
    {
        using var answer = await AskAsync(method, path, body);
    }

    // Asked twice where the newsroom was killed before it answered.
    private async Task<HttpResponseMessage> AskAsync(HttpMethod method, string path, object? body)
    {
        var key = $"{method} {path} {JsonSerializer.Serialize(body)}";
        var answer = await Newsroom.AskAsync(async http =>
        {
            using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
            request.Headers.Add("Idempotency-Key", Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key))));
            request.Content = body is null ? null : JsonContent.Create(body);
            return await http.SendAsync(request);
        });
        var isGone = answer.StatusCode is HttpStatusCode.Conflict && method == HttpMethod.Delete;
        return answer.IsSuccessStatusCode || isGone
            ? answer
            : throw new InvalidOperationException(
                $"{method} {path} gave {answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}"
            );
    }

    private static string Message(string channel, ScriptReply reply) =>
        $"/api/v1/channels/{channel}/messages/{reply.Message}";
}
