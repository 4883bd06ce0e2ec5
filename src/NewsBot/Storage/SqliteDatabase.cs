using System.Data;
using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace NewsBot.Storage;

/// <summary>
/// The SQLite file. Readers run beside each other. Writers take turns; those that wait are committed together, each whole
/// or not at all, because a commit has to reach the disk and costs more than what it commits.
/// </summary>
internal sealed class SqliteDatabase : Database
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

    /// <param name="file">Full path of the database file; made when missing.</param>
    /// <param name="health">Knows whether anything can be stored; null where a write that fails is told to its caller only.</param>
    /// <param name="writers">Where commits are made; null is any thread that is free.</param>
    /// <param name="address">What SQLite opens, where the file is reached by another way than its path.</param>
    public SqliteDatabase(
        string file,
        StorageHealth? health = null,
        TaskScheduler? writers = null,
        string? address = null
    )
        : base(health)
    {
        File = file;
        _writers = writers ?? TaskScheduler.Default;
        _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = address ?? file,
            ForeignKeys = true,
            // Another process (the command line) may hold the write lock; nobody holds it longer than a transaction.
            DefaultTimeout = 10,
        }.ToString();
    }

    /// <summary>Its full path.</summary>
    public string File { get; }

    public override string Name => File;

    public override string Folder => Path.GetDirectoryName(File)!;

    public override string? Look() => StorageFailures.Look(File);

    public override Task<long> SizeAsync(CancellationToken cancellationToken) =>
        Task.FromResult(Size(File) + Size(File + "-wal"));

    public override StorageTroubleKind? KindOf(Exception error) => StorageFailures.KindOf(error, File);

    public override void Dispose()
    {
        lock (_lock)
        {
            _isClosed = true;
        }

        // It ends in no exception: those belong to whoever wanted to write.
        _writer.GetAwaiter().GetResult();
        _writing?.Dispose();
    }

    /// <summary>Holds the write lock from its start; runs alone.</summary>
    protected override Task<T> TransactAsync<T>(
        Func<DbConnection, Task<T>> write,
        bool isAlone,
        CancellationToken cancellationToken
    )
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

    public override DbConnection Open()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        return connection;
    }

    public override async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
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
                // What the disk does to one write it does to all.
                var told = Told(error);
                writes.ForEach(write => write.Fail(told));
            }
        }
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

    private async Task WriteTogetherAsync(DbConnection connection, List<PendingWrite> writes)
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
                if (!await write.TryAsync(connection, File))
                {
                    await undo.RunAsync();
                }

                await end.RunAsync();
            }

            await transaction.CommitAsync();
        }

        writes.ForEach(write => write.Finish());
    }

    private static long Size(string file) => new FileInfo(file) is { Exists: true } found ? found.Length : 0;
}
