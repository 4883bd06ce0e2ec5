namespace NewsBot.Testing.Simulation;

/// <summary>
/// Runs what flows go on with, one after the other and on one thread, so that the same seed gives the same order. What
/// libraries put onto the pool's threads is waited for before anything else goes on.
/// </summary>
internal sealed class StepContext : SynchronizationContext
{
    // Far more than anything takes that flows put there; a pool that others keep busy is not waited for for ever.
    private static readonly TimeSpan LongestNoise = TimeSpan.FromSeconds(5);

    private readonly Lock _sync = new();
    private readonly Queue<Action> _own = [];
    private readonly Queue<Action> _fromPool = [];
    private readonly Thread _thread = Thread.CurrentThread;
    private readonly ExecutionContext _clean = ExecutionContext.Capture()!;

    // Threads that are busy with something else, such as the test that waits for us.
    private int _others = Busy();

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_sync)
        {
            (Thread.CurrentThread == _thread ? _own : _fromPool).Enqueue(() => d(state));
        }
    }

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    /// <summary>
    /// Begins something; it runs until it waits for the first time. It inherits nothing from what is under way: in the
    /// program nobody starts it from there.
    /// </summary>
    public Task Start(Func<Task> begin)
    {
        Task? begun = null;
        ExecutionContext.Run(
            _clean,
            _ =>
            {
                SetSynchronizationContext(this);
                begun = begin();
            },
            state: null
        );
        return begun!;
    }

    /// <summary>Goes on with everything that can go on while the clock stands.</summary>
    public void Drain()
    {
        do
        {
            while (RunOne())
            {
                // What it leads to comes behind.
            }

            WaitForPool();
        } while (TakeFromPool());
    }

    /// <summary>Forgets what waits: its process is dead.</summary>
    public void Clear()
    {
        WaitForPool();
        lock (_sync)
        {
            _own.Clear();
            _fromPool.Clear();
        }
    }

    private bool TakeFromPool()
    {
        lock (_sync)
        {
            while (_fromPool.TryDequeue(out var late))
            {
                _own.Enqueue(late);
            }

            return _own.Count > 0;
        }
    }

    private bool RunOne()
    {
        Action? next;
        lock (_sync)
        {
            if (!_own.TryDequeue(out next))
            {
                return false;
            }
        }

        SetSynchronizationContext(this);
        try
        {
            next();
        }
        finally
        {
            SetSynchronizationContext(null);
        }

        return true;
    }

    private void WaitForPool()
    {
        var began = TimeProvider.System.GetTimestamp();
        while (IsPoolBusy() && TimeProvider.System.GetElapsedTime(began) < LongestNoise)
        {
            Thread.Yield();
        }
    }

    private bool IsPoolBusy()
    {
        if (ThreadPool.PendingWorkItemCount > 0)
        {
            return true;
        }

        var busy = Busy();
        _others = Math.Min(_others, busy);
        return busy > _others;
    }

    private static int Busy()
    {
        ThreadPool.GetMaxThreads(out var most, out _);
        ThreadPool.GetAvailableThreads(out var free, out _);
        return most - free;
    }
}
