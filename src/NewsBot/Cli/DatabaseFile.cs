using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using NewsBot.Storage;

namespace NewsBot.Cli;

/// <summary>Looks into a database file without changing it.</summary>
internal static class DatabaseFile
{
    // Source: https://www.sqlite.org/rescode.html
    private const int SqliteBusy = 5;
    private const int SqliteLocked = 6;

    /// <summary>What is wrong with a file, as sentences; empty where it is a whole database that this version knows.</summary>
    /// <param name="file">The file; nothing is written to it.</param>
    /// <param name="cancellationToken">Cancels the check.</param>
    public static async Task<IReadOnlyList<string>> CheckAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = Connection(file, SqliteOpenMode.ReadOnly);
            await connection.OpenAsync(cancellationToken);
            return await CheckAsync(connection, file);
        }
        catch (SqliteException error)
        {
            return [$"{file} is not a database that can be read: {error.Message}"];
        }
    }

    /// <summary>A connection of its own, so that the file is let go with it.</summary>
    public static SqliteConnection Connection(string file, SqliteOpenMode mode) =>
        new(
            new SqliteConnectionStringBuilder
            {
                DataSource = file,
                Mode = mode,
                Pooling = false,
            }.ToString()
        );

    /// <summary>Opens a file that nobody else has open, and keeps others out of it.</summary>
    /// <param name="file">The file.</param>
    /// <param name="cancellationToken">Ends it before the file is opened.</param>
    /// <returns>A connection in a transaction; the caller disposes it, and others may come in again.</returns>
    /// <exception cref="InvalidOperationException">There is no file, or somebody has it open.</exception>
    public static async Task<SqliteConnection> OpenAloneAsync(string file, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
        {
            throw new InvalidOperationException(
                $"There is no database at {file}. --data DIR names the folder it lies in."
            );
        }

        var connection = Connection(file, SqliteOpenMode.ReadWrite);
        try
        {
            connection.DefaultTimeout = 1;
            await connection.OpenAsync(cancellationToken);
            await connection.ExecuteScalarAsync<string>("PRAGMA locking_mode = EXCLUSIVE");
            await connection.ExecuteAsync("BEGIN EXCLUSIVE");
            return connection;
        }
        catch (SqliteException error)
        {
            await connection.DisposeAsync();
            throw error.SqliteErrorCode is SqliteBusy or SqliteLocked
                ? new InvalidOperationException($"NewsBot runs with {file}. Stop it first, then move.", error)
                : error;
        }
    }

    /// <summary>What is wrong with the database of a connection.</summary>
    /// <inheritdoc cref="CheckAsync(string, CancellationToken)"/>
    public static async Task<IReadOnlyList<string>> CheckAsync(SqliteConnection connection, string file)
    {
        var tables = (
            await connection.QueryAsync<string>(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name IN ('SchemaVersions', 'community', 'story')"
            )
        ).AsList();
        if (tables.Count < 3)
        {
            return [$"{file} is a database, but not one of NewsBot."];
        }

        var problems = new List<string>();
        if (await Migrator.NewerAsync(connection, file) is { } newer)
        {
            problems.Add(newer);
        }

        var integrity = (await connection.QueryAsync<string>("PRAGMA integrity_check(5)")).AsList();
        if (integrity is not ["ok"])
        {
            problems.Add(
                $"{file} is damaged: {string.Join("; ", integrity)}. Restore a backup with “newsbot restore”."
            );
        }

        var dangling = (await connection.QueryAsync("PRAGMA foreign_key_check")).Count();
        if (dangling > 0)
        {
            problems.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{file} has {dangling} rows that refer to missing ones. Restore a backup with “newsbot restore”."
                )
            );
        }

        return problems;
    }
}
