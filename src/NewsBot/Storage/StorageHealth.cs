namespace NewsBot.Storage;

/// <summary>
/// Whether anything can be stored. While it cannot, what runs by itself waits where it is, so that no feed is asked in
/// vain and no outcome is forgotten; whoever waits for an answer is told at once. It is logged once.
/// </summary>
internal sealed partial class StorageHealth(TimeProvider time, ILogger<StorageHealth> logger)
{
    // A disk on the edge of being full comes and goes; the log hears of it once.
    private static readonly TimeSpan QuietFor = TimeSpan.FromMinutes(10);

    private static readonly AsyncLocal<bool> IsWaitedFor = new();

    private readonly Lock _lock = new();
    private StorageTrouble? _trouble;
    private TaskCompletionSource _over = Ended();
    private DateTimeOffset _toldAt = DateTimeOffset.MinValue;
    private StorageTroubleKind _told;
    private bool _isTold;
    private bool _isStopping;

    /// <summary>What is wrong; null where nothing is.</summary>
    public StorageTrouble? Trouble
    {
        get
        {
            lock (_lock)
            {
                return _trouble;
            }
        }
    }

    /// <summary>
    /// From here on, in this call and what it calls, a write fails at once instead of waiting for the disk: somebody waits
    /// for the answer. Has to be called in an async method, which ends it.
    /// </summary>
    public static void FailAtOnce() => IsWaitedFor.Value = true;

    /// <summary>Waits until something can be stored.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="StorageTroubleException">Somebody waits for an answer, or the program ends.</exception>
    public Task WaitAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _trouble is null ? Task.CompletedTask
                : IsWaitedFor.Value || _isStopping ? throw new StorageTroubleException(_trouble.Words, null)
                : _over.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Whether a write that met a trouble is to be made again once it is over.</summary>
    public bool IsWorthWaiting
    {
        get
        {
            lock (_lock)
            {
                return !IsWaitedFor.Value && !_isStopping;
            }
        }
    }

    /// <summary>Notes that a write failed for the disk's sake.</summary>
    public void Failed(StorageTroubleKind kind, string database, Exception error)
    {
        bool tells;
        TaskCompletionSource? ends = null;
        lock (_lock)
        {
            if (_trouble is null)
            {
                _over = new TaskCompletionSource();
            }

            var now = time.GetUtcNow();
            var isNew = _trouble?.Kind != kind;
            if (isNew)
            {
                _trouble = new StorageTrouble(kind, StorageFailures.Words(kind), _trouble?.Since ?? now);
            }

            tells = isNew && (kind != _told || now - _toldAt >= QuietFor);
            if (tells)
            {
                (_told, _toldAt, _isTold) = (kind, now, true);
            }

            if (_isStopping)
            {
                ends = _over;
            }
        }

        ends?.TrySetResult();
        if (tells)
        {
            LogTrouble(StorageFailures.Words(kind), database, error.Message);
        }
    }

    /// <summary>Notes that something could be stored again. Whoever waits goes on, in the order in which they came.</summary>
    public void Mended()
    {
        bool tells;
        TaskCompletionSource ends;
        lock (_lock)
        {
            // What was half written stays half written, whatever else can be.
            if (_trouble is null or { Kind: StorageTroubleKind.Damaged })
            {
                return;
            }

            _trouble = null;
            (tells, _isTold, ends) = (_isTold, false, _over);
        }

        ends.TrySetResult();
        if (tells)
        {
            LogMended();
        }
    }

    /// <summary>The program ends: nobody waits any more.</summary>
    public void Stop()
    {
        TaskCompletionSource ends;
        lock (_lock)
        {
            _isStopping = true;
            ends = _over;
        }

        ends.TrySetResult();
    }

    private static TaskCompletionSource Ended()
    {
        var ended = new TaskCompletionSource();
        ended.SetResult();
        return ended;
    }

    [LoggerMessage(LogLevel.Error, "{Words} It is {Database}, which says: {Error}")]
    private partial void LogTrouble(string words, string database, string error);

    [LoggerMessage(LogLevel.Warning, "The database can be written again, and everything goes on")]
    private partial void LogMended();
}
