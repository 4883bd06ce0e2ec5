using System.Globalization;

namespace NewsBot.Core.Digests;

/// <summary>When a channel gets its digests: days of the week, local times and the zone they are meant in.</summary>
public sealed class DigestSchedule : IEquatable<DigestSchedule>
{
    // A run that daylight saving moves lands at most a day later, and every week has a scheduled day.
    private const int FirstDay = -2;
    private const int LastDay = 9;

    private readonly SortedSet<int>[] _week;

    internal DigestSchedule(SortedSet<int>[] week, TimeZoneInfo zone)
    {
        _week = week;
        Zone = ZoneNames.Plain(zone);
    }

    /// <summary>The zone the times are meant in.</summary>
    public TimeZoneInfo Zone { get; }

    /// <summary>Reads text such as “weekdays 8:30, 17:00 Europe/Berlin”, “mon, wed 12:00; sat 10:00” or “hourly”.</summary>
    /// <param name="text">Rules separated by semicolons or lines: days (none means daily), times, at most one zone in all.</param>
    /// <param name="defaultZone">The zone where the text names none.</param>
    /// <param name="schedule">What was read; daily at 8:00 where nothing could be.</param>
    /// <param name="problem">Empty, or sentences that say what is wrong, how a schedule looks and which one was likely meant.</param>
    /// <returns>False where the text is not a schedule.</returns>
    public static bool TryParse(
        string text,
        TimeZoneInfo defaultZone,
        out DigestSchedule schedule,
        out string problem
    ) => DigestScheduleParser.TryParse(text, defaultZone, out schedule, out problem);

    /// <summary>The first run strictly after an instant.</summary>
    /// <param name="instant">Any instant.</param>
    /// <returns>UTC. A time skipped by daylight saving runs at the next valid minute, a doubled one at its first coming only.</returns>
    public DateTimeOffset NextAfter(DateTimeOffset instant)
    {
        var today = LocalClock.DayOf(instant, Zone);
        return Enumerable
            .Range(FirstDay, LastDay - FirstDay + 1)
            .Select(today.AddDays)
            .SelectMany(day => _week[(int)day.DayOfWeek].Select(minute => LocalClock.InstantOf(day, minute, Zone)))
            .Where(run => run > instant)
            .Min();
    }

    /// <summary>The canonical text, zone included; reading it gives an equal schedule.</summary>
    public override string ToString() => Describe(withZone: true);

    /// <inheritdoc />
    public bool Equals(DigestSchedule? other) =>
        other is not null
        && Zone.Id == other.Zone.Id
        && _week.Zip(other._week, (mine, theirs) => mine.SetEquals(theirs)).All(same => same);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as DigestSchedule);

    /// <inheritdoc />
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    internal static string ClockText(int minuteOfDay) =>
        string.Create(CultureInfo.InvariantCulture, $"{minuteOfDay / 60}:{minuteOfDay % 60:00}");

    internal string Describe(bool withZone)
    {
        // The week starts on Monday for people, on Sunday for DayOfWeek.
        var rules = Enumerable
            .Range(1, 7)
            .Select(day => day % 7)
            .Where(day => _week[day].Count > 0)
            .GroupBy(day => string.Join(", ", _week[day].Select(ClockText)), StringComparer.Ordinal)
            .Select(group => RuleText([.. group], group.Key));
        var text = string.Join("; ", rules);
        return withZone ? $"{text} {Zone.Id}" : text;
    }

    private static string RuleText(List<int> days, string times)
    {
        var hourly = string.Join(", ", Enumerable.Range(0, 24).Select(hour => ClockText(hour * 60)));
        var dayText = days.Aggregate(0, (set, day) => set | (1 << day)) switch
        {
            ScheduleWords.EveryDay => "daily",
            ScheduleWords.Weekdays => "weekdays",
            ScheduleWords.Weekends => "weekends",
            _ => string.Join(", ", days.Select(day => ((DayOfWeek)day).ToString()[..3].ToLowerInvariant())),
        };
        return (dayText, times == hourly) switch
        {
            ("daily", true) => "hourly",
            (_, true) => $"{dayText} hourly",
            _ => $"{dayText} {times}",
        };
    }
}
