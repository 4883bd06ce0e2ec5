using NewsBot.Clients.Slack.SocketMode;

namespace NewsBot.Clients.Tests.Slack.SocketMode;

public sealed class SlackSocketRetryTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly SlackSocketOptions _options = Options(1);
    private SlackSocketSession _session;

    public SlackSocketRetryTests() => _session = new SlackSocketSession(_options, () => 0.5);

    [Fact]
    public void Too_many_connections_make_it_wait_for_a_minute_at_least()
    {
        LiveOne();

        var actions = _session.Disconnect(1, "too_many_websockets", At(100));
        _session.Lost(1, At(101));

        Assert.Contains(actions, action => action is SocketAction.Close { Connection: 1 });
        Assert.Equal(At(160), Assert.IsType<SlackSocketState.Waiting>(State(actions)).Until);
        Assert.Empty(_session.Tick(At(159)));
        Assert.Equal([new SocketAction.Open(2)], _session.Tick(At(160)).OfType<SocketAction.Open>());
    }

    [Fact]
    public void Too_many_connections_keep_the_others_from_being_opened_too()
    {
        _session = Two();
        LiveOne();

        _session.Disconnect(1, "too_many_websockets", At(60));

        Assert.Empty(_session.Tick(At(119)));
        Assert.Equal(2, _session.Tick(At(120)).OfType<SocketAction.Open>().Count());
    }

    [Fact]
    public void A_good_connection_that_breaks_is_replaced_at_once()
    {
        LiveOne();

        var actions = _session.Lost(1, At(100));

        Assert.Contains(new SocketAction.Open(2), actions);
        Assert.IsType<SlackSocketState.Waiting>(State(actions));
    }

    [Fact]
    public void Connections_that_end_one_after_the_other_are_tried_later_and_later()
    {
        _session.Start(Now);
        var waits = new List<double>();
        var now = Now;
        for (var id = 1; id <= 12; id++)
        {
            _session.Opened(id, now);
            _session.Hello(id, now);
            now += TimeSpan.FromSeconds(1);
            var retry = _session.Lost(id, now);
            Assert.Empty(retry.OfType<SocketAction.Open>());
            var due = NextOpen(now);
            waits.Add((due - now).TotalSeconds);
            now = due;
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 120, 120, 120, 120, 120], waits);
    }

    [Fact]
    public void A_connection_that_Slack_ends_right_after_hello_is_not_replaced_at_once()
    {
        LiveOne();

        Assert.Empty(_session.Disconnect(1, "warning", At(5)).OfType<SocketAction.Open>());
        Assert.Equal([new SocketAction.Open(2)], _session.Tick(At(6)).OfType<SocketAction.Open>());
    }

    [Fact]
    public void A_good_connection_forgets_the_failures_before_it()
    {
        _session.Start(Now);
        _session.Unreachable(1, new OpenFailure("no"), Now);
        _session.Tick(At(1));
        _session.Unreachable(2, new OpenFailure("no"), At(1));
        _session.Tick(At(3));
        _session.Opened(3, At(3));
        _session.Hello(3, At(3));
        _session.Lost(3, At(100));

        _session.Unreachable(4, new OpenFailure("no"), At(100));

        Assert.Equal(At(101), NextOpen(At(100)));
    }

    [Fact]
    public void A_wait_that_Slack_asks_for_is_kept()
    {
        _session.Start(Now);

        var actions = _session.Unreachable(1, new OpenFailure("busy", TimeSpan.FromMinutes(7)), Now);

        var waiting = Assert.IsType<SlackSocketState.Waiting>(State(actions));
        Assert.Equal(("busy", Now.AddMinutes(7)), (waiting.Reason, waiting.Until));
        Assert.Equal(Now.AddMinutes(7), _session.Due);
    }

    [Fact]
    public void What_cannot_be_mended_stops_with_its_sentence()
    {
        _session.Start(Now);

        var actions = _session.Unreachable(1, new OpenFailure("no", Fatal: "Do this."), Now);

        Assert.Equal([new SocketAction.Stop("Do this.")], actions);
    }

    private static SlackSocketOptions Options(int connections) =>
        new() { UserAgent = "NewsBot/1.0", Connections = connections };

    private static SlackSocketSession Two() => new(Options(2), () => 0.5);

    private void LiveOne()
    {
        _session.Start(Now);
        _session.Opened(1, Now);
        _session.Hello(1, Now);
    }

    /// <summary>When the first connection is opened next.</summary>
    private DateTimeOffset NextOpen(DateTimeOffset now)
    {
        for (var second = 0; second < 1_000; second++)
        {
            if (_session.Tick(now.AddSeconds(second)).OfType<SocketAction.Open>().Any())
            {
                return now.AddSeconds(second);
            }
        }

        throw new InvalidOperationException("Nothing was opened.");
    }

    private static SlackSocketState State(IReadOnlyList<SocketAction> actions) =>
        Assert.Single(actions.OfType<SocketAction.Report>()).State;

    private static DateTimeOffset At(double seconds) => Now.AddSeconds(seconds);
}
