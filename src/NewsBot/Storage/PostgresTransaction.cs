using System.Data;
using System.Data.Common;
using Dapper;
using Npgsql;

namespace NewsBot.Storage;

/// <summary>One transaction. Where the connection broke while it was committed, the server knows whether it was.</summary>
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

    // Any number that nobody else locks by. What is read is read after the turn has come: each statement sees what was
    // committed before it.
    private const string Turn = "SELECT pg_advisory_xact_lock(5080202801)";

    private const string IsAlive = "SELECT COUNT(*) FROM process WHERE id = @Process";

    // Null where it changed nothing, or was not about to be committed.
    private long? _number;

    /// <summary>Whether no other of these runs beside it.</summary>
    public required bool IsAlone { get; init; }

    /// <summary>Whose it is; one of a process that was declared dead is not made. Null for whoever is alone.</summary>
    public required long? Process { get; init; }

    /// <summary>What the changes came to.</summary>
    public T Result { get; private set; } = default!;

    public async Task<T> RunAsync(CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(
            IsolationLevel.ReadCommitted,
            cancellationToken
        );
        await BeginAsync(connection);
        Result = await write(connection);
        _number = await connection.ExecuteScalarAsync<long?>(
            "SELECT CAST(CAST(pg_current_xact_id_if_assigned() AS TEXT) AS BIGINT)"
        );
        // Whoever gives up now would not know whether it was made.
        await transaction.CommitAsync(CancellationToken.None);
        return Result;
    }

    private async Task BeginAsync(NpgsqlConnection connection)
    {
        if (IsAlone)
        {
            await connection.ExecuteAsync(Turn);
        }

        if (
            Process is { } process
            && await connection.ExecuteScalarAsync<long>(IsAlive, new { Process = process }) == 0
        )
        {
            throw new DeadProcessException();
        }
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
