using System.Text.Json.Nodes;

namespace NewsBot.Tests.Discord.FakeGateway;

public sealed class SessionTests : IAsyncLifetime
{
    private GatewayHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await GatewayHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(null)]
    [InlineData(4000)]
    [InlineData(4900)]
    public async Task What_comes_while_a_client_is_away_is_replayed_in_order(int? code)
    {
        var (client, ready) = await _host.LogInAsync();
        await using var _1 = client;
        _host.Say("Heard");
        await client.ReadTextsAsync(1);
        await LeaveAsync(client, code);
        _host.Say("Missed 1");
        _host.Say("Missed 2");

        await using var back = await _host.ResumeAsync(ready, client.LastNumber);

        Assert.Equal(["Missed 1", "Missed 2"], await back.ReadTextsAsync(2));
        Assert.Equal(client.LastNumber + 2, back.LastNumber);
        var resumed = await back.ReadAsync();
        Assert.Equal("RESUMED", (string)resumed["t"]!);
        _host.Say("New");
        Assert.Equal(["New"], await back.ReadTextsAsync(1));
        Assert.Equal(client.LastNumber + 4, back.LastNumber);
    }

    [Fact]
    public async Task What_was_heard_but_not_kept_is_replayed_too_and_resumed_is_not()
    {
        var (client, ready) = await _host.LogInAsync();
        await using var _1 = client;
        var start = client.LastNumber;
        _host.Say("One");
        await client.ReadTextsAsync(1);
        client.Cut();
        await using var second = await _host.ResumeAsync(ready, client.LastNumber);
        Assert.Equal("RESUMED", (string)(await second.ReadAsync())["t"]!);
        _host.Say("Two");
        second.Cut();

        await using var third = await _host.ResumeAsync(ready, start);

        Assert.Equal(["One", "Two"], await third.ReadTextsAsync(2));
        Assert.Equal("RESUMED", (string)(await third.ReadAsync())["t"]!);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(1001)]
    public async Task A_goodbye_ends_the_session(int code)
    {
        var (client, ready) = await _host.LogInAsync();
        await LeaveAsync(client, code);

        await using var back = await _host.ResumeAsync(ready, client.LastNumber);
        var answer = await back.ReadAsync();

        Assert.Equal(9, RawGatewayClient.Op(answer));
        Assert.False((bool)answer["d"]!);
    }

    [Fact]
    public async Task After_a_refused_resume_the_client_may_identify_on_the_same_connection()
    {
        await using var client = await _host.ConnectAsync();
        await client.ResumeAsync(_host.State.BotToken, "unknown", 3);
        Assert.Equal(9, RawGatewayClient.Op(await client.ReadAsync()));

        await client.IdentifyAsync(_host.State.BotToken, GatewayHost.Messages);

        Assert.Equal("READY", (string)(await client.ReadAsync())["t"]!);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public async Task A_number_from_the_future_closes_with_4007(int ahead)
    {
        var (client, ready) = await _host.LogInAsync();
        await LeaveAsync(client, code: null);

        await using var back = await _host.ResumeAsync(ready, client.LastNumber + ahead);

        Assert.Equal(4007, await back.ReadCloseAsync());
    }

    [Fact]
    public async Task A_session_waits_some_minutes_and_no_longer()
    {
        var (client, ready) = await _host.LogInAsync();
        await LeaveAsync(client, code: null);
        _host.Time.Advance(_host.Gateway.ResumeWithin);
        await using var inTime = await _host.ResumeAsync(ready, client.LastNumber);
        Assert.Equal("RESUMED", (string)(await inTime.ReadAsync())["t"]!);
        await LeaveAsync(inTime, code: null);

        _host.Time.Advance(_host.Gateway.ResumeWithin + TimeSpan.FromSeconds(1));
        await using var late = await _host.ResumeAsync(ready, inTime.LastNumber);

        Assert.Equal(9, RawGatewayClient.Op(await late.ReadAsync()));
    }

    [Fact]
    public async Task A_session_resumed_elsewhere_lets_go_of_the_old_connection()
    {
        var (client, ready) = await _host.LogInAsync();
        await using var _1 = client;

        await using var other = await _host.ResumeAsync(ready, client.LastNumber);

        Assert.Equal("RESUMED", (string)(await other.ReadAsync())["t"]!);
        Assert.Equal(4000, await client.ReadCloseAsync());
        _host.Say("Once");
        Assert.Equal(["Once"], await other.ReadTextsAsync(1));
    }

    [Fact]
    public async Task Sessions_outlive_a_restart()
    {
        var folder = Directory.CreateTempSubdirectory("gateway");
        try
        {
            var file = Path.Combine(folder.FullName, "state.json");
            var before = await GatewayHost.StartAsync(options => options.DataFile = file);
            var (client, ready) = await before.LogInAsync();
            before.Say("Heard");
            await client.ReadTextsAsync(1);
            client.Cut();
            await before.UntilNobodyIsConnectedAsync();
            before.Say("Missed");
            var token = before.State.BotToken;
            await before.DisposeAsync();

            await using var after = await GatewayHost.StartAsync(options => options.DataFile = file);
            await using var back = await after.ConnectAsync();
            await back.ResumeAsync(after.State.BotToken, (string)ready["session_id"]!, client.LastNumber);

            Assert.Equal(token, after.State.BotToken);
            Assert.Equal(["Missed"], await back.ReadTextsAsync(1));
            Assert.Equal("RESUMED", (string)(await back.ReadAsync())["t"]!);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Zlib_stream_is_one_stream_and_large_payloads_come_in_pieces()
    {
        var (client, _) = await _host.LogInAsync(query: "v=10&encoding=json&compress=zlib-stream");
        await using var _1 = client;
        var random = new Random(7);
        var noise = string.Concat(Enumerable.Range(0, 40_000).Select(_ => (char)random.Next('!', '~')));

        _host.Say("Grüße, 世界 🦊");
        Assert.Equal(["Grüße, 世界 🦊"], await client.ReadTextsAsync(1));
        var before = client.Messages;
        _host.Say(noise);

        Assert.Equal([noise], await client.ReadTextsAsync(1));
        Assert.Equal(before + 2, client.Messages);
    }

    [Fact]
    public async Task Only_what_the_intents_name_is_told()
    {
        var (client, _) = await _host.LogInAsync(GatewayHost.Messages | GatewayHost.Content);
        await using var _1 = client;

        _host.Publish(GatewayHost.Message("A reaction"), _host.Guild, intent: 1 << 10);
        _host.Publish(GatewayHost.Message("For all"), _host.Guild, intent: 0);
        _host.Say("A message");

        Assert.Equal(["For all", "A message"], await client.ReadTextsAsync(2));
    }

    [Fact]
    public async Task A_guild_is_told_to_its_shard_and_direct_messages_to_the_first()
    {
        await using var host = await GatewayHost.StartAsync(options => options.MaxConcurrency = 2);
        await using var zero = await host.ConnectAsync();
        await using var one = await host.ConnectAsync();
        await zero.IdentifyAsync(host.State.BotToken, GatewayHost.Messages | GatewayHost.Content, 0, 2);
        await one.IdentifyAsync(host.State.BotToken, GatewayHost.Messages | GatewayHost.Content, 1, 2);
        await zero.ReadAsync();
        await one.ReadAsync();

        host.Say("Even", guild: 4UL << 22);
        host.Say("Odd", guild: 5UL << 22);
        host.Publish(GatewayHost.Message("Direct"), guild: null);

        Assert.Equal(["Even", "Direct"], await zero.ReadTextsAsync(2));
        Assert.Equal(["Odd"], await one.ReadTextsAsync(1));
    }

    [Fact]
    public async Task Without_the_content_intent_messages_come_empty()
    {
        var (client, _) = await _host.LogInAsync(GatewayHost.Messages);
        await using var _1 = client;
        var forwarded = GatewayHost.Message("Forwarding");
        forwarded["message_snapshots"] = new JsonArray(new JsonObject { ["message"] = GatewayHost.Message("Inside") });
        forwarded["poll"] = new JsonObject();

        _host.Publish(forwarded, _host.Guild);
        var d = (await client.ReadAsync())["d"]!;

        Assert.Equal("", (string)d["content"]!);
        Assert.Empty(d["embeds"]!.AsArray());
        Assert.Empty(d["attachments"]!.AsArray());
        Assert.Null(d["poll"]);
        Assert.Equal("", (string)d["message_snapshots"]![0]!["message"]!["content"]!);
        Assert.Equal("77", (string)d["author"]!["id"]!);
        Assert.Equal("Forwarding", (string)forwarded["content"]!);
    }

    [Fact]
    public async Task Without_the_content_intent_our_own_direct_and_mentioning_messages_come_whole()
    {
        var (client, _) = await _host.LogInAsync(GatewayHost.Messages);
        await using var _1 = client;
        var bot = $"{_host.State.BotUserId}";
        var mentioning = GatewayHost.Message("Hello bot");
        mentioning["mentions"] = new JsonArray(new JsonObject { ["id"] = bot });
        var answering = GatewayHost.Message("Hidden");
        answering["referenced_message"] = GatewayHost.Message("Our card", bot);

        _host.Publish(GatewayHost.Message("Own", bot), _host.Guild);
        _host.Publish(mentioning, _host.Guild);
        _host.Publish(GatewayHost.Message("Direct"), guild: null);
        _host.Publish(answering, _host.Guild);

        Assert.Equal(["Own", "Hello bot", "Direct"], await client.ReadTextsAsync(3));
        var d = (await client.ReadAsync())["d"]!;
        Assert.Equal("", (string)d["content"]!);
        Assert.Equal("Our card", (string)d["referenced_message"]!["content"]!);
    }

    private async Task LeaveAsync(RawGatewayClient client, int? code)
    {
        if (code is { } said)
        {
            await client.CloseAsync(said);
        }
        else
        {
            client.Cut();
        }

        await _host.UntilNobodyIsConnectedAsync();
    }
}
