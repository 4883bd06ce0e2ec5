using NewsBot.Clients.Slack.SocketMode;
using NewsBot.Clients.Slack.WebApi;
using NewsBot.Clients.Tests.Http;

namespace NewsBot.Clients.Tests.Slack.SocketMode;

public sealed class SlackSocketLifeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_refresh_opens_the_next_socket_first_and_still_takes_from_the_old_one()
    {
        await using var run = await SocketRun.StartAsync();
        var old = await run.GreetAsync();
        run.Time.Advance(TimeSpan.FromSeconds(30));

        await old.SendAsync("""{"type":"disconnect","reason":"warning","debug_info":{"host":"h"}}""", Cancel);
        var next = await run.Server.NextAsync(Cancel);
        await old.SendAsync(SocketRun.Envelope("late"), Cancel);
        var late = await SocketRun.TextAsync(old);
        await next.SendAsync("""{"type":"hello"}""", Cancel);
        var state = await run.StateAsync<SlackSocketState.Connected>();
        var code = await run.PassTimeUntilAsync(old.ReceiveCloseAsync(Cancel));
        await next.SendAsync(SocketRun.Envelope("new"), Cancel);

        Assert.Equal("""{"envelope_id":"late"}""", late);
        Assert.False(state.MayHaveMissed);
        Assert.Equal(1000, code);
        Assert.Equal("""{"envelope_id":"new"}""", await SocketRun.TextAsync(next));
    }

    [Fact]
    public async Task A_socket_that_breaks_while_an_event_is_stored_costs_only_the_acknowledgement()
    {
        var begun = new TaskCompletionSource();
        var stored = new TaskCompletionSource();
        await using var run = await SocketRun.StartAsync(prepare: run =>
            run.Handle = async (_, _) =>
            {
                begun.TrySetResult();
                await stored.Task;
                return null;
            }
        );
        var peer = await run.GreetAsync();

        await peer.SendAsync(SocketRun.Envelope("e1"), Cancel);
        await begun.Task;
        peer.Abort();
        var next = await run.GreetAsync();
        stored.SetResult();
        await run.HandledAsync();
        await next.SendAsync(SocketRun.Envelope("e2"), Cancel);

        Assert.Equal("""{"envelope_id":"e2"}""", await SocketRun.TextAsync(next));
    }

    [Fact]
    public async Task A_server_that_does_not_finish_the_closing_is_left_after_a_second()
    {
        await using var run = await SocketRun.StartAsync();
        var old = await run.GreetAsync();
        run.Time.Advance(TimeSpan.FromSeconds(30));

        await old.SendAsync("""{"type":"disconnect","reason":"refresh_requested"}""", Cancel);
        var next = await run.GreetAsync();
        await run.PassTimeUntilAsync(LoggedAsync(run, "Socket 1 is over"));
        await next.SendAsync(SocketRun.Envelope("e1"), Cancel);

        Assert.Equal("""{"envelope_id":"e1"}""", await SocketRun.TextAsync(next));
    }

    [Fact]
    public async Task A_peer_that_answers_no_pings_is_left()
    {
        using var silent = new SilentPeer();
        await using var run = await SocketRun.StartAsync(
            change: () =>
                new SlackSocketOptions
                {
                    UserAgent = "NewsBot/1.0",
                    Connections = 1,
                    HelloTimeout = TimeSpan.FromDays(1),
                    PingEvery = TimeSpan.FromMilliseconds(20),
                    PongWithin = TimeSpan.FromMilliseconds(50),
                },
            prepare: run => run.Address = _ => Task.FromResult(silent.Url)
        );
        await silent.AcceptAsync(Cancel);

        await LoggedAsync(run, "Socket 1 is over");

        Assert.Contains(run.Log, line => line.Contains("Socket 1 broke", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_switched_off_socket_mode_ends_with_a_sentence()
    {
        await using var run = await SocketRun.StartAsync();
        var peer = await run.GreetAsync();

        await peer.SendAsync("""{"type":"disconnect","reason":"link_disabled"}""", Cancel);
        var stopped = await run.StateAsync<SlackSocketState.Stopped>();
        await run.PassTimeUntilAsync(EndedAsync(run.Running));
        var error = await Assert.ThrowsAsync<SlackSocketFatalException>(() => run.Running);

        Assert.Contains("Socket Mode", error.Message);
        Assert.Equal(error.Message, stopped.Sentence);
    }

    [Theory]
    [InlineData("invalid_auth", "app token")]
    [InlineData("missing_scope", "connections:write")]
    [InlineData("team_disabled", "closed")]
    [InlineData("user_removed_from_team", "install")]
    public async Task A_refused_app_token_ends_with_a_sentence(string code, string words)
    {
        await using var run = await SocketRun.StartAsync(prepare: run =>
            run.Address = _ => throw new SlackException(System.Net.HttpStatusCode.OK, code, "no")
        );

        var error = await Assert.ThrowsAsync<SlackSocketFatalException>(() => run.Running);

        Assert.Contains(words, error.Message);
        Assert.Equal(1, run.AddressAsked);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_failure_that_may_pass_is_tried_again(bool isSlacks)
    {
        var failures = 3;
        await using var run = await SocketRun.StartAsync(prepare: run =>
        {
            var address = run.Address;
            run.Address = cancel =>
                failures-- <= 0 ? address(cancel)
                : isSlacks ? throw new SlackException(null, "internal_error", "no")
                : throw new HttpRequestException("no");
        });

        await run.GreetAsync();

        Assert.Equal(4, run.AddressAsked);
    }

    [Fact]
    public async Task An_address_that_is_not_wss_is_not_opened_and_its_ticket_never_logged()
    {
        var asked = 0;
        await using var run = await SocketRun.StartAsync(prepare: run =>
        {
            var address = run.Address;
            run.Address = cancel =>
                asked++ == 0 ? Task.FromResult(new Uri("ws://slack.example/?ticket=secret-ticket")) : address(cancel);
        });

        await run.GreetAsync();

        Assert.Equal(2, run.AddressAsked);
        Assert.DoesNotContain(run.Log, line => line.Contains("secret-ticket", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_short_life_of_sockets_can_be_asked_for()
    {
        await using var run = await SocketRun.StartAsync(change: () =>
            new SlackSocketOptions
            {
                UserAgent = "NewsBot/1.0",
                DebugReconnects = true,
                HelloTimeout = TimeSpan.FromDays(1),
            }
        );

        var peer = await run.Server.NextAsync(Cancel);

        Assert.Equal("?ticket=secret-ticket&debug_reconnects=true", peer.Query);
    }

    [Fact]
    public async Task At_shutdown_all_sockets_are_closed_and_the_task_ends_as_cancelled()
    {
        await using var run = await SocketRun.StartAsync();
        var peer = await run.GreetAsync();

        await run.StopAsync();
        var code = await peer.ReceiveCloseAsync(Cancel);

        Assert.Equal(1000, code);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Running);
    }

    private static async Task<bool> LoggedAsync(SocketRun run, string words)
    {
        await PlayedClock.UntilAsync(() => run.Log.Any(line => line.Contains(words, StringComparison.Ordinal)));
        return true;
    }

    private static async Task<bool> EndedAsync(Task task)
    {
        await Task.WhenAny(task);
        return true;
    }
}
