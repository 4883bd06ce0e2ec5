using Microsoft.AspNetCore.RateLimiting;

namespace NewsBot.Web.Security;

/// <summary>
/// Requests take turns on as many threads as there are processors, however many come at once: what the newsroom itself has to
/// do finds a thread beside them. A request that waits for its body or for the disk holds none. Where a queue does not go away,
/// whoever comes on top of it is told to come back later, those first who have most in it.
/// </summary>
internal sealed class RequestTurns
{
    /// <summary>So many wait while a queue stands: at some milliseconds each, the last of them waits for a fraction of a second.</summary>
    public const int MostWaiting = 64;

    /// <summary>So many of one client wait while a queue stands, so that a few clients leave room for others.</summary>
    public const int MostEach = 8;

    /// <summary>So many wait where it was quiet a moment ago, as when a link was just posted; a slow machine has answered them within some seconds.</summary>
    public const int MostInABurst = 256;

    // With fewer than this there is no queue to speak of.
    private const int Few = 8;

    /// <summary>A queue that is as old as this does not go away by itself.</summary>
    public static readonly TimeSpan Standing = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan ComeBackAfter = TimeSpan.FromSeconds(2);

    private readonly RequestDelegate _next;
    private readonly TimeProvider _time;
    private readonly TaskScheduler _turns;
    private readonly int[] _waitingOf = new int[ClientSlot.Count];
    private int _waiting;
    private long _quietAt;

    public RequestTurns(RequestDelegate next, TimeProvider time)
        : this(next, time, Environment.ProcessorCount) { }

    /// <param name="next">What has a turn.</param>
    /// <param name="time">The clock.</param>
    /// <param name="atOnce">How many have one at the same time.</param>
    internal RequestTurns(RequestDelegate next, TimeProvider time, int atOnce)
    {
        _next = next;
        _time = time;
        _turns = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, atOnce).ConcurrentScheduler;
        _quietAt = time.GetTimestamp();
    }

    /// <summary>Keeps threads ready for what is not a request: the pool itself would add one only after a while.</summary>
    public static void KeepThreads()
    {
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(Math.Max(workers, 2 * (Environment.ProcessorCount + 1)), ports);
    }

    public Task InvokeAsync(HttpContext context)
    {
        var slot = ClientSlot.Of(context.Connection.RemoteIpAddress);
        var all = Interlocked.Increment(ref _waiting);
        var own = Interlocked.Increment(ref _waitingOf[slot]);
        LookAround(all);
        if (IsTooMany(all, own) && MayBeRefused(context))
        {
            Leave(slot);
            return TooMany.BusyAsync(context, ComeBackAfter);
        }

        return Task
            .Factory.StartNew(
                () => BeginAsync(context, slot),
                CancellationToken.None,
                TaskCreationOptions.DenyChildAttach,
                _turns
            )
            .Unwrap();
    }

    private Task BeginAsync(HttpContext context, int slot)
    {
        Leave(slot);
        // Whoever has left meanwhile reads no answer.
        return context.RequestAborted.IsCancellationRequested ? Task.CompletedTask : _next(context);
    }

    private void Leave(int slot)
    {
        Interlocked.Decrement(ref _waitingOf[slot]);
        LookAround(Interlocked.Decrement(ref _waiting));
    }

    private void LookAround(int waiting)
    {
        if (waiting <= Few)
        {
            Volatile.Write(ref _quietAt, _time.GetTimestamp());
        }
    }

    private bool IsTooMany(int all, int own) =>
        all > MostInABurst
        || ((all > MostWaiting || own > MostEach) && _time.GetElapsedTime(Volatile.Read(ref _quietAt)) > Standing);

    // What platforms sign is the newsroom's own work, and who asks whether all is well has to be answered just then.
    private static bool MayBeRefused(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<DisableRateLimitingAttribute>() is null
        && !context.Request.Path.Equals("/healthz", StringComparison.Ordinal)
        && !context.Request.Path.Equals("/readyz", StringComparison.Ordinal);
}
