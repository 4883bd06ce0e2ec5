using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace NewsBot.Storage.Moving;

/// <summary>
/// Fills a database with a newsroom, as it is: what its triggers would do was done where the rows come from. All happens
/// in the transaction the connection is in.
/// </summary>
internal abstract class Filling
{
    /// <param name="connection">In a transaction.</param>
    public static Filling Of(DbConnection connection) =>
        connection switch
        {
            SqliteConnection file => new SqliteFilling(file),
            NpgsqlConnection server => new PostgresFilling(server),
            _ => throw new NotSupportedException(connection.GetType().Name),
        };

    /// <summary>Makes room: what the tables hold is taken away.</summary>
    public abstract Task BeginAsync(IReadOnlyList<NewsroomTable> tables, CancellationToken cancellationToken);

    /// <summary>Writes rows as they come; no more than one is held.</summary>
    public abstract Task FillAsync(
        NewsroomTable table,
        IAsyncEnumerable<object?[]> rows,
        CancellationToken cancellationToken
    );

    /// <summary>Makes what follows from the rows: numbers go on behind the greatest, words are found.</summary>
    public abstract Task FinishAsync(IReadOnlyList<NewsroomTable> tables, CancellationToken cancellationToken);

    /// <summary>The columns in which something could not be stored as it was, such as "entry.title", and in how many rows.</summary>
    public SortedDictionary<string, int> Replaced { get; } = new(StringComparer.Ordinal);
}
