using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NewsBot.Clients.Discord.Gateway;
using NewsBot.Clients.Sockets;

namespace NewsBot.Clients.Tests.Discord.Gateway;

/// <summary>
/// A client and a server without a socket between them, and all that can go wrong, drawn from a seed. The server is
/// strict: what a heartbeat or a resume says is stored, it forgets.
/// </summary>
internal sealed class FaultyWorld(int seed)
{
    private static readonly int?[] Ends = [null, 1000, 1001, 1006, 4000, 4001, 4002, 4008];

    private readonly Random _random = new(seed);
    private readonly FakeTimeProvider _time = new(A.Now);

    // By number, counted from 1: whether it is a message and not only the end of a replay.
    private readonly List<bool> _log = [];
    private GatewaySession _session = null!;
    private DispatchQueue _queue = null!;
    private GatewayReader _reader = null!;
    private GatewayAction.Connect _next = null!;
    private GatewayResume? _saved;
    private long _forgotten;
    private bool _isOpen;
    private bool _isLive;

    /// <summary>The numbers the handler stored, in its order, with those stored again after a crash.</summary>
    public List<long> Handled { get; } = [];

    /// <summary>The numbers of all that had to be stored.</summary>
    public IEnumerable<long> Sent => _log.Index().Where(sent => sent.Item).Select(sent => sent.Index + 1L);

    public int Crashes { get; private set; }

    public int Resumes { get; private set; }

    public int Sessions { get; private set; }

    public void Run(int steps, bool mayCrash)
    {
        Begin(null);
        for (var step = 0; step < steps; step++)
        {
            Step(mayCrash);
        }

        do
        {
            Connect();
        } while (Handle() || !_isLive);
    }

    private void Step(bool mayCrash)
    {
        _time.Advance(TimeSpan.FromMilliseconds(_random.Next(2000)));
        switch (_random.Next(mayCrash ? 16 : 15))
        {
            case < 6:
                Emit();
                break;
            case < 9:
                Handle();
                break;
            case 9:
                Connect();
                break;
            case 10:
                Lose(Ends[_random.Next(Ends.Length)]);
                break;
            case 11 when _isOpen:
                Take(Encoding.UTF8.GetBytes("""{"op":7,"d":null}"""));
                break;
            case 12 when _isOpen:
                Take(Encoding.UTF8.GetBytes("[]"));
                break;
            case 13 when _isOpen:
                Do(_session.Tick(_session.Due ?? A.Now));
                break;
            case 14:
                _saved = _session.Resume;
                break;
            case 15 when _saved is not null:
                Crashes++;
                Begin(_saved);
                break;
            default:
                break;
        }
    }

    private void Begin(GatewayResume? saved)
    {
        var options = A.PatientOptions();
        _session = new GatewaySession(options, 0, 1, saved, _random.NextDouble);
        _queue = new DispatchQueue(8, 100_000);
        _reader = new GatewayReader(
            0,
            _session,
            _queue,
            new GatewayReports(
                new GatewayRun { Wanted = type => type is "READY" or "MESSAGE_CREATE" },
                NullLogger<GatewayReports>.Instance
            ),
            new SteadyClock(_time),
            NullLogger<GatewayReader>.Instance
        );
        _next = _session.Start(A.Now);
        _isOpen = _isLive = false;
        Connect();
    }

    private void Connect()
    {
        var mustWait = _next.AfterDrain && !_queue.WaitDrainedAsync(CancellationToken.None).IsCompleted;
        if (_isOpen || mustWait)
        {
            return;
        }

        _isOpen = true;
        _session.Opened(A.Home, A.Now);
        Take(Encoding.UTF8.GetBytes("""{"op":10,"d":{"heartbeat_interval":40000}}"""));
    }

    private void Emit()
    {
        _log.Add(true);
        if (_isLive)
        {
            Deliver(_log.Count, "MESSAGE_CREATE");
        }
    }

    private bool Handle()
    {
        if (!_queue.Events.TryRead(out var queued))
        {
            return false;
        }

        Handled.Add(queued.Event.Sequence);
        _queue.Done(queued);
        return true;
    }

    private void Deliver(long sequence, string type) =>
        Take(
            Encoding.UTF8.GetBytes(
                $$$"""{"t":"{{{type}}}","s":{{{sequence}}},"op":0,"d":{"session_id":"abc","resume_gateway_url":"wss://x.example"}}"""
            )
        );

    private void Take(byte[] message)
    {
        if (_isOpen)
        {
            Do(_reader.Read(message));
        }
    }

    private void Do(IReadOnlyList<GatewayAction> actions)
    {
        foreach (var action in actions)
        {
            switch (action)
            {
                case GatewayAction.Send send:
                    Receive(send);
                    break;
                case GatewayAction.Close:
                    Lose(null);
                    break;
                default:
                    break;
            }
        }
    }

    private void Receive(GatewayAction.Send send)
    {
        using var json = JsonDocument.Parse(send.Payload);
        var data = json.RootElement.GetProperty("d");
        switch (send.Kind)
        {
            case GatewaySendKind.Identify:
                Sessions++;
                _isLive = true;
                _log.Add(true);
                Deliver(_log.Count, "READY");
                break;
            case GatewaySendKind.Resume:
                Resumes++;
                Replay(data.GetProperty("seq").GetInt64());
                break;
            default:
                Forget(data.ValueKind == JsonValueKind.Null ? 0 : data.GetInt64());
                if (_random.Next(4) > 0)
                {
                    Take(Encoding.UTF8.GetBytes("""{"op":11}"""));
                }

                break;
        }
    }

    private void Replay(long sequence)
    {
        // After a crash it may ask for a little more: the place is saved only now and then.
        Assert.True(Crashes > 0 || sequence >= _forgotten, "It asks for what it said was stored.");
        Forget(sequence);
        for (var next = sequence + 1; next <= _log.Count && _isOpen; next++)
        {
            Deliver(next, _log[(int)next - 1] ? "MESSAGE_CREATE" : "PRESENCE_UPDATE");
            if (_random.Next(20) == 0)
            {
                Lose(null);
            }
        }

        if (_isOpen)
        {
            _isLive = true;
            _log.Add(false);
            Deliver(_log.Count, "RESUMED");
        }
    }

    private void Forget(long sequence) => _forgotten = Math.Max(_forgotten, sequence);

    private void Lose(int? code)
    {
        if (_isOpen)
        {
            _isOpen = _isLive = false;
            _next = Assert.IsType<GatewayAction.Connect>(_session.Lost(code, A.Now));
        }
    }
}
