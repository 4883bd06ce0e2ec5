using System.Text.Json;
using NewsBot.Clients.Http;

namespace NewsBot.Clients.Slack.WebApi;

/// <summary>What every answer of the Web API begins with. Source: https://docs.slack.dev/apis/web-api#responses</summary>
/// <param name="Ok">Null where the answer is not one of the API's: a page, broken JSON, or JSON that says nothing.</param>
/// <param name="Error">Slack's own word; empty for none.</param>
/// <param name="Needed">Scopes.</param>
/// <param name="Provided">Scopes.</param>
/// <param name="Messages">Explanations.</param>
internal sealed record WebReply(
    bool? Ok,
    string Error,
    string? Needed,
    string? Provided,
    IReadOnlyList<string> Messages
)
{
    // Real codes are below 50 characters; a list of all scopes is below 2,000.
    private const int LongestCode = 100;
    private const int LongestScopes = 4_000;
    private const int LongestMessage = 300;
    private const int MostMessages = 10;

    private static readonly WebReply Unreadable = new(null, "", null, null, []);

    /// <param name="body">As it came.</param>
    /// <param name="token">To be struck out wherever it would be shown.</param>
    public static WebReply Read(ReadOnlyMemory<byte> body, string? token)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var root = json.RootElement;
            if (
                root.ValueKind != JsonValueKind.Object
                || !root.TryGetProperty("ok", out var ok)
                || ok.ValueKind is not (JsonValueKind.True or JsonValueKind.False)
            )
            {
                return Unreadable;
            }

            return new WebReply(
                ok.ValueKind == JsonValueKind.True,
                Text(root, "error", token, LongestCode) ?? "",
                Text(root, "needed", token, LongestScopes),
                Text(root, "provided", token, LongestScopes),
                Explanations(root, token)
            );
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The latter is how broken UTF-8 inside a text shows.
            return Unreadable;
        }
    }

    private static string? Text(JsonElement root, string name, string? token, int maxLength) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? SafeWords.Clean(value.GetString()!, token, maxLength)
            : null;

    private static List<string> Explanations(JsonElement root, string? token)
    {
        var all = new List<string>();
        if (root.TryGetProperty("response_metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object)
        {
            Add(metadata, "messages");
        }

        Add(root, "errors");
        return all;

        void Add(JsonElement holder, string name)
        {
            if (holder.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array)
            {
                all.AddRange(
                    list.EnumerateArray()
                        .Where(item => item.ValueKind == JsonValueKind.String)
                        .Take(MostMessages - all.Count)
                        .Select(item => SafeWords.Clean(item.GetString()!, token, LongestMessage))
                );
            }
        }
    }
}
