using System.Data.Common;
using System.Diagnostics;

namespace NewsBot.Storage;

/// <summary>A write that waits for its turn.</summary>
/// <param name="cancellationToken">Ends the wait.</param>
internal abstract class PendingWrite(CancellationToken cancellationToken)
{
    // The one writer works for many, in turn.
    private readonly Activity? _span = Activity.Current;

    /// <summary>Makes the changes; nobody hears of them before <see cref="Finish"/>.</summary>
    /// <param name="connection">The connection of the transaction.</param>
    /// <param name="file">The database file.</param>
    /// <returns>False where they have to be undone: whoever wanted them was told why, or wants them no more.</returns>
    /// <exception cref="DbException">The disk failed, and with that the whole transaction.</exception>
    public async Task<bool> TryAsync(DbConnection connection, string file)
    {
        Activity.Current = _span;
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            await RunAsync(connection);
            return true;
        }
        catch (OperationCanceledException cancelled)
        {
            Cancel(cancelled.CancellationToken);
            return false;
        }
        catch (Exception error) when (StorageFailures.KindOf(error, file) is null)
        {
            Fail(error);
            return false;
        }
    }

    /// <summary>The changes are on the disk. Says nothing where it was told to have failed.</summary>
    public abstract void Finish();

    /// <summary>The changes were not made.</summary>
    public abstract void Fail(Exception error);

    /// <summary>The changes were not made since nobody waits for them any more.</summary>
    protected abstract void Cancel(CancellationToken cancelled);

    protected abstract Task RunAsync(DbConnection connection);
}

/// <inheritdoc />
/// <param name="write">Makes the changes.</param>
/// <param name="cancellationToken">Ends the wait.</param>
internal sealed class PendingWrite<T>(Func<DbConnection, Task<T>> write, CancellationToken cancellationToken)
    : PendingWrite(cancellationToken)
{
    // The next write must not wait for what is done with this one's result.
    private readonly TaskCompletionSource<T> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private T? _result;

    /// <summary>Ends with the write.</summary>
    public Task<T> Result => _ended.Task;

    public override void Finish() => _ended.TrySetResult(_result!);

    public override void Fail(Exception error) => _ended.TrySetException(error);

    protected override void Cancel(CancellationToken cancelled) => _ended.TrySetCanceled(cancelled);

    protected override async Task RunAsync(DbConnection connection) => _result = await write(connection);
}
