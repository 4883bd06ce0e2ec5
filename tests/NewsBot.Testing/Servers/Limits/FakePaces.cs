namespace NewsBot.Testing.Servers.Limits;

/// <summary>Keeps paces by key. Safe to use from any thread.</summary>
/// <param name="time">The clock.</param>
internal sealed class FakePaces(TimeProvider time)
{
    // The clocks of a large service are not of one mind to the hundredth of a second.
    private static readonly TimeSpan Leniency = TimeSpan.FromMilliseconds(10);

    private readonly Lock _sync = new();
    private readonly Dictionary<string, DateTimeOffset> _fullAt = new(StringComparer.Ordinal);

    /// <summary>Counts one request.</summary>
    /// <returns>Zero where it may pass, else how long it has to wait.</returns>
    public TimeSpan Take(string key, FakePace pace)
    {
        if (pace == FakePace.None)
        {
            return TimeSpan.Zero;
        }

        lock (_sync)
        {
            var now = time.GetUtcNow();
            var full = _fullAt.GetValueOrDefault(key);
            var from = full > now ? full : now;
            var wait = from + pace.Every - (pace.Every * pace.Burst) - now;
            if (wait > Leniency)
            {
                return wait;
            }

            _fullAt[key] = from + pace.Every;
            return TimeSpan.Zero;
        }
    }

    /// <summary>Forgets all that was counted.</summary>
    public void Clear()
    {
        lock (_sync)
        {
            _fullAt.Clear();
        }
    }
}
