using System.Globalization;
using CsCheck;
using NewsBot.Core.Digests;

namespace NewsBot.Core.Tests.Digests;

public sealed class DigestScheduleTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    private static readonly string[] Zones =
    [
        "Europe/Berlin",
        "America/New_York",
        "Australia/Lord_Howe",
        "Asia/Tokyo",
        "UTC",
        "Africa/Casablanca",
        "Pacific/Apia",
        "Europe/Dublin",
        "Asia/Kathmandu",
    ];

    private static readonly Gen<DigestSchedule> AnySchedule =
        from rules in Gen.Select(Gen.Int[1, 127], Gen.Int[0, 1439].Array[1, 5]).Array[1, 3]
        from zone in Gen.Int[0, Zones.Length - 1].Select(place => Zones[place])
        select Parse(
            string.Join("; ", rules.Select(rule => $"{DayList(rule.Item1)} {TimeList(rule.Item2)}")) + " " + zone
        );

    private static readonly Gen<DateTimeOffset> AnyInstant = Gen.Int[0, 40 * 365 * 24 * 60]
        .Select(minutes => new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(minutes));

    [Theory]
    [InlineData("weekdays 8:30, 17:00 Europe/Berlin", "weekdays 8:30, 17:00 Europe/Berlin")]
    [InlineData("daily 7am", "daily 7:00 Europe/Berlin")]
    [InlineData("mon, wed, fri 12:00", "mon, wed, fri 12:00 Europe/Berlin")]
    [InlineData("weekends 9:00 UTC", "weekends 9:00 UTC")]
    [InlineData("weekends 9:00 Etc/UTC", "weekends 9:00 UTC")]
    [InlineData("every day at 18:00", "daily 18:00 Europe/Berlin")]
    [InlineData("hourly", "hourly Europe/Berlin")]
    [InlineData("weekdays hourly", "weekdays hourly Europe/Berlin")]
    [InlineData("weekdays 8:30; sat 10:00", "weekdays 8:30; sat 10:00 Europe/Berlin")]
    [InlineData("weekdays 8:30\nsat 10:00 Asia/Tokyo\n", "weekdays 8:30; sat 10:00 Asia/Tokyo")]
    [InlineData("weekdays 8:30, sat 10:00", "weekdays 8:30; sat 10:00 Europe/Berlin")]
    [InlineData("8:30 on weekdays, 10 am on saturdays", "weekdays 8:30; sat 10:00 Europe/Berlin")]
    [InlineData("Mon-Fri 12:30 pm", "weekdays 12:30 Europe/Berlin")]
    [InlineData("fri – sun 12am", "fri, sat, sun 0:00 Europe/Berlin")]
    [InlineData("Monday to Wednesday noon and midnight", "mon, tue, wed 0:00, 12:00 Europe/Berlin")]
    [InlineData("17:00, 8:30, 8:30", "daily 8:30, 17:00 Europe/Berlin")]
    [InlineData("weekdays 9:00; weekends 9:00", "daily 9:00 Europe/Berlin")]
    [InlineData("daily 7 p.m. (america/new_york)", "daily 19:00 America/New_York")]
    public void A_schedule_is_read_and_said_in_one_canonical_way(string text, string canonical)
    {
        var schedule = Parse(text);

        Assert.Equal(canonical, schedule.ToString());
        Assert.Equal(schedule, Parse(schedule.ToString()));
    }

    [Theory]
    [InlineData("weekday 8.30", "Did you mean “weekdays 8:30”?")]
    [InlineData("week days 830", "Did you mean “weekdays 8:30”?")]
    [InlineData("wekdays 8:30", "Did you mean “weekdays 8:30”?")]
    [InlineData("dayly 7", "Did you mean “daily 7:00”?")]
    [InlineData("mondy, tusday 1700", "Did you mean “mon, tue 17:00”?")]
    [InlineData("weekdays 8:30 Europe/Berln", "Did you mean “weekdays 8:30 Europe/Berlin”?")]
    [InlineData("weekdays 8:30 Berlin", "Did you mean “weekdays 8:30 Europe/Berlin”?")]
    [InlineData("daily 8:30 New York", "Did you mean “daily 8:30 America/New_York”?")]
    [InlineData("daily 8h30 europe/pariss", "Did you mean “daily 8:30 Europe/Paris”?")]
    public void A_near_miss_is_answered_with_the_nearest_schedule(string text, string suggestion)
    {
        Assert.False(DigestSchedule.TryParse(text, Berlin, out _, out var problem));

        Assert.EndsWith(suggestion, problem, StringComparison.Ordinal);
        Assert.Contains(
            "A schedule looks like “weekdays 8:30, 17:00 Europe/Berlin”",
            problem,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("", "No time of day is given.")]
    [InlineData("weekdays", "A day is named without a time of day.")]
    [InlineData("daily 25:00", "“25:00” is neither")]
    [InlineData("daily 13pm", "“13pm” is neither")]
    [InlineData("qwertzuiop", "“qwertzuiop” is neither")]
    [InlineData("daily 8:00 ../../etc/passwd", "is neither")]
    [InlineData("daily 8:00 UTC; sat 9:00 Asia/Tokyo", "here are two: UTC and Asia/Tokyo")]
    public void What_is_no_schedule_is_named(string text, string expected)
    {
        Assert.False(DigestSchedule.TryParse(text, Berlin, out _, out var problem));

        Assert.Contains(expected, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_day_with_too_many_times_and_an_endless_text_are_refused()
    {
        var crowded = "daily " + string.Join(",", Enumerable.Range(0, 49).Select(minute => $"8:{minute:00}"));

        Assert.False(DigestSchedule.TryParse(crowded, Berlin, out _, out var tooMany));
        Assert.False(DigestSchedule.TryParse(new string('8', 100_000), Berlin, out _, out var tooLong));

        Assert.Contains("at most 48 digests", tooMany, StringComparison.Ordinal);
        Assert.Contains("at most 500", tooLong, StringComparison.Ordinal);
    }

    [Theory]
    // Europe/Berlin: 2:00 to 3:00 is skipped on 29 March 2026, 2:00 to 3:00 comes twice on 25 October 2026.
    [InlineData("daily 2:30 Europe/Berlin", "2026-03-28T12:00Z", "2026-03-29T01:00Z")]
    [InlineData("daily 2:30 Europe/Berlin", "2026-03-29T01:00Z", "2026-03-30T00:30Z")]
    [InlineData("daily 2:30 Europe/Berlin", "2026-10-24T12:00Z", "2026-10-25T00:30Z")]
    [InlineData("daily 2:30 Europe/Berlin", "2026-10-25T00:30Z", "2026-10-26T01:30Z")]
    [InlineData("weekdays 8:30 Europe/Berlin", "2026-03-27T07:30Z", "2026-03-30T06:30Z")]
    [InlineData("hourly Europe/Berlin", "2026-03-29T00:00Z", "2026-03-29T01:00Z")]
    [InlineData("hourly Europe/Berlin", "2026-10-25T00:00Z", "2026-10-25T02:00Z")]
    // America/New_York: 8 March and 1 November 2026.
    [InlineData("daily 2:30 America/New_York", "2026-03-08T00:00Z", "2026-03-08T07:00Z")]
    [InlineData("daily 1:30 America/New_York", "2026-11-01T05:30Z", "2026-11-02T06:30Z")]
    // Lord Howe moves by half an hour: 2:00 to 2:30 is skipped on 4 October 2026, 1:30 to 2:00 comes twice on 5 April 2026.
    [InlineData("daily 2:10 Australia/Lord_Howe", "2026-10-03T12:00Z", "2026-10-03T15:30Z")]
    [InlineData("daily 1:45 Australia/Lord_Howe", "2026-04-04T12:00Z", "2026-04-04T14:45Z")]
    [InlineData("daily 1:45 Australia/Lord_Howe", "2026-04-04T14:45Z", "2026-04-05T15:15Z")]
    [InlineData("daily 7:00 Asia/Tokyo", "2026-03-28T22:00Z", "2026-03-29T22:00Z")]
    [InlineData("sun 23:59 UTC", "2026-03-29T23:59Z", "2026-04-05T23:59Z")]
    public void The_next_run_respects_daylight_saving(string text, string after, string expected)
    {
        var next = Parse(text).NextAfter(Instant(after));

        Assert.Equal(Instant(expected), next);
        Assert.Equal(TimeSpan.Zero, next.Offset);
    }

    [Fact]
    public void A_canonical_text_always_reads_back_to_the_same_schedule() =>
        AnySchedule.Sample(schedule => Parse(schedule.ToString()).Equals(schedule));

    [Fact]
    public void The_next_run_is_strictly_later_and_nothing_lies_between() =>
        Gen.Select(AnySchedule, AnyInstant, Gen.Double[0, 1])
            .Sample(
                (schedule, instant, share) =>
                {
                    var next = schedule.NextAfter(instant);
                    var between = instant + ((next - instant) * share * 0.999);
                    return next > instant
                        && next - instant <= TimeSpan.FromDays(8.1)
                        && schedule.NextAfter(instant) == next
                        && schedule.NextAfter(between) == next;
                }
            );

    [Fact]
    public void No_scheduled_day_is_ever_left_out() =>
        Gen.Select(AnySchedule, AnyInstant)
            .Sample(
                (schedule, instant) =>
                {
                    var days = new List<DateTime>();
                    for (
                        var run = schedule.NextAfter(instant);
                        run < instant.AddDays(20);
                        run = schedule.NextAfter(run)
                    )
                    {
                        days.Add(TimeZoneInfo.ConvertTime(run, schedule.Zone).Date);
                    }

                    // Samoa had no 30 December 2011 at all: what falls on it runs with the next day.
                    var first = TimeZoneInfo.ConvertTime(instant, schedule.Zone).Date.AddDays(1);
                    return Enumerable
                        .Range(0, 18)
                        .Select(day => first.AddDays(day))
                        .Where(day => day != new DateTime(2011, 12, 30, 0, 0, 0, DateTimeKind.Unspecified))
                        .All(day => days.Contains(day) || !Runs(schedule, day));
                }
            );

    private static bool Runs(DigestSchedule schedule, DateTime day) =>
        schedule
            .ToString()
            .Split(';')
            .Any(rule =>
                rule.TrimStart().Split(' ')[0] switch
                {
                    "daily" or "hourly" => true,
                    "weekdays" => day.DayOfWeek is not DayOfWeek.Saturday and not DayOfWeek.Sunday,
                    "weekends" => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday,
                    _ => rule.Contains(day.DayOfWeek.ToString()[..3].ToLowerInvariant() + ",", StringComparison.Ordinal)
                        || rule.Contains(
                            day.DayOfWeek.ToString()[..3].ToLowerInvariant() + " ",
                            StringComparison.Ordinal
                        ),
                }
            );

    private static DigestSchedule Parse(string text)
    {
        Assert.True(DigestSchedule.TryParse(text, Berlin, out var schedule, out var problem), problem);
        return schedule;
    }

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static string DayList(int days) =>
        string.Join(
            ",",
            Enumerable.Range(0, 7).Where(day => (days & (1 << day)) != 0).Select(day => ((DayOfWeek)day).ToString())
        );

    private static string TimeList(int[] minutes) =>
        string.Join(",", minutes.Select(minute => $"{minute / 60}:{minute % 60:00}"));
}
