using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace NewsBot.Clients.Tests.Sockets;

/// <summary>The server's end of one connection.</summary>
internal sealed class SocketPeer(WebSocket socket, HttpContext context)
{
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Query { get; } = context.Request.QueryString.Value!;

    public string UserAgent { get; } = context.Request.Headers.UserAgent.ToString();

    public Task Over => _over.Task;

    public Task SendAsync(string text, CancellationToken cancellationToken) =>
        SendRawAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, cancellationToken);

    public Task SendRawAsync(byte[] bytes, WebSocketMessageType kind, CancellationToken cancellationToken) =>
        socket.SendAsync(bytes, kind, endOfMessage: true, cancellationToken);

    /// <summary>The next message; null where the client closes.</summary>
    public async Task<byte[]?> ReceiveAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[8192];
        using var message = new MemoryStream();
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            await message.WriteAsync(buffer.AsMemory(0, part.Count), cancellationToken);
            if (part.EndOfMessage)
            {
                return message.ToArray();
            }
        }
    }

    /// <summary>Reads until the client closes, answers, and says its code; null where it just went away.</summary>
    public async Task<int?> ReceiveCloseAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await ReceiveAsync(cancellationToken) is not null) { }

            var code = (int?)socket.CloseStatus;
            if (socket.State == WebSocketState.CloseReceived)
            {
                await socket.CloseOutputAsync(socket.CloseStatus!.Value, null, cancellationToken);
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
        await socket.CloseOutputAsync((WebSocketCloseStatus)code, null, cancellationToken);
        await ReceiveCloseAsync(cancellationToken);
    }

    /// <summary>Goes away without a close frame, if it has not gone yet.</summary>
    public void Abort()
    {
        if (!_over.Task.IsCompleted)
        {
            context.Abort();
            _over.TrySetResult();
        }
    }
}
