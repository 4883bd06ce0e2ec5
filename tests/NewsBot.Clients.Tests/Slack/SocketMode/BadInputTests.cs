using System.Net.WebSockets;
using System.Text;
using CsCheck;
using NewsBot.Clients.Slack.SocketMode;

namespace NewsBot.Clients.Tests.Slack.SocketMode;

public sealed class BadInputTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Messages =>
        [
            "",
            "null",
            "[]",
            "7",
            "\"hello\"",
            "{",
            "{}",
            "{}{}",
            """{"type":"hello"}x""",
            """{"type":7}""",
            """{"type":null,"envelope_id":null}""",
            """{"type":"events_api"}""",
            """{"type":"events_api","envelope_id":"e"}""",
            """{"type":"events_api","envelope_id":7,"payload":{}}""",
            """{"type":"events_api","envelope_id":"","payload":{}}""",
            """{"type":"events_api","envelope_id":"\ud800","payload":{}}""",
            """{"type":"disconnect","reason":{"a":[1]}}{""",
            """{"\ud800":1}""",
        ];

    [Theory]
    [MemberData(nameof(Messages))]
    public async Task A_message_that_cannot_be_read_changes_nothing(string message)
    {
        await using var run = await SocketRun.StartAsync();
        var peer = await run.GreetAsync();

        await peer.SendAsync(message, Cancel);
        await peer.SendAsync(SocketRun.Envelope("good"), Cancel);

        string? ack;
        do
        {
            ack = await SocketRun.TextAsync(peer);
        } while (ack == """{"envelope_id":"e"}""");

        Assert.Equal("""{"envelope_id":"good"}""", ack);
        Assert.Equal("good", (await run.HandledAsync()).Id);
        Assert.Equal(1, run.AddressAsked);
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF8_change_nothing()
    {
        await using var run = await SocketRun.StartAsync();
        var peer = await run.GreetAsync();
        byte[] bytes =
        [
            .. "{\"type\":\"events_api\",\"envelope_id\":\"e\",\"payload\":{\"a\":\""u8,
            0xC3,
            0x28,
            .. "\"}}"u8,
        ];

        await peer.SendRawAsync(bytes, WebSocketMessageType.Binary, Cancel);
        await peer.SendAsync(SocketRun.Envelope("good"), Cancel);

        Assert.Equal("""{"envelope_id":"good"}""", await SocketRun.TextAsync(peer));
    }

    [Fact]
    public async Task A_payload_that_is_no_object_never_reaches_the_handler_and_does_not_come_again()
    {
        await using var run = await SocketRun.StartAsync();
        var peer = await run.GreetAsync();

        await peer.SendAsync(SocketRun.Envelope("bad", payload: "\"not JSON\""), Cancel);
        await peer.SendAsync(SocketRun.Envelope("good"), Cancel);

        Assert.Equal("""{"envelope_id":"bad"}""", await SocketRun.TextAsync(peer));
        Assert.Equal("""{"envelope_id":"good"}""", await SocketRun.TextAsync(peer));
        Assert.Equal("good", (await run.HandledAsync()).Id);
    }

    [Fact]
    public async Task An_unknown_kind_is_acknowledged_so_that_it_does_not_come_again()
    {
        await using var run = await SocketRun.StartAsync();
        var peer = await run.GreetAsync();

        await peer.SendAsync(SocketRun.Envelope("new", "something_new"), Cancel);

        Assert.Equal("""{"envelope_id":"new"}""", await SocketRun.TextAsync(peer));
    }

    [Fact]
    public async Task A_message_of_ten_megabytes_ends_its_socket_and_nothing_else()
    {
        await using var run = await SocketRun.StartAsync();
        var peer = await run.GreetAsync();
        run.Time.Advance(TimeSpan.FromSeconds(30));

        var sending = peer.SendRawAsync(new byte[10 * 1024 * 1024], WebSocketMessageType.Text, Cancel);
        var next = await run.GreetAsync();
        await next.SendAsync(SocketRun.Envelope("good"), Cancel);

        Assert.Equal("""{"envelope_id":"good"}""", await SocketRun.TextAsync(next));
        await Task.WhenAny(sending);
        Assert.Equal(2, run.AddressAsked);
    }

    [Fact]
    public async Task A_flood_of_disconnects_and_hellos_opens_one_more_socket_only()
    {
        await using var run = await SocketRun.StartAsync();
        var peer = await run.GreetAsync();
        run.Time.Advance(TimeSpan.FromSeconds(30));

        for (var number = 0; number < 500; number++)
        {
            await peer.SendAsync("""{"type":"disconnect","reason":"warning"}""", Cancel);
            await peer.SendAsync("""{"type":"hello"}""", Cancel);
        }

        await peer.SendAsync(SocketRun.Envelope("good"), Cancel);

        Assert.Equal("""{"envelope_id":"good"}""", await SocketRun.TextAsync(peer));
        Assert.Equal(2, run.AddressAsked);
    }

    [Fact]
    public async Task Neither_payloads_nor_what_a_handler_answers_are_logged()
    {
        await using var run = await SocketRun.StartAsync(prepare: run =>
            run.Handle = (_, _) => Task.FromResult<System.Text.Json.Nodes.JsonNode?>("secret answer")
        );
        var peer = await run.GreetAsync();

        await peer.SendAsync(SocketRun.Envelope("e1", "interactive", true, """{"text":"secret words"}"""), Cancel);
        await SocketRun.TextAsync(peer);
        await peer.SendAsync("""{"text":"secret words",""", Cancel);
        await peer.SendAsync("""{"type":"secret_words","envelope_id":"x"}""", Cancel);
        await SocketRun.TextAsync(peer);

        Assert.DoesNotContain(run.Log, line => line.Contains("secret words", StringComparison.Ordinal));
        Assert.DoesNotContain(run.Log, line => line.Contains("secret answer", StringComparison.Ordinal));
    }

    [Fact]
    public void Any_bytes_can_be_read_without_an_exception() =>
        Gen.OneOf(
                Gen.Byte.Array[0, 60],
                Gen.String.Select(text =>
                    Encoding.UTF8.GetBytes($$$"""{"type":"{{{text}}}","payload":{"a":"{{{text}}}"}}""")
                ),
                Gen.Select(Gen.Int[0, 100], Gen.Byte)
                    .Select(
                        (place, value) =>
                        {
                            var bytes = Encoding.UTF8.GetBytes(SocketRun.Envelope("e1", payload: """{"a":[1,"\n"]}"""));
                            bytes[place % bytes.Length] = value;
                            return bytes;
                        }
                    )
            )
            .Sample(bytes =>
            {
                if (SocketFrame.TryRead(bytes, out var frame) && frame.Payload.Length > 0)
                {
                    Assert.Equal((byte)'{', frame.Payload[0]);
                    Assert.Equal((byte)'}', frame.Payload[^1]);
                }
            });

    [Fact]
    public void A_frame_says_what_stands_in_it()
    {
        var message = """
            {"payload":{"a":{"b":"}"}},"envelope_id":"e1","type":"events_api","retry_attempt":2,"retry_reason":"timeout",
             "accepts_response_payload":true,"unknown":[{"payload":{}}]}
            """;

        Assert.True(SocketFrame.TryRead(Encoding.UTF8.GetBytes(message), out var frame));

        Assert.Equal(
            ("events_api", "e1", 2, "timeout"),
            (frame.Type, frame.EnvelopeId, frame.RetryAttempt, frame.RetryReason)
        );
        Assert.True(frame.AcceptsPayload);
        Assert.Equal("""{"a":{"b":"}"}}""", Encoding.UTF8.GetString(frame.Payload));
    }
}
