using NewsBot.Core.Digests;

namespace NewsBot.Storage;

/// <summary>Reads a channel's quiet hours as they are stored.</summary>
internal static class ChannelQuiet
{
    /// <param name="quietHours">The stored text; null for none.</param>
    /// <param name="timeZone">The channel's zone.</param>
    /// <param name="now">The present.</param>
    /// <returns>When the quiet ends; null where it is not quiet now. Text that cannot be read any more keeps nothing back.</returns>
    public static DateTimeOffset? End(string? quietHours, string timeZone, DateTimeOffset now) =>
        quietHours is not null
        && QuietHours.TryParse(quietHours, out var quiet, out _)
        && TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone)
        && quiet!.Contains(now, zone)
            ? quiet.NextEnd(now, zone)
            : null;
}
