using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using NewsBot.Storage;

namespace NewsBot.Cli;

/// <summary>
/// Puts a backup in the place of the database. All is made ready beside it first: until the last moment the present
/// database stays what it is, and from then on whoever comes next completes what was cut off.
/// </summary>
internal static class Restore
{
    // Source: https://www.sqlite.org/rescode.html
    private const int SqliteCorrupt = 11;
    private const int SqliteNotADatabase = 26;

    private const string InUse = "The database is in use: NewsBot runs with it. Stop it first, then restore.";

    public static async Task<int> RunAsync(
        string[] settings,
        string place,
        bool withoutErasures,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await using var app = NewsBotHost.Build(settings);
            var backup = Path.GetFullPath(place);
            var database = app.Services.GetRequiredService<Database>();
            Directory.CreateDirectory(database.Folder);
            if (database is SqliteDatabase { File: var present })
            {
                RestoredFile.Settle(present);
            }

            if (await ProblemAsync(backup, database, withoutErasures, cancellationToken) is { } problem)
            {
                Output.Error(problem);
                return CommandLineDoor.Failed;
            }

            var time = app.Services.GetRequiredService<TimeProvider>();
            var restored = database is SqliteDatabase { File: var target }
                ? await ReplaceAsync(backup, target, time.GetUtcNow(), cancellationToken)
                : await RestoreServer.ReplaceAsync(backup, database, time, cancellationToken);
            await BeginRecordAsync(database, time.GetUtcNow(), cancellationToken);
            Output.Line($"Restored {backup}.");
            Report(restored);
            return CommandLineDoor.Done;
        }
        catch (Exception error) when (OneShot.Explain(error) is { } sentence)
        {
            Output.Error(sentence);
            return CommandLineDoor.Failed;
        }
    }

    private static async Task<string?> ProblemAsync(
        string backup,
        Database database,
        bool withoutErasures,
        CancellationToken cancellationToken
    )
    {
        if (!File.Exists(backup))
        {
            return $"There is no file {backup}.";
        }

        var target = (database as SqliteDatabase)?.File;
        if (backup == target)
        {
            return "This is the database itself; name a backup.";
        }

        if (await DatabaseFile.CheckAsync(backup, cancellationToken) is [var first, ..])
        {
            return first;
        }

        if (!withoutErasures)
        {
            await using var connection = DatabaseFile.Connection(backup, SqliteOpenMode.ReadOnly);
            await connection.OpenAsync(cancellationToken);
            if (await new Erasures(database).ProblemAsync(connection) is { } missing)
            {
                return missing;
            }
        }

        return target is null || await FoldAsync(target, cancellationToken) ? null : InUse;
    }

    private static async Task<Restored> ReplaceAsync(
        string backup,
        string target,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var (scripts, erased) = await Output.WhileAsync(
            "Copying the backup …",
            say => MakeAsync(backup, target + ".draft", RestoredFile.Waiting(target), now, say, cancellationToken)
        );
        // Nobody has written to the present one since it was looked at, or the backup stays beside it unused.
        if (!await FoldAsync(target, cancellationToken))
        {
            RestoredFile.Settle(target);
            throw new InvalidOperationException(InUse);
        }

        return new Restored(Swap(target, now), scripts, erased);
    }

    /// <summary>Copies the backup, brings it up to date and erases again whoever is on record, all in a file of its own.</summary>
    /// <param name="backup">The backup.</param>
    /// <param name="draft">The file until it is whole; in the folder of the record of erasures.</param>
    /// <param name="target">Its name once it is whole.</param>
    /// <param name="now">When it is erased again.</param>
    /// <param name="say">Hears what is being done.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>How many scripts were run, and how many members erased.</returns>
    public static async Task<(int Scripts, int Erased)> MakeAsync(
        string backup,
        string draft,
        string target,
        DateTimeOffset now,
        Action<string> say,
        CancellationToken cancellationToken
    )
    {
        try
        {
            if (
                await Backup.CopyAsync(backup, draft, mayOverwrite: true, say, cancellationToken)
                is [_, ..]
                    and var problems
            )
            {
                throw new IOException(string.Join(Environment.NewLine, problems));
            }

            say("Bringing it up to date …");
            using (var database = new SqliteDatabase(draft))
            {
                var scripts = await new Migrator(database).MigrateAsync(cancellationToken);
                var erasures = new Erasures(database);
                var erased = await database.WriteAsync(
                    async connection =>
                        await erasures.ProblemAsync(connection) is null
                            ? await erasures.ReplayAsync(connection, now, cancellationToken)
                            : 0,
                    cancellationToken
                );
                SqliteConnection.ClearAllPools();
                database.Dispose();
                await CloseAsync(draft, cancellationToken);
                File.Move(draft, target, overwrite: true);
                return (scripts.Count, erased);
            }
        }
        finally
        {
            DatabaseDraft.Delete(draft);
        }
    }

    // One file, without a log beside it, so that it can be moved.
    private static async Task CloseAsync(string draft, CancellationToken cancellationToken)
    {
        await using var connection = DatabaseFile.Connection(draft, SqliteOpenMode.ReadWrite);
        await connection.OpenAsync(cancellationToken);
        await connection.ExecuteScalarAsync<string>("PRAGMA journal_mode = DELETE");
    }

    // Only where nobody else has the file open can it be locked like this, and then its log is folded in.
    private static async Task<bool> FoldAsync(string target, CancellationToken cancellationToken)
    {
        if (!File.Exists(target))
        {
            return true;
        }

        try
        {
            await using var connection = DatabaseFile.Connection(target, SqliteOpenMode.ReadWrite);
            connection.DefaultTimeout = 1;
            await connection.OpenAsync(cancellationToken);
            // One by one: a failure behind a statement that returns a row would be swallowed.
            await connection.ExecuteScalarAsync<string>("PRAGMA locking_mode = EXCLUSIVE");
            await connection.ExecuteAsync("BEGIN EXCLUSIVE");
            await connection.ExecuteAsync("COMMIT");
            await connection.ExecuteScalarAsync<string>("PRAGMA journal_mode = DELETE");
            return true;
        }
        catch (SqliteException error) when (error.SqliteErrorCode is SqliteCorrupt or SqliteNotADatabase)
        {
            // A damaged database cannot be locked; it is moved aside as it is, with its log.
            return true;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    // A record of another database would keep the next restore from being made.
    private static async Task BeginRecordAsync(
        Database database,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var erasures = new Erasures(database);
        if (
            File.Exists(erasures.File) && await database.ReadAsync(erasures.ProblemAsync, cancellationToken) is not null
        )
        {
            File.Move(erasures.File, Aside(erasures.File, "erasures", now), overwrite: true);
        }

        await erasures.BeginAsync(cancellationToken);
    }

    /// <summary>A name beside a file for what was there before, such as newsbot-before-restore-20260131-080000.db.</summary>
    public static string Aside(string file, string name, DateTimeOffset now) =>
        Path.Combine(
            Path.GetDirectoryName(file)!,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{name}-before-restore-{now:yyyyMMdd-HHmmss}{Path.GetExtension(file)}"
            )
        );

    /// <returns>Where the database is now that was there; null where there was none.</returns>
    private static string? Swap(string target, DateTimeOffset now)
    {
        var aside = Aside(target, "newsbot", now);
        var wasThere = File.Exists(target);
        // The log first: beside the restored one it would be taken for its own.
        foreach (var ending in (string[])["-wal", "-shm", "-journal", ""])
        {
            if (File.Exists(target + ending))
            {
                File.Move(target + ending, aside + ending, overwrite: true);
            }
        }

        File.Move(RestoredFile.Waiting(target), target);
        return wasThere ? aside : null;
    }

    private static void Report(Restored restored)
    {
        if (restored.Aside is { } aside)
        {
            Output.Line($"The database that was there is now {aside}; delete it when you no longer need it.");
        }

        if (restored.Scripts > 0)
        {
            Output.Line("It was brought up to date with this version.");
        }

        if (restored.Erased is > 0 and var erased)
        {
            Output.Line(
                $"{LengthOf(erased)} who had erased their data since the backup {(erased == 1 ? "was" : "were")} erased again."
            );
        }
    }

    private static string LengthOf(int members) => Core.Commands.LengthOfTime.Count(members, "member");
}

/// <summary>What a restore has done.</summary>
/// <param name="Aside">File that holds the newsroom which was there; null where there was none.</param>
/// <param name="Scripts">How many scripts brought the backup up to date.</param>
/// <param name="Erased">How many members were erased again.</param>
internal sealed record Restored(string? Aside, int Scripts, int Erased);
