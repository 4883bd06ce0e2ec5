using Microsoft.Data.Sqlite;

namespace NewsBot.Storage;

/// <summary>Tells failures of the disk from those of a statement, and puts them into words.</summary>
internal static class StorageFailures
{
    /// <summary>With less room than this the next commit may fail: one intake is a few megabytes at most.</summary>
    public const long LeastRoom = 8 * 1024 * 1024;

    // Less than this is no room: systems keep some blocks for themselves.
    private const long NoRoom = 1024 * 1024;

    /// <summary>What a failure says about the database; null where it is one of the statement alone.</summary>
    /// <param name="error">What a write threw.</param>
    /// <param name="file">The database file: a full disk shows in more ways than one.</param>
    public static StorageTroubleKind? KindOf(Exception error, string file) =>
        // Source: https://www.sqlite.org/rescode.html
        error is not SqliteException sqlite
            ? null
            : sqlite.SqliteErrorCode switch
            {
                13 => StorageTroubleKind.Full,
                10 or 14 => RoomBeside(file) < NoRoom ? StorageTroubleKind.Full : StorageTroubleKind.Failing,
                8 => StorageTroubleKind.ReadOnly,
                5 or 6 => StorageTroubleKind.Locked,
                11 or 26 => StorageTroubleKind.Damaged,
                _ => null,
            };

    /// <summary>The words for a full disk, a locked or a read-only database, where an error is of one; else null.</summary>
    public static string? Explain(Exception error) =>
        error is SqliteException { SqliteErrorCode: 13 } ? Words(StorageTroubleKind.Full)
        : error is SqliteException { SqliteErrorCode: 8 } ? Words(StorageTroubleKind.ReadOnly)
        : error is SqliteException { SqliteErrorCode: 5 or 6 } ? Words(StorageTroubleKind.Locked)
        : null;

    /// <summary>What it is, what it means and what to do.</summary>
    public static string Words(StorageTroubleKind kind) =>
        kind switch
        {
            StorageTroubleKind.Full =>
                "The disk is full: nothing new can be stored. Make room on the disk that holds the database, and NewsBot goes on by itself. All that was stored can be read.",
            StorageTroubleKind.Failing =>
                "The disk does not take what is written: nothing new can be stored. Look at the machine's own log and at limits and quotas for files, and make a backup on another disk with “newsbot backup”. NewsBot goes on by itself once the disk does.",
            StorageTroubleKind.ReadOnly =>
                "The database is read-only: nothing new can be stored. Give the user NewsBot runs as the right to write the database and its folder, and NewsBot goes on by itself.",
            StorageTroubleKind.Away =>
                "The server of the database does not answer: nothing can be read or stored. Look whether PostgreSQL runs and can be reached at Storage:ConnectionString, and NewsBot goes on by itself once it answers.",
            StorageTroubleKind.Crowded =>
                "No connection to the database is free: what wants to read or write has to wait. Allow more connections by max_connections of PostgreSQL, or run fewer processes on it, and NewsBot goes on by itself once there is one.",
            StorageTroubleKind.Locked =>
                "Another program holds the database locked: nothing new can be stored. End that program, and NewsBot goes on by itself.",
            _ =>
                "The database is damaged: nothing new is stored, so that it gets no worse. Stop NewsBot, look with “newsbot doctor”, and take a backup back in with “newsbot restore”.",
        };

    /// <summary>What a look at the disk says, for who has not tried to write.</summary>
    /// <returns>Words where there is no room; else null.</returns>
    public static string? Look(string file) => RoomBeside(file) < NoRoom ? Words(StorageTroubleKind.Full) : null;

    /// <summary>Bytes that may still be written to the disk of a file; many where nobody can tell.</summary>
    public static long RoomBeside(string file)
    {
        try
        {
            return new DriveInfo(Path.GetDirectoryName(Path.GetFullPath(file))!).AvailableFreeSpace;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return long.MaxValue;
        }
    }
}
