namespace NewsBot.Tests.Discord.FakeGateway;

public sealed class ConnectionTests : IAsyncLifetime
{
    private GatewayHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await GatewayHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task The_121st_payload_within_a_minute_closes_with_4008()
    {
        await using var client = await _host.ConnectAsync();

        for (var sent = 0; sent < 120; sent++)
        {
            await client.SendAsync(1, null);
        }

        Assert.Equal(11, RawGatewayClient.Op(await client.ReadAsync()));
        await client.SendAsync(1, null);
        Assert.Equal(4008, await client.ReadCloseAsync());
    }

    [Fact]
    public async Task After_a_minute_as_many_payloads_may_be_sent_again()
    {
        await using var client = await _host.ConnectAsync();
        for (var sent = 0; sent < 120; sent++)
        {
            await client.SendAsync(1, null);
            await client.ReadAsync();
        }

        _host.Time.Advance(TimeSpan.FromMinutes(1));
        await client.SendAsync(1, null);

        Assert.Equal(11, RawGatewayClient.Op(await client.ReadAsync()));
    }

    [Theory]
    [InlineData(4096, null)]
    [InlineData(4097, 4002)]
    public async Task A_payload_has_at_most_4096_bytes(int bytes, int? code)
    {
        await using var client = await _host.ConnectAsync();

        await client.SendAsync("""{"op":1,"d":null}""".PadRight(bytes));

        if (code is null)
        {
            Assert.Equal(11, RawGatewayClient.Op(await client.ReadAsync()));
        }
        else
        {
            Assert.Equal(code, await client.ReadCloseAsync());
        }
    }

    [Fact]
    public async Task A_client_that_does_not_heartbeat_loses_its_session()
    {
        var (client, ready) = await _host.LogInAsync();
        await using var _1 = client;

        while (_host.Gateway.Connected > 0)
        {
            _host.Time.Advance(TimeSpan.FromSeconds(20));
            await Task.Yield();
        }

        Assert.Equal(4009, await client.ReadCloseAsync());
        await using var back = await _host.ResumeAsync(ready, 1);
        var answer = await back.ReadAsync();
        Assert.Equal(9, RawGatewayClient.Op(answer));
        Assert.False((bool)answer["d"]!);
    }

    [Fact]
    public async Task A_client_that_heartbeats_stays()
    {
        var (client, _) = await _host.LogInAsync();
        await using var _1 = client;

        for (var beats = 0; beats < 10; beats++)
        {
            _host.Time.Advance(TimeSpan.FromMilliseconds(41_250));
            await client.SendAsync(1, client.LastNumber);
            Assert.Equal(11, RawGatewayClient.Op(await client.ReadAsync()));
        }

        Assert.Equal(1, _host.Gateway.Connected);
    }
}
