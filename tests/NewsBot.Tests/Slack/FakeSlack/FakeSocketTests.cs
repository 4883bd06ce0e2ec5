using System.Net.WebSockets;
using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeSlack.Faults;

namespace NewsBot.Tests.Slack.FakeSlack;

public sealed class FakeSocketTests
{
    [Fact]
    public async Task An_address_opens_one_socket()
    {
        await using var caller = await Caller.StartAsync();
        var url = await RawSocket.UrlAsync(caller);
        using var first = RawSocket.Unopened();
        using var second = RawSocket.Unopened();

        await first.ConnectAsync(url);
        var hello = await first.ReadAsync();

        Assert.Equal("1", hello["num_connections"]!.ToString());
        Assert.Equal(caller.Server.AppId, hello["connection_info"]!["app_id"]!.ToString());
        await Assert.ThrowsAsync<WebSocketException>(() => second.ConnectAsync(url));
    }

    [Fact]
    public async Task An_event_that_is_not_acknowledged_in_time_comes_again()
    {
        await using var caller = await Caller.StartAsync();
        using var socket = await RawSocket.OpenAsync(caller);
        await caller.SayAsync();

        var first = await socket.ReadEventAsync();
        caller.Time.Advance(TimeSpan.FromSeconds(3));
        caller.Time.Advance(TimeSpan.FromMilliseconds(1));
        var second = await socket.ReadEventAsync();
        await socket.AckAsync(second);
        await caller.Server.State.WaitAsync(
            () => caller.Server.Delivery.Sockets.Acknowledged == 1,
            TestContext.Current.CancellationToken
        );
        caller.Time.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal("events_api", first["type"]!.ToString());
        Assert.Equal(0, (int)first["retry_attempt"]!);
        Assert.False((bool)first["accepts_response_payload"]!);
        Assert.Equal(("1", "timeout"), (second["retry_attempt"]!.ToString(), second["retry_reason"]!.ToString()));
        Assert.Equal(EventId(first), EventId(second));
        Assert.NotEqual(first["envelope_id"]!.ToString(), second["envelope_id"]!.ToString());
        Assert.Equal((1, 0), (caller.Server.Delivery.Retries, caller.Server.Delivery.GivenUp));
    }

    [Fact]
    public async Task An_event_is_given_up_after_three_retries()
    {
        await using var caller = await Caller.StartAsync();
        await caller.SayAsync();

        foreach (
            var wait in (TimeSpan[])[TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5)]
        )
        {
            Assert.Equal(0, caller.Server.Delivery.GivenUp);
            caller.Time.Advance(wait);
        }

        Assert.Equal((3, 1), (caller.Server.Delivery.Retries, caller.Server.Delivery.GivenUp));
    }

    [Fact]
    public async Task What_a_lost_connection_had_not_acknowledged_comes_over_another_one()
    {
        await using var caller = await Caller.StartAsync();
        using var first = await RawSocket.OpenAsync(caller);
        await caller.SayAsync();
        var sent = await first.ReadEventAsync();
        using var second = await RawSocket.OpenAsync(caller);

        first.Dispose();
        await WaitForSocketsAsync(caller, 1);
        caller.Time.Advance(TimeSpan.FromMilliseconds(1));
        var again = await second.ReadEventAsync();

        Assert.Equal(EventId(sent), EventId(again));
        Assert.Equal("connection_failed", again["retry_reason"]!.ToString());
    }

    [Fact]
    public async Task A_warning_is_followed_by_the_end_ten_seconds_later()
    {
        await using var caller = await Caller.StartAsync();
        using var socket = await RawSocket.OpenAsync(caller);

        caller.Server.Faults.Add(new FakeFaultRule(FakeFaultKind.Warning));
        var warning = await socket.ReadAsync();
        await caller.SayAsync();
        var still = await socket.ReadEventAsync();
        caller.Time.Advance(TimeSpan.FromSeconds(10));
        var end = await ReadDisconnectAsync(socket);

        Assert.Equal(("disconnect", "warning"), (warning["type"]!.ToString(), warning["reason"]!.ToString()));
        Assert.NotNull(still["envelope_id"]);
        Assert.Equal("refresh_requested", end);
        Assert.Equal(0, caller.Server.Driver.OpenSockets);
    }

    [Fact]
    public async Task The_eleventh_socket_is_one_too_many()
    {
        await using var caller = await Caller.StartAsync();
        var sockets = new List<RawSocket>();
        for (var index = 0; index < 10; index++)
        {
            sockets.Add(await RawSocket.OpenAsync(caller));
        }

        using var eleventh = RawSocket.Unopened();
        await eleventh.ConnectAsync(await RawSocket.UrlAsync(caller));

        Assert.Equal("too_many_websockets", (await eleventh.ReadAsync())["reason"]!.ToString());
        Assert.Equal(10, caller.Server.Driver.OpenSockets);
        sockets.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public async Task Sockets_end_where_the_mode_is_switched_off()
    {
        await using var caller = await Caller.StartAsync();
        using var socket = await RawSocket.OpenAsync(caller);

        caller.Server.Driver.SetSocketMode(enabled: false);
        var end = await ReadDisconnectAsync(socket);
        var refused = await caller.AsAsync(caller.Server.AppToken, "apps.connections.open");
        caller.Server.Driver.SetSocketMode(enabled: true);
        using var again = await RawSocket.OpenAsync(caller);

        Assert.Equal("link_disabled", end);
        Assert.Equal("socket_mode_disabled", refused.Error);
    }

    [Fact]
    public async Task A_goodbye_may_stay_unanswered()
    {
        await using var caller = await Caller.StartAsync();
        using var socket = await RawSocket.OpenAsync(caller);
        caller.Server.Faults.Add(new FakeFaultRule(FakeFaultKind.NoCloseHandshake));
        await ReadDisconnectAsync(socket);
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300), TimeProvider.System);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => socket.CloseAsync(patience.Token));
    }

    [Fact]
    public async Task Events_come_twice_late_lost_or_not_at_all_as_scripted()
    {
        await using var caller = await Caller.StartAsync();
        using var socket = await RawSocket.OpenAsync(caller);
        foreach (
            var kind in (FakeFaultKind[])
                [FakeFaultKind.Duplicate, FakeFaultKind.Reorder, FakeFaultKind.Lose, FakeFaultKind.Drop]
        )
        {
            caller.Server.Faults.Add(new FakeFaultRule(kind) { Event = "message" });
        }

        var kofi = caller.Server.Human("Kofi");
        foreach (var text in (string[])["twice", "late", "lost", "dropped", "last"])
        {
            await kofi.SayAsync(caller.News, text, cancellationToken: TestContext.Current.CancellationToken);
        }

        var heard = new List<string>();
        for (var index = 0; index < 4; index++)
        {
            heard.Add(await TextAsync(socket));
        }

        caller.Time.Advance(TimeSpan.FromMilliseconds(1));
        heard.Add(await TextAsync(socket));

        Assert.Equal(["twice", "twice", "last", "late", "dropped"], heard);
        Assert.Empty(caller.Server.Faults.Pending);
    }

    [Fact]
    public async Task Several_sockets_share_what_comes()
    {
        await using var caller = await Caller.StartAsync();
        using var first = await RawSocket.OpenAsync(caller);
        using var second = await RawSocket.OpenAsync(caller);

        await caller.SayAsync("one");
        await caller.SayAsync("two");

        var texts = new[] { await TextAsync(first), await TextAsync(second) };
        Assert.Equal(["one", "two"], texts.Order(StringComparer.Ordinal));
    }

    private static string EventId(JsonObject envelope) => envelope["payload"]!["event_id"]!.ToString();

    private static async Task<string> TextAsync(RawSocket socket) =>
        (await socket.ReadEventAsync())["payload"]!["event"]!["text"]!.ToString();

    private static async Task<string> ReadDisconnectAsync(RawSocket socket)
    {
        while (true)
        {
            var frame = await socket.ReadAsync();
            if (frame["type"]!.ToString() == "disconnect" && frame["reason"]!.ToString() != "warning")
            {
                return frame["reason"]!.ToString();
            }
        }
    }

    private static Task WaitForSocketsAsync(Caller caller, int count) =>
        caller.Server.State.WaitAsync(
            () => caller.Server.Driver.OpenSockets == count,
            TestContext.Current.CancellationToken
        );
}
