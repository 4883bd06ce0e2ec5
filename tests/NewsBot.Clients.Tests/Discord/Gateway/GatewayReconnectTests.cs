using NewsBot.Clients.Discord.Gateway;

namespace NewsBot.Clients.Tests.Discord.Gateway;

public sealed class GatewayReconnectTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(40);

    [Theory]
    [InlineData(null)]
    [InlineData(1000)]
    [InlineData(1001)]
    [InlineData(1005)]
    [InlineData(1006)]
    [InlineData(1011)]
    [InlineData(4000)]
    [InlineData(4001)]
    [InlineData(4002)]
    [InlineData(4999)]
    public void These_ends_are_resumed_at_once(int? code)
    {
        var connect = Connects(A.LiveSession().Lost(code, A.Now));

        Assert.True(connect.IsResume);
        Assert.Equal(A.Now, connect.At);
    }

    [Theory]
    [InlineData(4003)]
    [InlineData(4005)]
    [InlineData(4006)]
    [InlineData(4007)]
    [InlineData(4009)]
    public void These_ends_need_a_new_session(int code)
    {
        var session = A.LiveSession();

        var connect = Connects(session.Lost(code, A.Now));

        Assert.False(connect.IsResume);
        Assert.Null(connect.Url);
        Assert.Null(session.Resume);
    }

    [Fact]
    public void Too_many_sends_slow_it_down_but_keep_the_session()
    {
        var connect = Connects(A.LiveSession().Lost(4008, A.Now));

        Assert.True(connect.IsResume);
        Assert.Equal(A.Now + TimeSpan.FromSeconds(10), connect.At);
    }

    [Theory]
    [InlineData(4004, "token")]
    [InlineData(4010, "shard")]
    [InlineData(4011, "shard count")]
    [InlineData(4012, "version 10")]
    [InlineData(4013, "intents")]
    [InlineData(4014, "switch on Message Content Intent")]
    public void These_ends_stop_with_a_sentence_that_says_what_to_do(int code, string words)
    {
        var stop = Assert.IsType<GatewayAction.Stop>(A.LiveSession().Lost(code, A.Now));

        Assert.Equal(code, stop.Code);
        Assert.Contains(words, stop.Sentence);
        Assert.DoesNotContain("secret", stop.Sentence);
    }

    [Fact]
    public void A_refused_intent_names_every_switch_that_may_be_off()
    {
        var stop = Assert.IsType<GatewayAction.Stop>(A.Session(intents: (1 << 1) | (1 << 8)).Lost(4014, A.Now));

        Assert.Contains("switch on Server Members Intent and Presence Intent,", stop.Sentence);
        Assert.DoesNotContain("Message Content", stop.Sentence);
    }

    [Fact]
    public void A_fatal_code_counts_even_while_we_are_closing()
    {
        var session = A.LiveSession();
        session.ReconnectAsked();

        Assert.IsType<GatewayAction.Stop>(session.Lost(4004, A.Now));
    }

    [Fact]
    public void Attempts_in_a_row_wait_longer_each_time_up_to_two_minutes()
    {
        var session = A.Session(random: 0.5);
        session.Start(A.Now);

        var waits = Enumerable
            .Range(0, 10)
            .Select(_ => (int)(Connects(session.Unreachable("no", A.Now)).At - A.Now).TotalSeconds);

        Assert.Equal([0, 1, 2, 4, 8, 16, 32, 64, 120, 120], waits);
    }

    [Theory]
    [InlineData(0.0, 800)]
    [InlineData(1.0, 1200)]
    public void Waits_are_spread_by_a_fifth(double random, int milliseconds)
    {
        var session = A.Session(random: random);
        session.Start(A.Now);
        session.Unreachable("no", A.Now);

        Assert.Equal(milliseconds, (Connects(session.Unreachable("no", A.Now)).At - A.Now).TotalMilliseconds, 3);
    }

    [Fact]
    public void A_connection_that_lived_makes_the_next_attempt_immediate_again()
    {
        var session = A.LiveSession();
        session.Lost(null, A.Now);
        session.GoLive(A.Now);
        var after = A.Now + TimeSpan.FromSeconds(10);

        Assert.Equal(after, Connects(session.Lost(null, after)).At);
    }

    [Fact]
    public void Connections_that_die_young_wait_longer_each_time()
    {
        var session = A.LiveSession();
        var waits = new List<int>();

        for (var attempt = 0; attempt < 4; attempt++)
        {
            waits.Add((int)(Connects(session.Lost(null, A.Now)).At - A.Now).TotalSeconds);
            session.GoLive(A.Now);
        }

        Assert.Equal([0, 1, 2, 4], waits);
    }

    [Fact]
    public void Where_the_host_of_the_session_is_gone_the_general_address_is_tried_in_turns()
    {
        var session = A.Session(A.Resume());
        var urls = new List<bool> { session.Start(A.Now).Url is null };

        for (var attempt = 0; attempt < 6; attempt++)
        {
            var connect = Connects(session.Unreachable("no", A.Now));
            Assert.True(connect.IsResume);
            urls.Add(connect.Url is null);
        }

        Assert.Equal([false, false, false, true, true, true, false], urls);
    }

    [Fact]
    public void What_cannot_be_read_is_asked_for_again()
    {
        var session = A.LiveSession();

        Assert.IsType<GatewayAction.Close>(Assert.Single(session.Unreadable("bad")));

        Assert.True(Connects(session.Lost(null, A.Now)).IsResume);
    }

    [Fact]
    public void What_cannot_be_read_three_times_at_one_place_needs_a_new_session()
    {
        var session = A.LiveSession();
        var resumes = new List<bool>();

        for (var attempt = 0; attempt < 3; attempt++)
        {
            session.Unreadable("bad");
            resumes.Add(Connects(session.Lost(null, A.Now)).IsResume);
            session.Opened(A.Home, A.Now);
            session.Hello(TimeSpan.FromSeconds(40), A.Now);
            session.Resumed(A.Now);
        }

        Assert.Equal([true, true, false], resumes);
    }

    [Fact]
    public void What_cannot_be_read_at_different_places_is_resumed_each_time()
    {
        var session = A.LiveSession();

        for (var sequence = 2; sequence < 12; sequence++)
        {
            session.Store(sequence, A.Now);
            session.Unreadable("bad");

            Assert.True(Connects(session.Lost(null, A.Now)).IsResume);

            session.Opened(A.Home, A.Now);
            session.Hello(TimeSpan.FromSeconds(40), A.Now);
            session.Resumed(A.Now);
        }
    }

    [Fact]
    public void A_refused_resume_falls_back_to_identify()
    {
        var session = A.Session(A.Resume());
        session.Start(A.Now);
        session.Opened(A.Home, A.Now);
        session.Hello(Interval, A.Now);
        session.Refused(isResumable: false);
        session.Lost(null, A.Now);
        session.Opened(A.Home, A.Now);

        var send = Assert.IsType<GatewayAction.Send>(Assert.Single(session.Hello(Interval, A.Now)));

        Assert.Equal(GatewaySendKind.Identify, send.Kind);
    }

    [Fact]
    public void A_resume_that_ends_three_times_without_a_word_falls_back_to_identify()
    {
        var session = A.Session(A.Resume());
        var resumes = new List<bool> { session.Start(A.Now).IsResume };

        for (var attempt = 0; attempt < 3; attempt++)
        {
            session.Opened(A.Home, A.Now);
            session.Hello(Interval, A.Now);
            resumes.Add(Connects(session.Lost(null, A.Now)).IsResume);
        }

        Assert.Equal([true, true, true, false], resumes);
    }

    [Fact]
    public void A_resume_that_is_cut_off_but_brings_events_goes_on_for_ever()
    {
        var session = A.Session(A.Resume(sequence: 40));
        session.Start(A.Now);

        for (var sequence = 41; sequence < 60; sequence++)
        {
            session.Opened(A.Home, A.Now);
            session.Hello(Interval, A.Now);
            session.Store(sequence, A.Now);

            Assert.True(Connects(session.Lost(null, A.Now)).IsResume);
        }
    }

    private static GatewayAction.Connect Connects(GatewayAction action) => Assert.IsType<GatewayAction.Connect>(action);
}
