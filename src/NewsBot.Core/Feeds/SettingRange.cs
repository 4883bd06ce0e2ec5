using System.ComponentModel.DataAnnotations;

namespace NewsBot.Core.Feeds;

/// <summary>Checks one setting against its range, in words that name the key and the remedy.</summary>
public static class SettingRange
{
    /// <summary>Holds a value against its bounds.</summary>
    /// <param name="key">The full key, such as "Polling:BatchSize".</param>
    /// <param name="value">What was set.</param>
    /// <param name="min">Smallest value allowed.</param>
    /// <param name="max">Largest value allowed.</param>
    /// <returns>Nothing, or one sentence.</returns>
    public static IEnumerable<ValidationResult> Check<T>(string key, T value, T min, T max)
        where T : IComparable<T>
    {
        if (value.CompareTo(min) < 0 || value.CompareTo(max) > 0)
        {
            yield return new ValidationResult($"{key} is {value}; set it to a value from {min} to {max}.");
        }
    }
}
