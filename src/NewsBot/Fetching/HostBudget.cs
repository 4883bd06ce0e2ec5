using Microsoft.Extensions.Options;

namespace NewsBot.Fetching;

/// <summary>
/// Keeps us polite: few requests to one host at a time, a little space between them, none while the host asked for a pause.
/// </summary>
internal sealed class HostBudget(IOptions<FetchingOptions> options, TimeProvider time) : IDisposable
{
    // A pause one document was given is no reason to leave all others of a big host alone for days.
    private static readonly TimeSpan LongestRest = TimeSpan.FromHours(1);

    // What to do after a 429 that names no pause.
    private static readonly TimeSpan UsualRest = TimeSpan.FromMinutes(1);

    // Far more hosts than are polled within any pause; beyond it the oldest rests are forgotten.
    private const int MaxHosts = 4_096;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Host> _hosts = new(StringComparer.OrdinalIgnoreCase);
    private readonly SemaphoreSlim _all = new(options.Value.MaxParallel);

    /// <summary>Hosts remembered at this moment; bounded.</summary>
    public int Known
    {
        get
        {
            lock (_lock)
            {
                return _hosts.Count;
            }
        }
    }

    /// <summary>Waits for a turn at a host.</summary>
    /// <param name="name">Host name; case does not matter.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A turn to be disposed when the request is over, or one that says how long the host still rests.</returns>
    public async Task<HostTurn> EnterAsync(string name, CancellationToken cancellationToken)
    {
        var host = Take(name);
        var (slot, place) = (false, false);
        try
        {
            await host.Slots.WaitAsync(cancellationToken);
            slot = true;
            var pause = Start(host);
            if (pause > TimeSpan.Zero)
            {
                await Task.Delay(pause, time, cancellationToken);
            }

            await _all.WaitAsync(cancellationToken);
            place = true;
            // Somebody before us may just have been told to go away.
            var rest = host.RestsUntil - time.GetUtcNow();
            if (rest > TimeSpan.Zero)
            {
                Leave(host, slot, place);
                return new HostTurn(rest, null);
            }

            return new HostTurn(null, () => Leave(host, slot: true, place: true));
        }
        catch
        {
            Leave(host, slot, place);
            throw;
        }
    }

    /// <summary>Lets a host rest after it answered that we ask too much.</summary>
    /// <param name="name">Host name.</param>
    /// <param name="pause">What it asked for; null for a usual pause. At most an hour counts here.</param>
    public void Rest(string name, TimeSpan? pause)
    {
        var length = pause ?? UsualRest;
        var until = time.GetUtcNow() + (length < LongestRest ? length : LongestRest);
        var host = Take(name);
        lock (_lock)
        {
            host.RestsUntil = until > host.RestsUntil ? until : host.RestsUntil;
            host.Users--;
        }
    }

    public void Dispose()
    {
        _all.Dispose();
        foreach (var host in _hosts.Values)
        {
            host.Slots.Dispose();
        }
    }

    private TimeSpan Start(Host host)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (host.RestsUntil > now)
            {
                return TimeSpan.Zero;
            }

            var start = host.NextStart > now ? host.NextStart : now;
            host.NextStart = start + options.Value.HostSpacing;
            return start - now;
        }
    }

    private Host Take(string name)
    {
        lock (_lock)
        {
            if (!_hosts.TryGetValue(name, out var host))
            {
                Forget();
                host = new Host(options.Value.MaxPerHost);
                _hosts.Add(name, host);
            }

            host.Users++;
            return host;
        }
    }

    private void Leave(Host host, bool slot, bool place)
    {
        if (place)
        {
            _all.Release();
        }

        if (slot)
        {
            host.Slots.Release();
        }

        lock (_lock)
        {
            host.Users--;
        }
    }

    private void Forget()
    {
        if (_hosts.Count < MaxHosts)
        {
            return;
        }

        var now = time.GetUtcNow();
        var idle = _hosts.Where(pair => pair.Value.Users == 0).OrderBy(pair => pair.Value.RestsUntil).ToList();
        var asleep = idle.Count(pair => pair.Value.RestsUntil > now);
        // All that are awake, and half of the others where nearly all rest.
        foreach (var (name, host) in idle.Take(Math.Max(idle.Count - asleep, idle.Count / 2)))
        {
            _hosts.Remove(name);
            host.Slots.Dispose();
        }
    }

    private sealed class Host(int slots)
    {
        public SemaphoreSlim Slots { get; } = new(slots);

        public int Users { get; set; }

        public DateTimeOffset NextStart { get; set; }

        public DateTimeOffset RestsUntil { get; set; }
    }
}

/// <summary>A turn at a host, given back by disposing it.</summary>
/// <param name="rest">How long the host still rests; null where the request may go out.</param>
/// <param name="leave">Gives the turn back; null where there is nothing to give back.</param>
internal sealed class HostTurn(TimeSpan? rest, Action? leave) : IDisposable
{
    private Action? _leave = leave;

    /// <summary>How long the host still rests; null where the request may go out.</summary>
    public TimeSpan? Rest { get; } = rest;

    public void Dispose() => Interlocked.Exchange(ref _leave, null)?.Invoke();
}
