using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.Faults;

namespace NewsBot.Testing.Servers.FakeDiscord.Faults;

/// <summary>The faults that the REST routes have been told to make. Safe to use from any thread; humans meet none.</summary>
public sealed class FakeFaults
{
    // What a client has to come through by itself.
    private static readonly FakeFaultRule[] Survivable =
    [
        new(FakeFaultKind.User) { RetryAfter = TimeSpan.FromMilliseconds(200) },
        new(FakeFaultKind.Global) { RetryAfter = TimeSpan.FromMilliseconds(200) },
        new(FakeFaultKind.Shared) { RetryAfter = TimeSpan.FromMilliseconds(200) },
        new(FakeFaultKind.Hidden) { RetryAfter = TimeSpan.FromMilliseconds(200) },
        new(FakeFaultKind.NoHeaders) { RetryAfter = TimeSpan.FromMilliseconds(200) },
        new(FakeFaultKind.Status) { Status = 500 },
        new(FakeFaultKind.Status) { Status = 502, AfterEffect = true },
        new(FakeFaultKind.Status) { Status = 503, AfterEffect = true },
        new(FakeFaultKind.Abort),
        new(FakeFaultKind.Abort) { AfterEffect = true },
        new(FakeFaultKind.Slow) { Delay = TimeSpan.FromMilliseconds(150) },
    ];

    private readonly FaultQueue<FakeFaultRule> _queue = new(Survivable);

    /// <summary>Rules that have not been used up.</summary>
    public IReadOnlyList<FakeFaultRule> Pending => _queue.Pending;

    /// <summary>Adds a rule.</summary>
    /// <exception cref="InvalidOperationException">Ten thousand are waiting already.</exception>
    public void Add(FakeFaultRule rule) => _queue.Add(rule);

    /// <summary>
    /// Makes any fault that a client has to survive, at random. Which request meets which is decided by the seed, the path
    /// and how often it was asked for, so that a script can be played again however its requests interleave.
    /// </summary>
    /// <param name="seed">Any number.</param>
    /// <param name="rate">From 0, never, to 1, always.</param>
    public void Randomly(int seed, double rate) => _queue.Randomly(seed, rate);

    /// <summary>Ends all faults.</summary>
    public void Clear() => _queue.Clear();

    /// <summary>The fault that this request meets, if any; it is counted down.</summary>
    internal FakeFaultRule? Take(string method, string template, string path) =>
        _queue.Take(rule => rule.Matches(method, template, path), $"{method} {path}");

    internal JsonArray Describe() =>
        [
            .. Pending.Select(rule => new JsonObject
            {
                ["kind"] = rule.Kind.ToString(),
                ["method"] = rule.Method,
                ["route"] = rule.Route,
                ["regex"] = rule.Pattern,
                ["count"] = rule.Count,
                ["after"] = rule.After,
                ["when"] = rule.AfterEffect ? "after" : "before",
            }),
        ];
}
