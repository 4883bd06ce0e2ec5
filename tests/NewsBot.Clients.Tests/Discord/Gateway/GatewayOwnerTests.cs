using NewsBot.Clients.Discord.Gateway;

namespace NewsBot.Clients.Tests.Discord.Gateway;

public sealed class GatewayOwnerTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(500);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_owner_that_throws_where_it_must_not_ends_nothing()
    {
        await using var server = await ScriptedGateway.StartAsync(Token);
        await using var run = GatewayRun.Start(
            server,
            prepare: run =>
            {
                run.Wanted = _ => throw new InvalidOperationException("wants");
                run.Told = _ => throw new InvalidOperationException("told");
            }
        );
        var peer = await server.NextAsync(Token);
        await peer.GreetAsync(server.Url, Token);
        await peer.DispatchAsync(2, "MESSAGE_CREATE", "{}", Token);

        await run.StoredAsync(Token);

        Assert.Equal(2, (await run.StoredAsync(Token)).Sequence);
    }

    [Fact]
    public async Task A_place_that_could_not_be_saved_is_saved_a_second_later()
    {
        await using var server = await ScriptedGateway.StartAsync(Token);
        var failures = 0;
        await using var run = GatewayRun.Start(
            server,
            prepare: run =>
                run.Saving = () => failures++ < 2 ? throw new InvalidOperationException("locked") : Task.CompletedTask
        );
        var peer = await server.NextAsync(Token);
        await peer.GreetAsync(server.Url, Token);
        await run.StoredAsync(Token);

        var saved = await run.PassTimeUntilAsync(run.SavedAsync(Token), Step, Token);

        Assert.Equal(1, saved!.Sequence);
        Assert.Equal(3, failures);
    }

    [Fact]
    public async Task A_saved_place_that_cannot_be_loaded_costs_only_the_session()
    {
        await using var server = await ScriptedGateway.StartAsync(Token);
        await using var run = GatewayRun.Start(
            server,
            prepare: run => run.Loading = () => throw new InvalidOperationException("no such table")
        );

        var peer = await server.NextAsync(Token);
        await peer.GreetAsync(server.Url, Token);

        await run.StateAsync<GatewayState.Ready>(Token);
    }

    [Fact]
    public async Task A_store_that_hangs_does_not_hold_up_the_next_connection()
    {
        await using var server = await ScriptedGateway.StartAsync(Token);
        await using var run = GatewayRun.Start(
            server,
            prepare: run => run.Saving = () => new TaskCompletionSource().Task.WaitAsync(run.SavingToken)
        );
        var peer = await server.NextAsync(Token);
        await peer.GreetAsync(server.Url, Token);
        await run.StoredAsync(Token);

        peer.Abort();
        var next = await run.PassTimeUntilAsync(server.NextAsync(Token), Step, Token);
        await next.HelloAsync(Token);

        Assert.Equal(1, (await next.ReceiveAsync(6, Token)).GetProperty("seq").GetInt32());
    }

    [Fact]
    public async Task Without_compression_it_asks_for_plain_json()
    {
        await using var server = await ScriptedGateway.StartAsync(Token);
        await using var run = GatewayRun.Start(server, A.PatientOptions(compress: false));

        var peer = await server.NextAsync(Token);
        await peer.SendRawAsync(
            """{"op":10,"d":{"heartbeat_interval":40000}}"""u8.ToArray(),
            System.Net.WebSockets.WebSocketMessageType.Text,
            Token
        );
        await peer.ReceiveAsync(2, Token);

        Assert.Equal("?v=10&encoding=json", peer.Query);
    }

    [Fact]
    public async Task Neither_the_token_nor_anything_written_by_people_is_logged()
    {
        await using var server = await ScriptedGateway.StartAsync(Token);
        await using var run = GatewayRun.Start(
            server,
            prepare: run => run.Handle = (_, _) => Task.FromException(new InvalidOperationException("no"))
        );
        var peer = await server.NextAsync(Token);
        await peer.GreetAsync(server.Url, Token, id: "session-of-ours");
        await peer.DispatchAsync(2, "MESSAGE_CREATE", """{"content":"private words"}""", Token);
        await run.PassTimeUntilAsync(run.StateAsync<GatewayState.Skipped>(Token), Step, Token);
        await peer.SendAsync("""{"op":0,"private words":""", Token);
        await run.PassTimeUntilAsync(peer.ReceiveCloseAsync(Token), Step, Token);
        var next = await run.PassTimeUntilAsync(server.NextAsync(Token), Step, Token);
        await next.CloseAsync(4004, Token);
        await Assert.ThrowsAsync<GatewayFatalException>(() => run.Running);

        var log = string.Join('\n', run.Log);

        Assert.Contains("MESSAGE_CREATE", log);
        Assert.Contains("could not be read", log);
        Assert.DoesNotContain("secret-token", log);
        Assert.DoesNotContain("session-of-ours", log);
        Assert.DoesNotContain("private words", log);
    }
}
