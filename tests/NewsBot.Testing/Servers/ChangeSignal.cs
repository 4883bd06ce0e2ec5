namespace NewsBot.Testing.Servers;

/// <summary>The lock of a fake server's state, and the news that something in it has changed.</summary>
internal sealed class ChangeSignal
{
    private readonly List<(Func<bool> Condition, TaskCompletionSource Met)> _waiting = [];

    /// <summary>Guards the state; may be entered again by the thread that holds it.</summary>
    public Lock Sync { get; } = new();

    /// <summary>Waits until something is so. Tried anew after every change.</summary>
    /// <param name="condition">Read under the lock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task WaitAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        var met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (Sync)
        {
            if (condition())
            {
                return;
            }

            _waiting.Add((condition, met));
        }

        await using var ended = cancellationToken.Register(() => met.TrySetCanceled(cancellationToken));
        try
        {
            await met.Task;
        }
        finally
        {
            lock (Sync)
            {
                _waiting.RemoveAll(one => one.Met == met);
            }
        }
    }

    /// <summary>Runs a change under the lock, then wakes whoever waits for it.</summary>
    public T Change<T>(Func<T> change)
    {
        lock (Sync)
        {
            try
            {
                return change();
            }
            finally
            {
                foreach (var (condition, met) in _waiting)
                {
                    if (condition())
                    {
                        met.TrySetResult();
                    }
                }
            }
        }
    }
}
