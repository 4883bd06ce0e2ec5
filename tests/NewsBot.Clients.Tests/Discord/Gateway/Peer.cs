using System.IO.Compression;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using NewsBot.Clients.Tests.Sockets;

namespace NewsBot.Clients.Tests.Discord.Gateway;

/// <summary>The server's end of one connection.</summary>
internal sealed class Peer : IDisposable
{
    private readonly SocketPeer _socket;
    private readonly MemoryStream _deflated = new();
    private readonly ZLibStream _deflater;

    public Peer(SocketPeer socket)
    {
        _socket = socket;
        _deflater = new ZLibStream(_deflated, CompressionLevel.Fastest);
    }

    public string Query => _socket.Query;

    public string UserAgent => _socket.UserAgent;

    /// <summary>Sends one message of the connection's zlib stream.</summary>
    public async Task SendAsync(string json, CancellationToken cancellationToken)
    {
        _deflated.SetLength(0);
        await _deflater.WriteAsync(Encoding.UTF8.GetBytes(json), cancellationToken);
        await _deflater.FlushAsync(cancellationToken);
        await SendRawAsync(_deflated.ToArray(), WebSocketMessageType.Binary, cancellationToken);
    }

    public Task SendRawAsync(byte[] bytes, WebSocketMessageType kind, CancellationToken cancellationToken) =>
        _socket.SendRawAsync(bytes, kind, cancellationToken);

    public Task DispatchAsync(int sequence, string type, string data, CancellationToken cancellationToken) =>
        SendAsync($$"""{"t":"{{type}}","s":{{sequence}},"op":0,"d":{{data}}}""", cancellationToken);

    public Task HelloAsync(CancellationToken cancellationToken, int interval = 600_000) =>
        SendAsync($$$"""{"t":null,"s":null,"op":10,"d":{"heartbeat_interval":{{{interval}}}}}""", cancellationToken);

    /// <summary>Hello, identify, READY.</summary>
    public async Task<JsonElement> GreetAsync(
        Uri resumeUrl,
        CancellationToken cancellationToken,
        string id = "abc",
        int interval = 600_000
    )
    {
        await HelloAsync(cancellationToken, interval);
        var identify = await ReceiveAsync(2, cancellationToken);
        await DispatchAsync(
            1,
            "READY",
            $$"""{"v":10,"session_id":"{{id}}","resume_gateway_url":"{{resumeUrl}}"}""",
            cancellationToken
        );
        return identify;
    }

    /// <summary>The data of the next message with this opcode; others are an error.</summary>
    public async Task<JsonElement> ReceiveAsync(int opcode, CancellationToken cancellationToken)
    {
        var message = await _socket.ReceiveAsync(cancellationToken);
        Assert.NotNull(message);
        Assert.InRange(message.Length, 1, 4096);
        using var json = JsonDocument.Parse(message);
        Assert.Equal(opcode, json.RootElement.GetProperty("op").GetInt32());
        return json.RootElement.GetProperty("d").Clone();
    }

    /// <summary>Reads until the client closes, answers, and says its code; null where it just went away.</summary>
    public Task<int?> ReceiveCloseAsync(CancellationToken cancellationToken) =>
        _socket.ReceiveCloseAsync(cancellationToken);

    public Task CloseAsync(int code, CancellationToken cancellationToken) =>
        _socket.CloseAsync(code, cancellationToken);

    /// <summary>Goes away without a close frame, if it has not gone yet.</summary>
    public void Abort() => _socket.Abort();

    public void Dispose()
    {
        _deflater.Dispose();
        _deflated.Dispose();
    }
}
