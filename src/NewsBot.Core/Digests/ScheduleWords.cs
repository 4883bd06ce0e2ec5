using System.Globalization;
using System.Text.RegularExpressions;

namespace NewsBot.Core.Digests;

/// <summary>The words a schedule is made of: days and clock times.</summary>
internal static partial class ScheduleWords
{
    internal const int MinutesPerDay = 24 * 60;
    internal const int EveryDay = 0b111_1111;
    internal const int Weekdays = 0b011_1110;
    internal const int Weekends = 0b100_0001;

    private static readonly Dictionary<string, int> Days = new(StringComparer.Ordinal)
    {
        ["daily"] = EveryDay,
        ["day"] = EveryDay,
        ["days"] = EveryDay,
        ["everyday"] = EveryDay,
        ["weekdays"] = Weekdays,
        ["weekday"] = Weekdays,
        ["weekends"] = Weekends,
        ["weekend"] = Weekends,
    };

    private static readonly HashSet<string> Fillers =
    [
        "every",
        "each",
        "at",
        "on",
        "and",
        "&",
        "the",
        "all",
        "o'clock",
    ];

    static ScheduleWords()
    {
        foreach (var day in Enum.GetValues<DayOfWeek>())
        {
            var name = day.ToString().ToLowerInvariant();
            Days[name] = Days[name + "s"] = Days[name[..3]] = 1 << (int)day;
        }

        Days["tues"] = Days["tue"];
        Days["thur"] = Days["thurs"] = Days["thu"];
        Days["wednes"] = Days["wed"];
    }

    /// <summary>Every day word there is, for finding the nearest.</summary>
    internal static IReadOnlyCollection<string> DayNames => Days.Keys;

    internal static bool IsFiller(string word) => Fillers.Contains(word);

    /// <summary>A set of days as bits, Sunday lowest: one name, or a range such as "mon-fri" (which may wrap).</summary>
    internal static int? DaysOf(string word)
    {
        if (Days.TryGetValue(word, out var days))
        {
            return days;
        }

        var ends = word.Split('-');
        if (ends.Length != 2 || SingleDay(ends[0]) is not { } first || SingleDay(ends[1]) is not { } last)
        {
            return null;
        }

        var set = 0;
        for (var day = first; ; day = (day + 1) % 7)
        {
            set |= 1 << day;
            if (day == last)
            {
                return set;
            }
        }
    }

    /// <summary>Minutes since midnight of "8:30", "7am", "7:15pm", "noon" or "midnight"; null for everything else.</summary>
    internal static int? MinuteOf(string word)
    {
        switch (word)
        {
            case "noon" or "midday":
                return MinutesPerDay / 2;
            case "midnight":
                return 0;
            default:
                break;
        }

        var match = ClockTime().Match(word);
        return match.Success && (match.Groups["minute"].Success || match.Groups["half"].Success)
            ? Minutes(match)
            : null;
    }

    /// <summary>As <see cref="MinuteOf"/>, but also reads what is only nearly a time: "8.30", "830", "8h30", "8".</summary>
    internal static int? NearlyMinuteOf(string word)
    {
        var match = NearlyClockTime().Match(word);
        return MinuteOf(word) ?? (match.Success ? Minutes(match) : null);
    }

    private static int? SingleDay(string word) =>
        Days.TryGetValue(word, out var days) && int.IsPow2(days) ? int.TrailingZeroCount(days) : null;

    private static int? Minutes(Match match)
    {
        var hour = int.Parse(match.Groups["hour"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        var minute = match.Groups["minute"].Success
            ? int.Parse(match.Groups["minute"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture)
            : 0;
        if (match.Groups["half"].Success)
        {
            if (hour is < 1 or > 12)
            {
                return null;
            }

            hour = (hour % 12) + (match.Groups["half"].ValueSpan[0] == 'p' ? 12 : 0);
        }

        return hour < 24 && minute < 60 ? (hour * 60) + minute : null;
    }

    [GeneratedRegex(
        @"^(?<hour>[0-9]{1,2})(:(?<minute>[0-9]{2}))?(?<half>am|pm)?$",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex ClockTime();

    [GeneratedRegex(
        @"^(?<hour>[0-9]{1,2}?)([.:h_]?(?<minute>[0-9]{2}))?(?<half>am|pm)?(h|hr|hrs|uhr)?$",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex NearlyClockTime();
}
