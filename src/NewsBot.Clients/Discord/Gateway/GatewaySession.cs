namespace NewsBot.Clients.Discord.Gateway;

/// <summary>
/// The state of one shard over all its connections: what has come goes in with its time, what to do comes out. It has
/// no socket and no clock. Thread-safe. Source: https://discord.com/developers/docs/events/gateway#connection-lifecycle
/// </summary>
/// <param name="options">Who the bot is.</param>
/// <param name="shard">Counted from 0.</param>
/// <param name="shards">How many there are.</param>
/// <param name="saved">What an earlier run left to continue; null where nothing.</param>
/// <param name="random">0 to 1.</param>
internal sealed partial class GatewaySession(
    GatewayOptions options,
    int shard,
    int shards,
    GatewayResume? saved,
    Func<double> random
)
{
    /// <summary>Ours for every close after which we come back. 1000 and 1001 would end the session.</summary>
    public const int ResumableClose = 4000;

    // Outside of these a heartbeat interval is a mistake; Discord's is 41 s. A shorter one would use up all that a
    // connection may send in a minute.
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(600);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private TimeSpan _interval;
    private DateTimeOffset _nextBeat;
    private DateTimeOffset _progressBy;
    private bool _isUnanswered;
    private DateTimeOffset? _liveSince;
    private Uri? _openedUrl;

    public GatewayPhase Phase { get; private set; }

    /// <summary>When <see cref="Tick"/> wants to be called; null for never.</summary>
    public DateTimeOffset? Due
    {
        get
        {
            lock (_gate)
            {
                return Phase switch
                {
                    GatewayPhase.AwaitingHello => _progressBy,
                    GatewayPhase.Identifying or GatewayPhase.Resuming => _nextBeat < _progressBy
                        ? _nextBeat
                        : _progressBy,
                    GatewayPhase.Live => _nextBeat,
                    _ => null,
                };
            }
        }
    }

    /// <summary>The socket is open.</summary>
    public void Opened(Uri url, DateTimeOffset now)
    {
        lock (_gate)
        {
            _openedUrl = url;
            _isUnanswered = false;
            _liveSince = null;
            _progressBy = now + options.HelloTimeout;
            Phase = GatewayPhase.AwaitingHello;
        }
    }

    /// <summary>Hello came (op 10).</summary>
    /// <param name="interval">Between two heartbeats; null where unreadable.</param>
    /// <param name="now">The time.</param>
    public IReadOnlyList<GatewayAction> Hello(TimeSpan? interval, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (Phase != GatewayPhase.AwaitingHello)
            {
                return [];
            }

            if (interval is not { Ticks: > 0 } length)
            {
                return CloseToResume("Hello had no heartbeat interval");
            }

            _interval = TimeSpan.FromTicks(Math.Clamp(length.Ticks, ShortestInterval.Ticks, LongestInterval.Ticks));
            _nextBeat = now + (_interval * random());
            _progressBy = now + options.HelloTimeout;
            if (_session is { } session && _isResume)
            {
                Phase = GatewayPhase.Resuming;
                _isReplaying = false;
                var resume = GatewayPayloads.Resume(options.Token, session.Id, session.Sequence);
                return [new GatewayAction.Send(resume, GatewaySendKind.Resume)];
            }

            Phase = GatewayPhase.Identifying;
            var identify = GatewayPayloads.Identify(options, shard, shards);
            return [new GatewayAction.Send(identify, GatewaySendKind.Identify)];
        }
    }

    /// <summary>Discord wants a heartbeat now (op 1).</summary>
    public IReadOnlyList<GatewayAction> HeartbeatAsked()
    {
        lock (_gate)
        {
            return IsOpen ? [new GatewayAction.Send(Heartbeat(), GatewaySendKind.HeartbeatAnswer)] : [];
        }
    }

    /// <summary>A heartbeat was acknowledged (op 11).</summary>
    public void Acknowledged()
    {
        lock (_gate)
        {
            _isUnanswered = false;
        }
    }

    /// <summary>Discord wants us to come back (op 7), perhaps even before Hello.</summary>
    public IReadOnlyList<GatewayAction> ReconnectAsked()
    {
        lock (_gate)
        {
            return CloseToResume("Discord asked for a new connection");
        }
    }

    /// <summary>The session is refused (op 9), or the last identify came too early.</summary>
    public IReadOnlyList<GatewayAction> Refused(bool isResumable)
    {
        lock (_gate)
        {
            if (!IsOpen)
            {
                return [];
            }

            if (!isResumable)
            {
                _session = null;
            }

            _leastDelay = TimeSpan.FromSeconds(1 + (4 * random()));
            return CloseToResume(isResumable ? "Discord refused for now" : "Discord no longer knows the session");
        }
    }

    /// <summary>A message was too long, not UTF-8, not JSON, not an object or not the next of the zlib stream.</summary>
    public IReadOnlyList<GatewayAction> Unreadable(string reason)
    {
        lock (_gate)
        {
            if (!IsOpen)
            {
                return [];
            }

            // It may have been an event, which a resume brings again. Where it comes again as broken as before, only a
            // new session gets past it.
            var place = (_session?.Id, _session?.Tracker.Highest ?? 0);
            _unreadableTimes = place == _unreadableAt ? _unreadableTimes + 1 : 1;
            _unreadableAt = place;
            if (_unreadableTimes >= MaxUnreadable)
            {
                _session = null;
                _unreadableTimes = 0;
            }

            return CloseToResume($"a message could not be read: {reason}");
        }
    }

    /// <summary>More waits for the handler than is allowed; the event that did not fit was not accepted.</summary>
    public IReadOnlyList<GatewayAction> Overflowed()
    {
        lock (_gate)
        {
            _afterDrain = true;
            _isReplaying = true;
            return CloseToResume("the handler does not keep up");
        }
    }

    /// <summary>READY came: a new session begins. To be called before its event is accepted.</summary>
    public IReadOnlyList<GatewayAction> Ready(string? sessionId, string? resumeUrl, long sequence, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (Phase is not (GatewayPhase.Identifying or GatewayPhase.Resuming))
            {
                return [];
            }

            if (sessionId is not { Length: > 0 and <= 512 })
            {
                return CloseToResume("READY named no session");
            }

            var url = GatewayUrl.Checked(resumeUrl) ?? _openedUrl!;
            _session = new Session(sessionId, url, sequence, new SequenceTracker(sequence - 1));
            return GoLive(new GatewayState.Ready(shard), now);
        }
    }

    /// <summary>RESUMED came: all that was missed has been replayed.</summary>
    public IReadOnlyList<GatewayAction> Resumed(DateTimeOffset now)
    {
        lock (_gate)
        {
            if (Phase != GatewayPhase.Resuming)
            {
                return [];
            }

            _session?.Tracker.CloseGaps();
            return GoLive(new GatewayState.Resumed(shard), now);
        }
    }

    /// <summary>Notes an event that arrived.</summary>
    /// <param name="sequence">Its number; null where it had none.</param>
    /// <param name="isWanted">True where it goes to the handler.</param>
    /// <param name="now">The time.</param>
    /// <param name="tracker">Where its end is to be noted; null for nowhere.</param>
    /// <returns>False where it came before.</returns>
    public bool Accept(long? sequence, bool isWanted, DateTimeOffset now, out SequenceTracker? tracker)
    {
        lock (_gate)
        {
            tracker = sequence is null ? null : _session?.Tracker;
            if (Phase == GatewayPhase.Resuming)
            {
                _isReplaying = true;
                _progressBy = now + options.HelloTimeout;
            }

            return IsOpen && (tracker is null || tracker.Receive(sequence!.Value, isWanted));
        }
    }

    /// <summary>Time has passed.</summary>
    public IReadOnlyList<GatewayAction> Tick(DateTimeOffset now)
    {
        lock (_gate)
        {
            if (Phase is not (GatewayPhase.Live or GatewayPhase.Closed or GatewayPhase.Closing) && now >= _progressBy)
            {
                return CloseToResume(
                    Phase == GatewayPhase.AwaitingHello ? "Hello did not come" : "neither READY nor RESUMED came"
                );
            }

            if (!HasHello || now < _nextBeat)
            {
                return [];
            }

            if (_isUnanswered)
            {
                return CloseToResume("a heartbeat was not acknowledged");
            }

            _isUnanswered = true;
            _nextBeat = now + _interval;
            return [new GatewayAction.Send(Heartbeat(), GatewaySendKind.Heartbeat)];
        }
    }

    private bool IsOpen => HasHello || Phase == GatewayPhase.AwaitingHello;

    private bool HasHello => Phase is GatewayPhase.Identifying or GatewayPhase.Resuming or GatewayPhase.Live;

    // The stored sequence and not the received one: a heartbeat tells Discord what need not be kept for a resume.
    private ReadOnlyMemory<byte> Heartbeat() => GatewayPayloads.Heartbeat(_session?.Sequence);
}
