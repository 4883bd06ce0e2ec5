using Microsoft.Data.Sqlite;
using NewsBot.Storage;
using NewsBot.Storage.Moving;
using Npgsql;

namespace NewsBot.Cli;

/// <summary>
/// Puts a backup in the place of what is in a PostgreSQL database, which is kept as a backup in the folder. It is one
/// transaction: cut off at any moment, the database is what it was.
/// </summary>
internal static class RestoreServer
{
    /// <param name="backup">A backup that was looked at.</param>
    /// <param name="server">The database.</param>
    /// <param name="time">What the clock says.</param>
    /// <param name="cancellationToken">Cancels it; nothing is changed then.</param>
    /// <exception cref="InvalidOperationException">A newsroom runs with the database, or the backup cannot be put there.</exception>
    public static async Task<Restored> ReplaceAsync(
        string backup,
        Database server,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        await using (var look = (NpgsqlConnection)await server.OpenAsync(cancellationToken))
        {
            if (await NewsroomServer.IsInUseAsync(look, time, cancellationToken))
            {
                throw new InvalidOperationException(
                    $"A newsroom runs with {server.Name}. Stop it first, then restore."
                );
            }
        }

        var now = time.GetUtcNow();
        var made = Path.Combine(server.Folder, "restore.db");
        try
        {
            return await Output.WhileAsync(
                "Copying the backup …",
                async say =>
                {
                    var (scripts, erased) = await Restore.MakeAsync(
                        backup,
                        made + ".draft",
                        made,
                        now,
                        say,
                        cancellationToken
                    );
                    var aside = Restore.Aside(Path.Combine(server.Folder, "newsbot.db"), "newsbot", now);
                    var isKept = await FillAsync(made, server, aside, say, cancellationToken);
                    return new Restored(isKept ? aside : null, scripts, erased);
                }
            );
        }
        finally
        {
            DatabaseDraft.Delete(made);
        }
    }

    /// <returns>Whether there was a newsroom, which is in the file aside now.</returns>
    private static async Task<bool> FillAsync(
        string made,
        Database server,
        string aside,
        Action<string> say,
        CancellationToken cancellationToken
    )
    {
        await new Migrator(server).MigrateAsync(cancellationToken);
        await using var source = DatabaseFile.Connection(made, SqliteOpenMode.ReadOnly);
        await source.OpenAsync(cancellationToken);
        await using var target = (NpgsqlConnection)await server.OpenAsync(cancellationToken);
        await using var transaction = await NewsroomServer.BeginAloneAsync(target, cancellationToken);
        var wasThere = await NewsroomServer.HoldsOneAsync(target);
        if (wasThere)
        {
            say("Keeping what is there …");
            var (_, problems) = await ServerCopy.MakeAsync(target, aside, mayOverwrite: true, say, cancellationToken);
            if (problems is [var first, ..])
            {
                throw new InvalidOperationException(
                    $"What is in the database now cannot be kept beside it: {first} Nothing was changed. An empty database takes the backup in without that."
                );
            }
        }

        await MoveNewsroom.RunAsync(source, target, say, cancellationToken);
        // Whoever gives up now would not know whether it was made.
        await transaction.CommitAsync(CancellationToken.None);
        return wasThere;
    }
}
