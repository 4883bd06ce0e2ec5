using System.Globalization;
using Microsoft.Extensions.Options;
using NewsBot.Core.Commands;
using NewsBot.Storage;
using NewsBot.Storage.Moving;
using Npgsql;

namespace NewsBot.Cli;

/// <summary>
/// Moves a newsroom between the file of SQLite in the folder and the PostgreSQL database of the connection string. Where
/// it comes from stays as it is; where it goes to has all of it at the end, or nothing.
/// </summary>
internal static class MoveDatabase
{
    // Enough of a hash to compare two by eye.
    private const int ShownOfHash = 16;

    /// <param name="settings">Settings as on the server's command line; both databases are among them.</param>
    /// <param name="target">Where to: the other one is where from.</param>
    /// <param name="cancellationToken">Cancels it; nothing is moved then.</param>
    /// <returns>0, or 1 with a sentence on the error stream.</returns>
    public static async Task<int> RunAsync(
        string[] settings,
        StorageProvider target,
        CancellationToken cancellationToken
    )
    {
        try
        {
            // The last one counts. With it the connection string is asked for, and held against its rules.
            await using var app = NewsBotHost.Build([.. settings, "--Storage:Provider=Postgres"]);
            foreach (var check in app.Services.GetServices<IStartupValidator>())
            {
                check.Validate();
            }

            var file = app.Services.GetRequiredService<IOptions<StorageOptions>>().Value.DatabaseFile;
            var server = app.Services.GetRequiredService<Database>();
            RestoredFile.Settle(file);
            var moved = await Output.WhileAsync(
                "Looking at both databases …",
                say =>
                    target is StorageProvider.Postgres
                        ? ToServerAsync(file, server, say, cancellationToken)
                        : ToFileAsync(
                            server,
                            file,
                            app.Services.GetRequiredService<TimeProvider>(),
                            say,
                            cancellationToken
                        )
            );
            Report(moved);
            Output.Line(target is StorageProvider.Postgres ? NowOnServer(file, server) : NowInFile(file, server));
            return CommandLineDoor.Done;
        }
        catch (OperationCanceledException)
        {
            Output.Error("Stopped. Nothing was moved, and nothing was changed.");
            return CommandLineDoor.Failed;
        }
        catch (Exception error) when (OneShot.Explain(error) is { } sentence)
        {
            Output.Error(sentence);
            return CommandLineDoor.Failed;
        }
    }

    private static async Task<MovedNewsroom> ToServerAsync(
        string file,
        Database server,
        Action<string> say,
        CancellationToken cancellationToken
    )
    {
        await using var source = await DatabaseFile.OpenAloneAsync(file, cancellationToken);
        Refuse(await DatabaseFile.CheckAsync(source, file));
        Refuse(await Migrator.DifferenceAsync(source));
        await using (var look = (NpgsqlConnection)await server.OpenAsync(cancellationToken))
        {
            Refuse(await Migrator.NewerAsync(look, server.Name));
            Refuse(await TakenAsync(look, server.Name));
        }

        say("Making the tables …");
        await new Migrator(server).MigrateAsync(cancellationToken);
        await using var target = (NpgsqlConnection)await server.OpenAsync(cancellationToken);
        await using var transaction = await NewsroomServer.BeginAloneAsync(target, cancellationToken);
        // Somebody may have started there meanwhile.
        Refuse(await TakenAsync(target, server.Name));
        var moved = await MoveNewsroom.RunAsync(source, target, say, cancellationToken);
        // Whoever gives up now would not know whether it was moved.
        await transaction.CommitAsync(CancellationToken.None);
        return moved;
    }

    private static async Task<MovedNewsroom> ToFileAsync(
        Database server,
        string file,
        TimeProvider time,
        Action<string> say,
        CancellationToken cancellationToken
    )
    {
        Refuse(
            File.Exists(file)
                ? $"There is a database at {file} already. Name another folder with --data DIR, or move that file away. Nothing was changed."
                : null
        );
        await using var source = (NpgsqlConnection)await server.OpenAsync(cancellationToken);
        Refuse(await NewsroomServer.ProblemAsync(source, server.Name));
        Refuse(
            await NewsroomServer.IsInUseAsync(source, time, cancellationToken)
                ? $"A newsroom runs with {server.Name}. Stop it first, then move."
                : null
        );
        await using var transaction = await NewsroomServer.BeginAloneAsync(source, cancellationToken);
        var (moved, problems) = await ServerCopy.MakeAsync(source, file, mayOverwrite: false, say, cancellationToken);
        Refuse(problems);
        return moved!;
    }

    private static async Task<string?> TakenAsync(NpgsqlConnection connection, string name) =>
        await NewsroomServer.HoldsOneAsync(connection)
            ? $"There is a newsroom in {name} already. Name an empty database in Storage:ConnectionString. Nothing was changed."
            : null;

    private static void Refuse(IReadOnlyList<string> problems) => Refuse(problems is [var first, ..] ? first : null);

    private static void Refuse(string? problem)
    {
        if (problem is not null)
        {
            throw new InvalidOperationException(problem);
        }
    }

    private static void Report(MovedNewsroom moved)
    {
        foreach (var (name, digest) in moved.Tables)
        {
            Output.Line(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name, -24}{digest.Rows, 12:N0}  {digest.Hash[..ShownOfHash]}"
                )
            );
        }

        var rows = LengthOfTime.Count(moved.Tables.Sum(table => table.Digest.Rows), "row");
        Output.Line(
            $"Moved {LengthOfTime.Count(moved.Tables.Count, "table")} with {rows}. Each was read again on both sides, every column of every row, and is the same; the hashes stand above."
        );
        if (moved.Replaced.Count > 0)
        {
            var where = moved.Replaced.Select(column => $"{column.Key} in {LengthOfTime.Count(column.Value, "row")}");
            Output.Line(
                $"Only the character NUL, which PostgreSQL does not store, became “\ufffd”: {string.Join(", ", where)}."
            );
        }
    }

    private static string NowOnServer(string file, Database server) =>
        $"Start NewsBot with Storage:Provider=Postgres and this Storage:ConnectionString from now on. {Erasures.FileName} in {server.Folder} goes on with it: keep that folder as Storage:Folder. {file} is as it was; do not start NewsBot with it again, or what waits there is posted twice. Delete it when you no longer need it.";

    private static string NowInFile(string file, Database server) =>
        $"Start NewsBot with --data {Path.GetDirectoryName(file)} from now on, without Storage:Provider and Storage:ConnectionString; {Erasures.FileName} of the newsroom belongs into that folder. {server.Name} is as it was; do not start NewsBot with it again, or what waits there is posted twice. Drop it when you no longer need it.";
}
