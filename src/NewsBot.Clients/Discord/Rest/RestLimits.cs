using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using NewsBot.Clients.Http;
using NewsBot.Clients.RateLimits;

namespace NewsBot.Clients.Discord.Rest;

/// <summary>
/// Reads what an answer says of limits. Source: https://discord.com/developers/docs/topics/rate-limits#header-format
/// </summary>
internal static class RestLimits
{
    // A wait without or with a mad length: long enough to be polite, short enough to find out.
    private static readonly TimeSpan Unsaid = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private const int LongestBucketName = 128;

    /// <returns>Null for a 429 that did not come from the API but from what guards it.</returns>
    public static LimitSignal? Read(HttpAnswer answer)
    {
        var headers = answer.Headers;
        var signal = new LimitSignal
        {
            IsAnswer = answer.IsSuccess,
            Bucket = Text(headers, "X-RateLimit-Bucket") is { Length: > 0 and <= LongestBucketName } name ? name : null,
            Limit = Number(headers, "X-RateLimit-Limit"),
            Remaining = Number(headers, "X-RateLimit-Remaining"),
            ResetAfter = Seconds(headers, "X-RateLimit-Reset-After"),
        };
        if (answer.Status != HttpStatusCode.TooManyRequests)
        {
            return signal;
        }

        if (Body(answer.Body) is not { } body)
        {
            return null;
        }

        var isGlobal =
            body.IsGlobal || Is(headers, "X-RateLimit-Global", "true") || Is(headers, "X-RateLimit-Scope", "global");
        var scope =
            isGlobal ? LimitScope.Global
            : Is(headers, "X-RateLimit-Scope", "shared") ? LimitScope.Shared
            : LimitScope.User;

        if (body.RetryAfter is null && !isGlobal && signal is { Limit: null, Bucket: null } && !HasScope(headers))
        {
            // The API always says how long to wait; the guard may speak JSON as well, but not of that.
            return null;
        }

        // The body has fractions of a second, the header is rounded up.
        return signal with
        {
            Refusal = new LimitRefusal(scope, body.RetryAfter ?? RetryAfter(headers) ?? Unsaid),
        };
    }

    public static TimeSpan? RetryAfter(HttpResponseHeaders headers) => Seconds(headers, "Retry-After");

    private static (bool IsGlobal, TimeSpan? RetryAfter)? Body(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            var isGlobal = root.TryGetProperty("global", out var global) && global.ValueKind == JsonValueKind.True;
            var wait =
                root.TryGetProperty("retry_after", out var after)
                && after.ValueKind == JsonValueKind.Number
                && after.TryGetDouble(out var seconds)
                    ? Length(seconds)
                    : null;
            return (isGlobal, wait);
        }
        catch (JsonException)
        {
            // A page of the guard in front of the API.
            return null;
        }
    }

    private static bool HasScope(HttpResponseHeaders headers) => Text(headers, "X-RateLimit-Scope") is not null;

    private static bool Is(HttpResponseHeaders headers, string name, string value) =>
        string.Equals(Text(headers, name), value, StringComparison.OrdinalIgnoreCase);

    private static string? Text(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private static int? Number(HttpResponseHeaders headers, string name) =>
        int.TryParse(Text(headers, name), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static TimeSpan? Seconds(HttpResponseHeaders headers, string name) =>
        double.TryParse(Text(headers, name), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            ? Length(seconds)
            : null;

    private static TimeSpan? Length(double seconds) =>
        double.IsNaN(seconds) || seconds < 0 ? null
        : seconds >= Longest.TotalSeconds ? Longest
        : TimeSpan.FromSeconds(seconds);
}
