using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace NewsBot.Testing.Servers.FakeDiscord;

/// <summary>What was asked of a fake Discord so far.</summary>
public sealed class FakeStatistics
{
    private readonly ConcurrentDictionary<string, int> _requests = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _advertised = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<FakeRefusal> _refusals = new();
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly FakeDiscordState _state;
    private int _faults;

    internal FakeStatistics(FakeDiscordState state) => _state = state;

    /// <summary>Requests of the bot by method and template, refused ones too.</summary>
    public IReadOnlyDictionary<string, int> Requests => _requests;

    /// <summary>All answers 429, in order.</summary>
    public IReadOnlyList<FakeRefusal> Refusals => [.. _refusals];

    /// <summary>
    /// Answers 429 that a client could have avoided: their bucket had been told of in headers before, and no fault made
    /// them up.
    /// </summary>
    public int Avoidable =>
        _refusals.Count(one => one is { Hidden: false, Advertised: true, Scripted: false, Scope: "user" });

    /// <summary>Answers 429 of limits that no header tells of.</summary>
    public int Hidden => _refusals.Count(one => one is { Hidden: true, Scripted: false });

    /// <summary>Faults made so far on the REST routes.</summary>
    public int Faults => Volatile.Read(ref _faults);

    /// <summary>When each message of the bot and its webhooks was accepted, with its channel, in order.</summary>
    public IReadOnlyList<(DateTimeOffset At, ulong ChannelId)> Creates
    {
        get
        {
            lock (_state.Sync)
            {
                return [.. _state.Accepted];
            }
        }
    }

    /// <summary>Refused bodies and calls as "status code route", in order; the newest thousand.</summary>
    public IReadOnlyList<string> Errors => [.. _errors];

    internal void Requested(string route) => _requests.AddOrUpdate(route, 1, (_, count) => count + 1);

    internal void Advertised(string bucket) => _advertised.TryAdd(bucket, true);

    internal bool IsAdvertised(string bucket) => _advertised.ContainsKey(bucket);

    internal void Refused(FakeRefusal refusal) => _refusals.Enqueue(refusal);

    internal void Faulted() => Interlocked.Increment(ref _faults);

    internal void Failed(int status, int code, string route)
    {
        _errors.Enqueue($"{status} {code} {route}");
        if (_errors.Count > 1000)
        {
            _errors.TryDequeue(out _);
        }
    }

    internal JsonObject Describe()
    {
        var requests = new JsonObject();
        foreach (var (route, count) in _requests.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            requests[route] = count;
        }

        return new JsonObject
        {
            ["requests"] = requests,
            ["faults"] = Faults,
            ["refusals"] = new JsonArray([
                .. _refusals
                    .GroupBy(one => (one.Route, one.Scope, one.Hidden, one.Advertised, one.Scripted))
                    .Select(group => new JsonObject
                    {
                        ["route"] = group.Key.Route,
                        ["scope"] = group.Key.Scope,
                        ["hidden"] = group.Key.Hidden,
                        ["advertised"] = group.Key.Advertised,
                        ["scripted"] = group.Key.Scripted,
                        ["count"] = group.Count(),
                    }),
            ]),
            ["avoidable"] = Avoidable,
            ["hidden"] = Hidden,
            ["errors"] = new JsonArray([.. _errors.Select(error => (JsonNode)error)]),
            ["creates"] = Creates.Count,
        };
    }
}
