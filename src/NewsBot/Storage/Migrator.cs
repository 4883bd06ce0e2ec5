using System.Reflection;
using Dapper;
using DbUp;
using DbUp.Engine;

namespace NewsBot.Storage;

/// <summary>Brings the schema up to date with the embedded Migrations/NNNN_name.sqlite.sql files.</summary>
internal sealed class Migrator(Database database)
{
    private const string Prefix = "NewsBot.Storage.Migrations.";

    /// <returns>The names of the scripts that were run; empty when the schema was up to date.</returns>
    /// <exception cref="InvalidOperationException">The database is newer than this build, or a script failed.</exception>
    public async Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(database.File)!);
        await using var connection = await database.OpenAsync(cancellationToken);
        await connection.ExecuteAsync("PRAGMA journal_mode = WAL");
        var newer = await NewerScriptsAsync(connection);
        if (newer.Count > 0)
        {
            throw new InvalidOperationException(
                $"The database {database.File} was made by a newer NewsBot (it knows {newer[0]}). "
                    + "Start that version again, or restore a backup made by this one."
            );
        }

        var engine = DeployChanges
            .To.SqliteDatabase(connection.ConnectionString)
            .WithScriptsEmbeddedInAssembly(Assembly.GetExecutingAssembly(), IsSqliteScript)
            .WithTransactionPerScript()
            .LogToNowhere()
            .Build();
        if (!engine.IsUpgradeRequired())
        {
            return [];
        }

        var result = engine.PerformUpgrade();
        return result.Successful
            ? [.. result.Scripts.Select(script => Short(script.Name))]
            : throw new InvalidOperationException($"Migration {ScriptName(result)} failed.", result.Error);
    }

    private static async Task<IReadOnlyList<string>> NewerScriptsAsync(
        Microsoft.Data.Sqlite.SqliteConnection connection
    )
    {
        var hasJournal = await connection.ExecuteScalarAsync<long>(
            "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'SchemaVersions'"
        );
        if (hasJournal == 0)
        {
            return [];
        }

        var known = Assembly.GetExecutingAssembly().GetManifestResourceNames().ToHashSet(StringComparer.Ordinal);
        var done = await connection.QueryAsync<string>("SELECT ScriptName FROM SchemaVersions ORDER BY ScriptName");
        return [.. done.Where(name => !known.Contains(name)).Select(Short)];
    }

    private static bool IsSqliteScript(string name) =>
        name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(".sqlite.sql", StringComparison.Ordinal);

    private static string ScriptName(DatabaseUpgradeResult result) => Short(result.ErrorScript?.Name ?? "unknown");

    private static string Short(string name) => name.Replace(Prefix, "", StringComparison.Ordinal);
}
