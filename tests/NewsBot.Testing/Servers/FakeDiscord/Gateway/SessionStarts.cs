using System.Text.Json.Nodes;

namespace NewsBot.Testing.Servers.FakeDiscord.Gateway;

/// <summary>
/// Counts identifies: so many a day, and one per five seconds for each of <see cref="FakeDiscordOptions.MaxConcurrency"/>
/// buckets. Source: https://discord.com/developers/docs/events/gateway#session-start-limit-object
/// </summary>
/// <param name="state">Holds what is left today.</param>
/// <param name="options">The limits and the clock.</param>
internal sealed class SessionStarts(FakeDiscordState state, FakeDiscordOptions options)
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    private readonly Lock _sync = new();
    private readonly Dictionary<int, DateTimeOffset> _last = [];
    private DateTimeOffset? _dayBegan;

    /// <summary>What GET /gateway/bot says of it.</summary>
    public JsonObject Describe()
    {
        lock (state.Sync)
        {
            lock (_sync)
            {
                Renew();
                var left = _dayBegan is { } began ? began + Day - options.Time.GetUtcNow() : TimeSpan.Zero;
                return new JsonObject
                {
                    ["total"] = options.SessionStarts,
                    ["remaining"] = state.SessionStartsRemaining,
                    ["reset_after"] = (long)left.TotalMilliseconds,
                    ["max_concurrency"] = options.MaxConcurrency,
                };
            }
        }
    }

    /// <summary>Whether a shard may identify now; it then waits for its next turn.</summary>
    /// <param name="shard">Its bucket is the remainder by the concurrency.</param>
    /// <param name="every">The pause between two identifies of a bucket.</param>
    public bool TryTakeTurn(int shard, TimeSpan every)
    {
        lock (_sync)
        {
            var now = options.Time.GetUtcNow();
            var bucket = shard % Math.Max(1, options.MaxConcurrency);
            if (_last.TryGetValue(bucket, out var last) && now - last < every)
            {
                return false;
            }

            _last[bucket] = now;
            return true;
        }
    }

    /// <summary>Takes one of today's identifies.</summary>
    public bool TryTakeStart()
    {
        lock (state.Sync)
        {
            lock (_sync)
            {
                Renew();
                if (state.SessionStartsRemaining <= 0)
                {
                    return false;
                }

                state.SessionStartsRemaining--;
                Renew();
                return true;
            }
        }
    }

    private void Renew()
    {
        if (_dayBegan is { } began && options.Time.GetUtcNow() - began >= Day)
        {
            _dayBegan = null;
            state.SessionStartsRemaining = options.SessionStarts;
        }

        // A test may have taken some away by hand: they come back a day later too.
        if (state.SessionStartsRemaining < options.SessionStarts)
        {
            _dayBegan ??= options.Time.GetUtcNow();
        }
    }
}
