using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace NewsBot.Testing.Servers.FakeSlack;

/// <summary>What was asked of a fake Slack so far.</summary>
public sealed class FakeStatistics
{
    private readonly ConcurrentDictionary<string, int> _calls = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<FakeRefusal> _refusals = new();
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly FakeSlackState _state;
    private int _faults;

    internal FakeStatistics(FakeSlackState state) => _state = state;

    /// <summary>Calls of the app by method, refused ones too.</summary>
    public IReadOnlyDictionary<string, int> Calls => _calls;

    /// <summary>All answers 429, in order.</summary>
    public IReadOnlyList<FakeRefusal> Refusals => [.. _refusals];

    /// <summary>Answers 429 that a client could have avoided: all but those that a fault made up.</summary>
    public int Avoidable => _refusals.Count(one => !one.Scripted);

    /// <summary>Answers 429 that a fault made up.</summary>
    public int Unavoidable => _refusals.Count(one => one.Scripted);

    /// <summary>Faults made so far on calls.</summary>
    public int Faults => Volatile.Read(ref _faults);

    /// <summary>When each message of the app was accepted, with its channel, in order.</summary>
    public IReadOnlyList<(DateTimeOffset At, string ChannelId)> Creates
    {
        get
        {
            lock (_state.Sync)
            {
                return [.. _state.Accepted];
            }
        }
    }

    /// <summary>How long the app took to acknowledge commands, clicks and the like, in order.</summary>
    public IReadOnlyList<TimeSpan> Acknowledged
    {
        get
        {
            lock (_state.Sync)
            {
                return [.. _state.World.Exchanges.Values.Select(one => one.AckedAfter).OfType<TimeSpan>()];
            }
        }
    }

    /// <summary>Refused calls as "code method", in order; the newest thousand.</summary>
    public IReadOnlyList<string> Errors => [.. _errors];

    /// <summary>The shortest time in which so many messages can be accepted by a client without any latency.</summary>
    /// <param name="limits">The limits they meet.</param>
    /// <param name="channels">In how many channels.</param>
    /// <param name="perChannel">How many in each.</param>
    public static TimeSpan Optimum(FakeLimits limits, int channels, int perChannel)
    {
        var own = limits.Channel.Every * Math.Max(0, perChannel - limits.Channel.Burst);
        var together = limits.Workspace.Window * ((channels * perChannel - 1) / limits.Workspace.Count);
        return own > together ? own : together;
    }

    internal void Called(string method) => _calls.AddOrUpdate(method, 1, (_, count) => count + 1);

    internal void Refused(FakeRefusal refusal) => _refusals.Enqueue(refusal);

    internal void Faulted() => Interlocked.Increment(ref _faults);

    internal void Failed(string code, string method)
    {
        _errors.Enqueue($"{code} {method}");
        if (_errors.Count > 1000)
        {
            _errors.TryDequeue(out _);
        }
    }

    internal JsonObject Describe()
    {
        var calls = new JsonObject();
        foreach (var (method, count) in _calls.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            calls[method] = count;
        }

        return new JsonObject
        {
            ["calls"] = calls,
            ["faults"] = Faults,
            ["refusals"] = new JsonArray([
                .. _refusals
                    .GroupBy(one => (one.Method, one.Scripted))
                    .Select(group => new JsonObject
                    {
                        ["method"] = group.Key.Method,
                        ["scripted"] = group.Key.Scripted,
                        ["count"] = group.Count(),
                    }),
            ]),
            ["avoidable"] = Avoidable,
            ["unavoidable"] = Unavoidable,
            ["errors"] = new JsonArray([.. _errors.Select(error => (JsonNode)error)]),
            ["creates"] = Creates.Count,
        };
    }
}
