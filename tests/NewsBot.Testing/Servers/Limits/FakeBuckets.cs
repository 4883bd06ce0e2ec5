namespace NewsBot.Testing.Servers.Limits;

/// <summary>Counts requests within windows of time. Safe to use from any thread.</summary>
/// <param name="time">The clock of the windows.</param>
internal sealed class FakeBuckets(TimeProvider time)
{
    // Old windows are dropped once so many have gathered; no test has as many channels.
    private const int TidyAt = 20_000;

    private readonly Lock _sync = new();
    private readonly Dictionary<string, (DateTimeOffset Start, int Used)> _windows = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _blocked = new(StringComparer.Ordinal);

    /// <summary>Counts one request.</summary>
    public BucketVerdict Take(string key, FakeLimit limit)
    {
        lock (_sync)
        {
            var now = time.GetUtcNow();
            if (_blocked.TryGetValue(key, out var until) && until > now)
            {
                return new BucketVerdict(false, 0, until - now);
            }

            if (!_windows.TryGetValue(key, out var window) || now - window.Start >= limit.Window)
            {
                window = (now, 0);
                Tidy(now);
            }

            var left = window.Start + limit.Window - now;
            if (window.Used >= limit.Count)
            {
                return new BucketVerdict(false, 0, left);
            }

            _windows[key] = (window.Start, window.Used + 1);
            return new BucketVerdict(true, limit.Count - window.Used - 1, left);
        }
    }

    /// <summary>What a request would find, without counting it.</summary>
    public BucketVerdict Look(string key, FakeLimit limit)
    {
        lock (_sync)
        {
            var now = time.GetUtcNow();
            return _windows.TryGetValue(key, out var window) && now - window.Start < limit.Window
                ? new BucketVerdict(
                    window.Used < limit.Count,
                    Math.Max(0, limit.Count - window.Used),
                    window.Start + limit.Window - now
                )
                : new BucketVerdict(true, limit.Count, limit.Window);
        }
    }

    /// <summary>Refuses all requests for a while, as after a 429 that was made up.</summary>
    public void Block(string key, TimeSpan length)
    {
        lock (_sync)
        {
            _blocked[key] = time.GetUtcNow() + length;
        }
    }

    /// <summary>Forgets all blocks and counts.</summary>
    public void Clear()
    {
        lock (_sync)
        {
            _windows.Clear();
            _blocked.Clear();
        }
    }

    private void Tidy(DateTimeOffset now)
    {
        if (_windows.Count < TidyAt)
        {
            return;
        }

        foreach (var old in _windows.Where(one => now - one.Value.Start > TimeSpan.FromHours(1)).ToList())
        {
            _windows.Remove(old.Key);
        }
    }
}

/// <summary>Whether a request is within its limit.</summary>
/// <param name="Allowed">It may pass.</param>
/// <param name="Remaining">How many more may.</param>
/// <param name="ResetAfter">Until the count starts anew.</param>
internal sealed record BucketVerdict(bool Allowed, int Remaining, TimeSpan ResetAfter);
