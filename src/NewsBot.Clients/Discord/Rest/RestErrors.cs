using System.Net;
using System.Text.Json;
using NewsBot.Clients.Http;

namespace NewsBot.Clients.Discord.Rest;

/// <summary>
/// Turns a refusal into an exception. Nothing but the platform's own short words gets into it: no page, no path, no token.
/// Source: https://discord.com/developers/docs/reference#error-messages
/// </summary>
/// <param name="token">The bot's, to be struck out wherever it would be shown.</param>
internal sealed class RestErrors(string token)
{
    // Enough to find a mistake in a form; an answer that has more is not read by anybody.
    private const int MaxFields = 50;
    private const int MaxDepth = 32;
    private const int MaxMessageLength = 500;
    private const int MaxPathLength = 200;

    private const string Wrong =
        "Discord refuses the bot's token as wrong; copy the current one from the Developer Portal";

    /// <summary>A token of the call's own, to be struck out as well; null for none.</summary>
    private string? Secret { get; init; }

    public static string TokenIsWrong => Wrong + ". No call is made with it any more.";

    /// <param name="call">What was asked.</param>
    /// <param name="answer">How it was refused.</param>
    /// <param name="isOutcomeUnknown">Whether it may have had its effect nevertheless.</param>
    /// <param name="retryAfter">The wait asked for, where the body says it better than the header.</param>
    public DiscordException Read(RestCall call, HttpAnswer answer, bool isOutcomeUnknown, TimeSpan? retryAfter = null)
    {
        var reader = call.Secret is null ? this : new RestErrors(token) { Secret = call.Secret };
        var (code, message, fields) = reader.Body(answer.Body);
        message =
            answer.Status == HttpStatusCode.Unauthorized && call.IsAuthorized ? Wrong
            : (int)answer.Status is >= 300 and < 400 ? "Discord's answer is a redirect, and none is followed"
            : message;
        var number = code == 0 ? "" : $", code {code}";
        return new DiscordException(answer.Status, code, $"{message} ({call.Route}: {(int)answer.Status}{number}).")
        {
            FieldErrors = fields,
            RetryAfter = retryAfter ?? RestLimits.RetryAfter(answer.Headers),
            IsOutcomeUnknown = isOutcomeUnknown,
        };
    }

    private (int Code, string Message, Dictionary<string, string> Fields) Body(ReadOnlyMemory<byte> body)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        var nothing = body.IsEmpty ? "Discord refused without a word" : "Discord refused, and its words are not JSON";
        try
        {
            using var json = JsonDocument.Parse(body);
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                return (0, nothing, fields);
            }

            var hasCode = root.TryGetProperty("code", out var found) && found.ValueKind == JsonValueKind.Number;
            var code = hasCode && found.TryGetInt32(out var number) ? number : 0;
            if (root.TryGetProperty("errors", out var errors))
            {
                Flatten(errors, "", 0, fields);
            }

            return (code, Text(root, "message") ?? "Discord refused without a reason", fields);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The latter is how broken UTF-8 inside a text shows.
            return (0, nothing, fields);
        }
    }

    private void Flatten(JsonElement node, string path, int depth, Dictionary<string, string> fields)
    {
        if (node.ValueKind != JsonValueKind.Object || depth > MaxDepth)
        {
            return;
        }

        foreach (var property in node.EnumerateObject())
        {
            if (fields.Count >= MaxFields)
            {
                return;
            }

            if (property is { Name: "_errors", Value.ValueKind: JsonValueKind.Array })
            {
                var words = property.Value.EnumerateArray().Select(Reason).Where(reason => reason.Length > 0).Take(5);
                fields[Clean(path, MaxPathLength)] = Clean(string.Join(" ", words), MaxMessageLength);
            }
            else
            {
                Flatten(property.Value, Join(path, property.Name), depth + 1, fields);
            }
        }
    }

    private string Reason(JsonElement error)
    {
        if (error.ValueKind != JsonValueKind.Object)
        {
            return "";
        }

        var code = Text(error, "code");
        var message = Text(error, "message") ?? "";
        return code is null ? message : $"{message} ({code})";
    }

    private static string Join(string path, string name) =>
        name.Length > 0 && name.All(char.IsAsciiDigit) ? $"{path}[{name}]"
        : path.Length == 0 ? name
        : $"{path}.{name}";

    private string? Text(JsonElement node, string name) =>
        node.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? Clean(value.GetString()!, MaxMessageLength)
            : null;

    private string Clean(string text, int maxLength) =>
        SafeWords.Clean(
            Secret is null ? text : text.Replace(Secret, "[token]", StringComparison.Ordinal),
            token,
            maxLength
        );
}
