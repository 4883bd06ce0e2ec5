using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace NewsBot.Storage.Moving;

/// <summary>Fills a SQLite file that nobody else has open, on a connection that does not hold rows to their references.</summary>
internal sealed class SqliteFilling(SqliteConnection connection) : Filling
{
    private const string FullTextTables =
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'virtual'";

    public override async Task BeginAsync(IReadOnlyList<NewsroomTable> tables, CancellationToken cancellationToken)
    {
        // For this connection only. Source: https://www.sqlite.org/c3ref/c_dbconfig_defensive.html#sqlitedbconfigenabletrigger
        raw.sqlite3_db_config(connection.Handle, raw.SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, out _);
        foreach (var table in tables)
        {
            await connection.ExecuteAsync($"DELETE FROM \"{table.Name}\"");
        }
    }

    public override async Task FillAsync(
        NewsroomTable table,
        IAsyncEnumerable<object?[]> rows,
        CancellationToken cancellationToken
    )
    {
        await using var insert = connection.CreateCommand();
        var values = table
            .Columns.Select((_, at) => insert.Parameters.Add(new SqliteParameter($"@c{at}", null)))
            .ToList();
#pragma warning disable CA2100 // Its names are those of the schema.
        insert.CommandText =
            $"INSERT INTO \"{table.Name}\" ({table.ColumnList}) VALUES ({string.Join(", ", values.Select(value => value.ParameterName))})";
#pragma warning restore CA2100
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            for (var i = 0; i < row.Length; i++)
            {
                values[i].Value = row[i] ?? DBNull.Value;
            }

            await insert.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    // Source: https://www.sqlite.org/fts5.html#the_rebuild_command
    public override async Task FinishAsync(IReadOnlyList<NewsroomTable> tables, CancellationToken cancellationToken)
    {
        foreach (var name in (await connection.QueryAsync<string>(FullTextTables)).AsList())
        {
            cancellationToken.ThrowIfCancellationRequested();
            await connection.ExecuteAsync($"INSERT INTO \"{name}\" (\"{name}\") VALUES ('rebuild')");
        }
    }
}
