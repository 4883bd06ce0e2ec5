using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace NewsBot.Testing.Servers.Faults;

/// <summary>Rules that wait for the requests they are made for. Safe to use from any thread.</summary>
/// <param name="survivable">What a client has to come through by itself; random faults are drawn from these.</param>
internal sealed class FaultQueue<TRule>(IReadOnlyList<TRule> survivable)
    where TRule : class, IFaultRule<TRule>
{
    // Far more than any script.
    private const int MaxRules = 10_000;

    private readonly Lock _sync = new();
    private readonly List<TRule> _rules = [];
    private readonly Dictionary<string, int> _seen = new(StringComparer.Ordinal);
    private (int Seed, double Rate)? _random;

    /// <summary>Rules that have not been used up.</summary>
    public IReadOnlyList<TRule> Pending
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
    public void Add(TRule rule)
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
    /// Makes any fault that a client has to survive, at random. Which request meets which is decided by the seed, the
    /// request and how often it was made, so that a script can be played again however its requests interleave.
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

    /// <summary>The fault that a request meets, if any; it is counted down.</summary>
    /// <param name="matches">Whether a rule is for this request.</param>
    /// <param name="request">What stays the same when it is made again; null meets nothing at random.</param>
    public TRule? Take(Func<TRule, bool> matches, string? request)
    {
        lock (_sync)
        {
            var index = 0;
            while (index < _rules.Count)
            {
                var rule = _rules[index];
                if (!matches(rule))
                {
                    index++;
                }
                else if (rule.After > 0)
                {
                    _rules[index] = rule.Counted(rule.Count, rule.After - 1);
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
                        _rules[index] = rule.Counted(rule.Count - 1, 0);
                    }

                    return rule;
                }
            }

            return request is not null && _random is { } random ? Draw(random.Seed, random.Rate, request) : null;
        }
    }

    private TRule? Draw(int seed, double rate, string request)
    {
        var times = _seen[request] = _seen.GetValueOrDefault(request) + 1;
        var hash = SHA256.HashData(
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed} {times} {request}"))
        );
        return BitConverter.ToUInt32(hash, 0) / (double)uint.MaxValue < rate
            ? survivable[(int)(BitConverter.ToUInt32(hash, 4) % survivable.Count)]
            : null;
    }
}
