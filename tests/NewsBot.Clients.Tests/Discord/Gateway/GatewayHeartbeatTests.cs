using NewsBot.Clients.Discord.Gateway;

namespace NewsBot.Clients.Tests.Discord.Gateway;

public sealed class GatewayHeartbeatTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(40);

    [Fact]
    public void Hello_must_come_within_a_minute()
    {
        var session = A.Session();
        session.Start(A.Now);
        session.Opened(A.Home, A.Now);

        Assert.Equal(A.Now + TimeSpan.FromSeconds(60), session.Due);
        Assert.Empty(session.Tick(A.Now + TimeSpan.FromSeconds(59)));
        Assert.IsType<GatewayAction.Close>(Assert.Single(session.Tick(A.Now + TimeSpan.FromSeconds(60))));
    }

    [Fact]
    public void Ready_must_come_within_a_minute_of_hello()
    {
        var session = A.Session();
        session.Start(A.Now);
        session.Opened(A.Home, A.Now);
        session.Hello(Interval, A.Now);
        session.Tick(A.Now + TimeSpan.FromSeconds(20));
        session.Acknowledged();

        var actions = session.Tick(A.Now + TimeSpan.FromSeconds(60));

        Assert.Contains("READY", Assert.IsType<GatewayAction.Close>(Assert.Single(actions)).Reason);
    }

    [Fact]
    public void A_resume_may_take_long_as_long_as_events_are_replayed()
    {
        var session = Resuming();
        session.Tick(A.Now + TimeSpan.FromSeconds(20));
        session.Acknowledged();
        session.Store(41, A.Now + TimeSpan.FromSeconds(50));

        var late = session.Tick(A.Now + TimeSpan.FromSeconds(60));

        Assert.Equal(GatewaySendKind.Heartbeat, Assert.IsType<GatewayAction.Send>(Assert.Single(late)).Kind);
    }

    [Theory]
    [InlineData(0.0, 0)]
    [InlineData(0.25, 10)]
    [InlineData(1.0, 40)]
    public void The_first_heartbeat_is_spread_over_the_interval(double random, int seconds)
    {
        var session = A.LiveSession(random);

        Assert.Equal(A.Now + TimeSpan.FromSeconds(seconds), session.Due);
    }

    [Fact]
    public void Heartbeats_follow_each_other_by_the_interval_with_what_is_stored()
    {
        var session = A.LiveSession();
        session.Store(2, A.Now);
        session.Accept(3, isWanted: true, A.Now, out var tracker);
        var at = A.Now + TimeSpan.FromSeconds(20);

        var first = Assert.IsType<GatewayAction.Send>(Assert.Single(session.Tick(at)));
        session.Acknowledged();
        tracker!.Complete(3);
        var next = session.Due;
        var second = Assert.IsType<GatewayAction.Send>(Assert.Single(session.Tick(at + Interval)));

        Assert.Equal("""{"op":1,"d":2}""", first.Payload.Text());
        Assert.Equal(at + Interval, next);
        Assert.Equal("""{"op":1,"d":3}""", second.Payload.Text());
    }

    [Fact]
    public void A_heartbeat_before_any_session_carries_null()
    {
        var session = A.Session();
        session.Start(A.Now);
        session.Opened(A.Home, A.Now);

        var send = Assert.IsType<GatewayAction.Send>(Assert.Single(session.HeartbeatAsked()));

        Assert.Equal("""{"op":1,"d":null}""", send.Payload.Text());
        Assert.Equal(GatewaySendKind.HeartbeatAnswer, send.Kind);
    }

    [Fact]
    public void An_unanswered_heartbeat_closes_resumably_and_resumes_at_once()
    {
        var session = A.LiveSession();
        session.Tick(A.Now + TimeSpan.FromSeconds(20));

        var close = Assert.IsType<GatewayAction.Close>(Assert.Single(session.Tick(A.Now + TimeSpan.FromSeconds(60))));
        var connect = Connects(session.Lost(null, A.Now + TimeSpan.FromSeconds(60)));

        Assert.NotInRange(close.Code, 1000, 1001);
        Assert.True(connect.IsResume);
        Assert.Equal(A.Now + TimeSpan.FromSeconds(60), connect.At);
        Assert.Equal("wss://resume.example/", connect.Url!.AbsoluteUri);
    }

    [Fact]
    public void A_heartbeat_asked_for_does_not_make_a_zombie_and_does_not_move_the_next_one()
    {
        var session = A.LiveSession();

        session.HeartbeatAsked();

        Assert.Equal(A.Now + TimeSpan.FromSeconds(20), session.Due);
        Assert.IsType<GatewayAction.Send>(Assert.Single(session.Tick(A.Now + TimeSpan.FromSeconds(20))));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public void A_hello_without_a_useful_interval_ends_the_connection(int seconds)
    {
        var session = A.Session();
        session.Start(A.Now);
        session.Opened(A.Home, A.Now);

        Assert.IsType<GatewayAction.Close>(Assert.Single(session.Hello(TimeSpan.FromSeconds(seconds), A.Now)));
    }

    [Fact]
    public void A_second_hello_changes_nothing()
    {
        var session = A.LiveSession();

        Assert.Empty(session.Hello(TimeSpan.FromSeconds(1), A.Now));
        Assert.Equal(A.Now + TimeSpan.FromSeconds(20), session.Due);
    }

    private static GatewaySession Resuming()
    {
        var session = A.Session(A.Resume());
        session.Start(A.Now);
        session.Opened(A.Home, A.Now);
        session.Hello(Interval, A.Now);
        return session;
    }

    private static GatewayAction.Connect Connects(GatewayAction action) => Assert.IsType<GatewayAction.Connect>(action);
}
