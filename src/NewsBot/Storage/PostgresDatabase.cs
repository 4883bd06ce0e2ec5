using System.Data.Common;
using System.Net.Sockets;
using Dapper;
using Npgsql;

namespace NewsBot.Storage;

/// <summary>
/// The PostgreSQL database, for one process or many. Writes take turns, here and in all other processes, by an advisory lock
/// that each holds until its end: what they read is what they change, and the order of ids is that of commits, by which what
/// is new is read from where one stopped. Claims of feeds run beside them.
/// Source: https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS
/// </summary>
internal class PostgresDatabase : Database
{
    private const int MostConnections = 40;

    // Statements of a connection that are kept planned: all of our writes, and what a connection for reading is asked often.
    private const int MostWrites = 500;
    private const int MostReads = 200;

    private const string IdleTooLong = "25P03";

    // Milliseconds within a transaction.
    private const int LongestSilence = 15_000;

    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(200);

    private readonly NpgsqlDataSource _source;

    // One connection, always the same: its server process has every statement of our writes planned, and its caches are warm.
    private readonly NpgsqlDataSource _turns;
    private readonly TimeProvider _time;

    // One connection of each process waits for the turn, not all of them.
    private readonly SemaphoreSlim _writer = new(1);

    /// <param name="connection">As Npgsql reads it.</param>
    /// <param name="folder">Folder of what is kept beside it.</param>
    /// <param name="time">Of the pauses between two tries.</param>
    /// <param name="health">Knows whether anything can be stored; null where a write that fails is told to its caller only.</param>
    public PostgresDatabase(string connection, string folder, TimeProvider time, StorageHealth? health = null)
        : base(health)
    {
        Folder = folder;
        _time = time;
        var settings = new NpgsqlConnectionStringBuilder(connection)
        {
            ApplicationName = "newsbot",
            // A statement is parsed and planned once in each connection.
            MaxAutoPrepare = MostReads,
        };
        // A process that stops within its turn, or whose line is cut there, holds up all others no longer than this.
        settings.Options = $"{settings.Options} -c idle_in_transaction_session_timeout={LongestSilence}".Trim();
        settings.MaxPoolSize = Math.Min(settings.MaxPoolSize, MostConnections);
        Name = $"{settings.Database} at {settings.Host}";
        _source = NpgsqlDataSource.Create(settings);
        (settings.MinPoolSize, settings.MaxPoolSize) = (0, 1);
        settings.MaxAutoPrepare = MostWrites;
        // A write leaves nothing behind but what it wrote.
        settings.NoResetOnClose = true;
        _turns = NpgsqlDataSource.Create(settings);
    }

    public override string Name { get; }

    public override string Folder { get; }

    /// <summary>For tools that need an address of their own.</summary>
    public string ConnectionString => _source.ConnectionString;

    public override string? Look() => null;

    public override Task<long> SizeAsync(CancellationToken cancellationToken) =>
        ReadAsync(
            connection => connection.ExecuteScalarAsync<long>("SELECT pg_database_size(current_database())"),
            cancellationToken
        );

    // Source: https://www.postgresql.org/docs/current/errcodes-appendix.html
    public override StorageTroubleKind? KindOf(Exception error) =>
        error switch
        {
            PostgresException { SqlState: PostgresErrorCodes.DiskFull } => StorageTroubleKind.Full,
            PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } => StorageTroubleKind.ReadOnly,
            PostgresException { SqlState: PostgresErrorCodes.IoError } => StorageTroubleKind.Failing,
            PostgresException { SqlState: PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted } =>
                StorageTroubleKind.Damaged,
            PostgresException
            {
                SqlState: PostgresErrorCodes.AdminShutdown
                    or PostgresErrorCodes.CrashShutdown
                    or PostgresErrorCodes.CannotConnectNow
                    or IdleTooLong
            } => StorageTroubleKind.Away,
            PostgresException { SqlState: PostgresErrorCodes.TooManyConnections } => StorageTroubleKind.Crowded,
            PostgresException { SqlState: ['0', '8', ..] } => StorageTroubleKind.Away,
            PostgresException => null,
            // Within the time it may take nobody gave one back.
            NpgsqlException { Message: var words } when words.Contains("connection pool", StringComparison.Ordinal) =>
                StorageTroubleKind.Crowded,
            NpgsqlException { InnerException: SocketException or IOException or TimeoutException } =>
                StorageTroubleKind.Away,
            _ => null,
        };

    public override DbConnection Open() => _source.OpenConnection();

    public override async Task<DbConnection> OpenAsync(CancellationToken cancellationToken) =>
        await _source.OpenConnectionAsync(cancellationToken);

    public override void Dispose()
    {
        _source.Dispose();
        _turns.Dispose();
        _writer.Dispose();
    }

    protected override async Task<T> TransactAsync<T>(
        Func<DbConnection, Task<T>> write,
        bool isAlone,
        CancellationToken cancellationToken
    )
    {
        if (!isAlone)
        {
            return await TryAsync(write, isAlone, cancellationToken);
        }

        await _writer.WaitAsync(cancellationToken);
        try
        {
            return await TryAsync(write, isAlone, cancellationToken);
        }
        finally
        {
            _writer.Release();
        }
    }

    private async Task<T> TryAsync<T>(
        Func<DbConnection, Task<T>> write,
        bool isAlone,
        CancellationToken cancellationToken
    )
    {
        for (var attempt = 1; ; attempt++)
        {
            var transaction = new PostgresTransaction<T>(isAlone ? _turns : _source, write, _time)
            {
                IsAlone = isAlone,
                Process = Process,
            };
            try
            {
                return await transaction.RunAsync(cancellationToken);
            }
            catch (PostgresException refused) when (IsInTheWay(refused))
            {
                // One that runs beside others met another one.
                await Task.Delay(Pause(attempt), _time, cancellationToken);
            }
            catch (Exception error) when (KindOf(error) is not null)
            {
                var told = Told(error);
                if (await transaction.WasMadeAsync(cancellationToken))
                {
                    return transaction.Result;
                }

                throw told;
            }
        }
    }

    private static bool IsInTheWay(PostgresException error) =>
        error.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected;

#pragma warning disable CA5394 // Only so that two do not meet again.
    private static TimeSpan Pause(int attempt) =>
        LongestPause * (Random.Shared.NextDouble() * Math.Min(1, attempt / 10.0));
#pragma warning restore CA5394
}
