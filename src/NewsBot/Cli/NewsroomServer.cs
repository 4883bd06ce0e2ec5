using System.Data;
using Dapper;
using NewsBot.Storage;
using Npgsql;

namespace NewsBot.Cli;

/// <summary>Looks at a newsroom's PostgreSQL database, and keeps others out of it.</summary>
internal static class NewsroomServer
{
    // A connection that was closed is listed for a moment yet.
    private const int MostLooks = 10;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    // Every newsroom has settings since its first start.
    private const string IsLaidOut = "SELECT EXISTS (SELECT 1 FROM setting)";

    // Source: https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-ACTIVITY-VIEW
    private const string Others = """
        SELECT COUNT(*) FROM pg_stat_activity
        WHERE datname = current_database() AND application_name = 'newsbot' AND pid <> pg_backend_pid()
        """;

    private const string OwnTables = """
        SELECT quote_ident(relname) FROM pg_class
        WHERE relnamespace = CAST(current_schema() AS REGNAMESPACE) AND relkind = 'r' AND pg_has_role(relowner, 'USAGE')
        """;

    /// <summary>Whether there is a newsroom in it; without one it may have no tables at all.</summary>
    public static async Task<bool> HoldsOneAsync(NpgsqlConnection connection) =>
        await connection.ExecuteScalarAsync<bool>("SELECT to_regclass('setting') IS NOT NULL")
        && await connection.ExecuteScalarAsync<bool>(IsLaidOut);

    /// <summary>Why a newsroom cannot be copied from it; null where it can.</summary>
    /// <param name="connection">The database.</param>
    /// <param name="name">Its name, for the sentence.</param>
    public static async Task<string?> ProblemAsync(NpgsqlConnection connection, string name) =>
        await Migrator.NewerAsync(connection, name) is { } newer ? newer
        : !await HoldsOneAsync(connection)
            ? $"There is no newsroom in {name} yet. Storage:ConnectionString says which database is meant."
        : await Migrator.DifferenceAsync(connection);

    /// <summary>Whether a newsroom, or a command of one, is connected to it beside this connection.</summary>
    /// <param name="connection">In no transaction, or it would see the same at every look.</param>
    /// <param name="time">Of the pauses between two looks.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public static async Task<bool> IsInUseAsync(
        NpgsqlConnection connection,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        // What this process is done with is no newsroom.
        NpgsqlConnection.ClearAllPools();
        for (var look = 1; await connection.ExecuteScalarAsync<long>(Others) > 0; look++)
        {
            if (look == MostLooks)
            {
                return true;
            }

            await Task.Delay(Pause, time, cancellationToken);
        }

        return false;
    }

    /// <summary>Begins a transaction that sees one moment, while others go on.</summary>
    /// <param name="connection">In no transaction.</param>
    /// <param name="cancellationToken">Ends it before it has begun.</param>
    /// <returns>The transaction; the caller ends it.</returns>
    public static async Task<NpgsqlTransaction> BeginAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        // The other side may take its time, however soon the server ends who says nothing.
        await connection.ExecuteAsync("SET LOCAL idle_in_transaction_session_timeout = 0");
        return transaction;
    }

    /// <summary>Begins a transaction that sees what was committed before it, while nobody else may write.</summary>
    /// <param name="connection">In no transaction.</param>
    /// <param name="cancellationToken">Ends the wait for who writes at this moment.</param>
    /// <returns>The transaction; the caller ends it.</returns>
    /// <exception cref="InvalidOperationException">Somebody else keeps the tables.</exception>
    public static async Task<NpgsqlTransaction> BeginAloneAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        var tables = (await connection.QueryAsync<string>(OwnTables)).AsList();
        var transaction = await BeginAsync(connection, cancellationToken);
        try
        {
            // Before anything is read, so that what is seen is what was written last.
            await connection.ExecuteAsync(
                $"SET LOCAL lock_timeout = '10s'; LOCK TABLE {string.Join(", ", tables)} IN EXCLUSIVE MODE"
            );
            return transaction;
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            await transaction.DisposeAsync();
            throw new InvalidOperationException(
                "Another program keeps the tables of the database to itself. End it first; nothing was changed.",
                error
            );
        }
    }
}
