using System.Data.Common;
using System.Runtime.CompilerServices;

namespace NewsBot.Storage.Moving;

/// <summary>Reads all rows of a table, one after the other.</summary>
internal static class TableRows
{
    /// <param name="connection">Where from; nothing else may be asked of it meanwhile.</param>
    /// <param name="table">Which.</param>
    /// <param name="cancellationToken">Ends it between two rows.</param>
    /// <returns>The rows in the order of the table's key, each with a long, double, string, byte[] or null for every column.</returns>
    /// <exception cref="InvalidOperationException">A value is not of its column's kind, which SQLite alone would allow.</exception>
    public static async IAsyncEnumerable<object?[]> ReadAsync(
        DbConnection connection,
        NewsroomTable table,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Its names are those of the schema.
        command.CommandText = table.Select;
#pragma warning restore CA2100
        // A large table takes as long as it takes.
        command.CommandTimeout = 0;
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            var row = new object?[table.Columns.Count];
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = Checked(rows.GetValue(i), table, table.Columns[i]);
            }

            yield return row;
        }
    }

    private static object? Checked(object value, NewsroomTable table, NewsroomColumn column) =>
        (column.Kind, value) switch
        {
            (_, DBNull) => null,
            (ValueKind.Number, long) or (ValueKind.Fraction, double) => value,
            (ValueKind.Text, string) or (ValueKind.Bytes, byte[]) => value,
            _ => throw new InvalidOperationException(
                $"{table.Name}.{column.Name} holds a value of another kind than {column.Kind}. Nothing was changed."
            ),
        };
}
