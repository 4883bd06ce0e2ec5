using System.Net.WebSockets;
using System.Text.Json.Nodes;

namespace NewsBot.Tests.Discord.FakeGateway;

public sealed class IdentifyTests : IAsyncLifetime
{
    private GatewayHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await GatewayHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Hello_names_the_heartbeat_interval_and_heartbeats_are_acknowledged()
    {
        await using var client = await _host.OpenAsync();

        var hello = await client.ReadAsync();
        await client.SendAsync(1, null);
        var acknowledged = await client.ReadAsync();

        Assert.Equal(10, RawGatewayClient.Op(hello));
        Assert.Equal(41_250, (int)hello["d"]!["heartbeat_interval"]!);
        Assert.Null(hello["s"]);
        Assert.Equal(11, RawGatewayClient.Op(acknowledged));
    }

    [Fact]
    public async Task Ready_names_the_session_and_every_guild_before_it_is_told()
    {
        await using var client = await _host.ConnectAsync();
        await client.IdentifyAsync(_host.State.BotToken, GatewayHost.Guilds, 0, 1);

        var ready = await client.ReadAsync();
        var guild = await client.ReadAsync();

        Assert.Equal(1, (int)ready["s"]!);
        var d = ready["d"]!;
        Assert.Equal(10, (int)d["v"]!);
        Assert.Equal($"{_host.State.BotUserId}", (string)d["user"]!["id"]!);
        Assert.Equal($"{_host.State.ApplicationId}", (string)d["application"]!["id"]!);
        Assert.Equal([0, 1], d["shard"]!.AsArray().Select(part => (int)part!));
        Assert.EndsWith("/gateway/resume", (string)d["resume_gateway_url"]!, StringComparison.Ordinal);
        Assert.True((bool)d["guilds"]![0]!["unavailable"]!);
        Assert.Equal(2, (int)guild["s"]!);
        Assert.Equal("GUILD_CREATE", (string)guild["t"]!);
        Assert.Equal((string)d["guilds"]![0]!["id"]!, (string)guild["d"]!["id"]!);
    }

    [Theory]
    [InlineData("v=9&encoding=json")]
    [InlineData("encoding=json")]
    public async Task Another_version_is_closed_with_4012(string query)
    {
        await using var client = await _host.OpenAsync(query);

        Assert.Equal(4012, await client.ReadCloseAsync());
    }

    [Theory]
    [InlineData("v=10")]
    [InlineData("v=10&encoding=etf")]
    [InlineData("v=10&encoding=json&compress=zstd-stream")]
    public async Task What_it_does_not_speak_is_refused(string query)
    {
        var error = await Assert.ThrowsAsync<WebSocketException>(() => _host.OpenAsync(query));

        Assert.Contains("400", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not json", 4002)]
    [InlineData("[]", 4002)]
    [InlineData("{}", 4002)]
    [InlineData("""{"op":"2"}""", 4002)]
    [InlineData("""{"op":2}""", 4002)]
    [InlineData("""{"op":1,"d":"7"}""", 4002)]
    [InlineData("""{"op":3,"d":{}}""", 4003)]
    [InlineData("""{"op":8,"d":{}}""", 4003)]
    [InlineData("""{"op":0,"d":{}}""", 4001)]
    [InlineData("""{"op":99,"d":{}}""", 4001)]
    [InlineData("""{"op":6,"d":{"token":"T"}}""", 4002)]
    [InlineData("""{"op":6,"d":{"token":"wrong","session_id":"a","seq":1}}""", 4004)]
    [InlineData(
        """{"op":2,"d":{"token":"wrong","intents":1,"properties":{"os":"a","browser":"b","device":"c"}}}""",
        4004
    )]
    [InlineData("""{"op":2,"d":{"token":"T","properties":{"os":"a","browser":"b","device":"c"}}}""", 4002)]
    [InlineData("""{"op":2,"d":{"token":"T","intents":1,"properties":{"os":"a"}}}""", 4002)]
    [InlineData(
        """{"op":2,"d":{"token":"T","intents":1,"large_threshold":9,"properties":{"os":"a","browser":"b","device":"c"}}}""",
        4002
    )]
    public async Task A_wrong_payload_closes_with_its_code(string payload, int code)
    {
        await using var client = await _host.ConnectAsync();

        await client.SendAsync(payload.Replace("\"T\"", $"\"{_host.State.BotToken}\"", StringComparison.Ordinal));

        Assert.Equal(code, await client.ReadCloseAsync());
    }

    [Theory]
    [InlineData(1 << 17, 4013)]
    [InlineData(-1, 4013)]
    [InlineData(1 << 1, 4014)]
    [InlineData(1 << 8, 4014)]
    [InlineData(1 << 15, 4014)]
    public async Task Intents_that_do_not_exist_or_are_not_switched_on_are_fatal(long intents, int code)
    {
        _host.State.MessageContentEnabled = false;
        await using var client = await _host.ConnectAsync();

        await client.IdentifyAsync(_host.State.BotToken, intents);

        Assert.Equal(code, await client.ReadCloseAsync());
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(-1, 1)]
    [InlineData(0, 0)]
    public async Task A_shard_that_does_not_exist_is_fatal(int shard, int shards)
    {
        await using var client = await _host.ConnectAsync();

        await client.IdentifyAsync(_host.State.BotToken, GatewayHost.Guilds, shard, shards);

        Assert.Equal(4010, await client.ReadCloseAsync());
    }

    [Fact]
    public async Task Identifying_twice_on_one_connection_closes_with_4005()
    {
        var (client, _) = await _host.LogInAsync();
        await using var _1 = client;

        await client.IdentifyAsync(_host.State.BotToken, GatewayHost.Guilds);

        Assert.Equal(4005, await client.ReadCloseAsync());
    }

    [Fact]
    public async Task A_second_identify_within_five_seconds_has_to_wait()
    {
        var (first, _) = await _host.LogInAsync();
        await using var _1 = first;
        await using var second = await _host.ConnectAsync();

        await second.IdentifyAsync(_host.State.BotToken, GatewayHost.Messages);
        var early = await second.ReadAsync();
        _host.Time.Advance(TimeSpan.FromSeconds(5));
        await second.IdentifyAsync(_host.State.BotToken, GatewayHost.Messages);
        var inTime = await second.ReadAsync();

        Assert.Equal(9, RawGatewayClient.Op(early));
        Assert.False((bool)early["d"]!);
        Assert.Equal("READY", (string)inTime["t"]!);
    }

    [Fact]
    public async Task Shards_of_different_buckets_identify_at_once()
    {
        await using var host = await GatewayHost.StartAsync(options => options.MaxConcurrency = 2);
        await using var zero = await host.ConnectAsync();
        await using var one = await host.ConnectAsync();

        await zero.IdentifyAsync(host.State.BotToken, 0, 0, 2);
        await one.IdentifyAsync(host.State.BotToken, 0, 1, 2);

        Assert.Equal("READY", (string)(await zero.ReadAsync())["t"]!);
        Assert.Equal("READY", (string)(await one.ReadAsync())["t"]!);
    }

    [Fact]
    public async Task When_the_starts_of_a_day_are_used_up_the_token_is_lost_until_the_next()
    {
        await using var host = await GatewayHost.StartAsync(options => options.SessionStarts = 1);
        var (first, _) = await host.LogInAsync();
        await using var _1 = first;
        Assert.Equal(0, (int)host.Gateway.SessionStartLimit["remaining"]!);
        Assert.Equal(86_400_000, (long)host.Gateway.SessionStartLimit["reset_after"]!);
        host.Time.Advance(host.Gateway.IdentifyEvery);

        await using var second = await host.ConnectAsync();
        await second.IdentifyAsync(host.State.BotToken, 0);

        Assert.Equal(4004, await second.ReadCloseAsync());
        host.Time.Advance(TimeSpan.FromHours(24));
        Assert.Equal(1, (int)host.Gateway.SessionStartLimit["remaining"]!);
    }

    [Fact]
    public async Task A_request_for_members_is_answered_with_its_nonce()
    {
        var (client, _) = await _host.LogInAsync();
        await using var _1 = client;

        await client.SendAsync(
            8,
            new JsonObject
            {
                ["guild_id"] = $"{_host.Guild}",
                ["user_ids"] = new JsonArray($"{_host.State.BotUserId}", "5"),
                ["nonce"] = "n1",
            }
        );
        var chunk = await client.ReadAsync();

        Assert.Equal("GUILD_MEMBERS_CHUNK", (string)chunk["t"]!);
        Assert.Equal("n1", (string)chunk["d"]!["nonce"]!);
        Assert.Equal($"{_host.State.BotUserId}", (string)chunk["d"]!["members"]![0]!["user"]!["id"]!);
        Assert.Equal("5", (string)chunk["d"]!["not_found"]![0]!);
    }

    [Fact]
    public async Task A_presence_is_remembered()
    {
        var (client, _) = await _host.LogInAsync();
        await using var _1 = client;

        await client.SendAsync(3, new JsonObject { ["status"] = "idle" });
        await client.SendAsync(1, null);
        await client.ReadAsync();

        Assert.Equal("idle", (string)_host.Gateway.Describe()["sessions"]![0]!["presence"]!["status"]!);
    }
}
