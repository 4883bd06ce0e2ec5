using NewsBot.Clients.Discord.Gateway;

namespace NewsBot.Clients.Tests.Discord.Gateway;

public sealed class DiscordGatewayTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_asks_for_zlib_with_its_name_identifies_and_hands_on_events_in_order()
    {
        await using var server = await ScriptedGateway.StartAsync(Token);
        await using var run = GatewayRun.Start(server);

        var peer = await server.NextAsync(Token);
        var identify = await peer.GreetAsync(server.Url, Token);
        await peer.DispatchAsync(2, "MESSAGE_CREATE", """{"id":"5","content":"é"}""", Token);
        await peer.DispatchAsync(3, "BRAND_NEW_EVENT", "[1]", Token);
        var events = new[] { await run.StoredAsync(Token), await run.StoredAsync(Token), await run.StoredAsync(Token) };

        Assert.Equal("?v=10&encoding=json&compress=zlib-stream", peer.Query);
        Assert.Equal("DiscordBot (https://bot.example, 1.0)", peer.UserAgent);
        Assert.Equal("secret-token", identify.GetProperty("token").GetString());
        Assert.Equal(["READY", "MESSAGE_CREATE", "BRAND_NEW_EVENT"], events.Select(dispatch => dispatch.Type));
        Assert.Equal([1, 2, 3], events.Select(dispatch => dispatch.Sequence));
        Assert.Equal("""{"id":"5","content":"é"}""", events[1].Data.Text());
        Assert.IsType<GatewayState.Ready>(await run.StateAsync<GatewayState.Ready>(Token));
    }

    [Fact]
    public async Task Heartbeats_go_out_and_are_answered_and_a_silent_server_is_left_resumably()
    {
        await using var server = await ScriptedGateway.StartAsync(Token);
        await using var run = GatewayRun.Start(server);
        var peer = await server.NextAsync(Token);
        await peer.GreetAsync(server.Url, Token, interval: 40_000);
        await run.StoredAsync(Token);

        var first = await run.PassTimeUntilAsync(peer.ReceiveAsync(1, Token), Second, Token);
        await peer.SendAsync("""{"op":11}""", Token);
        await peer.DispatchAsync(2, "TYPING_START", "{}", Token);
        await run.StoredAsync(Token);
        var second = await run.PassTimeUntilAsync(peer.ReceiveAsync(1, Token), Second, Token);
        var code = await run.PassTimeUntilAsync(peer.ReceiveCloseAsync(Token), Second, Token);
        var next = await run.PassTimeUntilAsync(server.NextAsync(Token), Second, Token);
        await next.HelloAsync(Token);
        var resume = await next.ReceiveAsync(6, Token);

        Assert.Equal((1, 2), (first.GetInt32(), second.GetInt32()));
        Assert.NotNull(code);
        Assert.NotInRange(code.Value, 1000, 1001);
        Assert.Equal("abc", resume.GetProperty("session_id").GetString());
        Assert.Equal(2, resume.GetProperty("seq").GetInt32());
        Assert.Equal(peer.Query, next.Query);
    }

    [Fact]
    public async Task A_heartbeat_asked_for_is_sent_at_once()
    {
        await using var server = await ScriptedGateway.StartAsync(Token);
        await using var run = GatewayRun.Start(server);
        var peer = await server.NextAsync(Token);
        await peer.GreetAsync(server.Url, Token);
        await run.StoredAsync(Token);

        await peer.SendAsync("""{"op":1,"d":null}""", Token);

        Assert.Equal(1, (await peer.ReceiveAsync(1, Token)).GetInt32());
    }

    [Fact]
    public async Task A_killed_connection_is_resumed_at_the_sessions_own_address_from_what_is_stored()
    {
        await using var home = await ScriptedGateway.StartAsync(Token);
        await using var other = await ScriptedGateway.StartAsync(Token);
        var hold = new TaskCompletionSource();
        await using var run = GatewayRun.Start(
            home,
            prepare: run => run.Handle = (dispatch, _) => dispatch.Sequence == 3 ? hold.Task : Task.CompletedTask
        );
        var peer = await home.NextAsync(Token);
        await peer.GreetAsync(other.Url, Token);
        for (var sequence = 2; sequence <= 4; sequence++)
        {
            await peer.DispatchAsync(sequence, "MESSAGE_CREATE", "{}", Token);
        }

        await run.StoredAsync(Token);
        await run.StoredAsync(Token);
        peer.Abort();
        var next = await other.NextAsync(Token);
        await next.HelloAsync(Token);
        var resume = await next.ReceiveAsync(6, Token);
        for (var sequence = 3; sequence <= 5; sequence++)
        {
            await next.DispatchAsync(sequence, "MESSAGE_CREATE", "{}", Token);
        }

        await next.DispatchAsync(6, "RESUMED", "{}", Token);
        await run.StateAsync<GatewayState.Resumed>(Token);
        hold.SetResult();
        var stored = new List<long>();
        for (var count = 0; count < 4; count++)
        {
            stored.Add((await run.StoredAsync(Token)).Sequence);
        }

        Assert.Equal(2, resume.GetProperty("seq").GetInt32());
        Assert.Equal([3, 4, 5, 6], stored);
    }

    [Fact]
    public async Task Stopping_keeps_the_session_and_saves_its_place()
    {
        await using var server = await ScriptedGateway.StartAsync(Token);
        await using var run = GatewayRun.Start(server);
        var peer = await server.NextAsync(Token);
        await peer.GreetAsync(server.Url, Token);
        await peer.DispatchAsync(2, "MESSAGE_CREATE", "{}", Token);
        await run.StoredAsync(Token);
        await run.StoredAsync(Token);

        var closing = peer.ReceiveCloseAsync(Token);
        await run.StopAsync();

        Assert.NotInRange((await closing)!.Value, 1000, 1001);
        Assert.Equal(new GatewayResume("abc", server.Url.AbsoluteUri, 2, "34309/1"), run.Saved[0]);
    }

    [Fact]
    public async Task A_restart_resumes_what_was_saved_without_asking_for_the_address()
    {
        await using var server = await ScriptedGateway.StartAsync(Token);
        await using var run = GatewayRun.Start(
            server,
            A.PatientOptions(shardCount: 1),
            run => run.Saved[0] = new GatewayResume("old", server.Url.AbsoluteUri, 7, "34309/1")
        );

        var peer = await server.NextAsync(Token);
        await peer.HelloAsync(Token);
        var resume = await peer.ReceiveAsync(6, Token);

        Assert.Equal(7, resume.GetProperty("seq").GetInt32());
        Assert.Equal(0, run.AddressAsked);
    }

    [Fact]
    public async Task The_place_is_saved_about_once_a_second_while_it_runs()
    {
        await using var server = await ScriptedGateway.StartAsync(Token);
        await using var run = GatewayRun.Start(server);
        var peer = await server.NextAsync(Token);
        await peer.GreetAsync(server.Url, Token);
        for (var sequence = 2; sequence <= 50; sequence++)
        {
            await peer.DispatchAsync(sequence, "MESSAGE_CREATE", "{}", Token);
            await run.StoredAsync(Token);
        }

        await run.StoredAsync(Token);
        var before = run.Saves.Count;
        await run.PassTimeUntilAsync(run.SavedAsync(Token), TimeSpan.FromMilliseconds(250), Token);

        Assert.Equal(0, before);
        Assert.Equal([50], run.Saves.Select(resume => resume!.Sequence));
    }

    [Fact]
    public async Task A_fatal_close_stops_everything_with_a_sentence()
    {
        await using var server = await ScriptedGateway.StartAsync(Token);
        await using var run = GatewayRun.Start(server);
        var peer = await server.NextAsync(Token);
        await peer.HelloAsync(Token);
        await peer.ReceiveAsync(2, Token);

        await peer.CloseAsync(4014, Token);
        var error = await Assert.ThrowsAsync<GatewayFatalException>(() => run.Running);
        var state = await run.StateAsync<GatewayState.Stopped>(Token);

        Assert.Equal(4014, error.CloseCode);
        Assert.Contains("Message Content Intent", error.Message);
        Assert.Equal(error.Message, state.Sentence);
    }

    [Fact]
    public async Task Op_9_false_begins_a_new_session_and_forgets_the_saved_one()
    {
        await using var server = await ScriptedGateway.StartAsync(Token);
        await using var run = GatewayRun.Start(
            server,
            prepare: run => run.Saved[0] = new GatewayResume("old", server.Url.AbsoluteUri, 7)
        );
        var peer = await server.NextAsync(Token);
        await peer.HelloAsync(Token);
        await peer.ReceiveAsync(6, Token);

        await peer.SendAsync("""{"op":9,"d":false,"s":null,"t":null}""", Token);
        await peer.ReceiveCloseAsync(Token);
        var waiting = await run.StateAsync<GatewayState.Waiting>(Token);
        var forgotten = run.Saved[0];
        var next = await run.PassTimeUntilAsync(server.NextAsync(Token), Second, Token);
        await next.GreetAsync(server.Url, Token, id: "new");

        Assert.InRange(waiting.Until!.Value - A.Now, Second, TimeSpan.FromSeconds(5));
        Assert.Null(forgotten);
        await run.StateAsync<GatewayState.Ready>(Token);
    }

    [Fact]
    public async Task Op_7_before_hello_comes_back()
    {
        await using var server = await ScriptedGateway.StartAsync(Token);
        await using var run = GatewayRun.Start(server);
        var peer = await server.NextAsync(Token);

        await peer.SendAsync("""{"op":7,"d":null}""", Token);
        await peer.ReceiveCloseAsync(Token);
        var next = await run.PassTimeUntilAsync(server.NextAsync(Token), Second, Token);
        await next.GreetAsync(server.Url, Token);

        await run.StateAsync<GatewayState.Ready>(Token);
    }
}
