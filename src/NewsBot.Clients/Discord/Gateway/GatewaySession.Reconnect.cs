using NewsBot.Clients.Sockets;

namespace NewsBot.Clients.Discord.Gateway;

/// <summary>The part that decides what follows a connection.</summary>
internal sealed partial class GatewaySession
{
    // Twice is bad luck; a third time means that neither waiting nor resuming helps.
    private const int MaxUnreadable = 3;
    private const int MaxRefusedResumes = 3;
    private const int MaxUnreachable = 3;

    // Discord counts sends over a minute; with nothing sent for a sixth of it, what a resume sends fits again.
    private static readonly TimeSpan SlowDown = TimeSpan.FromSeconds(10);

    private readonly string _scope = FormattableString.Invariant($"{options.Intents}/{shards}");
    private Session? _session = Continue(saved, FormattableString.Invariant($"{options.Intents}/{shards}"));
    private bool _isResume;
    private bool _wasResuming;
    private int _failures;
    private int _refusedResumes;
    private bool _isReplaying;
    private int _unreachable;
    private (string? SessionId, long Highest) _unreadableAt;
    private int _unreadableTimes;
    private TimeSpan _leastDelay;
    private bool _afterDrain;
    private string? _closeReason;

    /// <summary>What to save for a restart: null where there is no session of which something is stored.</summary>
    public GatewayResume? Resume
    {
        get
        {
            lock (_gate)
            {
                return _session is { } session && session.Tracker.Stored is > 0 and var stored
                    ? new GatewayResume(session.Id, GatewayUrl.Bare(session.Url), stored, _scope)
                    : null;
            }
        }
    }

    /// <summary>The first connection.</summary>
    public GatewayAction.Connect Start(DateTimeOffset now)
    {
        lock (_gate)
        {
            return Next(now, TimeSpan.Zero, "the program starts");
        }
    }

    /// <summary>The program ends.</summary>
    public IReadOnlyList<GatewayAction> Leave()
    {
        lock (_gate)
        {
            return CloseToResume("the program ends");
        }
    }

    /// <summary>The socket could not be opened, or the address not be asked for.</summary>
    public GatewayAction Unreachable(string reason, DateTimeOffset now)
    {
        lock (_gate)
        {
            _unreachable++;
            return Next(now, Delay(), reason);
        }
    }

    /// <summary>The connection is over.</summary>
    /// <param name="code">Discord's close code; null where it sent none.</param>
    /// <param name="now">The time.</param>
    /// <returns>A <see cref="GatewayAction.Connect"/> or a <see cref="GatewayAction.Stop"/>.</returns>
    public GatewayAction Lost(int? code, DateTimeOffset now)
    {
        lock (_gate)
        {
            var verdict = CloseVerdict.Of(code, options.Intents);
            var reason = _closeReason is { } own && code is null or ResumableClose ? own : verdict.Reason;
            var wasResuming = Phase == GatewayPhase.Resuming || (Phase == GatewayPhase.Closing && _wasResuming);
            Phase = GatewayPhase.Closed;
            if (verdict.Fatal is { } sentence)
            {
                return new GatewayAction.Stop(sentence, code);
            }

            // A resume that brings nothing and ends before RESUMED, again and again without a word why, is as good as
            // refused.
            if (wasResuming)
            {
                _refusedResumes = _isReplaying ? 0 : _refusedResumes + 1;
            }

            if (!verdict.KeepsSession || _refusedResumes >= MaxRefusedResumes)
            {
                _session = null;
                _refusedResumes = 0;
            }

            if (_liveSince is { } since && now - since >= options.StableAfter)
            {
                _failures = 0;
            }

            var least = verdict.IsSlowDown && _leastDelay < SlowDown ? SlowDown : _leastDelay;
            var delay = Delay();
            return Next(now, delay < least ? least : delay, reason);
        }
    }

    private static Session? Continue(GatewayResume? saved, string scope) =>
        saved is { SessionId.Length: > 0 and <= 512, Sequence: > 0 }
        && (saved.Scope.Length == 0 || saved.Scope == scope)
        && GatewayUrl.Checked(saved.ResumeUrl) is { } url
            ? new Session(saved.SessionId, url, saved.Sequence, new SequenceTracker(saved.Sequence))
            : null;

    private TimeSpan Delay() => ReconnectDelay.After(_failures++, options.FirstDelay, options.LongestDelay, random());

    private GatewayAction.Connect Next(DateTimeOffset now, TimeSpan delay, string reason)
    {
        Phase = GatewayPhase.Closed;
        _isResume = _session is not null;

        // The host of the session may be gone for good while Discord as a whole is not.
        var url = _unreachable % (2 * MaxUnreachable) < MaxUnreachable ? _session?.Url : null;
        var next = new GatewayAction.Connect(url, _isResume, now + delay, _afterDrain, reason);
        _leastDelay = TimeSpan.Zero;
        _afterDrain = false;
        _closeReason = null;
        _wasResuming = false;
        return next;
    }

    private GatewayAction.Report[] GoLive(GatewayState state, DateTimeOffset now)
    {
        Phase = GatewayPhase.Live;
        _liveSince = now;
        _unreachable = 0;
        _refusedResumes = 0;
        return [new GatewayAction.Report(state)];
    }

    private IReadOnlyList<GatewayAction> CloseToResume(string reason)
    {
        if (!IsOpen)
        {
            return [];
        }

        _wasResuming = Phase == GatewayPhase.Resuming;
        _closeReason = reason;
        Phase = GatewayPhase.Closing;
        return [new GatewayAction.Close(ResumableClose, reason)];
    }

    /// <param name="Id">Discord's name for it.</param>
    /// <param name="Url">Where to resume it.</param>
    /// <param name="First">The number of READY, or what an earlier run had stored.</param>
    /// <param name="Tracker">What of it is stored.</param>
    private sealed record Session(string Id, Uri Url, long First, SequenceTracker Tracker)
    {
        // Before READY itself is stored there is nothing lower to resume from; READY still waits in this process.
        public long Sequence => Math.Max(First, Tracker.Stored);
    }
}
