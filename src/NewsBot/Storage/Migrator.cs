using System.Data.Common;
using System.Reflection;
using Dapper;
using DbUp;
using DbUp.Builder;
using DbUp.Engine;

namespace NewsBot.Storage;

/// <summary>Brings the schema up to date with the embedded Migrations/NNNN_name.*.sql files.</summary>
internal sealed class Migrator(Database database)
{
    /// <summary>What the names of scripts begin with in the database.</summary>
    public const string Prefix = "NewsBot.Storage.Migrations.";

    private const string SqliteEnding = ".sqlite.sql";
    private const string PostgresEnding = ".postgres.sql";

    // Any number that nobody else locks by.
    private const long TurnOfMigrations = 5_080_2028;

    private const string AtWork =
        "SELECT COUNT(*) FROM process WHERE ends_at >= EXTRACT(EPOCH FROM clock_timestamp()) * 1000";

    // Scripts that became part of a later one; some databases have run them by themselves.
    private static readonly string[] Absorbed = ["0024_card_reactions.sqlite.sql"];

    /// <inheritdoc cref="MigrateAsync(bool, CancellationToken)"/>
    public Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellationToken) =>
        MigrateAsync(rewrites: false, cancellationToken);

    /// <param name="rewrites">Whether to let the file shrink from now on even where that means to write a large one anew.</param>
    /// <param name="cancellationToken">Cancels it before it begins.</param>
    /// <returns>The names of the scripts that were run; empty when the schema was up to date.</returns>
    /// <exception cref="InvalidOperationException">The database is newer than this build, or a script failed.</exception>
    public async Task<IReadOnlyList<string>> MigrateAsync(bool rewrites, CancellationToken cancellationToken)
    {
        return database switch
        {
            SqliteDatabase file => await MigrateAsync(file, rewrites, cancellationToken),
            PostgresDatabase server => await MigrateAsync(server, cancellationToken),
            _ => throw new NotSupportedException(database.GetType().Name),
        };
    }

    private static async Task<IReadOnlyList<string>> MigrateAsync(
        SqliteDatabase database,
        bool rewrites,
        CancellationToken cancellationToken
    )
    {
        Directory.CreateDirectory(database.Folder);
        RestoredFile.Settle(database.File);
        await using var connection = await database.OpenAsync(cancellationToken);
        // It can be said only before anything else is written; said later, it is a write, and the disk may be full.
        if (await connection.ExecuteScalarAsync<long>("PRAGMA page_count") == 0)
        {
            await connection.ExecuteAsync("PRAGMA auto_vacuum = INCREMENTAL");
        }

        await connection.ExecuteAsync("PRAGMA journal_mode = WAL");
        if (await NewerAsync(connection, database.File) is { } newer)
        {
            throw new InvalidOperationException(newer);
        }

        var done = Upgrade(DeployChanges.To.SqliteDatabase(connection.ConnectionString), SqliteEnding);
        await FreePages.AllowAsync(connection, database.File, rewrites);
        return done;
    }

    private static async Task<IReadOnlyList<string>> MigrateAsync(
        PostgresDatabase database,
        CancellationToken cancellationToken
    )
    {
        Directory.CreateDirectory(database.Folder);
        await using var connection = await database.OpenAsync(cancellationToken);
        // Processes that start together take turns.
        await connection.ExecuteAsync("SELECT pg_advisory_lock(@TurnOfMigrations)", new { TurnOfMigrations });
        // Where others are at work a newer version is being rolled out, and one of before may have to start once more.
        if (
            await NewerAsync(connection, database.Name) is { } newer
            && await connection.ExecuteScalarAsync<long>(AtWork) == 0
        )
        {
            throw new InvalidOperationException(newer);
        }

        var done = Upgrade(DeployChanges.To.PostgresqlDatabase(database.ConnectionString), PostgresEnding);
        await connection.ExecuteAsync("SELECT pg_advisory_unlock(@TurnOfMigrations)", new { TurnOfMigrations });
        return done;
    }

    private static List<string> Upgrade(UpgradeEngineBuilder builder, string ending)
    {
        var engine = builder
            .WithScriptsEmbeddedInAssembly(Assembly.GetExecutingAssembly(), name => IsScript(name, ending))
            // A $ is PostgreSQL's quote.
            .WithVariablesDisabled()
            .WithTransactionPerScript()
            .LogToNowhere()
            .Build();
        var result = engine.PerformUpgrade();
        return result.Successful
            ? [.. result.Scripts.Select(script => Short(script.Name))]
            : throw new InvalidOperationException(
                $"Migration {ScriptName(result)} failed: {result.Error.Message}",
                result.Error
            );
    }

    /// <summary>Why this version must leave a database alone: a newer one has changed it.</summary>
    /// <param name="connection">The database.</param>
    /// <param name="file">Its name, for the sentence.</param>
    /// <returns>A sentence with both versions and the remedy; null where it may be used.</returns>
    public static async Task<string?> NewerAsync(DbConnection connection, string file)
    {
        if (!await HasTableAsync(connection, "SchemaVersions"))
        {
            return null;
        }

        var scripts = Scripts(connection);
        var known = scripts.ToHashSet(StringComparer.Ordinal);
        var done = await connection.QueryAsync<string>("SELECT ScriptName FROM SchemaVersions ORDER BY ScriptName");
        var newer = done.Where(name => !known.Contains(name))
            .Select(Short)
            .Except(Absorbed, StringComparer.Ordinal)
            .FirstOrDefault();
        if (newer is null)
        {
            return null;
        }

        var version = await HasTableAsync(connection, "setting")
            ? await Settings.ReadAsync(connection, Settings.Version)
            : null;
        return $"{file} was made by a newer NewsBot{(version is null || version == Settings.ThisVersion ? "" : " " + version)} (it knows {newer}); this is NewsBot {Settings.ThisVersion}, which knows up to {Short(scripts.Max(StringComparer.Ordinal)!)}. "
            + "Install that version or a later one, or take in a backup made by this one with “newsbot restore”. Nothing was changed.";
    }

    /// <summary>How a database differs from what this version works with while it runs.</summary>
    /// <param name="connection">The database.</param>
    /// <returns>A sentence with the remedy that names no path; null where it is as it should be.</returns>
    public static async Task<string?> DifferenceAsync(DbConnection connection)
    {
        var done = await HasTableAsync(connection, "SchemaVersions")
            ? (await connection.QueryAsync<string>("SELECT ScriptName FROM SchemaVersions")).ToHashSet(
                StringComparer.Ordinal
            )
            : [];
        var known = Scripts(connection).ToHashSet(StringComparer.Ordinal);
        return !known.IsSubsetOf(done)
                ? "The database is not up to date: its migrations have not run. Start NewsBot again, or run “newsbot migrate”."
            // While a newer version takes over process by process, the older ones go on: what migrations of PostgreSQL do
            // does not disturb them.
            : connection is not Npgsql.NpgsqlConnection
            && done.Except(known, StringComparer.Ordinal).Select(Short).Except(Absorbed, StringComparer.Ordinal).Any()
                ? "A newer NewsBot has changed the database. Start that version here too."
            : null;
    }

    private static async Task<bool> HasTableAsync(DbConnection connection, string table) =>
        await connection.ExecuteScalarAsync<long>(
            Database.Words(
                connection,
                "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = @table",
                "SELECT COUNT(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = LOWER(@table)"
            ),
            new { table }
        ) > 0;

    private static List<string> Scripts(DbConnection connection)
    {
        var ending = Database.Words(connection, SqliteEnding, PostgresEnding);
        return [.. Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(name => IsScript(name, ending))];
    }

    private static bool IsScript(string name, string ending) =>
        name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(ending, StringComparison.Ordinal);

    private static string ScriptName(DatabaseUpgradeResult result) => Short(result.ErrorScript?.Name ?? "unknown");

    private static string Short(string name) => name.Replace(Prefix, "", StringComparison.Ordinal);
}
