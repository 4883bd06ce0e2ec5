using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace NewsBot.Storage;

/// <summary>The <c>Storage</c> section of the settings.</summary>
internal sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>Folder of the database and of everything else that is kept; <c>--data DIR</c> says the same. Default data, below the working directory.</summary>
    [Required]
    public string Folder { get; set; } = "data";

    /// <summary>The database file.</summary>
    public string DatabaseFile => Path.Combine(Path.GetFullPath(Folder), "newsbot.db");
}

[OptionsValidator]
internal sealed partial class StorageOptionsValidator : IValidateOptions<StorageOptions>;
