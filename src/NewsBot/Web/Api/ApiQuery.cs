using System.Globalization;

namespace NewsBot.Web.Api;

/// <summary>Reads the parameters every list takes.</summary>
internal static class ApiQuery
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 200;

    /// <returns>How many to give, at most <see cref="MaxLimit"/>; null where the text is no positive whole number.</returns>
    public static int? Limit(string? limit) =>
        limit is null ? DefaultLimit
        : !long.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count < 1 ? null
        : (int)Math.Min(count, MaxLimit);

    /// <returns>The id the page begins after, 0 for the beginning; null where the text is none of our cursors.</returns>
    public static long? After(string? after) => after is null ? 0 : ApiIds.Parse(after);
}
