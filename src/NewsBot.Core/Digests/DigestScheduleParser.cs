using System.Text.RegularExpressions;
using NewsBot.Core.Text;

namespace NewsBot.Core.Digests;

/// <summary>Reads the text of a schedule, and finds what an unreadable one was meant to say.</summary>
internal static partial class DigestScheduleParser
{
    // Longer than any schedule a person writes; keeps the answer to nonsense short.
    private const int MaxLength = 500;

    // Every half hour: more often than that is the instant mode.
    private const int MaxTimesPerDay = 48;

    private const string Looks = "A schedule looks like “weekdays 8:30, 17:00 Europe/Berlin” or “daily 7am”.";

    internal static bool TryParse(
        string text,
        TimeZoneInfo defaultZone,
        out DigestSchedule schedule,
        out string problem
    )
    {
        if (text.Length > MaxLength)
        {
            schedule = Fallback(defaultZone);
            problem = $"This schedule has {text.Length} characters; at most {MaxLength} are read. {Looks}";
            return false;
        }

        var reading = Read(text);
        if (reading.Problem is null)
        {
            schedule = new DigestSchedule(reading.Week, reading.Zone ?? defaultZone);
            problem = "";
            return true;
        }

        schedule = Fallback(defaultZone);
        var meant = Read(Repair(text));
        var suggestion = meant.Problem is null
            ? $" Did you mean “{new DigestSchedule(meant.Week, meant.Zone ?? defaultZone).Describe(meant.Zone is not null)}”?"
            : "";
        problem = $"{reading.Problem} {Looks}{suggestion}";
        return false;
    }

    private static DigestSchedule Fallback(TimeZoneInfo zone)
    {
        var reading = new Reading();
        reading.Add(ScheduleWords.EveryDay, [8 * 60]);
        return new DigestSchedule(reading.Week, zone);
    }

    private static Reading Read(string text)
    {
        var reading = new Reading();
        foreach (var line in text.Split([';', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries))
        {
            ReadLine(Words(line), reading);
        }

        reading.Problem ??=
            Array.TrueForAll(reading.Week, day => day.Count == 0) ? "No time of day is given."
            : Array.Exists(reading.Week, day => day.Count > MaxTimesPerDay)
                ? $"A day has at most {MaxTimesPerDay} digests."
            : null;
        return reading;
    }

    private static void ReadLine(List<string> words, Reading reading)
    {
        var days = 0;
        var times = new List<int>();
        var daysFirst = false;
        var zoneWords = new List<string>();
        foreach (var word in words.Where(word => !ScheduleWords.IsFiller(word)))
        {
            var someDays = ScheduleWords.DaysOf(word);
            var someTimes = someDays is null ? TimesOf(word) : null;
            if (someDays is null && someTimes is null)
            {
                zoneWords.Add(word);
                continue;
            }

            if (zoneWords.Count > 0)
            {
                ReadZone(zoneWords, reading);
                zoneWords.Clear();
            }

            // Days and times come in either order; whichever came first also starts the next rule.
            var starts = someDays is not null ? daysFirst && times.Count > 0 : !daysFirst && days != 0;
            if (starts)
            {
                reading.Add(days, times);
                (days, times) = (0, []);
            }

            daysFirst = days == 0 && times.Count == 0 ? someDays is not null : daysFirst;
            days |= someDays ?? 0;
            times.AddRange(someTimes ?? []);
        }

        if (zoneWords.Count > 0)
        {
            ReadZone(zoneWords, reading);
        }

        reading.Add(days, times);
    }

    private static void ReadZone(List<string> words, Reading reading)
    {
        var name = string.Join('_', words);
        if (ZoneNames.Find(name) is not { } zone)
        {
            reading.Problem ??= $"“{string.Join(' ', words)}” is neither a day, a time nor a time zone.";
            return;
        }

        if (reading.Zone is { } other && other.Id != zone.Id)
        {
            reading.Problem ??= $"A schedule has one time zone, here are two: {other.Id} and {zone.Id}.";
        }

        reading.Zone = zone;
    }

    private static IEnumerable<int>? TimesOf(string word) =>
        word == "hourly" ? Enumerable.Range(0, 24).Select(hour => hour * 60)
        : ScheduleWords.MinuteOf(word) is { } minute ? [minute]
        : null;

    private static List<string> Words(string line)
    {
        var joined = Dash().Replace(line, "-");
        joined = HalfOfDay().Replace(joined, "${digit}${half}m");
        return
        [
            .. joined
                .Split([' ', '\t', ',', '(', ')', '"', '“', '”', '\u00a0'], StringSplitOptions.RemoveEmptyEntries)
                .Select(word => word.Contains('/', StringComparison.Ordinal) ? word : word.TrimEnd('.'))
                .Where(word => word.Length > 0)
                .Select(word => char.IsAsciiLetterUpper(word[0]) && ZoneLike(word) ? word : word.ToLowerInvariant()),
        ];
    }

    // Zone ids keep their case, so that the common ones are found without listing all zones.
    private static bool ZoneLike(string word) =>
        word.Contains('/', StringComparison.Ordinal)
        || (ScheduleWords.DaysOf(word.ToLowerInvariant()) is null && TimesOf(word.ToLowerInvariant()) is null);

    private static string Repair(string text)
    {
        var joined = WeekDays().Replace(text, "week${rest}");
        var lines = joined.Split([';', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
        return string.Join("; ", lines.Select(line => string.Join(' ', RepairLine(Words(line)))));
    }

    private static IEnumerable<string> RepairLine(List<string> words)
    {
        var unknown = new List<string>();
        foreach (var word in words)
        {
            if (RepairWord(word) is { } repaired)
            {
                yield return repaired;
            }
            else
            {
                unknown.Add(word);
            }
        }

        if (unknown.Count > 0)
        {
            var name = string.Join('_', unknown);
            yield return ZoneNames.Find(name)?.Id ?? ZoneNames.Nearest(name) ?? name;
        }
    }

    private static string? RepairWord(string word)
    {
        if (ScheduleWords.IsFiller(word) || ScheduleWords.DaysOf(word) is not null || TimesOf(word) is not null)
        {
            return word;
        }

        if (ScheduleWords.NearlyMinuteOf(word) is { } minute)
        {
            return DigestSchedule.ClockText(minute);
        }

        var isWord = word.Length >= 4 && word.All(char.IsAsciiLetter) && ZoneNames.Find(word) is null;
        return isWord
            ? EditDistance.Nearest(word, [.. ScheduleWords.DayNames, "hourly"], word.Length >= 6 ? 2 : 1)
            : null;
    }

    [GeneratedRegex(
        @"\s*[\u2010-\u2015]\s*|\s+-\s+|\s+(to|through|till|until)\s+",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Dash();

    [GeneratedRegex(
        @"(?<digit>[0-9])\s*(?<half>[ap])\.?m\b\.?",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        1_000
    )]
    private static partial Regex HalfOfDay();

    [GeneratedRegex(@"\bweek[ -](?<rest>(day|end)s?)\b", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1_000)]
    private static partial Regex WeekDays();

    /// <summary>What has been understood so far.</summary>
    private sealed class Reading
    {
        internal SortedSet<int>[] Week { get; } = [.. Enumerable.Range(0, 7).Select(_ => new SortedSet<int>())];

        internal TimeZoneInfo? Zone { get; set; }

        internal string? Problem { get; set; }

        internal void Add(int days, List<int> times)
        {
            if (days == 0 && times.Count == 0)
            {
                return;
            }

            if (times.Count == 0)
            {
                Problem ??= "A day is named without a time of day.";
            }

            for (var day = 0; day < 7; day++)
            {
                if (days == 0 || (days & (1 << day)) != 0)
                {
                    Week[day].UnionWith(times);
                }
            }
        }
    }
}
