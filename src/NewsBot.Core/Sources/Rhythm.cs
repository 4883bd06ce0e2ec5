using System.Globalization;

namespace NewsBot.Core.Sources;

/// <summary>When a source publishes, in words. Pure.</summary>
public static class Rhythm
{
    // Shorter says "at once", longer says nothing.
    private const int WindowHours = 4;

    // Fewer entries show no habit, and below this share of them the window is hardly busier than the rest of the day.
    private const int MinEntries = 10;
    private const double MinShare = 0.35;

    /// <summary>Such as "about 4 a day, most of them between 06:00 and 10:00 UTC".</summary>
    /// <param name="days">Entries a day, the oldest first.</param>
    /// <param name="hours">Entries by hour of the UTC day, 24 of them.</param>
    /// <returns>Never empty; without a capital letter and a full stop.</returns>
    public static string Words(IReadOnlyList<int> days, IReadOnlyList<int> hours)
    {
        var often = Often(days);
        return Busiest(hours) is { } from
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{often}, most of them between {from:00}:00 and {(from + WindowHours) % 24:00}:00 UTC"
            )
            : often;
    }

    private static string Often(IReadOnlyList<int> days)
    {
        // A source that was added last week was not silent before that.
        var known = days.SkipWhile(day => day == 0).ToList();
        var sum = known.Sum();
        if (sum == 0)
        {
            return "nothing lately";
        }

        var perDay = (double)sum / known.Count;
        return perDay switch
        {
            >= 0.95 => string.Create(CultureInfo.InvariantCulture, $"about {Math.Round(perDay):0} a day"),
            >= 0.95 / 7 => string.Create(CultureInfo.InvariantCulture, $"about {Math.Round(perDay * 7):0} a week"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{sum} in {known.Count} days"),
        };
    }

    private static int? Busiest(IReadOnlyList<int> hours)
    {
        var sum = hours.Sum();
        if (sum < MinEntries)
        {
            return null;
        }

        var (from, most) = Enumerable
            .Range(0, hours.Count)
            .Select(start => (start, Enumerable.Range(start, WindowHours).Sum(hour => hours[hour % hours.Count])))
            .MaxBy(window => window.Item2);
        return most >= sum * MinShare ? from : null;
    }
}
