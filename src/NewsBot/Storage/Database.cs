using System.Data.Common;

namespace NewsBot.Storage;

/// <summary>Where everything is stored. Readers run beside each other; a write is one transaction, whole or not at all.</summary>
internal abstract class Database(StorageHealth? health) : IDisposable
{
    static Database() => TruthHandler.Use();

    /// <summary>Its name in words for an operator.</summary>
    public abstract string Name { get; }

    /// <summary>The number of this process among those that share it; null where it is alone.</summary>
    public long? Process { get; set; }

    /// <summary>Folder of what is kept beside it.</summary>
    public abstract string Folder { get; }

    /// <summary>What tells that nothing can be written now, before anything is; null where nothing does.</summary>
    public abstract string? Look();

    /// <summary>Bytes it takes.</summary>
    public abstract Task<long> SizeAsync(CancellationToken cancellationToken);

    /// <summary>What a failure says about the database; null where it is one of the statement alone.</summary>
    public abstract StorageTroubleKind? KindOf(Exception error);

    /// <summary>Picks a statement's text where the two databases have no words in common.</summary>
    public static string Words(DbConnection connection, string sqlite, string postgres) =>
        connection is Npgsql.NpgsqlConnection ? postgres : sqlite;

    /// <summary>Runs a read on a connection of its own; while the database is away, what runs by itself waits for it.</summary>
    /// <exception cref="StorageTroubleException">What it asked for cannot be read.</exception>
    public async Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await using var connection = await OpenAsync(cancellationToken);
                return await read(connection);
            }
            catch (DbException error)
                when (health is not null
                    && KindOf(error)
                        is StorageTroubleKind.Damaged
                            or StorageTroubleKind.Away
                            or StorageTroubleKind.Crowded
                )
            {
                // Whatever is written from now on could rest on what cannot be read.
                var kind = KindOf(error)!.Value;
                health.Failed(kind, Name, error);
                if (kind is StorageTroubleKind.Damaged || !health.IsWorthWaiting)
                {
                    throw new StorageTroubleException(StorageFailures.Words(kind), error);
                }
            }

            await health.WaitAsync(cancellationToken);
        }
    }

    /// <summary>
    /// Runs one transaction that sees nothing of others that run beside it, so that what it reads is what it changes. It
    /// returns once it is on the disk.
    /// </summary>
    /// <param name="write">Makes its changes on the connection it gets and on nothing else; it is run again where it could not be made.</param>
    /// <param name="cancellationToken">Ends the wait for its turn.</param>
    /// <exception cref="ObjectDisposedException">The program ends.</exception>
    /// <exception cref="StorageTroubleException">Nothing can be stored now, and somebody waits for the answer.</exception>
    /// <exception cref="DeadProcessException">Another process took over what this one did.</exception>
    public Task<T> WriteAsync<T>(Func<DbConnection, Task<T>> write, CancellationToken cancellationToken) =>
        WriteAsync(write, isAlone: true, cancellationToken);

    /// <summary>
    /// Runs one transaction that may run beside others: for rows that nobody else decides by, such as when a feed is polled.
    /// </summary>
    /// <inheritdoc cref="WriteAsync{T}(Func{DbConnection, Task{T}}, CancellationToken)" />
    public Task<T> WriteBesideAsync<T>(Func<DbConnection, Task<T>> write, CancellationToken cancellationToken) =>
        WriteAsync(write, isAlone: false, cancellationToken);

    private async Task<T> WriteAsync<T>(
        Func<DbConnection, Task<T>> write,
        bool isAlone,
        CancellationToken cancellationToken
    )
    {
        if (health is null)
        {
            return await TransactAsync(write, isAlone, cancellationToken);
        }

        while (true)
        {
            await health.WaitAsync(cancellationToken);
            try
            {
                return await TransactAsync(write, isAlone, cancellationToken);
            }
            catch (StorageTroubleException error) when (error is not DeadProcessException && health.IsWorthWaiting)
            {
                // Nothing was changed: it is made again once it can be.
            }
        }
    }

    /// <inheritdoc cref="WriteAsync{T}(Func{DbConnection, Task{T}}, CancellationToken)" />
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
    public abstract DbConnection Open();

    /// <returns>An open connection; the caller disposes it.</returns>
    public abstract Task<DbConnection> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Closes it once what is being written is written.</summary>
    public abstract void Dispose();

    /// <param name="write">Makes its changes; it is run again where it could not be made.</param>
    /// <param name="isAlone">Whether no other write may run beside it.</param>
    /// <param name="cancellationToken">Ends the wait for its turn.</param>
    protected abstract Task<T> TransactAsync<T>(
        Func<DbConnection, Task<T>> write,
        bool isAlone,
        CancellationToken cancellationToken
    );

    /// <summary>Notes that a failure is the database's own, and not that of a statement.</summary>
    /// <returns>What to tell whoever wanted to write.</returns>
    protected Exception Told(Exception error)
    {
        if (KindOf(error) is not { } kind)
        {
            return error;
        }

        health?.Failed(kind, Name, error);
        return new StorageTroubleException(StorageFailures.Words(kind), error);
    }
}
