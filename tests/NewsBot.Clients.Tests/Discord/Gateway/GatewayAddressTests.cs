using NewsBot.Clients.Discord.Gateway;

namespace NewsBot.Clients.Tests.Discord.Gateway;

public sealed class GatewayAddressTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_new_sessions_left_it_says_until_when_it_waits()
    {
        await using var server = await ScriptedGateway.StartAsync(Token);
        var asked = new List<DateTimeOffset>();
        await using var run = GatewayRun.Start(
            server,
            prepare: run =>
                run.Address = _ =>
                {
                    asked.Add(run.Time.GetUtcNow());
                    return Task.FromResult(A.Address(server.Url, remaining: asked.Count < 3 ? 0 : 1000));
                }
        );

        var waiting = await run.StateAsync<GatewayState.Waiting>(Token);
        var peer = await run.PassTimeUntilAsync(server.NextAsync(Token), TimeSpan.FromMinutes(10), Token);
        await peer.GreetAsync(server.Url, Token);

        Assert.Equal(A.Now + TimeSpan.FromHours(3), waiting.Until);
        Assert.Equal(3, asked.Count);
        Assert.True(asked[2] - asked[1] >= TimeSpan.FromHours(3));
    }

    [Fact]
    public async Task An_address_that_cannot_be_asked_for_is_asked_again_later()
    {
        await using var server = await ScriptedGateway.StartAsync(Token);
        var failures = 0;
        await using var run = GatewayRun.Start(
            server,
            prepare: run =>
                run.Address = _ =>
                    failures++ < 4
                        ? Task.FromException<GatewayAddress>(new HttpRequestException("no"))
                        : Task.FromResult(A.Address(server.Url))
        );

        var peer = await run.PassTimeUntilAsync(server.NextAsync(Token), Second, Token);

        await peer.GreetAsync(server.Url, Token);
        Assert.Equal(6, failures);
    }

    [Fact]
    public async Task A_token_refused_over_http_stops_it()
    {
        await using var server = await ScriptedGateway.StartAsync(Token);
        await using var run = GatewayRun.Start(
            server,
            prepare: run =>
                run.Address = _ =>
                    Task.FromException<GatewayAddress>(new GatewayFatalException("Change the token", null))
        );

        await Assert.ThrowsAsync<GatewayFatalException>(() => run.Running);

        Assert.Equal("Change the token", (await run.StateAsync<GatewayState.Stopped>(Token)).Sentence);
    }

    [Fact]
    public async Task Shards_identify_one_after_the_other_unless_discord_allows_more()
    {
        await using var server = await ScriptedGateway.StartAsync(Token);
        await using var run = GatewayRun.Start(
            server,
            prepare: run => run.Address = _ => Task.FromResult(A.Address(server.Url, shards: 3, concurrency: 2))
        );
        var first = await server.NextAsync(Token);
        var second = await server.NextAsync(Token);
        var ids = new List<int>
        {
            (await first.GreetAsync(server.Url, Token)).GetProperty("shard")[0].GetInt32(),
            (await second.GreetAsync(server.Url, Token)).GetProperty("shard")[0].GetInt32(),
        };

        var coming = server.NextAsync(Token);
        run.Time.Advance(TimeSpan.FromSeconds(4));
        var early = coming.IsCompleted;
        var third = await run.PassTimeUntilAsync(coming, TimeSpan.FromMilliseconds(100), Token);
        var last = (await third.GreetAsync(server.Url, Token)).GetProperty("shard");

        Assert.False(early);
        Assert.Equal([0, 1], ids.Order());
        Assert.Equal((2, 3), (last[0].GetInt32(), last[1].GetInt32()));
        Assert.True(run.Time.GetUtcNow() - A.Now >= TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_fatal_end_of_one_shard_stops_the_others()
    {
        await using var server = await ScriptedGateway.StartAsync(Token);
        await using var run = GatewayRun.Start(
            server,
            prepare: run => run.Address = _ => Task.FromResult(A.Address(server.Url, shards: 2, concurrency: 2))
        );
        var first = await server.NextAsync(Token);
        var second = await server.NextAsync(Token);
        await first.GreetAsync(server.Url, Token);
        await second.GreetAsync(server.Url, Token);

        var closing = first.ReceiveCloseAsync(Token);
        await second.CloseAsync(4011, Token);
        var error = await Assert.ThrowsAsync<GatewayFatalException>(() => run.Running);

        Assert.Equal(4011, error.CloseCode);
        Assert.NotInRange((await closing)!.Value, 1000, 1001);
    }

    [Theory]
    [InlineData("ws://gateway.example/")]
    [InlineData("http://127.0.0.1/")]
    [InlineData("ws://127.0.0.1:1/")]
    public async Task An_address_that_is_unsafe_or_dead_is_asked_for_again(string url)
    {
        await using var server = await ScriptedGateway.StartAsync(Token);
        var asked = 0;
        await using var run = GatewayRun.Start(
            server,
            prepare: run => run.Address = _ => Task.FromResult(A.Address(asked++ < 3 ? new Uri(url) : server.Url))
        );

        var peer = await run.PassTimeUntilAsync(server.NextAsync(Token), Second, Token);
        await peer.GreetAsync(server.Url, Token);

        Assert.Equal(4, asked);
        Assert.Contains("cannot be reached", (await run.StateAsync<GatewayState.Waiting>(Token)).Reason);
    }

    [Fact]
    public async Task A_presence_that_is_no_json_is_refused_at_start()
    {
        await using var server = await ScriptedGateway.StartAsync(Token);
        await using var run = GatewayRun.Start(server, A.Options(presence: "{"));

        await Assert.ThrowsAsync<ArgumentException>(() => run.Running);
    }

    [Fact]
    public async Task A_payload_that_is_too_long_is_refused_at_start()
    {
        await using var server = await ScriptedGateway.StartAsync(Token);
        await using var run = GatewayRun.Start(server, A.Options(presence: $"\"{new string('x', 5000)}\""));

        await Assert.ThrowsAsync<ArgumentException>(() => run.Running);
    }
}
