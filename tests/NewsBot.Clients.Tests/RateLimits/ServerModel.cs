using NewsBot.Clients.RateLimits;

namespace NewsBot.Clients.Tests.RateLimits;

/// <summary>A server with limits, in virtual time: windows begin with their first call, as Discord's do.</summary>
internal sealed class ServerModel(int limit, TimeSpan window, int globalPerSecond)
{
    private readonly Dictionary<string, Count> _buckets = [];
    private readonly Dictionary<string, Count> _hidden = [];
    private readonly Queue<TimeSpan> _all = new();

    /// <summary>A limit for each major parameter that no header announces; null for none.</summary>
    public (int Limit, TimeSpan Window)? Hidden { get; init; }

    /// <summary>What the bucket is called at an instant.</summary>
    public Func<TimeSpan, string> Name { get; init; } = _ => "b1";

    /// <summary>False for a route that has limits and does not tell them.</summary>
    public bool HasHeaders { get; init; } = true;

    public int BucketRefusals { get; private set; }

    public int HiddenRefusals { get; private set; }

    public int GlobalRefusals { get; private set; }

    public int Served { get; private set; }

    public LimitSignal Arrive(CallKind kind, TimeSpan now)
    {
        if (!kind.IsOutsideGlobal)
        {
            while (_all.TryPeek(out var oldest) && oldest + TimeSpan.FromSeconds(1) <= now)
            {
                _all.Dequeue();
            }

            if (_all.Count >= globalPerSecond)
            {
                GlobalRefusals++;
                var wait = _all.Peek() + TimeSpan.FromSeconds(1) - now;
                return new LimitSignal { IsAnswer = true, Refusal = new LimitRefusal(LimitScope.Global, wait) };
            }

            _all.Enqueue(now);
        }

        var bucket = Open(_buckets, kind.Major, window, now);
        if (bucket.Used >= limit)
        {
            BucketRefusals++;
            return Signal(bucket, now) with { Refusal = new LimitRefusal(LimitScope.User, bucket.Ends - now) };
        }

        bucket.Used++;
        if (Hidden is var (most, length))
        {
            var hidden = Open(_hidden, kind.Major, length, now);
            if (hidden.Used >= most)
            {
                HiddenRefusals++;
                return Signal(bucket, now) with { Refusal = new LimitRefusal(LimitScope.User, hidden.Ends - now) };
            }

            hidden.Used++;
        }

        Served++;
        return Signal(bucket, now);
    }

    private static Count Open(Dictionary<string, Count> counts, string key, TimeSpan length, TimeSpan now)
    {
        if (!counts.TryGetValue(key, out var count) || count.Ends <= now)
        {
            count = counts[key] = new Count { Ends = now + length };
        }

        return count;
    }

    private LimitSignal Signal(Count bucket, TimeSpan now) =>
        HasHeaders
            ? new LimitSignal
            {
                IsAnswer = true,
                Bucket = Name(now),
                Limit = limit,
                Remaining = limit - bucket.Used,
                ResetAfter = TimeSpan.FromMilliseconds(Math.Round((bucket.Ends - now).TotalMilliseconds)),
            }
            : new LimitSignal { IsAnswer = true };

    private sealed class Count
    {
        public int Used { get; set; }

        public TimeSpan Ends { get; init; }
    }
}
