using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using NewsBot.Storage;

namespace NewsBot.Cli;

/// <summary>Puts a backup in the place of the database.</summary>
internal static class Restore
{
    // Source: https://www.sqlite.org/rescode.html
    private const int SqliteCorrupt = 11;
    private const int SqliteNotADatabase = 26;

    public static async Task<int> RunAsync(string[] settings, string place, CancellationToken cancellationToken)
    {
        try
        {
            await using var app = NewsBotHost.Build(settings);
            var backup = Path.GetFullPath(place);
            var target = app.Services.GetRequiredService<IOptions<StorageOptions>>().Value.DatabaseFile;
            if (await ProblemAsync(backup, target, cancellationToken) is { } problem)
            {
                Output.Error(problem);
                return CommandLineDoor.Failed;
            }

            var now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow();
            var aside = File.Exists(target)
                ? Path.Combine(
                    Path.GetDirectoryName(target)!,
                    string.Create(CultureInfo.InvariantCulture, $"newsbot-before-restore-{now:yyyyMMdd-HHmmss}.db")
                )
                : null;
            if (aside is not null && !await MoveAsideAsync(target, aside, cancellationToken))
            {
                Output.Error("The database is in use: NewsBot runs with it. Stop it first, then restore.");
                return CommandLineDoor.Failed;
            }

            var problems = await Output.WhileAsync(
                "Copying the backup …",
                say => Backup.CopyAsync(backup, target, say, cancellationToken)
            );
            if (problems.Count > 0)
            {
                Output.Error(string.Join(Environment.NewLine, problems));
                return CommandLineDoor.Failed;
            }

            var scripts = await app.Services.GetRequiredService<Migrator>().MigrateAsync(cancellationToken);
            var erased = await app
                .Services.GetRequiredService<Database>()
                .WriteAsync(
                    connection =>
                        app.Services.GetRequiredService<Erasures>().ReplayAsync(connection, now, cancellationToken),
                    cancellationToken
                );
            Output.Line($"Restored {backup}.");
            Report(aside, scripts.Count, erased);
            return CommandLineDoor.Done;
        }
        catch (Exception error) when (OneShot.Explain(error) is { } sentence)
        {
            Output.Error(sentence);
            return CommandLineDoor.Failed;
        }
    }

    private static async Task<string?> ProblemAsync(string backup, string target, CancellationToken cancellationToken)
    {
        if (!File.Exists(backup))
        {
            return $"There is no file {backup}.";
        }

        return backup == Path.GetFullPath(target) ? "This is the database itself; name a backup."
            : await DatabaseFile.CheckAsync(backup, cancellationToken) is [var first, ..] ? first
            : null;
    }

    // Only where nobody else has the file open can it be locked like this, and then its log is folded in.
    private static async Task<bool> MoveAsideAsync(string target, string aside, CancellationToken cancellationToken)
    {
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
        }
        catch (SqliteException error) when (error.SqliteErrorCode is SqliteCorrupt or SqliteNotADatabase)
        {
            // A damaged database cannot be locked; it is moved aside as it is, with its log.
        }
        catch (SqliteException)
        {
            return false;
        }

        foreach (var ending in (string[])["", "-wal", "-shm"])
        {
            if (File.Exists(target + ending))
            {
                File.Move(target + ending, aside + ending);
            }
        }

        return true;
    }

    private static void Report(string? aside, int scripts, int erased)
    {
        if (aside is not null)
        {
            Output.Line($"The database that was there is now {aside}; delete it when you no longer need it.");
        }

        if (scripts > 0)
        {
            Output.Line("It was brought up to date with this version.");
        }

        if (erased > 0)
        {
            Output.Line(
                $"{LengthOf(erased)} who had erased their data since the backup {(erased == 1 ? "was" : "were")} erased again."
            );
        }
    }

    private static string LengthOf(int members) => Core.Commands.LengthOfTime.Count(members, "member");
}
