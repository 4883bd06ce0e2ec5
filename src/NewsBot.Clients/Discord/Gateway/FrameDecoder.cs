using System.Net.WebSockets;
using NewsBot.Clients.Sockets;

namespace NewsBot.Clients.Discord.Gateway;

/// <summary>The buffers and the zlib context of one connection. Not thread-safe.</summary>
internal sealed class FrameDecoder(GatewayOptions options) : IDisposable
{
    private readonly MessageBuffer _text = new(options.MaxFrameBytes);
    private readonly ZlibMessages _zlib = new();

    /// <summary>Where the socket's messages go.</summary>
    public MessageBuffer Raw { get; } = new(options.MaxFrameBytes);

    /// <summary>Reads what stands in <see cref="Raw"/> and frees it. What cannot be read never ends the process.</summary>
    /// <param name="kind">Text is never compressed.</param>
    /// <param name="session">Is told of what cannot be read.</param>
    /// <param name="reader">Reads what can.</param>
    /// <returns>Nothing where the message goes on in the next one.</returns>
    public IReadOnlyList<GatewayAction> Decode(WebSocketMessageType kind, GatewaySession session, GatewayReader reader)
    {
        try
        {
            if (kind == WebSocketMessageType.Binary && options.Compress)
            {
                if (!ZlibMessages.IsWhole(Raw.Written.Span))
                {
                    return [];
                }

                _text.Clear();
                _zlib.Inflate(Raw.Written, _text);
                Raw.Clear();
                return reader.Read(_text.Written.Span);
            }

            var actions = reader.Read(Raw.Written.Span);
            Raw.Clear();
            return actions;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // Never the text of an unforeseen error: it may quote the message.
            return session.Unreadable(error is MessageTooLongException ? error.Message : error.GetType().Name);
        }
    }

    public void Dispose()
    {
        Raw.Dispose();
        _text.Dispose();
        _zlib.Dispose();
    }
}
