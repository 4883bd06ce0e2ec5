using NewsBot.Clients.Slack.SocketMode;

namespace NewsBot.Clients.Tests.Slack.SocketMode;

public sealed class SlackSocketSessionTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly SlackSocketOptions _options = Options(1);
    private SlackSocketSession _session;

    public SlackSocketSessionTests() => _session = new SlackSocketSession(_options, () => 0.5);

    [Fact]
    public void The_second_connection_is_opened_some_time_after_the_first_listens()
    {
        _session = Two();
        var start = _session.Start(Now);
        _session.Opened(1, Now);
        var due = _session.Due;
        _session.Hello(1, Now);
        var next = _session.Due;
        var second = _session.Tick(Now + _options.Stagger);

        Assert.Equal([new SocketAction.Open(1)], start);
        Assert.Equal(Now + _options.HelloTimeout, due);
        Assert.Equal(Now + _options.Stagger, next);
        Assert.Equal([new SocketAction.Open(2)], second);
    }

    [Fact]
    public void A_first_connection_may_have_missed_something_and_a_second_one_beside_it_has_not()
    {
        _session = Two();
        _session.Start(Now);
        _session.Opened(1, Now);
        var first = _session.Hello(1, Now);
        var second = OpenSecond(At(70));

        Assert.Equal(new SlackSocketState.Connected(1, MayHaveMissed: true), State(first));
        Assert.Equal(new SlackSocketState.Connected(2, MayHaveMissed: false), State(second));
    }

    [Theory]
    [InlineData("warning")]
    [InlineData("refresh_requested")]
    [InlineData("something_new")]
    public void A_connection_that_is_to_end_stays_open_until_the_next_one_listens_and_a_little_longer(string reason)
    {
        LiveOne();

        var warned = _session.Disconnect(1, reason, At(100));
        _session.Opened(2, At(101));
        var hello = _session.Hello(2, At(102));
        var soon = _session.Tick(At(104));
        var later = _session.Tick(At(105));

        Assert.Equal([new SocketAction.Open(2)], warned);
        Assert.Equal(new SlackSocketState.Connected(2, MayHaveMissed: false), State(hello));
        Assert.DoesNotContain(soon, action => action is SocketAction.Close);
        Assert.Contains(later, action => action is SocketAction.Close { Connection: 1 });
        Assert.Equal(1, _session.Listening);
    }

    [Fact]
    public void A_warned_connection_that_ends_before_the_next_one_listens_leaves_a_gap()
    {
        LiveOne();
        _session.Disconnect(1, "warning", At(100));

        var lost = _session.Lost(1, At(110));
        _session.Opened(2, At(111));
        var hello = _session.Hello(2, At(112));

        Assert.Empty(lost);
        Assert.Equal(new SlackSocketState.Connected(1, MayHaveMissed: true), State(hello));
    }

    [Fact]
    public void A_second_warning_opens_nothing_more()
    {
        LiveOne();
        _session.Disconnect(1, "warning", At(100));

        Assert.Empty(_session.Disconnect(1, "refresh_requested", At(110)));
        Assert.Empty(_session.Lost(1, At(110)));
    }

    [Fact]
    public void A_switched_off_socket_mode_stops_with_a_sentence_and_closes_everything()
    {
        _session = Two();
        LiveOne();
        OpenSecond(At(70));

        var actions = _session.Disconnect(2, "link_disabled", At(100));

        Assert.Equal(2, actions.OfType<SocketAction.Close>().Count());
        Assert.Contains("Socket Mode", Assert.Single(actions.OfType<SocketAction.Stop>()).Sentence);
        Assert.Null(_session.Due);
        Assert.Empty(_session.Lost(1, At(101)));
        Assert.Empty(_session.Tick(At(9_999)));
    }

    [Fact]
    public void A_hello_that_does_not_come_ends_the_connection()
    {
        _session.Start(Now);
        _session.Opened(1, Now);

        var late = _session.Tick(Now + _options.HelloTimeout);
        var lost = _session.Lost(1, At(31));

        Assert.Equal(1, Assert.IsType<SocketAction.Close>(Assert.Single(late)).Connection);
        Assert.Empty(lost.OfType<SocketAction.Open>());
        Assert.Equal(At(32), _session.Due);
    }

    [Fact]
    public void A_disconnect_before_hello_ends_the_connection_and_tries_again()
    {
        _session.Start(Now);
        _session.Opened(1, Now);

        var actions = _session.Disconnect(1, "refresh_requested", Now);
        _session.Lost(1, Now);

        Assert.Contains(actions, action => action is SocketAction.Close { Connection: 1 });
        Assert.Equal([new SocketAction.Open(2)], _session.Tick(At(1)));
    }

    [Fact]
    public void One_of_two_connections_that_is_lost_leaves_no_gap()
    {
        _session = Two();
        LiveOne();
        OpenSecond(At(70));

        var lost = _session.Lost(1, At(100));
        _session.Opened(3, At(101));
        var hello = _session.Hello(3, At(101));

        Assert.Equal([new SocketAction.Open(3)], lost);
        Assert.Equal(new SlackSocketState.Connected(2, MayHaveMissed: false), State(hello));
    }

    [Fact]
    public void What_happens_on_unknown_or_ended_connections_changes_nothing()
    {
        LiveOne();
        _session.Lost(1, At(100));

        Assert.Empty(_session.Hello(1, At(100)));
        Assert.Empty(_session.Hello(77, At(100)));
        Assert.Empty(_session.Disconnect(1, "link_disabled", At(100)));
        Assert.Empty(_session.Lost(1, At(100)));
        Assert.Empty(_session.Unreachable(77, new OpenFailure("no", Fatal: "Stop."), At(100)));
        Assert.Empty(_session.Opened(1, At(100)));
    }

    [Fact]
    public void A_second_hello_changes_nothing()
    {
        LiveOne();

        Assert.Empty(_session.Hello(1, At(5)));
    }

    [Fact]
    public void There_never_are_more_connections_than_Slack_allows()
    {
        var session = new SlackSocketSession(
            new SlackSocketOptions
            {
                UserAgent = "NewsBot/1.0",
                Connections = 1_000,
                Stagger = TimeSpan.Zero,
            },
            () => 0.5
        );
        session.Start(Now);
        session.Opened(1, Now);

        var opened = session.Hello(1, Now).OfType<SocketAction.Open>();

        Assert.Equal(9, opened.Count());
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

    private IReadOnlyList<SocketAction> OpenSecond(DateTimeOffset now)
    {
        _session.Tick(now);
        _session.Opened(2, now);
        return _session.Hello(2, now);
    }

    private static SlackSocketState State(IReadOnlyList<SocketAction> actions) =>
        Assert.Single(actions.OfType<SocketAction.Report>()).State;

    private static DateTimeOffset At(double seconds) => Now.AddSeconds(seconds);
}
