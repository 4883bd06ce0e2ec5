using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeSlack.Faults;
using NewsBot.Testing.Servers.FakeSlack.Stored;

namespace NewsBot.Testing.Servers.FakeSlack.Delivery;

/// <summary>
/// Brings events, commands and interactions to the app, by Socket Mode or signed requests, and retries events that were
/// not acknowledged. Source: https://docs.slack.dev/apis/events-api
/// </summary>
internal sealed class FakeDelivery : IDisposable
{
    private readonly FakeSlackState _state;
    private readonly FakeSlackOptions _options;
    private readonly FakeFaults _faults;
    private readonly HttpDelivery _http;
    private readonly HashSet<ITimer> _timers = [];
    private Parcel? _heldBack;
    private bool _ended;

    public FakeDelivery(FakeSlackState state, FakeSlackOptions options, FakeFaults faults, HttpClient http)
    {
        _state = state;
        _options = options;
        _faults = faults;
        Sockets = new SocketMode(state, options, faults) { Done = Done };
        _http = new HttpDelivery(state, options, http, Done);
    }

    public SocketMode Sockets { get; }

    /// <summary>How many events were given up.</summary>
    public int GivenUp { get; private set; }

    /// <summary>How many attempts at events were retries.</summary>
    public int Retries { get; private set; }

    /// <summary>How many attempts at events failed.</summary>
    public int Failures { get; private set; }

    /// <summary>An event has happened. Called under the lock.</summary>
    public void Publish(FakeEvent what) => Send(new Parcel.Event(what));

    /// <summary>A human asks something. Called under the lock.</summary>
    public void Ask(StoredExchange exchange, JsonObject payload)
    {
        After(
            _options.AckWithin,
            () => _state.Fail(exchange, exchange.Type == "slash_command" ? "operation_timeout" : "No answer in time")
        );
        Send(new Parcel.Question(exchange, payload));
    }

    /// <summary>Sets where requests go, after trying the one for events.</summary>
    /// <returns>Null, or why it was not taken.</returns>
    public async Task<string?> SetUrlsAsync(StoredUrls? urls, CancellationToken cancellationToken)
    {
        if (urls?.Events is { } events && await _http.VerifyAsync(events, cancellationToken) is { } refused)
        {
            return refused;
        }

        _state.Change(() => _state.World.Urls = urls);
        return null;
    }

    /// <summary>Ends all connections, retries and clocks.</summary>
    public async Task StopAsync()
    {
        lock (_state.Sync)
        {
            _ended = true;
            foreach (var timer in _timers)
            {
                timer.Dispose();
            }

            _timers.Clear();
        }

        await Sockets.StopAsync();
        await _http.StopAsync();
    }

    public void Dispose()
    {
        Sockets.Dispose();
        _http.Dispose();
    }

    private void Send(Parcel parcel)
    {
        var fault = _faults.TakeForDelivery(parcel.Type, parcel is Parcel.Event);
        switch (fault?.Kind)
        {
            case FakeFaultKind.Lose:
                return;
            case FakeFaultKind.Drop:
                Done(parcel, "http_timeout");
                return;
            case FakeFaultKind.Reorder when _heldBack is null:
                _heldBack = parcel;
                // Where nothing follows it comes alone, though late.
                After(TimeSpan.FromSeconds(1), ReleaseHeldBack);
                return;
            case FakeFaultKind.Duplicate:
                Carry(parcel, fault);
                break;
            default:
                break;
        }

        Carry(parcel, fault);
        ReleaseHeldBack();
    }

    private void ReleaseHeldBack()
    {
        if (_heldBack is { } late)
        {
            _heldBack = null;
            Carry(late, null);
        }
    }

    private void Carry(Parcel parcel, FakeFaultRule? fault)
    {
        if (_ended)
        {
            return;
        }

        if (_state.World.Urls is { } urls)
        {
            _http.Send(parcel, urls, fault);
        }
        else if (!Sockets.Send(parcel, loseAck: fault?.Kind == FakeFaultKind.LoseAck))
        {
            Done(parcel, "connection_failed");
        }
    }

    /// <summary>An attempt has failed; successes are taken where they come in. May be called under the lock or not.</summary>
    private void Done(Parcel parcel, string reason) =>
        _state.Change(() =>
        {
            if (parcel is Parcel.Question question)
            {
                _state.Fail(question.Exchange, reason);
                return;
            }

            Failures++;
            var failed = (Parcel.Event)parcel;
            if (_ended || failed.Attempt >= _options.RetryDelays.Count || reason == HttpDelivery.NoRetry)
            {
                GivenUp++;
                return;
            }

            // Never on the stack of whoever failed: the first retry comes nearly at once, not at the same instant.
            var delay = _options.RetryDelays[failed.Attempt];
            After(delay > TimeSpan.Zero ? delay : TimeSpan.FromMilliseconds(1), () => Retry(failed, reason));
        });

    private void Retry(Parcel.Event failed, string reason)
    {
        Retries++;
        Send(failed with { Attempt = failed.Attempt + 1, Reason = reason });
    }

    private void After(TimeSpan delay, Action act)
    {
        lock (_state.Sync)
        {
            if (_ended)
            {
                return;
            }

            ITimer? timer = null;
            timer = _options.Time.CreateTimer(
                _ =>
                    _state.Change(() =>
                    {
                        if (timer is not null && _timers.Remove(timer))
                        {
                            timer.Dispose();
                            act();
                        }
                    }),
                null,
                delay,
                Timeout.InfiniteTimeSpan
            );
            _timers.Add(timer);
        }
    }
}
