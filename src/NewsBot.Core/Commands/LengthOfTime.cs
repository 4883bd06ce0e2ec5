using System.Globalization;
using System.Text.RegularExpressions;

namespace NewsBot.Core.Commands;

/// <summary>Reads a length of time as people write it: "90m", "2 hours", "1 day 12 h". Pure.</summary>
public static partial class LengthOfTime
{
    /// <summary>Longer lengths are refused; what is meant for ever has its own command.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>Reads a text.</summary>
    /// <param name="text">Numbers with units from minutes to weeks.</param>
    /// <returns>More than zero and at most <see cref="Longest"/>; null where the text is not such a length.</returns>
    public static TimeSpan? Parse(string text)
    {
        if (text.Length > 60 || !Whole().IsMatch(text))
        {
            return null;
        }

        var minutes = 0.0;
        foreach (Match part in Part().Matches(text))
        {
            minutes +=
                double.Parse(part.Groups["number"].ValueSpan, CultureInfo.InvariantCulture)
                * char.ToLowerInvariant(part.Groups["unit"].Value[0]) switch
                {
                    'w' => 7 * 24 * 60,
                    'd' => 24 * 60,
                    'h' => 60,
                    _ => 1,
                };
        }

        return minutes > 0 && minutes <= Longest.TotalMinutes ? TimeSpan.FromMinutes(minutes) : null;
    }

    /// <summary>The length in words, in its largest whole unit, such as "90 minutes" or "2 hours".</summary>
    /// <param name="length">At least a minute.</param>
    public static string Words(TimeSpan length)
    {
        var minutes = (long)Math.Round(length.TotalMinutes);
        return minutes switch
        {
            _ when minutes % (7 * 24 * 60) == 0 => Count(minutes / (7 * 24 * 60), "week"),
            _ when minutes % (24 * 60) == 0 => Count(minutes / (24 * 60), "day"),
            _ when minutes % 60 == 0 => Count(minutes / 60, "hour"),
            _ => Count(minutes, "minute"),
        };
    }

    /// <summary>"1 story", "2 stories".</summary>
    /// <param name="count">How many.</param>
    /// <param name="one">The word for one.</param>
    /// <param name="many">The word for several; null for <paramref name="one"/> with an s.</param>
    public static string Count(long count, string one, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many ?? one + "s")}");

    private const string Unit = "(?<unit>m|min|mins|minutes?|h|hrs?|hours?|d|days?|w|weeks?)";

    [GeneratedRegex(
        @"^\s*([0-9]{1,6}(\.[0-9]{1,3})?\s*" + Unit + @"[\s,]*)+$",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        1_000
    )]
    private static partial Regex Whole();

    [GeneratedRegex(
        @"(?<number>[0-9]{1,6}(\.[0-9]{1,3})?)\s*" + Unit + @"\b",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        1_000
    )]
    private static partial Regex Part();
}
