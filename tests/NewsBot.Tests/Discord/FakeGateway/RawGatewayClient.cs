using System.IO.Compression;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace NewsBot.Tests.Discord.FakeGateway;

/// <summary>A socket with nothing clever about it: what a test writes goes out, what comes in is handed over.</summary>
public sealed class RawGatewayClient : IAsyncDisposable
{
    // Longer than any answer takes on a busy machine.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ClientWebSocket _socket = new();
    private readonly MemoryStream _pressed = new();
    private readonly ZLibStream? _zlib;
    private readonly CancellationTokenSource _late = new(Patience, TimeProvider.System);

    private RawGatewayClient(bool compressed) =>
        _zlib = compressed ? new ZLibStream(_pressed, CompressionMode.Decompress) : null;

    /// <summary>The number of the last dispatch read.</summary>
    public long LastNumber { get; private set; }

    /// <summary>WebSocket messages read so far; a compressed payload may come in several.</summary>
    public int Messages { get; private set; }

    public static async Task<RawGatewayClient> OpenAsync(Uri address, bool compressed)
    {
        var client = new RawGatewayClient(compressed);
        client._socket.Options.KeepAliveInterval = Timeout.InfiniteTimeSpan;
        client._socket.Options.SetRequestHeader("User-Agent", "Raw");
        await client._socket.ConnectAsync(address, client._late.Token);
        return client;
    }

    public static int Op(JsonNode frame) => (int)frame["op"]!;

    public Task SendAsync(int op, JsonNode? d) => SendAsync(new JsonObject { ["op"] = op, ["d"] = d }.ToJsonString());

    public Task SendAsync(string payload) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(payload), WebSocketMessageType.Text, true, _late.Token);

    public Task IdentifyAsync(string token, long intents, params int[] shard) =>
        SendAsync(2, Identify(token, intents, shard));

    public static JsonObject Identify(string token, long intents, params int[] shard)
    {
        var d = new JsonObject
        {
            ["token"] = token,
            ["intents"] = intents,
            ["properties"] = new JsonObject
            {
                ["os"] = "linux",
                ["browser"] = "raw",
                ["device"] = "raw",
            },
        };
        if (shard.Length > 0)
        {
            d["shard"] = new JsonArray([.. shard]);
        }

        return d;
    }

    public Task ResumeAsync(string token, string session, long number) =>
        SendAsync(
            6,
            new JsonObject
            {
                ["token"] = token,
                ["session_id"] = session,
                ["seq"] = number,
            }
        );

    /// <summary>The next frame.</summary>
    public async Task<JsonNode> ReadAsync()
    {
        var frame = JsonNode.Parse(await ReadBytesAsync())!;
        if (
            frame is JsonObject { } dispatch
            && dispatch["s"] is JsonValue number
            && number.TryGetValue<long>(out var s)
        )
        {
            LastNumber = s;
        }

        return frame;
    }

    /// <summary>The texts of the next so many messages.</summary>
    public async Task<IReadOnlyList<string>> ReadTextsAsync(int count)
    {
        var texts = new List<string>();
        while (texts.Count < count)
        {
            texts.Add((string)(await ReadAsync())["d"]!["content"]!);
        }

        return texts;
    }

    /// <summary>The next payload, inflated where the connection is compressed.</summary>
    public async Task<byte[]> ReadBytesAsync()
    {
        var payload = await ReadPressedAsync();
        if (_zlib is null)
        {
            return payload;
        }

        _pressed.SetLength(0);
        _pressed.Write(payload);
        _pressed.Position = 0;
        var inflated = new MemoryStream();
        var buffer = new byte[8192];
        while (_zlib.Read(buffer) is > 0 and var got)
        {
            inflated.Write(buffer.AsSpan(0, got));
        }

        return inflated.ToArray();
    }

    /// <summary>The code the connection is closed with; null where it is cut.</summary>
    public async Task<int?> ReadCloseAsync()
    {
        var buffer = new byte[8192];
        try
        {
            while (true)
            {
                var got = await _socket.ReceiveAsync(buffer.AsMemory(), _late.Token);
                if (got.MessageType == WebSocketMessageType.Close)
                {
                    return (int?)_socket.CloseStatus;
                }
            }
        }
        catch (WebSocketException)
        {
            return null;
        }
    }

    /// <summary>Says goodbye and waits for the answer.</summary>
    public Task CloseAsync(int code) => _socket.CloseAsync((WebSocketCloseStatus)code, null, _late.Token);

    /// <summary>Is gone without a word.</summary>
    public void Cut() => _socket.Abort();

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        _socket.Dispose();
        _late.Dispose();
        if (_zlib is not null)
        {
            await _zlib.DisposeAsync();
        }

        await _pressed.DisposeAsync();
    }

    private async Task<byte[]> ReadPressedAsync()
    {
        var payload = new MemoryStream();
        var buffer = new byte[65_536];
        while (true)
        {
            var got = await _socket.ReceiveAsync(buffer.AsMemory(), _late.Token);
            Assert.False(got.MessageType == WebSocketMessageType.Close, $"Closed with {_socket.CloseStatus}.");
            payload.Write(buffer.AsSpan(0, got.Count));
            if (!got.EndOfMessage)
            {
                continue;
            }

            Messages++;
            if (_zlib is null || payload.ToArray().AsSpan().EndsWith((ReadOnlySpan<byte>)[0, 0, 0xFF, 0xFF]))
            {
                return payload.ToArray();
            }
        }
    }
}
