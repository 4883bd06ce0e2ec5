using System.Data.Common;
using System.Globalization;
using Dapper;

namespace NewsBot.Storage;

/// <summary>The few values the database keeps about itself.</summary>
internal static class Settings
{
    /// <summary>When the database was made, in UTC milliseconds.</summary>
    public const string CreatedAt = "created_at";

    /// <summary>Set once the starter newsroom was laid out.</summary>
    public const string Starter = "starter";

    /// <summary>Set once the first digest was asked for.</summary>
    public const string Welcome = "welcome";

    /// <summary>Where the sample newsroom was served when its feeds were added.</summary>
    public const string SampleOrigin = "sample_origin";

    /// <summary>The newest version that has used the database.</summary>
    public const string Version = "version";

    /// <summary>The version that runs, such as 1.2.3.</summary>
    public static string ThisVersion { get; } = typeof(Settings).Assembly.GetName().Version?.ToString(3) ?? "0";

    private const string Save = """
        INSERT INTO setting (name, value) VALUES (@Name, @Value) ON CONFLICT (name) DO UPDATE SET value = excluded.value
        """;

    public static Task<string?> ReadAsync(DbConnection connection, string name) =>
        connection.QueryFirstOrDefaultAsync<string>(
            "SELECT value FROM setting WHERE name = @Name",
            new { Name = name }
        );

    public static Task WriteAsync(DbConnection connection, string name, string value) =>
        connection.ExecuteAsync(Save, new { Name = name, Value = value });

    /// <summary>When the database was made; it has to be laid out already.</summary>
    public static DateTimeOffset CreatedInstant(Database database)
    {
        using var connection = database.Open();
        return Instant(
            connection.QuerySingle<string>("SELECT value FROM setting WHERE name = @Name", new { Name = CreatedAt })
        );
    }

    public static string Text(DateTimeOffset instant) => instant.Ms().ToString(CultureInfo.InvariantCulture);

    public static DateTimeOffset Instant(string text) => Instants.At(long.Parse(text, CultureInfo.InvariantCulture));
}
