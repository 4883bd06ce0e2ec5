using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace NewsBot.Testing.Servers.FakeDiscord.Faults;

/// <summary>The faults that the REST routes have been told to make. Safe to use from any thread; humans meet none.</summary>
public sealed class FakeFaults
{
    // Far more than any script.
    private const int MaxRules = 10_000;

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

    private readonly Lock _sync = new();
    private readonly List<FakeFaultRule> _rules = [];
    private readonly Dictionary<string, int> _seen = new(StringComparer.Ordinal);
    private (int Seed, double Rate)? _random;

    /// <summary>Rules that have not been used up.</summary>
    public IReadOnlyList<FakeFaultRule> Pending
    {
        get
        {
            lock (_sync)
            {
                return [.. _rules];
            }
        }
    }

    /// <summary>Adds a rule.</summary>
    /// <exception cref="InvalidOperationException">Ten thousand are waiting already.</exception>
    public void Add(FakeFaultRule rule)
    {
        lock (_sync)
        {
            if (_rules.Count >= MaxRules)
            {
                throw new InvalidOperationException("Too many faults are waiting.");
            }

            _rules.Add(rule);
        }
    }

    /// <summary>
    /// Makes any fault that a client has to survive, at random. Which request meets which is decided by the seed, the path
    /// and how often it was asked for, so that a script can be played again however its requests interleave.
    /// </summary>
    /// <param name="seed">Any number.</param>
    /// <param name="rate">From 0, never, to 1, always.</param>
    public void Randomly(int seed, double rate)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rate);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rate, 1);
        lock (_sync)
        {
            _random = (seed, rate);
            _seen.Clear();
        }
    }

    /// <summary>Ends all faults.</summary>
    public void Clear()
    {
        lock (_sync)
        {
            _rules.Clear();
            _random = null;
            _seen.Clear();
        }
    }

    /// <summary>The fault that this request meets, if any; it is counted down.</summary>
    internal FakeFaultRule? Take(string method, string template, string path)
    {
        lock (_sync)
        {
            var index = 0;
            while (index < _rules.Count)
            {
                var rule = _rules[index];
                if (!rule.Matches(method, template, path))
                {
                    index++;
                }
                else if (rule.After > 0)
                {
                    _rules[index] = rule with { After = rule.After - 1 };
                    index++;
                }
                else
                {
                    if (rule.Count == 1)
                    {
                        _rules.RemoveAt(index);
                    }
                    else
                    {
                        _rules[index] = rule with { Count = rule.Count - 1 };
                    }

                    return rule;
                }
            }

            return _random is { } random ? Draw(random.Seed, random.Rate, $"{method} {path}") : null;
        }
    }

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

    private FakeFaultRule? Draw(int seed, double rate, string request)
    {
        var times = _seen[request] = _seen.GetValueOrDefault(request) + 1;
        var hash = SHA256.HashData(
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed} {times} {request}"))
        );
        return BitConverter.ToUInt32(hash, 0) / (double)uint.MaxValue < rate
            ? Survivable[BitConverter.ToUInt32(hash, 4) % Survivable.Length]
            : null;
    }
}
