using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.Faults;

namespace NewsBot.Testing.Servers.FakeSlack.Faults;

/// <summary>
/// The faults that a fake Slack has been told to make: of calls, of deliveries, of sockets. Safe to use from any thread;
/// humans meet none.
/// </summary>
public sealed class FakeFaults
{
    // What a client has to come through by itself.
    private static readonly FakeFaultRule[] SurvivableCalls =
    [
        new(FakeFaultKind.RateLimited),
        new(FakeFaultKind.RateLimited) { RetryAfter = TimeSpan.FromSeconds(2) },
        new(FakeFaultKind.Error) { Code = "internal_error" },
        new(FakeFaultKind.Error) { Code = "fatal_error", AfterEffect = true },
        new(FakeFaultKind.Error) { Code = "service_unavailable" },
        new(FakeFaultKind.Error) { Code = "request_timeout", AfterEffect = true },
        new(FakeFaultKind.Status) { Status = 500 },
        new(FakeFaultKind.Status) { Status = 502, AfterEffect = true },
        new(FakeFaultKind.Status) { Status = 503, AfterEffect = true },
        new(FakeFaultKind.Abort),
        new(FakeFaultKind.Abort) { AfterEffect = true },
        new(FakeFaultKind.Html),
        new(FakeFaultKind.HalfJson) { AfterEffect = true },
        new(FakeFaultKind.Slow) { Delay = TimeSpan.FromMilliseconds(150), AfterEffect = true },
    ];

    private static readonly FakeFaultRule[] SurvivableDeliveries =
    [
        new(FakeFaultKind.Drop),
        new(FakeFaultKind.Duplicate),
        new(FakeFaultKind.Reorder),
        new(FakeFaultKind.LoseAck),
        new(FakeFaultKind.WrongSignature),
    ];

    private static readonly FakeFaultRule[] SurvivableSockets =
    [
        new(FakeFaultKind.Cut),
        new(FakeFaultKind.Refresh),
        new(FakeFaultKind.Warning),
        new(FakeFaultKind.NoCloseHandshake),
    ];

    private readonly FaultQueue<FakeFaultRule> _calls = new(SurvivableCalls);
    private readonly FaultQueue<FakeFaultRule> _deliveries = new(SurvivableDeliveries);
    private readonly FaultQueue<FakeFaultRule> _sockets = new(SurvivableSockets);

    /// <summary>Rules that have not been used up.</summary>
    public IReadOnlyList<FakeFaultRule> Pending => [.. _calls.Pending, .. _deliveries.Pending, .. _sockets.Pending];

    /// <summary>Called after a fault of sockets was added: those without an "after" happen at once.</summary>
    internal Action? SocketFaultAdded { get; set; }

    /// <summary>Adds a rule.</summary>
    /// <exception cref="InvalidOperationException">Ten thousand are waiting already.</exception>
    public void Add(FakeFaultRule rule)
    {
        if (rule.IsForCalls)
        {
            _calls.Add(rule);
        }
        else if (rule.IsForDeliveries)
        {
            _deliveries.Add(rule);
        }
        else
        {
            _sockets.Add(rule);
            SocketFaultAdded?.Invoke();
        }
    }

    /// <summary>
    /// Makes any fault that a client has to survive, at random. Which call or delivery meets which is decided by the seed,
    /// what it is, and how often there was one like it, so that a script can be played again however it interleaves.
    /// </summary>
    /// <param name="seed">Any number.</param>
    /// <param name="rate">From 0, never, to 1, always; sockets meet a third as many.</param>
    public void Randomly(int seed, double rate)
    {
        _calls.Randomly(seed, rate);
        _deliveries.Randomly(seed, rate);
        _sockets.Randomly(seed, rate / 3);
    }

    /// <summary>Ends all faults.</summary>
    public void Clear()
    {
        _calls.Clear();
        _deliveries.Clear();
        _sockets.Clear();
    }

    internal FakeFaultRule? TakeForCall(string method, string? channel) =>
        _calls.Take(
            rule => (rule.Method is null || rule.Method == method) && (rule.Channel is null || rule.Channel == channel),
            $"{method} {channel}"
        );

    /// <param name="type">Of the event or interaction.</param>
    /// <param name="isEvent">Slack retries and doubles events only: nothing else meets faults at random.</param>
    internal FakeFaultRule? TakeForDelivery(string type, bool isEvent) =>
        _deliveries.Take(rule => rule.Event is null || rule.Event == type, isEvent ? type : null);

    /// <summary>What happens to a socket, after a delivery or at once.</summary>
    /// <param name="atOnce">Only what has nothing to wait for, and nothing at random.</param>
    internal FakeFaultRule? TakeForSocket(bool atOnce) =>
        atOnce ? _sockets.Take(rule => rule.After == 0, request: null) : _sockets.Take(_ => true, "socket");

    internal JsonArray Describe() =>
        [
            .. Pending.Select(rule => new JsonObject
            {
                ["kind"] = rule.Kind.ToString(),
                ["method"] = rule.Method,
                ["channel"] = rule.Channel,
                ["event"] = rule.Event,
                ["count"] = rule.Count,
                ["after"] = rule.After,
                ["when"] = rule.AfterEffect ? "after" : "before",
            }),
        ];
}
