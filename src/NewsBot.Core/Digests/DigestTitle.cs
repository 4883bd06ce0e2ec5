using System.Globalization;

namespace NewsBot.Core.Digests;

/// <summary>The two lines that stand over a digest.</summary>
public static class DigestTitle
{
    /// <summary>The heading, such as “Monday midday in #phones”.</summary>
    /// <param name="due">When the digest was due.</param>
    /// <param name="zone">The zone of its schedule.</param>
    /// <param name="channel">The channel's name, with or without a leading “#”; plain text, not escaped here.</param>
    public static string Heading(DateTimeOffset due, TimeZoneInfo zone, string channel)
    {
        var local = LocalClock.LocalOf(due, zone);
        // People call the small hours the night of the day before.
        var day = local.Hour < 5 ? local.AddDays(-1) : local;
        return $"{day.DayOfWeek} {PartOfDay(local.Hour)} in #{channel.TrimStart('#')}";
    }

    /// <summary>The line below it, such as “Since 08:30: 5 stories from 4 sources, 35 comments”.</summary>
    /// <param name="since">When the last digest was due; null for the first one of a channel.</param>
    /// <param name="due">When this one was due.</param>
    /// <param name="zone">The zone of its schedule.</param>
    /// <param name="counts">What it holds; no word about comments where there are none.</param>
    public static string Subtitle(DateTimeOffset? since, DateTimeOffset due, TimeZoneInfo zone, DigestCounts counts)
    {
        var stories = $"{Count(counts.Stories, "story", "stories")} from {Count(counts.Sources, "source", "sources")}";
        var comments = counts.Comments > 0 ? $", {Count(counts.Comments, "comment", "comments")}" : "";
        var start = since is { } last ? $"Since {When(last, due, zone)}: " : "";
        return start + stories + comments;
    }

    private static string When(DateTimeOffset since, DateTimeOffset due, TimeZoneInfo zone)
    {
        var local = LocalClock.LocalOf(since, zone);
        var days = (LocalClock.LocalOf(due, zone).Date - local.Date).Days;
        var format = days switch
        {
            <= 0 => "HH:mm",
            1 => "'yesterday' HH:mm",
            < 7 => "dddd HH:mm",
            _ => "d MMMM HH:mm",
        };
        // A community has its own zone's clock in mind; UTC is most often nobody's, so it is named.
        var name = zone.BaseUtcOffset == TimeSpan.Zero && !zone.SupportsDaylightSavingTime ? " UTC" : "";
        return local.ToString(format, CultureInfo.InvariantCulture) + name;
    }

    private static string PartOfDay(int hour) =>
        hour switch
        {
            < 5 => "night",
            < 11 => "morning",
            < 14 => "midday",
            < 18 => "afternoon",
            < 22 => "evening",
            _ => "night",
        };

    private static string Count(int count, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");
}
