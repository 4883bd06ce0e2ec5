using System.Net.Http.Headers;

namespace NewsBot.Fetching;

/// <summary>Reads what the headers say about time. Pure. Source: https://www.rfc-editor.org/rfc/rfc9111#section-4.2</summary>
internal static class Freshness
{
    /// <summary>How long an answer stays fresh.</summary>
    /// <returns>Not negative; null where the server does not say or wants to be asked every time.</returns>
    public static TimeSpan? FreshFor(HttpResponseHeaders headers, HttpContentHeaders content, DateTimeOffset now)
    {
        var cache = headers.CacheControl;
        if (cache is { NoCache: true } or { NoStore: true })
        {
            return null;
        }

        if (cache?.MaxAge is { } maxAge)
        {
            return NotNegative(maxAge - (headers.Age ?? TimeSpan.Zero));
        }

        return content.Expires is { } expires ? NotNegative(expires - (headers.Date ?? now)) : null;
    }

    /// <summary>The pause a 429 or 503 asks for, given in seconds or as a date.</summary>
    /// <returns>Not negative; null where absent or unreadable.</returns>
    public static TimeSpan? RetryAfter(HttpResponseHeaders headers, DateTimeOffset now) =>
        headers.RetryAfter switch
        {
            { Delta: { } pause } => NotNegative(pause),
            { Date: { } until } => NotNegative(until - now),
            _ => null,
        };

    private static TimeSpan NotNegative(TimeSpan span) => span > TimeSpan.Zero ? span : TimeSpan.Zero;
}
