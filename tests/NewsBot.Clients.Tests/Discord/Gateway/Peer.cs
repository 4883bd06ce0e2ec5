using System.IO.Compression;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace NewsBot.Clients.Tests.Discord.Gateway;

/// <summary>The server's end of one connection.</summary>
internal sealed class Peer : IDisposable
{
    private readonly WebSocket _socket;
    private readonly HttpContext _context;
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly MemoryStream _deflated = new();
    private readonly ZLibStream _deflater;

    public Peer(WebSocket socket, HttpContext context)
    {
        _socket = socket;
        _context = context;
        _deflater = new ZLibStream(_deflated, CompressionLevel.Fastest);
        Query = context.Request.QueryString.Value!;
        UserAgent = context.Request.Headers.UserAgent.ToString();
    }

    public string Query { get; }

    public string UserAgent { get; }

    public Task Over => _over.Task;

    /// <summary>Sends one message of the connection's zlib stream.</summary>
    public async Task SendAsync(string json, CancellationToken cancellationToken)
    {
        _deflated.SetLength(0);
        await _deflater.WriteAsync(Encoding.UTF8.GetBytes(json), cancellationToken);
        await _deflater.FlushAsync(cancellationToken);
        await SendRawAsync(_deflated.ToArray(), WebSocketMessageType.Binary, cancellationToken);
    }

    public Task SendRawAsync(byte[] bytes, WebSocketMessageType kind, CancellationToken cancellationToken) =>
        _socket.SendAsync(bytes, kind, endOfMessage: true, cancellationToken);

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
        var message = await ReceiveAsync(cancellationToken);
        Assert.NotNull(message);
        Assert.Equal(opcode, message.Value.GetProperty("op").GetInt32());
        return message.Value.GetProperty("d");
    }

    /// <summary>Reads until the client closes, answers, and says its code; null where it just went away.</summary>
    public async Task<int?> ReceiveCloseAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await ReceiveAsync(cancellationToken) is not null) { }

            var code = (int?)_socket.CloseStatus;
            if (_socket.State == WebSocketState.CloseReceived)
            {
                await _socket.CloseOutputAsync(_socket.CloseStatus!.Value, null, cancellationToken);
            }

            return code;
        }
        catch (WebSocketException)
        {
            return null;
        }
        finally
        {
            _over.TrySetResult();
        }
    }

    public async Task CloseAsync(int code, CancellationToken cancellationToken)
    {
        await _socket.CloseOutputAsync((WebSocketCloseStatus)code, null, cancellationToken);
        await ReceiveCloseAsync(cancellationToken);
    }

    /// <summary>Goes away without a close frame, if it has not gone yet.</summary>
    public void Abort()
    {
        if (!_over.Task.IsCompleted)
        {
            _context.Abort();
            _over.TrySetResult();
        }
    }

    public void Dispose()
    {
        _deflater.Dispose();
        _deflated.Dispose();
    }

    private async Task<JsonElement?> ReceiveAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[8192];
        var length = 0;
        while (true)
        {
            var part = await _socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            length += part.Count;
            if (part.EndOfMessage)
            {
                Assert.InRange(length, 1, 4096);
                using var json = JsonDocument.Parse(buffer.AsMemory(0, length));
                return json.RootElement.Clone();
            }
        }
    }
}
