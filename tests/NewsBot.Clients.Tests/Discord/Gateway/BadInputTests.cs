using System.Net.WebSockets;
using System.Text;
using NewsBot.Clients.Discord.Gateway;

namespace NewsBot.Clients.Tests.Discord.Gateway;

public sealed class BadInputTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(500);

    private static readonly Dictionary<string, byte[]> Broken = new()
    {
        ["text that is no JSON"] = Encoding.UTF8.GetBytes("{\"op\":0,"),
        ["an array"] = Encoding.UTF8.GetBytes("[1,2,3]"),
        ["a number"] = Encoding.UTF8.GetBytes("5"),
        ["an object without opcode"] = Encoding.UTF8.GetBytes("{\"t\":\"X\"}"),
        ["ten megabytes of nothing"] = new byte[10_000_000],
        ["longer than allowed"] = Encoding.UTF8.GetBytes($"{{\"op\":0,\"d\":\"{new string('x', 1_100_000)}\"}}"),
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Names => [.. Broken.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_broken_text_message_costs_the_connection_but_not_the_session(string name)
    {
        await ResumesAfterAsync(
            peer => peer.SendRawAsync(Broken[name], WebSocketMessageType.Text, Token),
            MaxFrameBytes(name)
        );
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_broken_message_inside_the_zlib_stream_costs_the_connection_but_not_the_session(string name)
    {
        await ResumesAfterAsync(
            peer => peer.SendAsync(Encoding.UTF8.GetString(Broken[name]), Token),
            MaxFrameBytes(name)
        );
    }

    [Fact]
    public async Task Wrong_zlib_data_costs_the_connection_but_not_the_session()
    {
        await ResumesAfterAsync(peer =>
            peer.SendRawAsync([1, 2, 3, 4, 5, 0x00, 0x00, 0xFF, 0xFF], WebSocketMessageType.Binary, Token)
        );
    }

    [Fact]
    public async Task A_message_that_never_ends_costs_the_connection_but_not_the_session()
    {
        await ResumesAfterAsync(
            async peer =>
            {
                var part = new byte[100_000];
                for (var count = 0; count < 17; count++)
                {
                    await peer.SendRawAsync(part, WebSocketMessageType.Binary, Token);
                }
            },
            maxFrameBytes: 1_000_000
        );
    }

    [Fact]
    public async Task Text_that_is_not_utf8_costs_the_connection_but_not_the_session()
    {
        byte[] bytes = [.. """{"op":0,"t":"X","d":" """u8, 0xC3, 0x28, .. "\"}"u8];

        await ResumesAfterAsync(peer => peer.SendRawAsync(bytes, WebSocketMessageType.Text, Token));
    }

    [Theory]
    [InlineData("""{"op":99,"d":{}}""")]
    [InlineData("""{"op":0,"d":{}}""")]
    [InlineData("""{"op":0,"t":"X"}""")]
    [InlineData("""{"op":0,"t":5,"s":"x","d":null}""")]
    [InlineData("""{"op":11,"extra":[{}]}""")]
    public async Task Unknown_opcodes_and_odd_fields_are_passed_over(string json)
    {
        await using var server = await ScriptedGateway.StartAsync(Token);
        await using var run = GatewayRun.Start(server);
        var peer = await server.NextAsync(Token);
        await peer.GreetAsync(server.Url, Token);

        await peer.SendAsync(json, Token);
        await peer.DispatchAsync(2, "MESSAGE_CREATE", "{}", Token);
        await run.StoredAsync(Token);

        Assert.Equal("MESSAGE_CREATE", (await run.StoredAsync(Token)).Type);
    }

    [Fact]
    public async Task An_uncompressed_message_on_a_compressed_connection_is_read_too()
    {
        await using var server = await ScriptedGateway.StartAsync(Token);
        await using var run = GatewayRun.Start(server);
        var peer = await server.NextAsync(Token);
        await peer.GreetAsync(server.Url, Token);
        await run.StoredAsync(Token);

        await peer.SendRawAsync(
            Encoding.UTF8.GetBytes("""{"op":0,"s":2,"t":"MESSAGE_CREATE","d":{}}"""),
            WebSocketMessageType.Text,
            Token
        );

        Assert.Equal(2, (await run.StoredAsync(Token)).Sequence);
    }

    [Fact]
    public async Task A_message_that_comes_broken_again_and_again_ends_in_a_new_session()
    {
        await using var server = await ScriptedGateway.StartAsync(Token);
        await using var run = GatewayRun.Start(server);
        var peer = await server.NextAsync(Token);
        await peer.GreetAsync(server.Url, Token);

        for (var attempt = 0; attempt < 3; attempt++)
        {
            await peer.SendAsync("[]", Token);
            await run.PassTimeUntilAsync(peer.ReceiveCloseAsync(Token), Step, Token);
            peer = await run.PassTimeUntilAsync(server.NextAsync(Token), Step, Token);
            await peer.HelloAsync(Token);
            if (attempt < 2)
            {
                await peer.ReceiveAsync(6, Token);
            }
        }

        await peer.ReceiveAsync(2, Token);
        Assert.Null(run.Saved[0]);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"session_id":5,"resume_gateway_url":"wss://x.example"}""")]
    [InlineData("""{"session_id":"\ud800"}""")]
    public async Task A_ready_that_names_no_session_is_asked_for_again(string data)
    {
        await using var server = await ScriptedGateway.StartAsync(Token);
        await using var run = GatewayRun.Start(server);
        var peer = await server.NextAsync(Token);
        await peer.HelloAsync(Token);
        await peer.ReceiveAsync(2, Token);

        await peer.DispatchAsync(1, "READY", data, Token);
        await run.PassTimeUntilAsync(peer.ReceiveCloseAsync(Token), Step, Token);
        var next = await run.PassTimeUntilAsync(server.NextAsync(Token), Step, Token);
        await next.GreetAsync(server.Url, Token);

        await run.StateAsync<GatewayState.Ready>(Token);
    }

    // Less than by default, so that the test need not send so much.
    private static int MaxFrameBytes(string name) => name == "longer than allowed" ? 1_000_000 : 16_000_000;

    private static async Task ResumesAfterAsync(Func<Peer, Task> misbehave, int maxFrameBytes = 16_000_000)
    {
        await using var server = await ScriptedGateway.StartAsync(Token);
        await using var run = GatewayRun.Start(server, A.PatientOptions(maxFrameBytes: maxFrameBytes));
        var peer = await server.NextAsync(Token);
        await peer.GreetAsync(server.Url, Token);
        await run.StoredAsync(Token);

        await misbehave(peer);
        var code = await run.PassTimeUntilAsync(peer.ReceiveCloseAsync(Token), Step, Token);
        var next = await run.PassTimeUntilAsync(server.NextAsync(Token), Step, Token);
        await next.HelloAsync(Token);
        var resume = await next.ReceiveAsync(6, Token);
        await next.DispatchAsync(2, "RESUMED", "{}", Token);

        Assert.NotNull(code);
        Assert.NotInRange(code.Value, 1000, 1001);
        Assert.Equal(1, resume.GetProperty("seq").GetInt32());
        await run.StateAsync<GatewayState.Resumed>(Token);
    }
}
