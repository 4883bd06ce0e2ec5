using System.Data;
using Dapper;
using Microsoft.Data.Sqlite;

namespace NewsBot.Storage;

/// <summary>The SQLite file. Readers run beside each other; writers queue for the one write lock.</summary>
internal sealed class Database : IDisposable
{
    private readonly SemaphoreSlim _writer = new(1, 1);
    private readonly string _connectionString;

    /// <param name="file">Full path of the database file; made when missing.</param>
    public Database(string file)
    {
        File = file;
        _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = file,
            ForeignKeys = true,
            // Another process (the command line) may hold the write lock; nobody holds it longer than a transaction.
            DefaultTimeout = 10,
        }.ToString();
    }

    public string File { get; }

    public void Dispose() => _writer.Dispose();

    /// <summary>Runs a read on a connection of its own.</summary>
    public async Task<T> ReadAsync<T>(Func<SqliteConnection, Task<T>> read, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        return await read(connection);
    }

    /// <summary>Runs one transaction that holds the write lock from its start, so that what it reads is what it changes.</summary>
    public async Task<T> WriteAsync<T>(Func<SqliteConnection, Task<T>> write, CancellationToken cancellationToken)
    {
        await _writer.WaitAsync(cancellationToken);
        try
        {
            await using var connection = await OpenAsync(cancellationToken);
            // Serializable is BEGIN IMMEDIATE in Microsoft.Data.Sqlite.
            await using var transaction = await connection.BeginTransactionAsync(
                IsolationLevel.Serializable,
                cancellationToken
            );
            var result = await write(connection);
            await transaction.CommitAsync(cancellationToken);
            return result;
        }
        finally
        {
            _writer.Release();
        }
    }

    /// <inheritdoc cref="WriteAsync{T}" />
    public Task WriteAsync(Func<SqliteConnection, Task> write, CancellationToken cancellationToken) =>
        WriteAsync(
            async connection =>
            {
                await write(connection);
                return true;
            },
            cancellationToken
        );

    /// <summary>For the rare place that cannot await.</summary>
    /// <returns>An open connection; the caller disposes it.</returns>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        return connection;
    }

    /// <returns>An open connection; the caller disposes it.</returns>
    public async Task<SqliteConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(_connectionString);
        await connection.OpenAsync(cancellationToken);
        // FULL: a power cut must not take back a commit whose message is already in a chat.
        await connection.ExecuteAsync("PRAGMA synchronous = FULL");
        return connection;
    }
}
