using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using NewsBot.Storage;

namespace NewsBot.Cli;

/// <summary>Copies the database into one file, also while NewsBot runs and writes.</summary>
internal static class Backup
{
    public static Task<int> RunAsync(
        string[] settings,
        string place,
        bool mayOverwrite,
        CancellationToken cancellationToken
    ) =>
        OneShot.RunAsync(
            settings,
            async services =>
            {
                var source = services.GetRequiredService<IOptions<StorageOptions>>().Value.DatabaseFile;
                var target = Path.GetFullPath(place);
                if (Directory.Exists(target))
                {
                    Output.Error(
                        $"{target} is a folder. Name a file, such as {Path.Combine(target, "newsbot-backup.db")}."
                    );
                    return CommandLineDoor.WrongUsage;
                }

                if (File.Exists(target) && !mayOverwrite)
                {
                    Output.Error($"{target} is there already. Use --force to overwrite it.");
                    return CommandLineDoor.Failed;
                }

                if (Path.GetFullPath(source) == target)
                {
                    Output.Error("This is the database itself; a backup needs a file of its own.");
                    return CommandLineDoor.WrongUsage;
                }

                var problems = await Output.WhileAsync(
                    "Copying the database …",
                    say => CopyAsync(source, target, say, cancellationToken)
                );
                foreach (var problem in problems)
                {
                    Output.Error(problem);
                }

                if (problems.Count > 0)
                {
                    return CommandLineDoor.Failed;
                }

                Output.Line(
                    $"Wrote {target} ({new FileInfo(target).Length / 1_048_576.0:N1} MB, checked). “newsbot restore” takes it back in."
                );
                return CommandLineDoor.Done;
            },
            cancellationToken
        );

    /// <summary>Copies with SQLite's own backup, which sees one moment of a database that is being written.</summary>
    /// <returns>What is wrong with the copy; empty where it is whole.</returns>
    public static async Task<IReadOnlyList<string>> CopyAsync(
        string source,
        string target,
        Action<string> say,
        CancellationToken cancellationToken
    )
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        // Under another name until it is whole: a backup that broke off must not look like one.
        var draft = target + ".part";
        File.Delete(draft);
        await using (var from = DatabaseFile.Connection(source, SqliteOpenMode.ReadWrite))
        await using (var to = DatabaseFile.Connection(draft, SqliteOpenMode.ReadWriteCreate))
        {
            await from.OpenAsync(cancellationToken);
            await to.OpenAsync(cancellationToken);
            await Task.Run(() => from.BackupDatabase(to), cancellationToken);
            // One file, without a log beside it.
            await to.ExecuteAsync("PRAGMA journal_mode = DELETE");
        }

        say("Checking the copy …");
        var problems = await DatabaseFile.CheckAsync(draft, cancellationToken);
        if (problems.Count == 0)
        {
            File.Move(draft, target, overwrite: true);
        }

        return problems;
    }
}
