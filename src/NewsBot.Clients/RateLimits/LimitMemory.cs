namespace NewsBot.Clients.RateLimits;

/// <summary>What is known of routes, buckets and kinds of calls, and not a thing for longer than it is of use.</summary>
internal sealed class LimitMemory
{
    // Buckets live for seconds; a kind not used for so long starts over without harm.
    private static readonly TimeSpan IdleAfter = TimeSpan.FromMinutes(1);

    private const int SmallestSweep = 256;

    private readonly Dictionary<string, RouteLimit> _routes = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Bucket, string Major), LimitBucket> _buckets = [];
    private readonly Dictionary<CallKind, CallQueue> _queues = [];
    private int _sweepAt = SmallestSweep;

    public int KindCount => _queues.Count;

    public CallQueue? Find(CallKind kind) => _queues.GetValueOrDefault(kind);

    public LimitBucket? FindBucket(string route, string major) =>
        _routes.TryGetValue(route, out var known) ? _buckets.GetValueOrDefault((known.Bucket ?? route, major)) : null;

    public CallQueue QueueOf(CallKind kind, TimeSpan now)
    {
        if (_queues.TryGetValue(kind, out var known))
        {
            return known;
        }

        Sweep(now);
        if (!_routes.TryGetValue(kind.Route, out var route))
        {
            route = _routes[kind.Route] = new RouteLimit();
        }

        return _queues[kind] = new CallQueue(kind, route, BucketOf(kind, route)) { LastUsed = now };
    }

    public LimitBucket BucketOf(CallKind kind, RouteLimit route)
    {
        var id = route.Bucket ?? kind.Route;
        if (!_buckets.TryGetValue((id, kind.Major), out var bucket))
        {
            bucket = _buckets[(id, kind.Major)] = new LimitBucket(id);
        }

        return bucket;
    }

    // Each interaction and each thread is a kind of its own, so old ones must go. Sweeping at twice what was left last
    // time keeps the cost per call constant.
    private void Sweep(TimeSpan now)
    {
        if (_queues.Count < _sweepAt)
        {
            return;
        }

        foreach (var (kind, queue) in _queues.Where(pair => IsIdle(pair.Value, now)).ToList())
        {
            _queues.Remove(kind);
        }

        var used = _queues.Values.Select(queue => queue.Bucket).ToHashSet();
        foreach (
            var (key, bucket) in _buckets.Where(pair => pair.Value.IsIdle(now) && !used.Contains(pair.Value)).ToList()
        )
        {
            _buckets.Remove(key);
        }

        _sweepAt = Math.Max(SmallestSweep, _queues.Count * 2);
    }

    private static bool IsIdle(CallQueue queue, TimeSpan now) =>
        !queue.IsWaiting && queue.InFlight == 0 && now > queue.LastUsed + IdleAfter && queue.Hidden.IsIdle(now);
}
