using System.Text.RegularExpressions;

namespace NewsBot.Core.Digests;

/// <summary>The part of every day in which a channel gets nothing, such as 22:00 to 7:00.</summary>
/// <param name="From">Local time at which the quiet begins.</param>
/// <param name="To">Local time at which it ends; before <paramref name="From"/> where it spans midnight.</param>
public sealed partial record QuietHours(TimeOnly From, TimeOnly To)
{
    /// <summary>Reads text such as “22:00-7:00” or “10pm to 7am”.</summary>
    /// <param name="text">Two clock times.</param>
    /// <param name="quiet">What was read; null where nothing could be.</param>
    /// <param name="problem">Empty, or sentences that say what is wrong and how quiet hours look.</param>
    /// <returns>False where the text is not two different times.</returns>
    public static bool TryParse(string text, out QuietHours? quiet, out string problem)
    {
        quiet = null;
        var match = text.Length <= 40 ? Span().Match(text.ToLowerInvariant()) : Match.Empty;
        var from = match.Success ? MinuteOf(match.Groups["from"].Value) : null;
        var to = match.Success ? MinuteOf(match.Groups["to"].Value) : null;
        if (from is null || to is null)
        {
            problem = "Quiet hours are two times, such as “22:00-7:00”.";
            return false;
        }

        if (from == to)
        {
            problem = "Quiet hours that end when they begin would be the whole day. They look like “22:00-7:00”.";
            return false;
        }

        quiet = new QuietHours(At(from.Value), At(to.Value));
        problem = "";
        return true;
    }

    /// <summary>Whether it is quiet at an instant: from the start, up to but without the end.</summary>
    /// <param name="instant">Any instant.</param>
    /// <param name="zone">Where the channel lives.</param>
    public bool Contains(DateTimeOffset instant, TimeZoneInfo zone) => NextEnd(instant, zone) > instant;

    /// <summary>When it is no longer quiet: the instant itself (as UTC) where it is not quiet then.</summary>
    /// <param name="instant">Any instant.</param>
    /// <param name="zone">Where the channel lives; skipped and doubled hours count as in <see cref="DigestSchedule"/>.</param>
    public DateTimeOffset NextEnd(DateTimeOffset instant, TimeZoneInfo zone)
    {
        var today = LocalClock.DayOf(instant, zone);
        for (var shift = -2; shift <= 1; shift++)
        {
            var day = today.AddDays(shift);
            var start = LocalClock.InstantOf(day, MinuteOf(From), zone);
            var end = LocalClock.InstantOf(To > From ? day : day.AddDays(1), MinuteOf(To), zone);
            if (start <= instant && instant < end)
            {
                return end;
            }
        }

        return instant.ToUniversalTime();
    }

    /// <summary>The canonical text; reading it gives equal quiet hours.</summary>
    public override string ToString() =>
        $"{DigestSchedule.ClockText(MinuteOf(From))}-{DigestSchedule.ClockText(MinuteOf(To))}";

    private static int MinuteOf(TimeOnly time) => (time.Hour * 60) + time.Minute;

    // A bare hour is clear between two times, where it would not be in a schedule.
    private static int? MinuteOf(string text) =>
        ScheduleWords.NearlyMinuteOf(text.Replace(" ", "", StringComparison.Ordinal));

    private static TimeOnly At(int minute) => new(minute / 60, minute % 60);

    [GeneratedRegex(
        @"^\s*(from\s+)?(?<from>[0-9a-z:. ]*?)\s*([-\u2010-\u2015]|\b(to|until|till)\b)\s*(?<to>[0-9a-z:. ]*?)\s*$",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Span();
}
