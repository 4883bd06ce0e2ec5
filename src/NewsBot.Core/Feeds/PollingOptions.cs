using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace NewsBot.Core.Feeds;

/// <summary>How often feeds are polled.</summary>
public sealed class PollingOptions : IValidatableObject
{
    public const string Section = "Polling";

    /// <summary>Most feeds claimed by one tick, 1 to 500. Default 50.</summary>
    public int BatchSize { get; set; } = 50;

    /// <summary>
    /// Feeds polled beside each other by one process, 1 to 256. Default 16. With thousands of sources more of them, and as many
    /// of Fetching:MaxParallel, keep slow servers from holding up the others.
    /// </summary>
    public int MaxParallel { get; set; } = 16;

    /// <summary>How long a claimed feed is out of reach for others, 1 min to 1 h. Default 5 min: a crash delays it no longer.</summary>
    public TimeSpan ClaimFor { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Shortest interval of a feed, 1 min to 1 day. Default 5 min.</summary>
    public TimeSpan MinInterval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Longest interval of a healthy feed, 1 min to 6 days. Default 6 h.</summary>
    public TimeSpan MaxInterval { get; set; } = TimeSpan.FromHours(6);

    /// <summary>Interval of a feed nothing is known about yet, within the two above. Default 15 min.</summary>
    public TimeSpan StartInterval { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Holds every value against its range, and the intervals against each other.</summary>
    /// <param name="validationContext">Not looked at.</param>
    /// <returns>One sentence for each thing that is wrong.</returns>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var minute = TimeSpan.FromMinutes(1);
        return
        [
            .. SettingRange.Check("Polling:BatchSize", BatchSize, 1, 500),
            .. SettingRange.Check("Polling:MaxParallel", MaxParallel, 1, 256),
            .. SettingRange.Check("Polling:ClaimFor", ClaimFor, minute, TimeSpan.FromHours(1)),
            .. SettingRange.Check("Polling:MinInterval", MinInterval, minute, TimeSpan.FromDays(1)),
            .. SettingRange.Check("Polling:MaxInterval", MaxInterval, minute, TimeSpan.FromDays(6)),
            .. CheckOrder(),
        ];
    }

    private IEnumerable<ValidationResult> CheckOrder()
    {
        if (MinInterval > MaxInterval)
        {
            yield return new ValidationResult(
                $"Polling:MinInterval ({MinInterval}) is longer than Polling:MaxInterval ({MaxInterval}); swap them or raise the maximum."
            );
        }
        else if (StartInterval < MinInterval || StartInterval > MaxInterval)
        {
            yield return new ValidationResult(
                $"Polling:StartInterval is {StartInterval}; set it to a value from Polling:MinInterval ({MinInterval}) to Polling:MaxInterval ({MaxInterval})."
            );
        }
    }
}

/// <summary>Checks <see cref="PollingOptions"/> at the start.</summary>
[OptionsValidator]
public sealed partial class PollingOptionsValidator : IValidateOptions<PollingOptions>;
