using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeSlack.Faults;
using NewsBot.Testing.Servers.Sockets;

namespace NewsBot.Testing.Servers.FakeSlack.Delivery;

/// <summary>One socket of the app: what was sent there and is not acknowledged yet.</summary>
/// <param name="wire">The socket.</param>
/// <param name="options">The clock.</param>
/// <param name="state">Whose lock guards this too.</param>
/// <param name="owner">Hears how it goes.</param>
/// <param name="life">When the server asks for a new one; null never.</param>
internal sealed class SocketClient(
    FakeSocket wire,
    FakeSlackOptions options,
    FakeSlackState state,
    SocketMode owner,
    TimeSpan? life
) : IDisposable
{
    // What the server lets pass between saying that a socket will be closed, and closing it.
    private static readonly TimeSpan Notice = TimeSpan.FromSeconds(10);

    private static readonly JsonSerializerOptions Form = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly Dictionary<string, (Parcel Parcel, bool LoseAck, ITimer Clock)> _unacked = new(
        StringComparer.Ordinal
    );
    private readonly List<ITimer> _clocks = [];
    private bool _greeted;
    private bool _ended;

    /// <summary>Whether it takes what is to be delivered.</summary>
    public bool IsOpen => _greeted && !IsLeaving && !_ended;

    /// <summary>Whether it was asked to go.</summary>
    public bool IsLeaving { get; private set; }

    public void Hello(int connections, string appId)
    {
        _greeted = true;
        Write(
            new JsonObject
            {
                ["type"] = "hello",
                ["num_connections"] = connections,
                ["debug_info"] = new JsonObject
                {
                    ["host"] = SocketMode.Host(owner.Opened),
                    ["build_number"] = 7,
                    ["approximate_connection_time"] = (long)(life ?? TimeSpan.FromHours(5)).TotalSeconds,
                },
                ["connection_info"] = new JsonObject { ["app_id"] = appId },
            }
        );
        if (life is { } ends)
        {
            Later(ends > Notice ? ends - Notice : TimeSpan.Zero, () => Do(FakeFaultKind.Warning));
        }
    }

    /// <summary>Sends one parcel and waits for its acknowledgement.</summary>
    public void Send(Parcel parcel, bool loseAck)
    {
        var id = Guid.CreateVersion7(state.Now).ToString();
        var question = parcel as Parcel.Question;
        var envelope = new JsonObject
        {
            ["envelope_id"] = id,
            ["payload"] = parcel.Payload.DeepClone(),
            ["type"] =
                question is null ? "events_api"
                : question.Type == "slash_command" ? "slash_commands"
                : "interactive",
            ["accepts_response_payload"] = question is not null,
        };
        if (parcel is Parcel.Event what)
        {
            envelope["retry_attempt"] = what.Attempt;
            envelope["retry_reason"] = what.Reason is "http_timeout" ? "timeout" : what.Reason ?? "";
        }

        var clock = options.Time.CreateTimer(
            _ => state.Change(() => Late(id)),
            null,
            options.AckWithin,
            Timeout.InfiniteTimeSpan
        );
        _unacked[id] = (parcel, loseAck, clock);
        Write(envelope);
    }

    /// <summary>Lets something happen to the socket.</summary>
    public void Do(FakeFaultKind kind)
    {
        switch (kind)
        {
            case FakeFaultKind.Cut:
                wire.Abort();
                IsLeaving = true;
                break;
            case FakeFaultKind.Warning:
                Disconnect("warning");
                Later(Notice, () => Do(FakeFaultKind.Refresh));
                break;
            case FakeFaultKind.Refresh:
                Leave("refresh_requested");
                break;
            case FakeFaultKind.LinkDisabled:
                Leave("link_disabled");
                break;
            case FakeFaultKind.TooManyWebsockets:
                Leave("too_many_websockets");
                break;
            case FakeFaultKind.NoCloseHandshake:
                wire.AnswersClose = false;
                Leave("refresh_requested");
                break;
            case FakeFaultKind.Garbage:
                wire.Send("{\"type\":"u8.ToArray());
                break;
            default:
                break;
        }
    }

    /// <summary>Takes what the app sent.</summary>
    public void Receive(ReadOnlyMemory<byte> payload)
    {
        JsonObject? ack;
        try
        {
            ack = JsonNode.Parse(payload.Span) as JsonObject;
        }
        catch (JsonException)
        {
            ack = null;
        }

        if (ack?["envelope_id"]?.ToString() is { } id)
        {
            state.Change(() => Take(id, ack["payload"]));
        }
    }

    /// <summary>The socket is gone: what was not acknowledged has failed.</summary>
    public void End()
    {
        _ended = true;
        foreach (var (parcel, _, clock) in _unacked.Values.ToList())
        {
            clock.Dispose();
            owner.Done(parcel, "connection_failed");
        }

        _unacked.Clear();
        Dispose();
    }

    public void Dispose()
    {
        foreach (var clock in _clocks)
        {
            clock.Dispose();
        }

        _clocks.Clear();
    }

    public JsonObject Describe() =>
        new()
        {
            ["open"] = IsOpen,
            ["leaving"] = IsLeaving,
            ["unacknowledged"] = _unacked.Count,
        };

    private void Take(string id, JsonNode? payload)
    {
        if (!_unacked.TryGetValue(id, out var sent))
        {
            return;
        }

        owner.Acked();
        if (sent.LoseAck)
        {
            return;
        }

        _unacked.Remove(id);
        sent.Clock.Dispose();
        if (sent.Parcel is Parcel.Question question)
        {
            Answered(question, payload);
        }
    }

    private void Answered(Parcel.Question question, JsonNode? payload)
    {
        var answer = payload switch
        {
            JsonObject { Count: 0 } => null,
            JsonObject body => body,
            JsonValue text when text.ToString().Length > 0 => new JsonObject { ["text"] = text.ToString() },
            _ => null,
        };
        state.Acknowledge(question.Exchange, answer);
    }

    private void Late(string id)
    {
        if (_unacked.Remove(id, out var sent))
        {
            sent.Clock.Dispose();
            owner.Done(sent.Parcel, "http_timeout");
        }
    }

    private void Leave(string reason)
    {
        if (IsLeaving && reason == "refresh_requested")
        {
            return;
        }

        Disconnect(reason);
        IsLeaving = true;
        // Whoever does not go by themselves is cut off.
        Later(Notice, wire.Abort);
    }

    private void Disconnect(string reason) =>
        Write(
            new JsonObject
            {
                ["type"] = "disconnect",
                ["reason"] = reason,
                ["debug_info"] = new JsonObject { ["host"] = SocketMode.Host(owner.Opened) },
            }
        );

    private void Write(JsonObject frame) => wire.Send(Encoding.UTF8.GetBytes(frame.ToJsonString(Form)));

    private void Later(TimeSpan delay, Action act)
    {
        if (_ended)
        {
            return;
        }

        _clocks.Add(
            options.Time.CreateTimer(
                _ =>
                    state.Change(() =>
                    {
                        if (!_ended)
                        {
                            act();
                        }
                    }),
                null,
                delay,
                Timeout.InfiniteTimeSpan
            )
        );
    }
}
