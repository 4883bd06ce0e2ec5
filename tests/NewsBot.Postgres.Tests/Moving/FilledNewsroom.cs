using System.Globalization;
using System.Text.RegularExpressions;
using Dapper;
using Microsoft.Data.Sqlite;
using NewsBot.Cli;
using NewsBot.Storage;
using NewsBot.Tests.Storage;

namespace NewsBot.Postgres.Tests.Moving;

/// <summary>A newsroom that lived for a while, with rows of odd values in every table it had not filled.</summary>
internal static partial class FilledNewsroom
{
    private const string OddText = "“Ünïcode” 🦊 \ufffe\uffff\u200f 'quoted' \"twice\"\r\n\t\u0001 %_\\ e\u0301";

    /// <summary>Makes one.</summary>
    /// <param name="file">The database file.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public static async Task MakeAsync(string file, CancellationToken cancellationToken)
    {
        OldDatabase.Unpack(OldDatabase.All[^1], file);
        using (var database = new SqliteDatabase(file))
        {
            await new Migrator(database).MigrateAsync(cancellationToken);
        }

        SqliteConnection.ClearAllPools();
        await FillAsync(file, cancellationToken);
        await using var connection = DatabaseFile.Connection(file, SqliteOpenMode.ReadWrite);
        await connection.ExecuteAsync(
            """
            UPDATE feed SET usual_entries = 1e-308, normal_new = -0.1 WHERE id = 1;
            UPDATE story SET headline = @OddText WHERE id = (SELECT MAX(id) FROM story);
            UPDATE comment SET reactions = '' WHERE id = (SELECT MIN(id) FROM comment);
            -- The order in which reports came is kept by no column of its own.
            UPDATE story_entry SET rowid = rowid + 7000000000 WHERE rowid = (SELECT MAX(rowid) FROM story_entry);
            """,
            new { OddText }
        );
    }

    /// <summary>Writes rows into the tables that have none.</summary>
    /// <param name="file">The database file.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public static async Task FillAsync(string file, CancellationToken cancellationToken)
    {
        await using var connection = DatabaseFile.Connection(file, SqliteOpenMode.ReadWrite);
        await connection.OpenAsync(cancellationToken);
        foreach (var table in OldDatabase.Columns(file).Keys.Where(table => table != "SchemaVersions"))
        {
            await FillAsync(connection, table);
        }
    }

    private static async Task FillAsync(SqliteConnection connection, string table)
    {
        if (await connection.ExecuteScalarAsync<long>($"SELECT COUNT(*) FROM \"{table}\"") > 0)
        {
            return;
        }

        var choices = Choice()
            .Matches(
                await connection.QuerySingleAsync<string>(
                    "SELECT sql FROM sqlite_master WHERE name = @table",
                    new { table }
                )
            )
            .ToDictionary(
                choice => choice.Groups["column"].Value,
                choice => choice.Groups["first"].Value,
                StringComparer.Ordinal
            );
        var references = (
            await connection.QueryAsync<(string Column, string Table)>(
                "SELECT \"from\", \"table\" FROM pragma_foreign_key_list(@table)",
                new { table }
            )
        ).ToDictionary(reference => reference.Column, reference => reference.Table, StringComparer.Ordinal);
        foreach (var other in references.Values.Where(other => other != table))
        {
            await FillAsync(connection, other);
        }

        var columns = (
            await connection.QueryAsync<(string Name, string Type)>(
                "SELECT name, type FROM pragma_table_info(@table)",
                new { table }
            )
        ).AsList();
        for (var row = 1; row <= 2; row++)
        {
            var values = new DynamicParameters();
            foreach (var (name, type) in columns)
            {
                values.Add(
                    name,
                    references.TryGetValue(name, out var other)
                            ? await connection.ExecuteScalarAsync<long?>(
                                $"SELECT id FROM \"{other}\" WHERE id <= {row} OR id = (SELECT MIN(id) FROM \"{other}\") ORDER BY id DESC LIMIT 1"
                            )
                        : choices.TryGetValue(name, out var choice) ? choice
                        : Odd(type, row)
                );
            }

            await connection.ExecuteAsync(
                $"INSERT OR IGNORE INTO \"{table}\" ({string.Join(", ", columns.Select(column => $"\"{column.Name}\""))}) VALUES ({string.Join(", ", columns.Select(column => $"@{column.Name}"))})",
                values
            );
        }
    }

    private static object Odd(string type, int row) =>
        type switch
        {
            // More than a double can tell apart.
            "INTEGER" or "BIGINT" => 9_007_199_254_740_993 + row,
            "REAL" => 0.1 + row,
            "TEXT" => string.Create(CultureInfo.InvariantCulture, $"{OddText}{row}"),
            "BLOB" => Enumerable.Range(0, 256).Select(one => (byte)one).ToArray(),
            _ => throw new NotSupportedException(type),
        };

    [GeneratedRegex(@"CHECK \((?<column>\w+) IN \('(?<first>[^']*)'", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Choice();
}
