using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using NewsBot.Core.Feeds;

namespace NewsBot.Storage;

/// <summary>The <c>Storage</c> section of the settings.</summary>
internal sealed class StorageOptions : IValidatableObject
{
    public const string Section = "Storage";

    /// <summary>Folder of the database and of everything else that is kept; <c>--data DIR</c> says the same. Default data, below the working directory.</summary>
    [Required]
    public string Folder { get; set; } = "data";

    /// <summary>
    /// How long is known why an entry was posted or not, which "why" and "filter replay" look at, 1 to 400 days. Default 30 days.
    /// </summary>
    public TimeSpan KeepDecisions { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long the daily figures of each feed are kept, 14 to 4,000 days. Default 400 days.</summary>
    public TimeSpan KeepStatistics { get; set; } = TimeSpan.FromDays(400);

    /// <summary>The database file.</summary>
    public string DatabaseFile => Path.Combine(Path.GetFullPath(Folder), "newsbot.db");

    /// <summary>Holds how long things are kept against its range.</summary>
    /// <param name="validationContext">Not looked at.</param>
    /// <returns>One sentence for each thing that is wrong.</returns>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        [
            .. SettingRange.Check("Storage:KeepDecisions", KeepDecisions, TimeSpan.FromDays(1), TimeSpan.FromDays(400)),
            // The status page shows two weeks.
            .. SettingRange.Check(
                "Storage:KeepStatistics",
                KeepStatistics,
                TimeSpan.FromDays(14),
                TimeSpan.FromDays(4_000)
            ),
        ];
}

[OptionsValidator]
internal sealed partial class StorageOptionsValidator : IValidateOptions<StorageOptions>;
