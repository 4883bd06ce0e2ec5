using System.Globalization;

namespace NewsBot.Web.Api;

/// <summary>Ids and cursors of the API: opaque strings to its callers.</summary>
internal static class ApiIds
{
    public static string Of(long id) => id.ToString(CultureInfo.InvariantCulture);

    /// <returns>Null where the text is none of our ids.</returns>
    public static long? Parse(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
