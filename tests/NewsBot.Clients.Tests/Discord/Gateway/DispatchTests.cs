using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using NewsBot.Clients.Discord.Gateway;
using NewsBot.Clients.Sockets;

namespace NewsBot.Clients.Tests.Discord.Gateway;

public sealed class DispatchTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(200);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Unwanted_events_are_dropped_but_count_as_stored()
    {
        await using var server = await ScriptedGateway.StartAsync(Token);
        await using var run = GatewayRun.Start(server, prepare: run => run.Wanted = type => type == "MESSAGE_CREATE");
        var peer = await server.NextAsync(Token);
        await peer.GreetAsync(server.Url, Token);
        await peer.DispatchAsync(2, "TYPING_START", "{}", Token);
        await peer.DispatchAsync(3, "MESSAGE_CREATE", "{}", Token);
        await peer.DispatchAsync(4, "TYPING_START", "{}", Token);
        await peer.DispatchAsync(5, "MESSAGE_CREATE", "{}", Token);

        var first = await run.StoredAsync(Token);
        var second = await run.StoredAsync(Token);
        var closing = peer.ReceiveCloseAsync(Token);
        await run.StopAsync();
        await closing;

        Assert.Equal([3, 5], [first.Sequence, second.Sequence]);
        Assert.Equal(5, run.Saved[0]!.Sequence);
    }

    [Fact]
    public async Task While_nothing_can_be_stored_an_event_waits_for_as_long_as_that_takes_and_is_never_passed_over()
    {
        await using var server = await ScriptedGateway.StartAsync(Token);
        var refusals = 0;
        await using var run = GatewayRun.Start(
            server,
            prepare: run =>
                run.Handle = (dispatch, _) =>
                    dispatch.Sequence == 2 && refusals++ < 60
                        ? Task.FromException(new NotNowException("the disk is full", null))
                        : Task.CompletedTask
        );
        var peer = await server.NextAsync(Token);
        await peer.GreetAsync(server.Url, Token);
        await peer.DispatchAsync(2, "MESSAGE_CREATE", "{}", Token);
        await peer.DispatchAsync(3, "MESSAGE_CREATE", "{}", Token);

        var stored = new List<long>();
        for (var count = 0; count < 3; count++)
        {
            stored.Add((await run.PassTimeUntilAsync(run.StoredAsync(Token), Step, Token)).Sequence);
        }

        Assert.Equal([1, 2, 3], stored);
        Assert.True(refusals > 60);
    }

    [Fact]
    public async Task An_event_that_fails_is_tried_again_and_those_behind_it_wait()
    {
        await using var server = await ScriptedGateway.StartAsync(Token);
        var failures = 0;
        await using var run = GatewayRun.Start(
            server,
            prepare: run =>
                run.Handle = (dispatch, _) =>
                    dispatch.Sequence == 2 && failures++ < 3
                        ? Task.FromException(new InvalidOperationException("the database is locked"))
                        : Task.CompletedTask
        );
        var peer = await server.NextAsync(Token);
        await peer.GreetAsync(server.Url, Token);
        await peer.DispatchAsync(2, "MESSAGE_CREATE", "{}", Token);
        await peer.DispatchAsync(3, "MESSAGE_CREATE", "{}", Token);

        var stored = new List<long>();
        for (var count = 0; count < 3; count++)
        {
            stored.Add((await run.PassTimeUntilAsync(run.StoredAsync(Token), Step, Token)).Sequence);
        }

        Assert.Equal([1, 2, 3], stored);
        Assert.Equal(4, failures);
    }

    [Fact]
    public async Task A_poisoned_event_is_passed_over_in_the_end_and_the_owner_is_told()
    {
        await using var server = await ScriptedGateway.StartAsync(Token);
        var attempts = 0;
        await using var run = GatewayRun.Start(
            server,
            prepare: run =>
                run.Handle = (dispatch, _) =>
                {
                    attempts += dispatch.Sequence == 2 ? 1 : 0;
                    return dispatch.Sequence == 2
                        ? Task.FromException(new InvalidOperationException("poison"))
                        : Task.CompletedTask;
                }
        );
        var peer = await server.NextAsync(Token);
        await peer.GreetAsync(server.Url, Token);
        await peer.DispatchAsync(2, "MESSAGE_CREATE", "{}", Token);
        await peer.DispatchAsync(3, "MESSAGE_UPDATE", "{}", Token);

        await run.StoredAsync(Token);
        var next = await run.PassTimeUntilAsync(run.StoredAsync(Token), Step, Token);
        var skipped = await run.StateAsync<GatewayState.Skipped>(Token);

        Assert.Equal(3, next.Sequence);
        Assert.Equal(new GatewayState.Skipped(0, "MESSAGE_CREATE", 2), skipped);
        Assert.Equal(5, attempts);
    }

    [Fact]
    public async Task A_handler_that_hangs_is_cancelled_and_called_again()
    {
        await using var server = await ScriptedGateway.StartAsync(Token);
        var attempts = 0;
        await using var run = GatewayRun.Start(
            server,
            prepare: run =>
                run.Handle = (dispatch, cancellationToken) =>
                    dispatch.Sequence == 2 && attempts++ == 0
                        ? Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken)
                        : Task.CompletedTask
        );
        var peer = await server.NextAsync(Token);
        await peer.GreetAsync(server.Url, Token);
        await peer.DispatchAsync(2, "MESSAGE_CREATE", "{}", Token);
        await run.StoredAsync(Token);

        var stored = await run.PassTimeUntilAsync(run.StoredAsync(Token), TimeSpan.FromSeconds(2), Token);

        Assert.Equal(2, stored.Sequence);
        Assert.Equal(2, attempts);
    }

    [Fact]
    public async Task What_is_being_handled_at_shutdown_comes_again_after_the_restart()
    {
        await using var server = await ScriptedGateway.StartAsync(Token);
        var begun = new TaskCompletionSource();
        await using var run = GatewayRun.Start(
            server,
            prepare: run =>
                run.Handle = (dispatch, cancellationToken) =>
                {
                    if (dispatch.Sequence != 2)
                    {
                        return Task.CompletedTask;
                    }

                    begun.SetResult();
                    return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
                }
        );
        var peer = await server.NextAsync(Token);
        await peer.GreetAsync(server.Url, Token);
        await peer.DispatchAsync(2, "MESSAGE_CREATE", "{}", Token);
        await peer.DispatchAsync(3, "MESSAGE_CREATE", "{}", Token);
        await begun.Task.WaitAsync(Token);

        var closing = peer.ReceiveCloseAsync(Token);
        await run.StopAsync();
        await closing;

        Assert.Equal(1, run.Saved[0]!.Sequence);
    }

    [Fact]
    public async Task Too_many_waiting_events_end_the_connection_which_resumes_once_the_handler_has_caught_up()
    {
        await using var server = await ScriptedGateway.StartAsync(Token);
        var hold = new TaskCompletionSource();
        await using var run = GatewayRun.Start(
            server,
            A.PatientOptions(maxQueuedEvents: 10),
            run => run.Handle = (dispatch, _) => dispatch.Sequence > 1 ? hold.Task : Task.CompletedTask
        );
        var peer = await server.NextAsync(Token);
        await peer.GreetAsync(server.Url, Token);
        await run.StoredAsync(Token);
        for (var sequence = 2; sequence <= 12; sequence++)
        {
            await peer.DispatchAsync(sequence, "MESSAGE_CREATE", "{}", Token);
        }

        var code = await peer.ReceiveCloseAsync(Token);
        var waiting = await run.StateAsync<GatewayState.Waiting>(Token);
        var coming = server.NextAsync(Token);
        var early = coming.IsCompleted;
        hold.SetResult();
        var next = await coming;
        await next.HelloAsync(Token);
        var seq = (await next.ReceiveAsync(6, Token)).GetProperty("seq").GetInt32();
        for (var sequence = seq + 1; sequence <= 12; sequence++)
        {
            await next.DispatchAsync(sequence, "MESSAGE_CREATE", "{}", Token);
        }

        var stored = new List<long>();
        for (var sequence = 2; sequence <= 12; sequence++)
        {
            stored.Add((await run.StoredAsync(Token)).Sequence);
        }

        Assert.Equal(GatewaySession.ResumableClose, code);
        Assert.Null(waiting.Until);
        Assert.False(early);
        Assert.InRange(seq, 6, 11);
        Assert.Equal(Enumerable.Range(2, 11).Select(number => (long)number), stored);
    }

    [Fact]
    public void Events_nobody_wants_cost_no_memory()
    {
        var session = A.LiveSession();
        var run = new GatewayRun { Wanted = _ => false };
        var reader = new GatewayReader(
            0,
            session,
            new DispatchQueue(10, 1000),
            new GatewayReports(run, NullLogger<GatewayReports>.Instance),
            new SteadyClock(run.Time),
            NullLogger<GatewayReader>.Instance
        );
        var messages = Enumerable
            .Range(2, 2000)
            .Select(sequence =>
                Encoding.UTF8.GetBytes(
                    $$$"""{"t":"TYPING_START","s":{{{sequence}}},"op":0,"d":{"user_id":"1","channel_id":"2"}}"""
                )
            )
            .ToArray();
        Read(messages.AsSpan(0, 1000));

        var before = GC.GetAllocatedBytesForCurrentThread();
        Read(messages.AsSpan(1000));
        var spent = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.InRange(spent, 0, 1000);
        Assert.Equal(2001, session.Resume!.Sequence);

        void Read(ReadOnlySpan<byte[]> some)
        {
            foreach (var message in some)
            {
                reader.Read(message);
            }
        }
    }
}
