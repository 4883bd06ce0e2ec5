using Microsoft.AspNetCore.RateLimiting;

namespace NewsBot.Web.Security;

/// <summary>
/// Requests take turns on as many threads as there are processors, however many come at once: what the newsroom itself has to
/// do finds a thread beside them. While a request waits for its body or for a change it holds no thread; whoever would have to
/// wait long for a turn is told to come back.
/// </summary>
internal sealed class RequestTurns
{
    /// <summary>So many wait for their first turn; a page takes a few milliseconds, so the last of them waits for some tenths of a second.</summary>
    public const int MostWaiting = 128;

    private static readonly TimeSpan ComeBackAfter = TimeSpan.FromSeconds(2);

    private readonly RequestDelegate _next;
    private readonly TaskScheduler _turns;
    private int _waiting;

    public RequestTurns(RequestDelegate next)
        : this(next, Environment.ProcessorCount) { }

    /// <param name="next">What has a turn.</param>
    /// <param name="atOnce">How many have one at the same time.</param>
    internal RequestTurns(RequestDelegate next, int atOnce)
    {
        _next = next;
        _turns = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, atOnce).ConcurrentScheduler;
    }

    /// <summary>Keeps threads ready for what is not a request: the pool itself would add one only after a while.</summary>
    public static void KeepThreads()
    {
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(Math.Max(workers, 2 * (Environment.ProcessorCount + 1)), ports);
    }

    public Task InvokeAsync(HttpContext context)
    {
        // What platforms sign is the newsroom's own work, and who asks whether all is well has to be answered just then.
        var mayWait = !IsSigned(context) && !IsProbe(context.Request.Path);
        if (Interlocked.Increment(ref _waiting) > MostWaiting && mayWait)
        {
            Interlocked.Decrement(ref _waiting);
            return TooMany.BusyAsync(context, ComeBackAfter);
        }

        return Task
            .Factory.StartNew(
                () => BeginAsync(context),
                CancellationToken.None,
                TaskCreationOptions.DenyChildAttach,
                _turns
            )
            .Unwrap();
    }

    private Task BeginAsync(HttpContext context)
    {
        Interlocked.Decrement(ref _waiting);
        // Whoever has left meanwhile reads no answer.
        return context.RequestAborted.IsCancellationRequested ? Task.CompletedTask : _next(context);
    }

    private static bool IsSigned(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<DisableRateLimitingAttribute>() is not null;

    private static bool IsProbe(PathString path) =>
        path.Equals("/healthz", StringComparison.Ordinal) || path.Equals("/readyz", StringComparison.Ordinal);
}
