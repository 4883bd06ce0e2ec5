using System.Data.Common;
using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace NewsBot.Storage;

/// <summary>
/// Lets the database file shrink after much was deleted, some pages at a time, and keeps its log from staying large.
/// Source: https://www.sqlite.org/pragma.html#pragma_auto_vacuum
/// </summary>
internal sealed class FreePages(Database database)
{
    /// <summary>Most pages one transaction gives back: two megabytes are moved in a moment.</summary>
    public const int Batch = 500;

    // Below this what is free is filled again soon, and giving it back would be work for nothing.
    private const long LeastFree = 1_000;
    private const long LeastShare = 5;

    // A few commits that had to wait for a long read; more is folded in by force.
    private const long LongLog = 64 * 1024 * 1024;

    private const int Incremental = 2;

    // A database without this was made before files could shrink; up to this size it is rewritten in a second or two.
    private const long RewrittenAtOnce = 64 * 1024 * 1024;

    /// <summary>Gives free pages back to the disk where there are many.</summary>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <returns>How many pages.</returns>
    public async Task<long> GiveBackAsync(CancellationToken cancellationToken)
    {
        var given = 0L;
        if (database is not SqliteDatabase file)
        {
            // PostgreSQL's own autovacuum does it.
            return given;
        }

        await FoldLogAsync(file, cancellationToken);
        var (mode, free, all) = await database.ReadAsync(LookAsync, cancellationToken);
        if (mode != Incremental || free < LeastFree || free * LeastShare < all)
        {
            return given;
        }

        while (free > 0)
        {
            var left = await database.WriteAsync(GiveAsync, cancellationToken);
            if (left >= free)
            {
                break;
            }

            given += free - left;
            free = left;
        }

        return given;
    }

    /// <summary>Lets the file of an older version shrink from now on, by writing it anew once.</summary>
    /// <param name="connection">A connection in no transaction.</param>
    /// <param name="file">The database file.</param>
    /// <param name="however">Whether to do it however large it is.</param>
    public static async Task AllowAsync(DbConnection connection, string file, bool however)
    {
        if (
            await connection.ExecuteScalarAsync<long>("PRAGMA auto_vacuum") == Incremental
            || (!however && new FileInfo(file).Length > RewrittenAtOnce)
        )
        {
            return;
        }

        try
        {
            await connection.ExecuteAsync("PRAGMA auto_vacuum = INCREMENTAL");
            await connection.ExecuteAsync("VACUUM");
        }
        catch (SqliteException error) when (StorageFailures.KindOf(error, file) is not null)
        {
            // No room for a second one, or somebody reads: it stays as it is, and works as it did. The next start tries again.
        }
    }

    private static async Task<(long Mode, long Free, long All)> LookAsync(DbConnection connection) =>
        (
            await connection.ExecuteScalarAsync<long>("PRAGMA auto_vacuum"),
            await connection.ExecuteScalarAsync<long>("PRAGMA freelist_count"),
            await connection.ExecuteScalarAsync<long>("PRAGMA page_count")
        );

    private static async Task<long> GiveAsync(DbConnection connection)
    {
        // It gives back one page for each row that is read of it.
        _ = (
            await connection.QueryAsync<long>(
                string.Create(CultureInfo.InvariantCulture, $"PRAGMA incremental_vacuum({Batch})")
            )
        ).AsList();
        return await connection.ExecuteScalarAsync<long>("PRAGMA freelist_count");
    }

    // Readers that overlap keep SQLite from starting the log anew; once an hour it waits a second for them.
    private static async Task FoldLogAsync(SqliteDatabase database, CancellationToken cancellationToken)
    {
        var log = new FileInfo(database.File + "-wal");
        if (!log.Exists || log.Length < LongLog)
        {
            return;
        }

        await using var connection = await database.OpenAsync(cancellationToken);
        await connection.ExecuteAsync("PRAGMA busy_timeout = 1000");
        await connection.ExecuteScalarAsync<long>("PRAGMA wal_checkpoint(TRUNCATE)");
    }
}
