namespace NewsBot.Core.Digests;

/// <summary>Turns a clock time of a place into the one instant at which we act on it.</summary>
internal static class LocalClock
{
    // The longest gap ever was a whole day (Samoa skipped 30 December 2011).
    private const int LongestGapMinutes = (24 * 60) + 60;

    /// <summary>A time that daylight saving skips moves to the next valid minute; of a doubled time the first one counts.</summary>
    internal static DateTimeOffset InstantOf(DateOnly day, int minuteOfDay, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Unspecified).AddMinutes(minuteOfDay);
        for (var moved = 0; moved < LongestGapMinutes && zone.IsInvalidTime(local); moved++)
        {
            local = local.AddMinutes(1);
        }

        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    internal static DateTime LocalOf(DateTimeOffset instant, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(instant, zone).DateTime;

    internal static DateOnly DayOf(DateTimeOffset instant, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(LocalOf(instant, zone));
}
