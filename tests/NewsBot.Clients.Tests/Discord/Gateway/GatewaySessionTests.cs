using System.Text.Json;
using NewsBot.Clients.Discord.Gateway;

namespace NewsBot.Clients.Tests.Discord.Gateway;

public sealed class GatewaySessionTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(40);

    [Fact]
    public void It_starts_at_once_and_identifies_where_nothing_is_saved()
    {
        var session = A.Session();

        var connect = session.Start(A.Now);

        Assert.Null(connect.Url);
        Assert.False(connect.IsResume);
        Assert.Equal(A.Now, connect.At);
    }

    [Fact]
    public void It_starts_by_resuming_what_an_earlier_run_saved()
    {
        var session = A.Session(A.Resume(sequence: 40));

        var connect = session.Start(A.Now);
        session.Opened(connect.Url!, A.Now);
        var send = Assert.IsType<GatewayAction.Send>(Assert.Single(session.Hello(Interval, A.Now)));

        Assert.True(connect.IsResume);
        Assert.Equal("wss://resume.example/", connect.Url!.AbsoluteUri);
        Assert.Equal(GatewaySendKind.Resume, send.Kind);
        Assert.Equal("""{"op":6,"d":{"token":"secret-token","session_id":"old","seq":40}}""", send.Payload.Text());
    }

    [Theory]
    [InlineData("ws://resume.example/", "")]
    [InlineData("https://resume.example/", "")]
    [InlineData("not an address", "")]
    [InlineData("wss://user:password@resume.example/", "")]
    [InlineData("wss://resume.example/", "1/1")]
    [InlineData("wss://resume.example/", "34309/2")]
    public void A_saved_session_with_an_unsafe_address_or_other_intents_or_shards_is_not_resumed(
        string url,
        string scope
    )
    {
        var session = A.Session(A.Resume(url: url, scope: scope));

        Assert.False(session.Start(A.Now).IsResume);
    }

    [Fact]
    public void A_saved_session_of_the_same_intents_and_shards_is_resumed()
    {
        Assert.True(A.Session(A.Resume(scope: "34309/1")).Start(A.Now).IsResume);
    }

    [Fact]
    public void Identify_says_who_we_are_and_fits_into_a_payload()
    {
        var session = A.Session();
        session.Start(A.Now);
        session.Opened(A.Home, A.Now);

        var send = Assert.IsType<GatewayAction.Send>(Assert.Single(session.Hello(Interval, A.Now)));

        using var json = JsonDocument.Parse(send.Payload);
        var data = json.RootElement.GetProperty("d");
        Assert.Equal(GatewaySendKind.Identify, send.Kind);
        Assert.Equal(2, json.RootElement.GetProperty("op").GetInt32());
        Assert.Equal("secret-token", data.GetProperty("token").GetString());
        Assert.Equal(34309, data.GetProperty("intents").GetInt32());
        Assert.Equal([0, 1], data.GetProperty("shard").EnumerateArray().Select(number => number.GetInt32()));
        Assert.Equal("NewsBot", data.GetProperty("properties").GetProperty("browser").GetString());
        Assert.False(data.TryGetProperty("presence", out _));
        Assert.InRange(send.Payload.Length, 1, GatewayPayloads.MaxBytes);
    }

    [Fact]
    public void Ready_is_told_and_gives_what_a_restart_needs()
    {
        var session = A.Session();
        session.Start(A.Now);
        session.Opened(A.Home, A.Now);
        session.Hello(Interval, A.Now);

        var report = Assert.IsType<GatewayAction.Report>(
            Assert.Single(session.Ready("abc", "wss://resume.example/?x=1", 1, A.Now))
        );
        session.Accept(1, isWanted: true, A.Now, out var tracker);
        var before = session.Resume;
        tracker!.Complete(1);

        Assert.IsType<GatewayState.Ready>(report.State);
        Assert.Null(before);
        Assert.Equal(new GatewayResume("abc", "wss://resume.example/", 1, "34309/1"), session.Resume);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("http://resume.example/")]
    [InlineData("ws://10.0.0.1/")]
    [InlineData("wss:")]
    public void A_resume_address_that_is_absent_or_unsafe_is_replaced_by_the_one_connected_to(string? url)
    {
        var session = A.Session();
        session.Start(A.Now);
        session.Opened(A.Home, A.Now);
        session.Hello(Interval, A.Now);

        session.Ready("abc", url, 1, A.Now);

        Assert.Equal(A.Home, Connects(session.Lost(null, A.Now)).Url);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Ready_without_a_session_ends_the_connection(string? id)
    {
        var session = A.Session();
        session.Start(A.Now);
        session.Opened(A.Home, A.Now);
        session.Hello(Interval, A.Now);

        Assert.IsType<GatewayAction.Close>(Assert.Single(session.Ready(id, "wss://resume.example/", 1, A.Now)));
        Assert.False(Connects(session.Lost(null, A.Now)).IsResume);
    }

    [Fact]
    public void Resumed_is_told_and_makes_it_live()
    {
        var session = Resuming();

        var report = Assert.IsType<GatewayAction.Report>(Assert.Single(session.Resumed(A.Now)));

        Assert.IsType<GatewayState.Resumed>(report.State);
        Assert.Equal(GatewayPhase.Live, session.Phase);
    }

    [Fact]
    public void Resumed_without_a_resume_is_ignored()
    {
        var session = A.LiveSession();

        Assert.Empty(session.Resumed(A.Now));
    }

    [Fact]
    public void Ready_in_answer_to_a_resume_begins_a_new_session()
    {
        var session = Resuming();

        session.Ready("new", "wss://other.example/", 1, A.Now);
        session.Store(1, A.Now);

        Assert.Equal(new GatewayResume("new", "wss://other.example/", 1, "34309/1"), session.Resume);
    }

    [Fact]
    public void Op_7_closes_resumably_and_resumes()
    {
        var session = A.LiveSession();

        var close = Assert.IsType<GatewayAction.Close>(Assert.Single(session.ReconnectAsked()));
        var connect = Connects(session.Lost(GatewaySession.ResumableClose, A.Now));

        Assert.NotInRange(close.Code, 1000, 1001);
        Assert.True(connect.IsResume);
    }

    [Fact]
    public void Op_7_instead_of_hello_reconnects_too()
    {
        var session = A.Session(A.Resume());
        session.Start(A.Now);
        session.Opened(A.Home, A.Now);

        Assert.IsType<GatewayAction.Close>(Assert.Single(session.ReconnectAsked()));
        Assert.True(Connects(session.Lost(null, A.Now)).IsResume);
    }

    [Theory]
    [InlineData(true, 0.0, 1)]
    [InlineData(true, 1.0, 5)]
    [InlineData(false, 0.0, 1)]
    [InlineData(false, 1.0, 5)]
    public void Op_9_waits_one_to_five_seconds_and_keeps_the_session_only_where_it_says_so(
        bool isResumable,
        double random,
        int seconds
    )
    {
        var session = A.LiveSession(random);

        Assert.IsType<GatewayAction.Close>(Assert.Single(session.Refused(isResumable)));
        var connect = Connects(session.Lost(null, A.Now));

        Assert.Equal(isResumable, connect.IsResume);
        Assert.Equal(A.Now + TimeSpan.FromSeconds(seconds), connect.At);
        Assert.Equal(isResumable, session.Resume is not null);
    }

    [Fact]
    public void Nothing_counts_any_more_once_it_is_closing()
    {
        var session = A.LiveSession();
        session.ReconnectAsked();

        Assert.Empty(session.ReconnectAsked());
        Assert.Empty(session.HeartbeatAsked());
        Assert.Empty(session.Refused(isResumable: false));
        Assert.Empty(session.Tick(A.Now + TimeSpan.FromHours(1)));
        Assert.Null(session.Due);
        Assert.False(session.Accept(2, isWanted: true, A.Now, out _));
        Assert.True(Connects(session.Lost(null, A.Now)).IsResume);
    }

    [Fact]
    public void Leaving_closes_with_a_code_that_keeps_the_session()
    {
        var session = A.LiveSession();

        var close = Assert.IsType<GatewayAction.Close>(Assert.Single(session.Leave()));

        Assert.NotInRange(close.Code, 1000, 1001);
        Assert.Equal(1, session.Resume!.Sequence);
    }

    [Fact]
    public void An_overflow_resumes_from_what_is_stored_after_the_handler_has_caught_up()
    {
        var session = A.LiveSession();
        session.Accept(2, isWanted: true, A.Now, out var tracker);

        Assert.IsType<GatewayAction.Close>(Assert.Single(session.Overflowed()));
        var connect = Connects(session.Lost(null, A.Now));
        tracker!.Complete(2);

        Assert.True(connect.AfterDrain);
        Assert.True(connect.IsResume);
        Assert.Equal(2, session.Resume!.Sequence);
        Assert.False(Connects(session.Lost(null, A.Now)).AfterDrain);
    }

    [Fact]
    public void What_waited_when_the_connection_broke_is_not_handled_again_when_it_is_replayed()
    {
        var session = A.LiveSession();
        session.Accept(2, isWanted: true, A.Now, out var tracker);
        session.Lost(null, A.Now);
        session.Opened(A.Home, A.Now);
        var resume = Assert.IsType<GatewayAction.Send>(Assert.Single(session.Hello(Interval, A.Now)));

        var again = session.Accept(2, isWanted: true, A.Now, out _);
        var fresh = session.Accept(3, isWanted: true, A.Now, out _);
        tracker!.Complete(2);

        Assert.Contains("\"seq\":1}", resume.Payload.Text());
        Assert.False(again);
        Assert.True(fresh);
        Assert.Equal(2, session.Resume!.Sequence);
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
