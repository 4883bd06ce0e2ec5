using System.Globalization;
using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace NewsBot.Storage.Moving;

/// <summary>Fills a PostgreSQL database. Source: https://www.postgresql.org/docs/current/sql-copy.html</summary>
internal sealed class PostgresFilling(NpgsqlConnection connection) : Filling
{
    /// <summary>A text as PostgreSQL can store it: a NUL, which no reader ever saw, becomes U+FFFD.</summary>
    public static string Storable(string text) => text.Replace('\0', '\ufffd');

    public override async Task BeginAsync(IReadOnlyList<NewsroomTable> tables, CancellationToken cancellationToken)
    {
        await ExecuteAsync(
            $"TRUNCATE {string.Join(", ", tables.Select(table => $"\"{table.Name}\""))} RESTART IDENTITY",
            cancellationToken
        );
        foreach (var table in tables)
        {
            await ExecuteAsync($"ALTER TABLE \"{table.Name}\" DISABLE TRIGGER USER", cancellationToken);
        }
    }

    public override async Task FillAsync(
        NewsroomTable table,
        IAsyncEnumerable<object?[]> rows,
        CancellationToken cancellationToken
    )
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            $"COPY \"{table.Name}\" ({table.ColumnList}) FROM STDIN (FORMAT BINARY)",
            cancellationToken
        );
        // At its end the server looks at every reference.
        copy.Timeout = Timeout.InfiniteTimeSpan;
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            await copy.StartRowAsync(cancellationToken);
            for (var i = 0; i < row.Length; i++)
            {
                await WriteAsync(copy, row[i], $"{table.Name}.{table.Columns[i].Name}", cancellationToken);
            }
        }

        await copy.CompleteAsync(cancellationToken);
    }

    public override async Task FinishAsync(IReadOnlyList<NewsroomTable> tables, CancellationToken cancellationToken)
    {
        foreach (var table in tables)
        {
            if (table.Columns.FirstOrDefault(column => column.IsCounted) is { Name: var counter })
            {
                var last = await connection.ExecuteScalarAsync<long?>(
                    new CommandDefinition(
                        $"SELECT MAX(\"{counter}\") FROM \"{table.Name}\"",
                        cancellationToken: cancellationToken
                    )
                );
                // Unlike setval it is undone with the transaction.
                await ExecuteAsync(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"ALTER TABLE \"{table.Name}\" ALTER \"{counter}\" RESTART {(last is null ? "" : $"WITH {last + 1}")}"
                    ),
                    cancellationToken
                );
            }

            await ExecuteAsync($"ALTER TABLE \"{table.Name}\" ENABLE TRIGGER USER", cancellationToken);
        }
    }

    private async Task WriteAsync(
        NpgsqlBinaryImporter copy,
        object? value,
        string column,
        CancellationToken cancellationToken
    )
    {
        switch (value)
        {
            case null:
                await copy.WriteNullAsync(cancellationToken);
                break;
            case long number:
                await copy.WriteAsync(number, NpgsqlDbType.Bigint, cancellationToken);
                break;
            case double fraction:
                await copy.WriteAsync(fraction, NpgsqlDbType.Double, cancellationToken);
                break;
            case string text:
                if (text.Contains('\0', StringComparison.Ordinal))
                {
                    Replaced[column] = Replaced.GetValueOrDefault(column) + 1;
                }

                await copy.WriteAsync(Storable(text), NpgsqlDbType.Text, cancellationToken);
                break;
            case byte[] bytes:
                await copy.WriteAsync(bytes, NpgsqlDbType.Bytea, cancellationToken);
                break;
            default:
                throw new NotSupportedException(value.GetType().Name);
        }
    }

    private Task ExecuteAsync(string sql, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(sql, commandTimeout: 0, cancellationToken: cancellationToken));
}
