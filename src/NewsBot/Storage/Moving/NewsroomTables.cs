using System.Data.Common;
using Dapper;

namespace NewsBot.Storage.Moving;

/// <summary>The tables of a newsroom, as the schemas of both databases say it.</summary>
internal static class NewsroomTables
{
    // PostgreSQL's column for the order of rows that SQLite keeps without one.
    private const string RowOrder = "rowid";

    // The full-text tables are made of other ones; which scripts have run, each database knows of itself.
    private const string InSqlite = """
        SELECT t.name AS "Table", c.name AS Name, c.type AS Type
        FROM pragma_table_list t JOIN pragma_table_info(t.name) c
        WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite\_%' ESCAPE '\'
          AND t.name <> 'SchemaVersions'
        """;

    // Source: https://www.postgresql.org/docs/current/catalogs.html
    private const string InPostgres = """
        SELECT CAST(t.relname AS TEXT) AS Table, CAST(c.attname AS TEXT) AS Name, format_type(c.atttypid, NULL) AS Type,
               CASE WHEN c.attidentity = '' THEN 0 ELSE 1 END AS IsCounted,
               array_position(CAST(k.indkey AS SMALLINT[]), c.attnum) AS KeyPlace
        FROM pg_class t JOIN pg_attribute c ON c.attrelid = t.oid
        LEFT JOIN pg_index k ON k.indrelid = t.oid AND k.indisprimary
        WHERE t.relnamespace = CAST(current_schema() AS REGNAMESPACE) AND t.relkind = 'r'
          AND c.attnum > 0 AND NOT c.attisdropped AND c.attgenerated = ''
        """;

    private const string References = """
        SELECT CAST(t.relname AS TEXT) AS Table, CAST(o.relname AS TEXT) AS Name
        FROM pg_constraint r JOIN pg_class t ON t.oid = r.conrelid JOIN pg_class o ON o.oid = r.confrelid
        WHERE r.contype = 'f' AND r.connamespace = CAST(current_schema() AS REGNAMESPACE) AND t.oid <> o.oid
        """;

    /// <summary>All tables of a newsroom, those that others refer to before these.</summary>
    /// <param name="sqlite">A database of SQLite with the schema of this version: what it has is what a newsroom is.</param>
    /// <param name="postgres">A database of PostgreSQL with the schema of this version; tables of others in it are left alone.</param>
    /// <exception cref="InvalidOperationException">A table is not the same in both.</exception>
    public static async Task<IReadOnlyList<NewsroomTable>> ReadAsync(DbConnection sqlite, DbConnection postgres)
    {
        var stored = (await postgres.QueryAsync<ColumnRow>(InPostgres)).ToLookup(
            column => column.Table,
            StringComparer.Ordinal
        );
        var references = (await postgres.QueryAsync<ColumnRow>(References)).ToLookup(
            row => row.Table,
            row => row.Name,
            StringComparer.Ordinal
        );
        List<NewsroomTable> tables = [];
        var known = await sqlite.QueryAsync<ColumnRow>(InSqlite);
        foreach (var table in known.GroupBy(column => column.Table, StringComparer.Ordinal))
        {
            var columns = stored[table.Key].OrderBy(column => column.Name, StringComparer.Ordinal).ToList();
            if (!Kinds(table).SetEquals(Kinds(columns.Where(column => column.Name != RowOrder))))
            {
                throw new InvalidOperationException(
                    $"The table {table.Key} has other columns in PostgreSQL than in SQLite: somebody has changed one of them. Nothing was changed."
                );
            }

            tables.Add(
                new NewsroomTable(
                    table.Key,
                    [.. columns.Select(column => new NewsroomColumn(column.Name, Kind(column), column.IsCounted))],
                    Key(columns),
                    [.. references[table.Key]]
                )
            );
        }

        return Ordered(tables);
    }

    private static HashSet<(string, ValueKind)> Kinds(IEnumerable<ColumnRow> columns) =>
        [.. columns.Select(column => (column.Name, Kind(column)))];

    private static ValueKind Kind(ColumnRow column) =>
        column.Type switch
        {
            "INTEGER" or "BIGINT" or "bigint" => ValueKind.Number,
            "REAL" or "double precision" => ValueKind.Fraction,
            "TEXT" or "text" => ValueKind.Text,
            "BLOB" or "bytea" => ValueKind.Bytes,
            _ => throw new InvalidOperationException(
                $"{column.Table}.{column.Name} is of the type {column.Type}, which is not moved. Nothing was changed."
            ),
        };

    // Rows without a key are told apart by all they hold.
    private static List<string> Key(List<ColumnRow> columns)
    {
        List<string> key =
        [
            .. columns.Where(column => column.KeyPlace is not null).OrderBy(column => column.KeyPlace).Select(Name),
        ];
        return key.Count > 0 ? key : [.. columns.Select(Name)];

        static string Name(ColumnRow column) => column.Name;
    }

    private static List<NewsroomTable> Ordered(List<NewsroomTable> tables)
    {
        List<NewsroomTable> ordered = [];
        var left = tables.ToList();
        while (left.Count > 0)
        {
            var next =
                left.Find(table => !table.Needs.Any(needed => left.Exists(other => other.Name == needed)))
                ?? throw new InvalidOperationException(
                    $"The table {left[0].Name} and another refer to each other. Nothing was changed."
                );
            ordered.Add(next);
            left.Remove(next);
        }

        return ordered;
    }

    private sealed class ColumnRow
    {
        public required string Table { get; init; }
        public required string Name { get; init; }
        public string Type { get; init; } = "";
        public bool IsCounted { get; init; }
        public int? KeyPlace { get; init; }
    }
}
