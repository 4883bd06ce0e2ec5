using System.Globalization;

namespace NewsBot.Chat;

/// <summary>Says when a source changed a story, for where nobody knows the reader's clock. Pure.</summary>
internal static class UpdatedMark
{
    /// <returns>Such as “14:05 UTC”, with the day where it is another than that of the first report.</returns>
    public static string Words(DateTimeOffset at, DateTimeOffset published) =>
        at.UtcDateTime.ToString(IsSameDay(at, published) ? "HH:mm" : "d MMM, HH:mm", CultureInfo.InvariantCulture)
        + " UTC";

    /// <returns>True where the time of day is enough to tell when it was.</returns>
    public static bool IsSameDay(DateTimeOffset at, DateTimeOffset published) =>
        at.UtcDateTime.Date == published.UtcDateTime.Date;
}
