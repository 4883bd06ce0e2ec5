using System.Net.WebSockets;
using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeDiscord.Gateway;

namespace NewsBot.Tests.Discord.FakeGateway;

public sealed class FaultTests : IAsyncLifetime
{
    private GatewayHost _host = null!;

    private GatewayFaults Faults => _host.Gateway.Faults;

    public async ValueTask InitializeAsync() => _host = await GatewayHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_dropped_ack_is_one_that_does_not_come()
    {
        await using var client = await _host.ConnectAsync();
        Faults.Add(GatewayFaultKind.DropAck);
        Faults.Add(GatewayFault.Of(GatewayFaultKind.AskHeartbeat) with { At = GatewayMoment.Heartbeat, After = 1 });

        await client.SendAsync(1, null);
        await client.SendAsync(1, null);

        // The request came with the second heartbeat, so the first was not acknowledged.
        Assert.Equal(1, RawGatewayClient.Op(await client.ReadAsync()));
        Assert.Equal(11, RawGatewayClient.Op(await client.ReadAsync()));
    }

    [Fact]
    public async Task A_cut_connection_ends_without_a_code_and_can_be_resumed()
    {
        var (client, ready) = await _host.LogInAsync();
        await using var _1 = client;

        Faults.Add(GatewayFaultKind.Abort);

        Assert.Null(await client.ReadCloseAsync());
        await _host.UntilNobodyIsConnectedAsync();
        await using var back = await _host.ResumeAsync(ready, client.LastNumber);
        Assert.Equal("RESUMED", (string)(await back.ReadAsync())["t"]!);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(1001)]
    [InlineData(4000)]
    [InlineData(4009)]
    [InlineData(4014)]
    public async Task A_scripted_close_has_its_code_and_leaves_the_session(int code)
    {
        var (client, ready) = await _host.LogInAsync();
        await using var _1 = client;

        Faults.Add(GatewayFault.Of(GatewayFaultKind.Close) with { Code = code });

        Assert.Equal(code, await client.ReadCloseAsync());
        await client.CloseAsync(code);
        await _host.UntilNobodyIsConnectedAsync();
        await using var back = await _host.ResumeAsync(ready, client.LastNumber);
        Assert.Equal("RESUMED", (string)(await back.ReadAsync())["t"]!);
    }

    [Fact]
    public async Task Asked_to_reconnect_a_client_hears_the_rest_on_its_next_connection()
    {
        var (client, ready) = await _host.LogInAsync();
        await using var _1 = client;

        Faults.Add(GatewayFaultKind.Reconnect);
        _host.Say("After opcode 7");

        Assert.Equal(7, RawGatewayClient.Op(await client.ReadAsync()));
        await using var back = await _host.ResumeAsync(ready, client.LastNumber);
        Assert.Equal(["After opcode 7"], await back.ReadTextsAsync(1));
    }

    [Fact]
    public async Task Reconnect_can_come_instead_of_hello()
    {
        Faults.Add(new GatewayFault(GatewayFaultKind.Reconnect, GatewayMoment.Connect));

        await using var first = await _host.OpenAsync();
        await using var second = await _host.OpenAsync();

        Assert.Equal(7, RawGatewayClient.Op(await first.ReadAsync()));
        Assert.Equal(10, RawGatewayClient.Op(await second.ReadAsync()));
    }

    [Theory]
    [InlineData(GatewayFaultKind.InvalidSession, false)]
    [InlineData(GatewayFaultKind.InvalidSessionResumable, true)]
    public async Task An_invalid_session_says_whether_it_can_be_resumed(GatewayFaultKind kind, bool resumable)
    {
        var (client, ready) = await _host.LogInAsync();
        await using var _1 = client;

        Faults.Add(kind);
        var told = await client.ReadAsync();
        await client.ResumeAsync(_host.State.BotToken, (string)ready["session_id"]!, client.LastNumber);
        var answer = await client.ReadAsync();

        Assert.Equal(9, RawGatewayClient.Op(told));
        Assert.Equal(resumable, (bool)told["d"]!);
        Assert.Equal(resumable ? 0 : 9, RawGatewayClient.Op(answer));
    }

    [Fact]
    public async Task A_resume_can_fail_several_times()
    {
        var (client, ready) = await _host.LogInAsync();
        client.Cut();
        await _host.UntilNobodyIsConnectedAsync();
        Faults.Add(new GatewayFault(GatewayFaultKind.Close, GatewayMoment.Resume) { Count = 2, Code = 4000 });

        await using var first = await _host.ResumeAsync(ready, client.LastNumber);
        await using var second = await _host.ResumeAsync(ready, client.LastNumber);
        await using var third = await _host.ResumeAsync(ready, client.LastNumber);

        Assert.Equal(4000, await first.ReadCloseAsync());
        Assert.Equal(4000, await second.ReadCloseAsync());
        Assert.Equal("RESUMED", (string)(await third.ReadAsync())["t"]!);
        Assert.Empty(Faults.Pending);
    }

    [Fact]
    public async Task Connections_are_refused_as_often_as_scripted()
    {
        Faults.Add(GatewayFaultKind.Refuse, 2);

        await Assert.ThrowsAsync<WebSocketException>(() => _host.OpenAsync());
        await Assert.ThrowsAsync<WebSocketException>(() => _host.OpenAsync());
        await using var client = await _host.ConnectAsync();

        Assert.Equal(2, Faults.Made);
    }

    [Fact]
    public async Task A_duplicate_has_a_number_of_its_own()
    {
        var (client, _) = await _host.LogInAsync();
        await using var _1 = client;
        Faults.Add(GatewayFaultKind.Duplicate);
        var before = client.LastNumber;

        _host.Say("Twice");
        _host.Say("Once");

        Assert.Equal(["Twice", "Twice", "Once"], await client.ReadTextsAsync(3));
        Assert.Equal(before + 3, client.LastNumber);
    }

    [Fact]
    public async Task A_reordered_dispatch_follows_the_next_or_goes_out_by_itself()
    {
        var (client, _) = await _host.LogInAsync();
        await using var _1 = client;
        Faults.Add(GatewayFault.Of(GatewayFaultKind.Reorder) with { After = 1 });

        _host.Say("1");
        _host.Say("2");
        _host.Say("3");
        Assert.Equal(["1", "3", "2"], await client.ReadTextsAsync(3));

        Faults.Add(GatewayFaultKind.Reorder);
        _host.Say("4");
        _host.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["4"], await client.ReadTextsAsync(1));
    }

    [Fact]
    public async Task A_delayed_dispatch_comes_when_its_time_has_come()
    {
        var (client, _) = await _host.LogInAsync();
        await using var _1 = client;
        Faults.Add(GatewayFault.Of(GatewayFaultKind.Delay) with { Length = TimeSpan.FromSeconds(2) });

        _host.Say("Late");
        _host.Say("2");
        _host.Say("3");
        Assert.Equal(["2", "3"], await client.ReadTextsAsync(2));
        _host.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(["Late"], await client.ReadTextsAsync(1));
    }

    [Fact]
    public async Task A_blanked_message_is_empty_and_the_next_is_not()
    {
        var (client, _) = await _host.LogInAsync();
        await using var _1 = client;
        Faults.Add(GatewayFaultKind.Blank);

        _host.Say("Hidden");
        _host.Say("Shown");

        Assert.Equal(["", "Shown"], await client.ReadTextsAsync(2));
    }

    [Fact]
    public async Task Whatever_ends_a_connection_comes_after_its_dispatch()
    {
        var (client, ready) = await _host.LogInAsync();
        await using var _1 = client;
        Faults.Add(new GatewayFault(GatewayFaultKind.Close, GatewayMoment.Dispatch) { After = 1, Code = 4000 });

        _host.Say("1");
        _host.Say("2");
        _host.Say("3");

        Assert.Equal(["1", "2"], await client.ReadTextsAsync(2));
        Assert.Equal(4000, await client.ReadCloseAsync());
        await using var back = await _host.ResumeAsync(ready, client.LastNumber);
        Assert.Equal(["3"], await back.ReadTextsAsync(1));
    }

    [Fact]
    public void The_same_seed_makes_the_same_faults_and_another_makes_others()
    {
        Assert.Equal(GatewayFaults.Random(5, 40), GatewayFaults.Random(5, 40));
        Assert.NotEqual(GatewayFaults.Random(5, 40), GatewayFaults.Random(6, 40));
        Assert.DoesNotContain(
            Enumerable.Range(0, 50).SelectMany(seed => GatewayFaults.Random(seed, 40)),
            fault => fault is { Kind: GatewayFaultKind.Close, Code: 4004 or 4010 or 4011 or 4012 or 4013 or 4014 }
        );
    }

    [Fact]
    public void A_fault_is_read_from_json()
    {
        var read = GatewayFault.Read(
            JsonNode
                .Parse("""{"kind":"invalid_utf8","at":"dispatch","count":3,"after":7,"code":4009,"ms":250}""")!
                .AsObject()
        );

        Assert.Equal(
            new GatewayFault(GatewayFaultKind.InvalidUtf8, GatewayMoment.Dispatch)
            {
                Count = 3,
                After = 7,
                Code = 4009,
                Length = TimeSpan.FromMilliseconds(250),
            },
            read
        );
        Assert.Equal(GatewayMoment.Heartbeat, GatewayFault.Read(new JsonObject { ["kind"] = "dropAck" }).At);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"kind":"3"}""")]
    [InlineData("""{"kind":"unheard_of"}""")]
    [InlineData("""{"kind":"close","code":1006}""")]
    [InlineData("""{"kind":"close","code":2000}""")]
    [InlineData("""{"kind":"close","count":0}""")]
    [InlineData("""{"kind":"close","when":"now"}""")]
    public void A_fault_that_is_written_wrongly_is_refused(string written) =>
        Assert.Throws<FormatException>(() => GatewayFault.Read(JsonNode.Parse(written)!.AsObject()));
}
