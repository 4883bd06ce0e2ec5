using System.Text.Json.Nodes;

namespace NewsBot.Testing.Servers.FakeDiscord.Gateway;

/// <summary>The faults a gateway has been told to make, and has not made yet. Safe to use from any thread.</summary>
public sealed class GatewayFaults
{
    // Far more than any script; a caller that adds in a loop is told so.
    private const int MaxPending = 10_000;

    // What a client has to come through by itself, whatever it is doing at the time.
    private static readonly GatewayFaultKind[] Survivable =
    [
        GatewayFaultKind.Abort,
        GatewayFaultKind.Reconnect,
        GatewayFaultKind.InvalidSession,
        GatewayFaultKind.InvalidSessionResumable,
        GatewayFaultKind.Close,
        GatewayFaultKind.Duplicate,
        GatewayFaultKind.Reorder,
        GatewayFaultKind.Delay,
        GatewayFaultKind.AskHeartbeat,
        GatewayFaultKind.NotJson,
        GatewayFaultKind.NotAnObject,
        GatewayFaultKind.WrongTypes,
        GatewayFaultKind.UnknownOpcode,
        GatewayFaultKind.InvalidUtf8,
        GatewayFaultKind.WrongZlib,
    ];

    private static readonly int[] SurvivableCodes = [1000, 1001, 1011, 4000, 4001, 4002, 4003, 4005, 4007, 4008, 4009];

    private readonly Lock _sync = new();
    private readonly List<GatewayFault> _pending = [];
    private int _made;

    /// <summary>Called for a fault that is to happen now, outside any lock.</summary>
    internal Action<GatewayFault>? Happening { get; set; }

    /// <summary>How many faults have happened.</summary>
    public int Made => Volatile.Read(ref _made);

    /// <summary>Faults that have not happened yet.</summary>
    public IReadOnlyList<GatewayFault> Pending
    {
        get
        {
            lock (_sync)
            {
                return [.. _pending];
            }
        }
    }

    /// <summary>
    /// Faults made from a seed, for a session of a hundred dispatches or so: the same seed gives the same faults, each at the
    /// same dispatch, connection or resume.
    /// </summary>
    /// <param name="seed">Any number.</param>
    /// <param name="count">How many faults.</param>
    /// <param name="dispatches">They are spread over so many dispatches.</param>
    public static IReadOnlyList<GatewayFault> Random(int seed, int count, int dispatches = 100)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Any(random, dispatches))];
    }

    /// <summary>Adds a fault at its usual moment.</summary>
    /// <param name="kind">What happens.</param>
    /// <param name="count">How many times.</param>
    public void Add(GatewayFaultKind kind, int count = 1) => Add(GatewayFault.Of(kind) with { Count = count });

    /// <summary>Adds a fault; one for now happens before this returns, on the connections that are open.</summary>
    /// <exception cref="InvalidOperationException">Ten thousand are waiting already.</exception>
    public void Add(GatewayFault fault)
    {
        if (fault.At == GatewayMoment.Now)
        {
            for (var made = 0; made < fault.Count; made++)
            {
                Interlocked.Increment(ref _made);
                Happening?.Invoke(fault);
            }

            return;
        }

        lock (_sync)
        {
            if (_pending.Count >= MaxPending)
            {
                throw new InvalidOperationException("Too many gateway faults are waiting.");
            }

            _pending.Add(fault);
        }
    }

    /// <summary>Adds faults.</summary>
    public void Add(IEnumerable<GatewayFault> faults)
    {
        foreach (var fault in faults)
        {
            Add(fault);
        }
    }

    /// <summary>Forgets all that has not happened.</summary>
    public void Clear()
    {
        lock (_sync)
        {
            _pending.Clear();
        }
    }

    /// <summary>Whether nothing can happen at a moment.</summary>
    internal bool IsQuiet(GatewayMoment moment)
    {
        lock (_sync)
        {
            return _pending.TrueForAll(fault => fault.At != moment);
        }
    }

    /// <summary>The faults that happen at this moment; each is counted down.</summary>
    /// <param name="moment">What happens now.</param>
    /// <param name="which">Whether a kind can happen here; the others are left as they are.</param>
    internal IReadOnlyList<GatewayFault> Take(GatewayMoment moment, Predicate<GatewayFaultKind> which)
    {
        var due = new List<GatewayFault>();
        lock (_sync)
        {
            for (var index = 0; index < _pending.Count; index++)
            {
                var fault = _pending[index];
                if (fault.At != moment || !which(fault.Kind))
                {
                    continue;
                }

                if (fault.After > 0)
                {
                    _pending[index] = fault with { After = fault.After - 1 };
                    continue;
                }

                due.Add(fault);
                _pending[index] = fault with { Count = fault.Count - 1 };
            }

            _pending.RemoveAll(fault => fault.Count == 0);
        }

        Interlocked.Add(ref _made, due.Count);
        return due;
    }

    /// <summary>For people: what is waiting.</summary>
    internal JsonArray Describe() =>
        [
            .. Pending.Select(fault => new JsonObject
            {
                ["kind"] = fault.Kind.ToString(),
                ["at"] = fault.At.ToString(),
                ["count"] = fault.Count,
                ["after"] = fault.After,
            }),
        ];

    private static GatewayFault Any(Random random, int dispatches)
    {
        // Most go with the dispatches; some meet a client that is only just connecting.
        switch (random.Next(10))
        {
            case 0:
                return new GatewayFault(GatewayFaultKind.Refuse, GatewayMoment.Connect)
                {
                    After = random.Next(3),
                    Count = 1 + random.Next(2),
                };
            case 1:
                return new GatewayFault(GatewayFaultKind.Reconnect, GatewayMoment.Connect) { After = random.Next(3) };
            case 2:
                return new GatewayFault(Ending(random), GatewayMoment.Resume) { After = random.Next(2) };
            case 3:
                return new GatewayFault(GatewayFaultKind.DropAck, GatewayMoment.Heartbeat)
                {
                    After = random.Next(3),
                    Count = 1 + random.Next(3),
                };
            default:
                var kind = Survivable[random.Next(Survivable.Length)];
                return new GatewayFault(kind, GatewayMoment.Dispatch)
                {
                    After = random.Next(dispatches),
                    Count = kind is GatewayFaultKind.Duplicate or GatewayFaultKind.Reorder ? 1 + random.Next(5) : 1,
                    Code = SurvivableCodes[random.Next(SurvivableCodes.Length)],
                    Length = TimeSpan.FromMilliseconds(1 + random.Next(300)),
                };
        }
    }

    private static GatewayFaultKind Ending(Random random) =>
        random.Next(4) switch
        {
            0 => GatewayFaultKind.InvalidSession,
            1 => GatewayFaultKind.InvalidSessionResumable,
            2 => GatewayFaultKind.Abort,
            _ => GatewayFaultKind.Close,
        };
}
