using System.Globalization;
using Microsoft.Data.Sqlite;

namespace NewsBot.Cli;

/// <summary>A database file under another name until it is whole: one that broke off must not look like one.</summary>
internal static class DatabaseDraft
{
    // Source: https://www.sqlite.org/rescode.html
    private const int SqliteIoError = 10;
    private const int SqliteFull = 13;
    private const int SqliteCannotOpen = 14;

    /// <summary>What the names of files that SQLite keeps beside a database end with; the first is the database.</summary>
    public static readonly IReadOnlyList<string> Endings = ["", "-wal", "-shm", "-journal"];

    /// <summary>Makes a file, checks it and puts it in its place.</summary>
    /// <param name="target">Where it goes once it is whole; nothing is left of one that is not.</param>
    /// <param name="mayOverwrite">Whether a file that is there by then is replaced.</param>
    /// <param name="size">About how many bytes it will have.</param>
    /// <param name="fill">Fills the empty file of this name, and lets it go.</param>
    /// <param name="say">Hears what is being done.</param>
    /// <param name="cancellationToken">Cancels the check.</param>
    /// <returns>What is wrong with it; empty where it is whole.</returns>
    /// <exception cref="IOException">There is no room for it, or a file is there already.</exception>
    public static async Task<IReadOnlyList<string>> MakeAsync(
        string target,
        bool mayOverwrite,
        long size,
        Func<string, Task> fill,
        Action<string> say,
        CancellationToken cancellationToken
    )
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var draft = target + ".part";
        Delete(draft);
        try
        {
            await BeginAsync(draft);
            await fill(draft);
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
            var megabytes = (size / 1_048_576.0).ToString("N1", CultureInfo.InvariantCulture);
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

    /// <summary>Deletes a database file and what lies beside it.</summary>
    public static void Delete(string file)
    {
        foreach (var ending in Endings)
        {
            File.Delete(file + ending);
        }
    }

    // It holds the keys to what is encrypted; a copy is easily put where others look.
    private static async Task BeginAsync(string draft)
    {
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
    }
}
