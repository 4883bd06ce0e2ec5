using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using NewsBot.Storage;

namespace NewsBot.Cli;

/// <summary>Copies the database into one file, also while NewsBot runs and writes. The database itself is not touched.</summary>
internal static class Backup
{
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

            var database = app.Services.GetRequiredService<Database>();
            var target = Path.GetFullPath(place);
            if (Problem(database, target, mayOverwrite) is { } problem)
            {
                Output.Error(problem.Words);
                return problem.Code;
            }

            var problems = await Output.WhileAsync(
                "Copying the database …",
                say => CopyAsync(database, target, mayOverwrite, say, cancellationToken)
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
                $"Wrote {target} ({megabytes} MB, checked). “newsbot restore” takes it back in; {Erasures.FileName} of {database.Folder} belongs to it. It holds secrets: keep it like one."
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
    public static Task<IReadOnlyList<string>> CopyAsync(
        string source,
        string target,
        bool mayOverwrite,
        Action<string> say,
        CancellationToken cancellationToken
    ) =>
        DatabaseDraft.MakeAsync(
            target,
            mayOverwrite,
            new FileInfo(source).Length,
            draft => CopyAsync(source, draft, cancellationToken),
            say,
            cancellationToken
        );

    private static async Task CopyAsync(string source, string draft, CancellationToken cancellationToken)
    {
        await using var from = DatabaseFile.Connection(source, SqliteOpenMode.ReadWrite);
        await using var to = DatabaseFile.Connection(draft, SqliteOpenMode.ReadWriteCreate);
        await from.OpenAsync(cancellationToken);
        await to.OpenAsync(cancellationToken);
        await Task.Run(() => from.BackupDatabase(to), cancellationToken);
        // One file, without a log beside it.
        await to.ExecuteAsync("PRAGMA journal_mode = DELETE");
    }

    private static Task<IReadOnlyList<string>> CopyAsync(
        Database database,
        string target,
        bool mayOverwrite,
        Action<string> say,
        CancellationToken cancellationToken
    ) =>
        database is SqliteDatabase { File: var source }
            ? CopyAsync(source, target, mayOverwrite, say, cancellationToken)
            : ServerCopy.MakeAsync(database, target, mayOverwrite, say, cancellationToken);

    private static (string Words, int Code)? Problem(Database database, string target, bool mayOverwrite) =>
        database is SqliteDatabase { File: var missing } && !File.Exists(missing)
            ? ($"There is no database at {missing} yet. --data DIR names another folder.", CommandLineDoor.Failed)
        : Directory.Exists(target)
            ? (
                $"{target} is a folder. Name a file, such as {Path.Combine(target, "newsbot-backup.db")}.",
                CommandLineDoor.WrongUsage
            )
        : database is SqliteDatabase { File: var source } && IsOneOf(source, target)
            ? ("This is the database itself; a backup needs a file of its own.", CommandLineDoor.WrongUsage)
        : File.Exists(target) && !mayOverwrite
            ? ($"{target} is there already. Use --force to overwrite it.", CommandLineDoor.Failed)
        : null;

    // What lies beside the database under these names belongs to it.
    private static bool IsOneOf(string source, string target) =>
        DatabaseDraft.Endings.Any(ending =>
            string.Equals(Path.GetFullPath(source) + ending, target, StringComparison.Ordinal)
        );
}
