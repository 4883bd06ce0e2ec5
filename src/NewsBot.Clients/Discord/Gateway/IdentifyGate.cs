namespace NewsBot.Clients.Discord.Gateway;

/// <summary>
/// Lets new sessions begin only as often as Discord allows: one for each bucket (shard modulo max_concurrency) in 5 s.
/// Shared by all shards. Source: https://discord.com/developers/docs/events/gateway#sharding-max-concurrency
/// </summary>
internal sealed class IdentifyGate(TimeSpan every, TimeProvider time) : IDisposable
{
    // A request that has not ended by then will not; asking again comes next.
    private static readonly TimeSpan AskTimeout = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<int, Bucket> _buckets = [];
    private int _maxConcurrency = 1;

    /// <summary>Asks for the address and keeps how many sessions may begin side by side.</summary>
    public async Task<GatewayAddress> AskAsync(
        Func<CancellationToken, Task<GatewayAddress>> address,
        CancellationToken cancellationToken
    )
    {
        using var limit = new CancellationTokenSource(AskTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var answer = await address(either.Token);
        Volatile.Write(ref _maxConcurrency, Math.Max(1, answer.MaxConcurrency));
        return answer;
    }

    /// <summary>Waits for the shard's turn. The bucket is held until the turn is used or given back.</summary>
    public async Task<Turn> EnterAsync(int shard, CancellationToken cancellationToken)
    {
        Bucket bucket;
        lock (_gate)
        {
            var key = shard % Volatile.Read(ref _maxConcurrency);
            if (!_buckets.TryGetValue(key, out bucket!))
            {
                bucket = new Bucket();
                _buckets.Add(key, bucket);
            }
        }

        await bucket.Free.WaitAsync(cancellationToken);
        try
        {
            if (bucket.LastUsed is { } last && every - time.GetElapsedTime(last) is { Ticks: > 0 } wait)
            {
                await Task.Delay(wait, time, cancellationToken);
            }

            return new Turn(bucket, time);
        }
        catch (OperationCanceledException)
        {
            bucket.Free.Release();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var bucket in _buckets.Values)
        {
            bucket.Free.Dispose();
        }
    }

    internal sealed class Bucket
    {
        public SemaphoreSlim Free { get; } = new(1, 1);

        public long? LastUsed { get; set; }
    }

    /// <summary>One shard's turn to begin a session.</summary>
    internal sealed class Turn(Bucket bucket, TimeProvider time) : IDisposable
    {
        private int _isOver;

        /// <summary>The identify is being sent: the next turn of the bucket begins 5 s from now.</summary>
        public void Use()
        {
            if (Interlocked.Exchange(ref _isOver, 1) == 0)
            {
                bucket.LastUsed = time.GetTimestamp();
                bucket.Free.Release();
            }
        }

        /// <summary>Gives the turn back where it was not used.</summary>
        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isOver, 1) == 0)
            {
                bucket.Free.Release();
            }
        }
    }
}
