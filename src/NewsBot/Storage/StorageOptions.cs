using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using NewsBot.Core.Feeds;
using Npgsql;

namespace NewsBot.Storage;

/// <summary>The <c>Storage</c> section of the settings.</summary>
internal sealed class StorageOptions : IValidatableObject
{
    public const string Section = "Storage";

    /// <summary>Folder of the database and of everything else that is kept; <c>--data DIR</c> says the same. Default data, below the working directory.</summary>
    [Required]
    public string Folder { get; set; } = "data";

    /// <summary>Which database: Sqlite, a file in the folder (default), or Postgres, which needs the connection string.</summary>
    public StorageProvider Provider { get; set; }

    /// <summary>Of PostgreSQL, such as "Host=db;Database=newsbot;Username=newsbot;Password=…". Default none.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>
    /// How long is known why an entry was posted or not, which "why" and "filter replay" look at, 1 to 400 days. Default 30 days.
    /// </summary>
    public TimeSpan KeepDecisions { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long the daily figures of each feed are kept, 14 to 4,000 days. Default 400 days.</summary>
    public TimeSpan KeepStatistics { get; set; } = TimeSpan.FromDays(400);

    /// <summary>The database file.</summary>
    public string DatabaseFile => Path.Combine(Path.GetFullPath(Folder), "newsbot.db");

    /// <param name="time">Of its pauses.</param>
    /// <param name="health">Knows whether anything can be stored.</param>
    /// <returns>The database; the caller disposes it.</returns>
    public Database Open(TimeProvider time, StorageHealth? health) =>
        Provider is StorageProvider.Postgres
            ? new PostgresDatabase(WithPassword(ConnectionString!), Path.GetFullPath(Folder), time, health)
            : new SqliteDatabase(DatabaseFile, health);

    // Whoever asks an open pool for its address, as migrations do, gets the password only so.
    private static string WithPassword(string connection) =>
        new NpgsqlConnectionStringBuilder(connection) { PersistSecurityInfo = true }.ToString();

    /// <summary>Holds how long things are kept against its range.</summary>
    /// <param name="validationContext">Not looked at.</param>
    /// <returns>One sentence for each thing that is wrong.</returns>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        [
            .. CheckConnection(),
            .. SettingRange.Check("Storage:KeepDecisions", KeepDecisions, TimeSpan.FromDays(1), TimeSpan.FromDays(400)),
            // The status page shows two weeks.
            .. SettingRange.Check(
                "Storage:KeepStatistics",
                KeepStatistics,
                TimeSpan.FromDays(14),
                TimeSpan.FromDays(4_000)
            ),
        ];

    private IEnumerable<ValidationResult> CheckConnection()
    {
        if (Provider is not StorageProvider.Postgres)
        {
            if (!string.IsNullOrWhiteSpace(ConnectionString))
            {
                yield return new ValidationResult(
                    "Storage:ConnectionString is set, but Storage:Provider is not Postgres; set Storage:Provider=Postgres, or leave the connection string out."
                );
            }

            yield break;
        }

        var problem = "";
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(ConnectionString);
            problem =
                string.IsNullOrEmpty(settings.Host) ? "names no host"
                : string.IsNullOrEmpty(settings.Database) ? "names no database"
                : "";
        }
        catch (Exception error) when (error is ArgumentException or FormatException)
        {
            problem = "cannot be read";
        }

        if (problem.Length > 0)
        {
            yield return new ValidationResult(
                $"Storage:ConnectionString {problem}; write it like \"Host=localhost;Database=newsbot;Username=newsbot;Password=…\"."
            );
        }
    }
}

/// <summary>The databases that can be used.</summary>
internal enum StorageProvider
{
    Sqlite,
    Postgres,
}

[OptionsValidator]
internal sealed partial class StorageOptionsValidator : IValidateOptions<StorageOptions>;
