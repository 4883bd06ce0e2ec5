using System.Data;
using System.Data.Common;
using Dapper;
using Npgsql;

namespace NewsBot.Storage;

/// <summary>One serializable transaction. Where the connection broke while it was committed, the server knows whether it was.</summary>
/// <param name="source">Where connections come from.</param>
/// <param name="write">Makes the changes.</param>
/// <param name="time">Of the pauses between two looks.</param>
internal sealed class PostgresTransaction<T>(
    NpgsqlDataSource source,
    Func<DbConnection, Task<T>> write,
    TimeProvider time
)
{
    // A server that comes back takes no longer to decide.
    private const int MostLooks = 10;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    // Null where it changed nothing, or was not about to be committed.
    private long? _number;

    /// <summary>What the changes came to.</summary>
    public T Result { get; private set; } = default!;

    public async Task<T> RunAsync(CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(
            IsolationLevel.Serializable,
            cancellationToken
        );
        Result = await write(connection);
        _number = await connection.ExecuteScalarAsync<long?>(
            "SELECT CAST(CAST(pg_current_xact_id_if_assigned() AS TEXT) AS BIGINT)"
        );
        // Whoever gives up now would not know whether it was made.
        await transaction.CommitAsync(CancellationToken.None);
        return Result;
    }

    /// <summary>Whether it was committed, although its end was not heard.</summary>
    /// <exception cref="NpgsqlException">The server cannot be asked.</exception>
    public async Task<bool> WasMadeAsync(CancellationToken cancellationToken)
    {
        for (var look = 0; _number is { } number && look < MostLooks; look++)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(cancellationToken);
                var status = await connection.ExecuteScalarAsync<string?>(
                    "SELECT pg_xact_status(CAST(CAST(@number AS TEXT) AS XID8))",
                    new { number }
                );
                if (status is not "in progress")
                {
                    return status is "committed";
                }
            }
            catch (NpgsqlException) when (look < MostLooks - 1)
            {
                // It is not back yet.
            }

            await Task.Delay(Pause, time, cancellationToken);
        }

        return false;
    }
}
