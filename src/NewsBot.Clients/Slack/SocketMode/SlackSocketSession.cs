using NewsBot.Clients.Sockets;

namespace NewsBot.Clients.Slack.SocketMode;

/// <summary>
/// The state of all connections: what has happened goes in with its time, what to do comes out. It has no socket and no
/// clock. Not thread-safe. Source: https://docs.slack.dev/apis/events-api/using-socket-mode
/// </summary>
/// <param name="options">How patient it is.</param>
/// <param name="random">0 to 1.</param>
internal sealed class SlackSocketSession(SlackSocketOptions options, Func<double> random)
{
    public const string SwitchedOff =
        "Socket Mode was switched off for the app: switch it on in the app's settings (Socket Mode) and start again";

    // More are not allowed by Slack.
    private const int MostConnections = 10;

    private readonly List<SocketLane> _lanes =
    [
        .. Enumerable
            .Range(0, Math.Clamp(options.Connections, 1, MostConnections))
            .Select(place => new SocketLane(place)),
    ];
    private readonly Dictionary<int, SocketLink> _links = [];
    private int _lastId;
    private bool _isDeaf = true;
    private bool _isStopped;

    /// <summary>Connections that listen.</summary>
    public int Listening => _links.Values.Count(link => link.IsListening);

    /// <summary>When <see cref="Tick"/> wants to be called; null for never.</summary>
    public DateTimeOffset? Due =>
        _isStopped
            ? null
            : _lanes
                .Where(lane => lane.Active is null)
                .Select(lane => lane.OpenAt)
                .Concat(_links.Values.Select(link => link.Deadline))
                .Min();

    public IReadOnlyList<SocketAction> Start(DateTimeOffset now)
    {
        _lanes[0].OpenAt = now;
        return Tick(now);
    }

    /// <summary>Time has passed.</summary>
    public IReadOnlyList<SocketAction> Tick(DateTimeOffset now)
    {
        var actions = new List<SocketAction>();
        if (_isStopped)
        {
            return actions;
        }

        foreach (var link in _links.Values.Where(link => link.Deadline <= now).ToList())
        {
            var reason = link.Phase == SocketLinkPhase.Retiring ? "it was replaced" : "hello did not come";
            Close(link, reason, actions);
        }

        foreach (var lane in _lanes.Where(lane => lane.Active is null && lane.OpenAt <= now))
        {
            var link = new SocketLink(++_lastId, lane) { Phase = SocketLinkPhase.Opening };
            _links.Add(link.Id, link);
            lane.Active = link;
            lane.OpenAt = null;
            actions.Add(new SocketAction.Open(link.Id));
        }

        return actions;
    }

    /// <summary>The socket is open.</summary>
    public IReadOnlyList<SocketAction> Opened(int connection, DateTimeOffset now)
    {
        if (_links.GetValueOrDefault(connection) is { Phase: SocketLinkPhase.Opening } link)
        {
            link.Phase = SocketLinkPhase.AwaitingHello;
            link.Deadline = now + options.HelloTimeout;
        }

        return Tick(now);
    }

    /// <summary>Hello came: from now on the connection is used.</summary>
    public IReadOnlyList<SocketAction> Hello(int connection, DateTimeOffset now)
    {
        if (_links.GetValueOrDefault(connection) is not { Phase: SocketLinkPhase.AwaitingHello } link)
        {
            return [];
        }

        link.Phase = SocketLinkPhase.Live;
        link.LiveSince = now;
        link.Deadline = null;
        foreach (var old in _links.Values.Where(old => old.Lane == link.Lane && old.Phase == SocketLinkPhase.Retiring))
        {
            old.Deadline ??= now + options.Linger;
        }

        foreach (var lane in _lanes.Where(lane => lane is { Active: null, OpenAt: null }))
        {
            lane.OpenAt = now + (options.Stagger * lane.Place);
        }

        var wasDeaf = _isDeaf;
        _isDeaf = false;
        return [new SocketAction.Report(new SlackSocketState.Connected(Listening, wasDeaf)), .. Tick(now)];
    }

    /// <summary>Slack is going to end the connection.</summary>
    /// <param name="connection">Which.</param>
    /// <param name="reason">Slack's own word; unknown ones are possible.</param>
    /// <param name="now">The time.</param>
    public IReadOnlyList<SocketAction> Disconnect(int connection, string reason, DateTimeOffset now)
    {
        if (_links.GetValueOrDefault(connection) is not { } link || _isStopped)
        {
            return [];
        }

        if (reason == "link_disabled")
        {
            return Stop(SwitchedOff);
        }

        var actions = new List<SocketAction>();
        if (reason == "too_many_websockets")
        {
            Close(link, "Slack says there are too many connections", actions);
            if (link.Lane.Active == link)
            {
                Retry(link.Lane, options.TooManyDelay, now);
            }

            foreach (var lane in _lanes.Where(lane => lane.OpenAt < now + options.TooManyDelay))
            {
                lane.OpenAt = now + options.TooManyDelay;
            }
        }
        else if (link.Phase is SocketLinkPhase.Live or SocketLinkPhase.AwaitingHello)
        {
            // It still may bring something until Slack ends it, so it stays open until the next one is there.
            Reopen(link.Lane, link.LiveSince + options.StableAfter <= now, now);
            if (link.Phase == SocketLinkPhase.Live)
            {
                link.Phase = SocketLinkPhase.Retiring;
            }
            else
            {
                Close(link, "Slack ends it before hello", actions);
            }
        }

        Settle("Slack ended the connection", actions);
        actions.AddRange(Tick(now));
        return actions;
    }

    /// <summary>The connection is over.</summary>
    public IReadOnlyList<SocketAction> Lost(int connection, DateTimeOffset now)
    {
        if (!_links.Remove(connection, out var link) || _isStopped)
        {
            return [];
        }

        if (link.Lane.Active == link)
        {
            Reopen(link.Lane, link.LiveSince + options.StableAfter <= now, now);
        }

        var actions = new List<SocketAction>();
        Settle("the connection broke", actions);
        actions.AddRange(Tick(now));
        return actions;
    }

    /// <summary>The connection could not be opened.</summary>
    public IReadOnlyList<SocketAction> Unreachable(int connection, OpenFailure failure, DateTimeOffset now)
    {
        if (!_links.Remove(connection, out var link) || _isStopped)
        {
            return [];
        }

        if (failure.Fatal is { } sentence)
        {
            return Stop(sentence);
        }

        Retry(link.Lane, failure.RetryAfter ?? TimeSpan.Zero, now);
        var actions = new List<SocketAction>();
        if (Listening == 0)
        {
            actions.Add(new SocketAction.Report(new SlackSocketState.Waiting(failure.Reason, link.Lane.OpenAt!.Value)));
        }

        return actions;
    }

    private List<SocketAction> Stop(string sentence)
    {
        _isStopped = true;
        var actions = new List<SocketAction>();
        foreach (var link in _links.Values.ToList())
        {
            Close(link, "nothing more is wanted", actions);
        }

        actions.Add(new SocketAction.Stop(sentence));
        return actions;
    }

    private static void Close(SocketLink link, string reason, List<SocketAction> actions)
    {
        if (link.Phase != SocketLinkPhase.Closing)
        {
            link.Phase = SocketLinkPhase.Closing;
            link.Deadline = null;
            actions.Add(new SocketAction.Close(link.Id, reason));
        }
    }

    /// <summary>At once after a good connection; later and later where one after the other ends soon.</summary>
    private void Reopen(SocketLane lane, bool wasGood, DateTimeOffset now)
    {
        if (wasGood)
        {
            lane.Failures = 0;
            lane.Active = null;
            lane.OpenAt = now;
        }
        else
        {
            Retry(lane, TimeSpan.Zero, now);
        }
    }

    private void Retry(SocketLane lane, TimeSpan least, DateTimeOffset now)
    {
        lane.Failures++;
        lane.Active = null;
        var delay = ReconnectDelay.After(lane.Failures, options.FirstDelay, options.LongestDelay, random());
        lane.OpenAt = now + (delay > least ? delay : least);
    }

    private void Settle(string reason, List<SocketAction> actions)
    {
        if (_isDeaf || Listening > 0)
        {
            return;
        }

        _isDeaf = true;
        var next = _lanes.Select(lane => lane.OpenAt).Min();
        if (next is { } until)
        {
            actions.Add(new SocketAction.Report(new SlackSocketState.Waiting(reason, until)));
        }
    }
}
