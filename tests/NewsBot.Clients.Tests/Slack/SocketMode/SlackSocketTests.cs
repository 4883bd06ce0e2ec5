using System.Text.Json.Nodes;
using NewsBot.Clients.Slack;
using NewsBot.Clients.Slack.Objects;
using NewsBot.Clients.Slack.SocketMode;
using NewsBot.Clients.Sockets;

namespace NewsBot.Clients.Tests.Slack.SocketMode;

public sealed class SlackSocketTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_event_is_acknowledged_over_its_own_socket_once_it_is_stored()
    {
        var stored = new TaskCompletionSource();
        await using var run = await SocketRun.StartAsync(prepare: run =>
            run.Handle = async (_, _) =>
            {
                await stored.Task;
                return null;
            }
        );
        var peer = await run.GreetAsync();

        await peer.SendAsync(
            SocketRun.Envelope(
                "e1",
                payload: """{"type":"event_callback","event_id":"Ev1","event":{"type":"message"}}"""
            ),
            Cancel
        );
        var ack = SocketRun.TextAsync(peer);
        var wasEarly = ack.IsCompleted;
        stored.SetResult();
        var envelope = await run.HandledAsync();

        Assert.False(wasEarly);
        Assert.Equal("""{"envelope_id":"e1"}""", await ack);
        Assert.Equal((SlackEnvelopeKind.Event, 0), (envelope.Kind, envelope.RetryAttempt));
        Assert.Equal("Ev1", SlackJson.Read<EventEnvelope>(envelope.Payload.Span)!.EventId);
        Assert.Equal("NewsBot/1.0", peer.UserAgent);
        Assert.Equal("?ticket=secret-ticket", peer.Query);
    }

    [Theory]
    [InlineData("interactive", SlackEnvelopeKind.Interaction)]
    [InlineData("slash_commands", SlackEnvelopeKind.Command)]
    public async Task An_answer_goes_with_the_acknowledgement_where_it_may(string type, SlackEnvelopeKind kind)
    {
        var answer = new JsonObject { ["text"] = "Café & <b>" };
        await using var run = await SocketRun.StartAsync(prepare: run =>
            run.Handle = (_, _) => Task.FromResult<JsonNode?>(answer)
        );
        var peer = await run.GreetAsync();

        await peer.SendAsync(SocketRun.Envelope("e1", type, accepts: true), Cancel);
        var with = await SocketRun.TextAsync(peer);
        await peer.SendAsync(SocketRun.Envelope("e2", type, accepts: true), Cancel);
        var again = await SocketRun.TextAsync(peer);
        await peer.SendAsync(SocketRun.Envelope("e3", type, accepts: false), Cancel);
        var without = await SocketRun.TextAsync(peer);

        Assert.Equal("""{"envelope_id":"e1","payload":{"text":"Café & <b>"}}""", with);
        Assert.Equal("""{"envelope_id":"e2","payload":{"text":"Café & <b>"}}""", again);
        Assert.Equal("""{"envelope_id":"e3"}""", without);
        Assert.Equal(kind, (await run.HandledAsync()).Kind);
    }

    [Fact]
    public async Task A_command_is_answered_while_an_event_is_still_being_stored()
    {
        var stored = new TaskCompletionSource();
        await using var run = await SocketRun.StartAsync(prepare: run =>
            run.Handle = async (envelope, _) =>
            {
                if (envelope.Kind == SlackEnvelopeKind.Event)
                {
                    await stored.Task;
                }

                return null;
            }
        );
        var peer = await run.GreetAsync();

        await peer.SendAsync(SocketRun.Envelope("slow"), Cancel);
        await peer.SendAsync(SocketRun.Envelope("quick", "slash_commands"), Cancel);
        var first = await SocketRun.TextAsync(peer);
        stored.SetResult();
        var second = await SocketRun.TextAsync(peer);

        Assert.Equal("""{"envelope_id":"quick"}""", first);
        Assert.Equal("""{"envelope_id":"slow"}""", second);
    }

    [Fact]
    public async Task Events_are_handled_in_the_order_they_came()
    {
        await using var run = await SocketRun.StartAsync(prepare: run =>
            run.Handle = async (_, _) =>
            {
                await Task.Yield();
                return null;
            }
        );
        var peer = await run.GreetAsync();

        for (var number = 0; number < 50; number++)
        {
            await peer.SendAsync(SocketRun.Envelope($"e{number}"), Cancel);
        }

        for (var number = 0; number < 50; number++)
        {
            Assert.Equal($"e{number}", (await run.HandledAsync()).Id);
        }
    }

    [Fact]
    public async Task An_event_that_comes_again_while_it_waits_is_handled_once_and_acknowledged_both_times()
    {
        var go = new TaskCompletionSource<JsonNode?>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var run = await SocketRun.StartAsync(prepare: run =>
            run.Handle = (envelope, _) =>
                envelope.Kind == SlackEnvelopeKind.Command ? Task.FromResult<JsonNode?>(null) : go.Task
        );
        var peer = await run.GreetAsync();

        await peer.SendAsync(SocketRun.Envelope("first", payload: """{"event_id":"Ev1"}"""), Cancel);
        await peer.SendAsync(
            SocketRun.Envelope("other", payload: """{"event":{"event_id":"Ev1"},"event_id":"Ev2"}"""),
            Cancel
        );
        await peer.SendAsync(SocketRun.Envelope("again", payload: """{"team":{"a":[1]},"event_id":"Ev1"}"""), Cancel);
        await peer.SendAsync(SocketRun.Envelope("nameless"), Cancel);
        await peer.SendAsync(SocketRun.Envelope("nameless2"), Cancel);
        // What people wait for is handled beside the events, and only after all that came before was taken.
        await peer.SendAsync(SocketRun.Envelope("command", "slash_commands"), Cancel);
        Assert.Equal("command", (await run.HandledAsync()).Id);
        go.SetResult(null);

        List<string> handled = [];
        for (var count = 0; count < 4; count++)
        {
            handled.Add((await run.HandledAsync()).Id);
        }

        List<string?> acknowledged = [];
        for (var count = 0; count < 6; count++)
        {
            acknowledged.Add(await SocketRun.TextAsync(peer));
        }

        Assert.Equal(["first", "other", "nameless", "nameless2"], handled);
        Assert.Equal(
            [.. new[] { "again", "command", "first", "nameless", "nameless2", "other" }.Select(Ack)],
            acknowledged.Order(StringComparer.Ordinal)
        );
    }

    private static string Ack(string id) => $$"""{"envelope_id":"{{id}}"}""";

    [Fact]
    public async Task An_event_that_fails_is_tried_again_and_acknowledged_then()
    {
        var attempts = 0;
        await using var run = await SocketRun.StartAsync(prepare: run =>
            run.Handle = (_, _) =>
                ++attempts < 3 ? throw new InvalidOperationException("locked") : Task.FromResult<JsonNode?>(null)
        );
        var peer = await run.GreetAsync();

        await peer.SendAsync(SocketRun.Envelope("e1"), Cancel);
        var ack = await run.PassTimeUntilAsync(SocketRun.TextAsync(peer));

        Assert.Equal("""{"envelope_id":"e1"}""", ack);
        Assert.Equal(3, attempts);
    }

    [Fact]
    public async Task While_nothing_can_be_stored_an_event_waits_unacknowledged_and_is_not_left()
    {
        var refusals = 0;
        await using var run = await SocketRun.StartAsync(prepare: run =>
            run.Handle = (_, _) =>
                refusals++ < 8
                    ? Task.FromException<JsonNode?>(new NotNowException("the disk is full", null))
                    : Task.FromResult<JsonNode?>(null)
        );
        var peer = await run.GreetAsync();

        await peer.SendAsync(SocketRun.Envelope("e1"), Cancel);
        var ack = await run.PassTimeUntilAsync(SocketRun.TextAsync(peer));

        Assert.Equal("""{"envelope_id":"e1"}""", ack);
        Assert.Equal(9, refusals);
    }

    [Fact]
    public async Task An_event_that_cannot_be_handled_is_left_to_Slack_and_holds_up_no_other()
    {
        await using var run = await SocketRun.StartAsync(prepare: run =>
            run.Handle = (envelope, _) =>
                envelope.Id == "bad" ? throw new InvalidOperationException("no") : Task.FromResult<JsonNode?>(null)
        );
        var peer = await run.GreetAsync();

        await peer.SendAsync(SocketRun.Envelope("bad"), Cancel);
        await peer.SendAsync(SocketRun.Envelope("good"), Cancel);
        var ack = await run.PassTimeUntilAsync(SocketRun.TextAsync(peer));

        Assert.Equal("""{"envelope_id":"good"}""", ack);
        Assert.Equal(SlackEnvelopeKind.Event, (await run.StateAsync<SlackSocketState.Skipped>()).Kind);
    }

    [Fact]
    public async Task An_answer_that_cannot_be_written_fails_like_the_handler_itself()
    {
        JsonNode deep = new JsonObject();
        for (var level = 0; level < 200; level++)
        {
            deep = new JsonObject { ["a"] = deep };
        }

        await using var run = await SocketRun.StartAsync(prepare: run =>
            run.Handle = (envelope, _) => Task.FromResult(envelope.Id == "bad" ? deep : null)
        );
        var peer = await run.GreetAsync();

        await peer.SendAsync(SocketRun.Envelope("bad", "interactive", accepts: true), Cancel);
        await run.StateAsync<SlackSocketState.Skipped>();
        await peer.SendAsync(SocketRun.Envelope("good", "interactive", accepts: true), Cancel);

        Assert.Equal("""{"envelope_id":"good"}""", await SocketRun.TextAsync(peer));
    }

    [Fact]
    public async Task A_handler_that_takes_too_long_for_a_command_is_stopped()
    {
        await using var run = await SocketRun.StartAsync(prepare: run =>
            run.Handle = async (_, cancellationToken) =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
                return null;
            }
        );
        var peer = await run.GreetAsync();

        await peer.SendAsync(SocketRun.Envelope("e1", "slash_commands"), Cancel);
        var skipped = await run.PassTimeUntilAsync(run.StateAsync<SlackSocketState.Skipped>());

        Assert.Equal(SlackEnvelopeKind.Command, skipped.Kind);
    }

    [Fact]
    public async Task Events_beyond_the_backlog_are_left_to_Slack()
    {
        var stored = new TaskCompletionSource();
        await using var run = await SocketRun.StartAsync(
            change: () =>
                new SlackSocketOptions
                {
                    UserAgent = "NewsBot/1.0",
                    Connections = 1,
                    MaxQueuedEvents = 2,
                    HelloTimeout = TimeSpan.FromDays(1),
                    EventTimeout = TimeSpan.FromDays(1),
                },
            prepare: run =>
                run.Handle = async (_, _) =>
                {
                    await stored.Task;
                    return null;
                }
        );
        var peer = await run.GreetAsync();

        for (var number = 1; number <= 4; number++)
        {
            await peer.SendAsync(SocketRun.Envelope($"e{number}"), Cancel);
        }

        await run.StateAsync<SlackSocketState.Skipped>();
        await run.StateAsync<SlackSocketState.Skipped>();
        stored.SetResult();

        Assert.Equal("""{"envelope_id":"e1"}""", await SocketRun.TextAsync(peer));
        Assert.Equal("""{"envelope_id":"e2"}""", await SocketRun.TextAsync(peer));
    }

    [Fact]
    public async Task Two_sockets_are_kept_open_and_each_answers_for_its_own()
    {
        await using var run = await SocketRun.StartAsync(connections: 2);
        var first = await run.GreetAsync();
        var second = await run.GreetAsync();

        await second.SendAsync(SocketRun.Envelope("b"), Cancel);
        await first.SendAsync(SocketRun.Envelope("a"), Cancel);

        Assert.Equal("""{"envelope_id":"a"}""", await SocketRun.TextAsync(first));
        Assert.Equal("""{"envelope_id":"b"}""", await SocketRun.TextAsync(second));
    }
}
