using Dapper;
using Microsoft.Data.Sqlite;
using NewsBot.Storage;
using NewsBot.Storage.Moving;
using Npgsql;

namespace NewsBot.Cli;

/// <summary>Copies a newsroom on a PostgreSQL server into a file of SQLite, which every NewsBot can take in.</summary>
internal static class ServerCopy
{
    /// <summary>Copies one moment of it, also while it is being written.</summary>
    /// <param name="server">The database.</param>
    /// <param name="target">Where the copy goes once it is whole; nothing is left of one that is not.</param>
    /// <param name="mayOverwrite">Whether a file that is there by then is replaced.</param>
    /// <param name="say">Hears what is being done.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>Why there is no copy; empty where it is made.</returns>
    /// <exception cref="IOException">There is no room for the copy, or a file is there already.</exception>
    public static async Task<IReadOnlyList<string>> MakeAsync(
        Database server,
        string target,
        bool mayOverwrite,
        Action<string> say,
        CancellationToken cancellationToken
    )
    {
        await using var connection = (NpgsqlConnection)await server.OpenAsync(cancellationToken);
        if (await NewsroomServer.ProblemAsync(connection, server.Name) is { } problem)
        {
            return [problem];
        }

        await using var moment = await NewsroomServer.BeginAsync(connection, cancellationToken);
        var (_, problems) = await MakeAsync(connection, target, mayOverwrite, say, cancellationToken);
        return problems;
    }

    /// <summary>Copies what a transaction sees.</summary>
    /// <param name="server">In a transaction that sees one moment.</param>
    /// <param name="target">As above.</param>
    /// <param name="mayOverwrite">As above.</param>
    /// <param name="say">As above.</param>
    /// <param name="cancellationToken">As above.</param>
    /// <returns>What was copied, and what is wrong with the copy; empty where it is whole.</returns>
    public static async Task<(MovedNewsroom? Moved, IReadOnlyList<string> Problems)> MakeAsync(
        NpgsqlConnection server,
        string target,
        bool mayOverwrite,
        Action<string> say,
        CancellationToken cancellationToken
    )
    {
        MovedNewsroom? moved = null;
        var size = await server.ExecuteScalarAsync<long>("SELECT pg_database_size(current_database())");
        var problems = await DatabaseDraft.MakeAsync(
            target,
            mayOverwrite,
            size,
            async draft => moved = await FillAsync(server, draft, say, cancellationToken),
            say,
            cancellationToken
        );
        return (moved, problems);
    }

    private static async Task<MovedNewsroom> FillAsync(
        NpgsqlConnection server,
        string draft,
        Action<string> say,
        CancellationToken cancellationToken
    )
    {
        using (var database = new SqliteDatabase(draft))
        {
            await new Migrator(database).MigrateAsync(cancellationToken);
        }

        // As long as a pool holds the file, it has a log beside it.
        SqliteConnection.ClearAllPools();
        await using var file = DatabaseFile.Connection(draft, SqliteOpenMode.ReadWrite);
        await file.OpenAsync(cancellationToken);
        await file.ExecuteScalarAsync<string>("PRAGMA journal_mode = DELETE");
        // They are looked at all together once the file is whole.
        await file.ExecuteAsync("PRAGMA foreign_keys = OFF");
        await using var transaction = await file.BeginTransactionAsync(cancellationToken);
        var moved = await MoveNewsroom.RunAsync(server, file, say, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return moved;
    }
}
