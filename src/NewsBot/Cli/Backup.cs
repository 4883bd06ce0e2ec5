using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using NewsBot.Storage;

namespace NewsBot.Cli;

/// <summary>Copies the database into one file, also while NewsBot runs and writes. The database itself is not touched.</summary>
internal static class Backup
{
    // Source: https://www.sqlite.org/rescode.html
    private const int SqliteIoError = 10;
    private const int SqliteFull = 13;
    private const int SqliteCannotOpen = 14;

    private static readonly string[] Endings = ["", "-wal", "-shm", "-journal"];

    public static async Task<int> RunAsync(
        string[] settings,
        string place,
        bool mayOverwrite,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await using var app = NewsBotHost.Build(settings);
            foreach (var check in app.Services.GetServices<IStartupValidator>())
            {
                check.Validate();
            }

            var storage = app.Services.GetRequiredService<IOptions<StorageOptions>>().Value;
            if (storage.Provider is StorageProvider.Postgres)
            {
                Output.Error(
                    $"The database is PostgreSQL, which has a backup of its own: “pg_dump --format=custom”. Keep {Erasures.FileName} of {Path.GetFullPath(storage.Folder)} with it."
                );
                return CommandLineDoor.Failed;
            }

            var source = storage.DatabaseFile;
            var target = Path.GetFullPath(place);
            if (Problem(source, target, mayOverwrite) is { } problem)
            {
                Output.Error(problem.Words);
                return problem.Code;
            }

            var problems = await Output.WhileAsync(
                "Copying the database …",
                say => CopyAsync(source, target, mayOverwrite, say, cancellationToken)
            );
            foreach (var wrong in problems)
            {
                Output.Error(wrong);
            }

            if (problems.Count > 0)
            {
                return CommandLineDoor.Failed;
            }

            var megabytes = (new FileInfo(target).Length / 1_048_576.0).ToString("N1", CultureInfo.InvariantCulture);
            Output.Line(
                $"Wrote {target} ({megabytes} MB, checked). “newsbot restore” takes it back in; {Erasures.FileName} beside the database belongs to it. It holds secrets: keep it like one."
            );
            return CommandLineDoor.Done;
        }
        catch (Exception error) when (OneShot.Explain(error) is { } sentence)
        {
            Output.Error(sentence);
            return CommandLineDoor.Failed;
        }
    }

    /// <summary>Copies with SQLite's own backup, which sees one moment of a database that is being written.</summary>
    /// <param name="source">A database file.</param>
    /// <param name="target">Where the copy goes once it is whole; nothing is left of one that is not.</param>
    /// <param name="mayOverwrite">Whether a file that is there by then is replaced.</param>
    /// <param name="say">Hears what is being done.</param>
    /// <param name="cancellationToken">Cancels it between copying and checking.</param>
    /// <returns>What is wrong with the copy; empty where it is whole.</returns>
    /// <exception cref="IOException">There is no room for the copy, or a file is there already.</exception>
    public static async Task<IReadOnlyList<string>> CopyAsync(
        string source,
        string target,
        bool mayOverwrite,
        Action<string> say,
        CancellationToken cancellationToken
    )
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        // Under another name until it is whole: a backup that broke off must not look like one.
        var draft = target + ".part";
        Delete(draft);
        try
        {
            await CopyAsync(source, draft, cancellationToken);
            say("Checking the copy …");
            var problems = await DatabaseFile.CheckAsync(draft, cancellationToken);
            if (problems.Count == 0)
            {
                File.Move(draft, target, mayOverwrite);
            }

            return [.. problems.Select(problem => problem.Replace(draft, "The copy", StringComparison.Ordinal))];
        }
        catch (SqliteException error) when (error.SqliteErrorCode is SqliteFull or SqliteIoError or SqliteCannotOpen)
        {
            var megabytes = (new FileInfo(source).Length / 1_048_576.0).ToString("N1", CultureInfo.InvariantCulture);
            throw new IOException(
                $"{target} could not be written: it takes about {megabytes} MB there. Make room on that disk or name a file on another one. Nothing was left behind. ({error.Message})",
                error
            );
        }
        finally
        {
            Delete(draft);
        }
    }

    private static async Task CopyAsync(string source, string draft, CancellationToken cancellationToken)
    {
        // It holds the keys to what is encrypted; a copy is easily put where others look.
        if (!OperatingSystem.IsWindows())
        {
            await using var made = new FileStream(
                draft,
                new FileStreamOptions
                {
                    Mode = FileMode.CreateNew,
                    Access = FileAccess.Write,
                    UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                }
            );
        }

        await using var from = DatabaseFile.Connection(source, SqliteOpenMode.ReadWrite);
        await using var to = DatabaseFile.Connection(draft, SqliteOpenMode.ReadWriteCreate);
        await from.OpenAsync(cancellationToken);
        await to.OpenAsync(cancellationToken);
        await Task.Run(() => from.BackupDatabase(to), cancellationToken);
        // One file, without a log beside it.
        await to.ExecuteAsync("PRAGMA journal_mode = DELETE");
    }

    private static (string Words, int Code)? Problem(string source, string target, bool mayOverwrite) =>
        !File.Exists(source)
            ? ($"There is no database at {source} yet. --data DIR names another folder.", CommandLineDoor.Failed)
        : Directory.Exists(target)
            ? (
                $"{target} is a folder. Name a file, such as {Path.Combine(target, "newsbot-backup.db")}.",
                CommandLineDoor.WrongUsage
            )
        : IsOneOf(source, target)
            ? ("This is the database itself; a backup needs a file of its own.", CommandLineDoor.WrongUsage)
        : File.Exists(target) && !mayOverwrite
            ? ($"{target} is there already. Use --force to overwrite it.", CommandLineDoor.Failed)
        : null;

    // What lies beside the database under these names belongs to it.
    private static bool IsOneOf(string source, string target) =>
        Array.Exists(
            Endings,
            ending => string.Equals(Path.GetFullPath(source) + ending, target, StringComparison.Ordinal)
        );

    private static void Delete(string draft)
    {
        foreach (var ending in Endings)
        {
            File.Delete(draft + ending);
        }
    }
}
