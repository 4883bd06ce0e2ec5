namespace NewsBot.Clients.RateLimits;

/// <summary>The calls of one kind, first come first served.</summary>
internal sealed class CallQueue(CallKind kind, RouteLimit route, LimitBucket bucket)
{
    private readonly LinkedList<CallTicket> _waiting = new();

    public CallKind Kind { get; } = kind;

    public RouteLimit Route { get; } = route;

    public LimitBucket Bucket { get; set; } = bucket;

    public HiddenLimit Hidden { get; } = new();

    public int InFlight { get; set; }

    public TimeSpan LastUsed { get; set; }

    public CallTicket? First => _waiting.First?.Value;

    public bool IsWaiting => _waiting.Count > 0;

    public IReadOnlyCollection<CallTicket> Waiting => _waiting;

    /// <summary>A call that comes back after a refusal goes before all who asked later.</summary>
    public void Add(CallTicket ticket)
    {
        var place = _waiting.Last;
        while (place is not null && place.Value.Sequence > ticket.Sequence)
        {
            place = place.Previous;
        }

        if (place is null)
        {
            _waiting.AddFirst(ticket);
        }
        else
        {
            _waiting.AddAfter(place, ticket);
        }
    }

    public bool Remove(CallTicket ticket) => _waiting.Remove(ticket);
}

/// <summary>What is known of a route, whatever its ids.</summary>
internal sealed class RouteLimit
{
    /// <summary>The server's name for its bucket; null as long as it has told none.</summary>
    public string? Bucket { get; set; }

    /// <summary>True where the route answered without any limits.</summary>
    public bool IsFree { get; set; }

    public bool IsProbed { get; set; }

    /// <summary>Nothing is known and somebody is finding out: the others wait for what that call brings.</summary>
    public bool MustWait => IsProbed && IsUnknown;

    public bool IsUnknown => Bucket is null && !IsFree;
}
