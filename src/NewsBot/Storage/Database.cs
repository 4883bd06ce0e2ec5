using System.Data;
using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace NewsBot.Storage;

/// <summary>
/// The SQLite file. Readers run beside each other. Writers take turns; those that wait are committed together, each whole
/// or not at all, because a commit has to reach the disk and costs more than what it commits.
/// </summary>
internal sealed class Database : IDisposable
{
    // A commit is waited for by all that are in it.
    private const int MaxTogether = 32;

    private readonly Lock _lock = new();
    private readonly Queue<PendingWrite> _waiting = [];
    private readonly string _connectionString;
    private readonly TaskScheduler _writers;

    private Task _writer = Task.CompletedTask;
    private bool _isWriting;
    private bool _isClosed;

    // Used by the one writer only.
    private DbConnection? _writing;

    private readonly StorageHealth? _health;

    /// <param name="file">Full path of the database file; made when missing.</param>
    /// <param name="health">Knows whether anything can be stored; null where a write that fails is told to its caller only.</param>
    /// <param name="writers">Where commits are made; null is any thread that is free.</param>
    /// <param name="address">What SQLite opens, where the file is reached by another way than its path.</param>
    public Database(string file, StorageHealth? health = null, TaskScheduler? writers = null, string? address = null)
    {
        File = file;
        _health = health;
        _writers = writers ?? TaskScheduler.Default;
        _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = address ?? file,
            ForeignKeys = true,
            // Another process (the command line) may hold the write lock; nobody holds it longer than a transaction.
            DefaultTimeout = 10,
        }.ToString();
    }

    public string File { get; }

    /// <summary>Closes it once what is being written is written.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _isClosed = true;
        }

        // It ends in no exception: those belong to whoever wanted to write.
        _writer.GetAwaiter().GetResult();
        _writing?.Dispose();
    }

    /// <summary>Runs a read on a connection of its own.</summary>
    /// <exception cref="StorageTroubleException">What it asked for is damaged.</exception>
    public async Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        try
        {
            return await read(connection);
        }
        catch (SqliteException error)
            when (_health is not null && StorageFailures.KindOf(error, File) is StorageTroubleKind.Damaged)
        {
            // Whatever is written from now on could rest on what cannot be read.
            _health.Failed(StorageTroubleKind.Damaged, File, error);
            throw new StorageTroubleException(StorageFailures.Words(StorageTroubleKind.Damaged), error);
        }
    }

    /// <summary>
    /// Runs one transaction that holds the write lock from its start, so that what it reads is what it changes. It returns
    /// once it is on the disk.
    /// </summary>
    /// <param name="write">Makes its changes on the connection it gets and on nothing else; runs alone, and again where the disk did not take it.</param>
    /// <param name="cancellationToken">Ends the wait for its turn.</param>
    /// <exception cref="ObjectDisposedException">The program ends.</exception>
    /// <exception cref="StorageTroubleException">Nothing can be stored now, and somebody waits for the answer.</exception>
    public async Task<T> WriteAsync<T>(Func<DbConnection, Task<T>> write, CancellationToken cancellationToken)
    {
        if (_health is null)
        {
            return await EnqueueAsync(write, cancellationToken);
        }

        while (true)
        {
            await _health.WaitAsync(cancellationToken);
            try
            {
                return await EnqueueAsync(write, cancellationToken);
            }
            catch (StorageTroubleException) when (_health.IsWorthWaiting)
            {
                // Nothing was changed: it is made again once it can be.
            }
        }
    }

    private Task<T> EnqueueAsync<T>(Func<DbConnection, Task<T>> write, CancellationToken cancellationToken)
    {
        var pending = new PendingWrite<T>(write, cancellationToken);
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            _waiting.Enqueue(pending);
            if (!_isWriting)
            {
                _isWriting = true;
                _writer = Task
                    .Factory.StartNew(
                        WriteWaitingAsync,
                        CancellationToken.None,
                        TaskCreationOptions.DenyChildAttach,
                        _writers
                    )
                    .Unwrap();
            }
        }

        return pending.Result;
    }

    /// <inheritdoc cref="WriteAsync{T}" />
    public Task WriteAsync(Func<DbConnection, Task> write, CancellationToken cancellationToken) =>
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
    public DbConnection Open()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        return connection;
    }

    /// <returns>An open connection; the caller disposes it.</returns>
    public async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(_connectionString);
        await connection.OpenAsync(cancellationToken);
        // FULL: a power cut must not take back a commit whose message is already in a chat.
        await connection.ExecuteAsync("PRAGMA synchronous = FULL");
        return connection;
    }

    private async Task WriteWaitingAsync()
    {
        while (TakeWaiting() is { Count: > 0 } writes)
        {
            try
            {
                _writing ??= await OpenForWritingAsync();
                await WriteTogetherAsync(_writing, writes);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // Whatever state it was left in, the next ones get a connection of their own.
                _writing?.Dispose();
                _writing = null;
                var told = Told(error);
                writes.ForEach(write => write.Fail(told));
            }
        }
    }

    // What the disk does to one write it does to all.
    private Exception Told(Exception error)
    {
        if (StorageFailures.KindOf(error, File) is not { } kind)
        {
            return error;
        }

        _health?.Failed(kind, File, error);
        return new StorageTroubleException(StorageFailures.Words(kind), error);
    }

    private async Task<DbConnection> OpenForWritingAsync()
    {
        var connection = await OpenAsync(CancellationToken.None);
        // What one write of many would take back is kept in memory, not in a file; so are 8 MB of the pages that are written.
        await connection.ExecuteAsync("PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8000");
        // After a burst the log is cut to this, so that it is not kept for ever as long as it once was.
        await connection.ExecuteAsync("PRAGMA journal_size_limit = 16777216");
        return connection;
    }

    private List<PendingWrite> TakeWaiting()
    {
        lock (_lock)
        {
            List<PendingWrite> taken = [];
            while (taken.Count < MaxTogether && _waiting.TryDequeue(out var next))
            {
                taken.Add(next);
            }

            _isWriting = taken.Count > 0;
            return taken;
        }
    }

    private static async Task WriteTogetherAsync(DbConnection connection, List<PendingWrite> writes)
    {
        // Serializable is BEGIN IMMEDIATE in Microsoft.Data.Sqlite.
        await using (var transaction = await connection.BeginTransactionAsync(IsolationLevel.Serializable))
        {
            using var begin = new Statement(connection, "SAVEPOINT one");
            using var undo = new Statement(connection, "ROLLBACK TO one");
            using var end = new Statement(connection, "RELEASE one");
            foreach (var write in writes)
            {
                await begin.RunAsync();
                if (!await write.TryAsync(connection))
                {
                    await undo.RunAsync();
                }

                await end.RunAsync();
            }

            await transaction.CommitAsync();
        }

        writes.ForEach(write => write.Finish());
    }
}
