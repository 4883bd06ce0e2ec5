using System.Globalization;
using Dapper;
using NewsBot.Storage;
using Npgsql;

namespace NewsBot.Cli;

/// <summary>The doctor's look at the database.</summary>
internal static class DoctorDatabase
{
    /// <returns>What is wrong with it; null where there is none yet.</returns>
    public static async Task<IReadOnlyList<string>?> CheckAsync(
        Database database,
        CancellationToken cancellationToken
    ) =>
        database switch
        {
            SqliteDatabase { File: var file } => File.Exists(file)
                ? await DatabaseFile.CheckAsync(file, cancellationToken)
                : null,
            _ => await CheckServerAsync(database, cancellationToken),
        };

    /// <param name="database">The database.</param>
    /// <param name="problems">What <see cref="CheckAsync"/> said of it.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public static async Task<IEnumerable<Finding>> FindingsAsync(
        Database database,
        IReadOnlyList<string>? problems,
        CancellationToken cancellationToken
    ) =>
        problems switch
        {
            null => [Finding.Well($"Database: none yet; the first start makes {database.Name}")],
            [] => [Finding.Well(await WholeAsync(database, cancellationToken))],
            _ => problems.Select(problem => Finding.Wrong("Database", problem)),
        };

    private static async Task<string> WholeAsync(Database database, CancellationToken cancellationToken)
    {
        var version =
            database is SqliteDatabase
                ? "whole"
                : await database.ReadAsync(
                    connection => Task.FromResult($"PostgreSQL {connection.ServerVersion}, {database.Name}"),
                    cancellationToken
                );
        var megabytes = await database.SizeAsync(cancellationToken) / 1_048_576.0;
        return string.Create(CultureInfo.InvariantCulture, $"Database: {version}, {megabytes:N1} MB, schema known");
    }

    private static async Task<IReadOnlyList<string>?> CheckServerAsync(
        Database database,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await using var connection = await database.OpenAsync(cancellationToken);
            if (await Migrator.NewerAsync(connection, database.Name) is { } newer)
            {
                return [newer];
            }

            return await connection.ExecuteScalarAsync<bool>("SELECT to_regclass('schemaversions') IS NULL")
                ? null
                : [];
        }
        catch (NpgsqlException error)
        {
            return [OneShot.Explain(error)!];
        }
    }
}
