using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace NewsBot.Tests.Slack.FakeSlack;

/// <summary>A socket that does what it is told and nothing else.</summary>
internal sealed class RawSocket : IDisposable
{
    private readonly ClientWebSocket _socket = new();

    private RawSocket() { }

    public WebSocketState State => _socket.State;

    /// <summary>Opens one and reads its hello.</summary>
    public static async Task<RawSocket> OpenAsync(Caller caller)
    {
        var socket = new RawSocket();
        await socket.ConnectAsync(await UrlAsync(caller));
        var hello = await socket.ReadAsync();
        Assert.Equal("hello", hello["type"]!.ToString());
        return socket;
    }

    public static RawSocket Unopened() => new();

    /// <summary>Asks for the address of one.</summary>
    public static async Task<string> UrlAsync(Caller caller) =>
        (await caller.AsAsync(caller.Server.AppToken, "apps.connections.open"))["url"]!;

    public Task ConnectAsync(string url)
    {
        _socket.Options.Proxy = null;
        return _socket.ConnectAsync(new Uri(url), TestContext.Current.CancellationToken);
    }

    public async Task<JsonObject> ReadAsync()
    {
        using var whole = new MemoryStream();
        var buffer = new byte[65_536];
        while (true)
        {
            var got = await _socket.ReceiveAsync(buffer.AsMemory(), TestContext.Current.CancellationToken);
            Assert.Equal(WebSocketMessageType.Text, got.MessageType);
            await whole.WriteAsync(buffer.AsMemory(0, got.Count), TestContext.Current.CancellationToken);
            if (got.EndOfMessage)
            {
                return (JsonObject)JsonNode.Parse(whole.ToArray())!;
            }
        }
    }

    /// <summary>Reads until an envelope of an event of this type, acknowledging none.</summary>
    public async Task<JsonObject> ReadEventAsync(string type = "message")
    {
        while (true)
        {
            var envelope = await ReadAsync();
            if (envelope["payload"]?["event"]?["type"]?.ToString() == type)
            {
                return envelope;
            }
        }
    }

    /// <summary>Reads until something that a human did, acknowledging nothing.</summary>
    public async Task<JsonObject> ReadQuestionAsync()
    {
        while (true)
        {
            var envelope = await ReadAsync();
            if (envelope["type"]?.ToString() == "interactive")
            {
                return envelope;
            }
        }
    }

    public Task AckAsync(JsonObject envelope, JsonNode? payload = null)
    {
        var ack = new JsonObject { ["envelope_id"] = envelope["envelope_id"]!.ToString() };
        if (payload is not null)
        {
            ack["payload"] = payload;
        }

        return _socket.SendAsync(
            Encoding.UTF8.GetBytes(ack.ToJsonString()),
            WebSocketMessageType.Text,
            endOfMessage: true,
            TestContext.Current.CancellationToken
        );
    }

    /// <summary>Says goodbye and waits for the answer.</summary>
    public Task CloseAsync(CancellationToken cancellationToken) =>
        _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, cancellationToken);

    public void Dispose() => _socket.Dispose();
}
