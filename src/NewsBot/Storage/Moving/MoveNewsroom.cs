using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace NewsBot.Storage.Moving;

/// <summary>Copies all a newsroom is from SQLite to PostgreSQL or back, and compares what has arrived.</summary>
internal static class MoveNewsroom
{
    // Often enough to be seen going on.
    private const long TellEvery = 10_000;

    /// <summary>Copies every table and compares every column of every row.</summary>
    /// <param name="from">The newsroom, in a transaction that sees one moment of it.</param>
    /// <param name="to">Where to, in a transaction to be committed where this returns, and only then; what is there is replaced.</param>
    /// <param name="say">Hears what is being done.</param>
    /// <param name="cancellationToken">Ends it between two rows.</param>
    /// <exception cref="InvalidOperationException">The schemas differ, or what has arrived is not what was there.</exception>
    public static async Task<MovedNewsroom> RunAsync(
        DbConnection from,
        DbConnection to,
        Action<string> say,
        CancellationToken cancellationToken
    )
    {
        var filling = Filling.Of(to);
        var all =
            from is SqliteConnection
                ? await NewsroomTables.ReadAsync(from, to)
                : await NewsroomTables.ReadAsync(to, from);
        await filling.BeginAsync(all, cancellationToken);
        var tables = all.Where(table => table.IsMoved).ToList();
        foreach (var (at, table) in tables.Index())
        {
            var what = Progress("Copying", at, table);
            say($"{what} …");
            var rows = TableRows.ReadAsync(from, table, cancellationToken);
            await filling.FillAsync(table, ToldAsync(rows, what, say, cancellationToken), cancellationToken);
        }

        await filling.FinishAsync(all, cancellationToken);
        List<MovedTable> moved = [];
        foreach (var (at, table) in tables.Index())
        {
            say($"{Progress("Comparing", at, table)} …");
            moved.Add(new MovedTable(table.Name, await CompareAsync(from, to, table, cancellationToken)));
        }

        return new MovedNewsroom(moved, filling.Replaced);

        string Progress(string verb, int at, NewsroomTable table) =>
            string.Create(CultureInfo.InvariantCulture, $"{verb} {table.Name} ({at + 1} of {tables.Count} tables)");
    }

    private static async Task<TableDigest> CompareAsync(
        DbConnection from,
        DbConnection to,
        NewsroomTable table,
        CancellationToken cancellationToken
    )
    {
        var was = await TableDigest.OfAsync(from, table, cancellationToken);
        var arrived = await TableDigest.OfAsync(to, table, cancellationToken);
        return was == arrived
            ? was
            : throw new InvalidOperationException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The table {table.Name} did not arrive as it was: {was.Rows:N0} rows with the hash {was.Hash} became {arrived.Rows:N0} with {arrived.Hash}. Nothing was kept of the copy."
                )
            );
    }

    private static async IAsyncEnumerable<object?[]> ToldAsync(
        IAsyncEnumerable<object?[]> rows,
        string what,
        Action<string> say,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var count = 0L;
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            yield return row;
            if (++count % TellEvery == 0)
            {
                say(string.Create(CultureInfo.InvariantCulture, $"{what}: {count:N0} rows …"));
            }
        }
    }
}

/// <summary>What was copied and found to be the same on both sides.</summary>
/// <param name="Tables">All tables.</param>
/// <param name="Replaced">The columns in which PostgreSQL could not store something as it was, and in how many rows.</param>
internal sealed record MovedNewsroom(IReadOnlyList<MovedTable> Tables, IReadOnlyDictionary<string, int> Replaced);

/// <summary>One of its tables.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Digest">What it holds.</param>
internal sealed record MovedTable(string Name, TableDigest Digest);
