using System.Net.WebSockets;
using System.Threading.Channels;

namespace NewsBot.Testing.Servers.Sockets;

/// <summary>One socket: sends in order, compresses, reads whole payloads. Knows nothing of what they mean.</summary>
/// <param name="socket">Open; whoever made it disposes it.</param>
/// <param name="cut">Cuts the TCP connection.</param>
/// <param name="rules">What it takes in, and how it sends.</param>
internal sealed class FakeSocket(WebSocket socket, Action cut, SocketRules rules) : IDisposable
{
    // A client that is so far behind no longer reads; the real gateway lets go of it too.
    private const int MaxWaiting = 200_000;

    // Above this a payload comes in two pieces, as large ones do over the real network.
    private const int SplitAboveBytes = 4096;

    // How long the other side may take to answer a close frame. Real time, also where the emulator's clock stands still or
    // leaps: the wait is for a network.
    private static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(2);

    // How long the connection stays open where a close frame is left unanswered; a client that waits longer hangs.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    private readonly Channel<Outgoing> _waiting = Channel.CreateBounded<Outgoing>(
        new BoundedChannelOptions(MaxWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait }
    );
    private readonly ZlibStreamWriter? _zlib = rules.Compressed ? new ZlibStreamWriter() : null;
    private readonly CancellationTokenSource _ended = new();
    private volatile bool _closing;

    /// <summary>Whether a close or a cut is on its way; nothing that still comes counts then.</summary>
    public bool Closing => _closing;

    /// <summary>Whether a close frame of the other side is answered.</summary>
    public bool AnswersClose { get; set; } = true;

    /// <summary>Queues a frame.</summary>
    public void Send(ReadOnlyMemory<byte> utf8) => Do(new Outgoing.Json(utf8));

    /// <summary>Closes after what is queued already.</summary>
    public void Close(SocketRefusal why)
    {
        Do(new Outgoing.Close(why));
        _closing = true;
    }

    /// <summary>Cuts the connection after what is queued already.</summary>
    public void Abort()
    {
        Do(new Outgoing.Abort());
        _closing = true;
    }

    /// <summary>Queues anything.</summary>
    public void Do(Outgoing outgoing)
    {
        if (!_closing && !_waiting.Writer.TryWrite(outgoing))
        {
            cut();
        }
    }

    /// <summary>Sends and reads until either side ends it.</summary>
    /// <param name="received">Called with each whole payload, one at a time.</param>
    /// <param name="cancellationToken">Cuts the connection.</param>
    public async Task<SocketEnding> RunAsync(Action<ReadOnlyMemory<byte>> received, CancellationToken cancellationToken)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _ended.Token);
        var writing = WriteAsync(linked.Token);
        try
        {
            return await ReadAsync(received, cancellationToken);
        }
        finally
        {
            await _ended.CancelAsync();
            await writing;
        }
    }

    public void Dispose()
    {
        _ended.Dispose();
        _zlib?.Dispose();
    }

    private async Task<SocketEnding> ReadAsync(
        Action<ReadOnlyMemory<byte>> received,
        CancellationToken cancellationToken
    )
    {
        // One byte more than allowed shows that a payload is too long.
        var buffer = new byte[rules.MaxPayloadBytes + 1];
        var length = 0;
        try
        {
            while (true)
            {
                var got = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
                if (got.MessageType == WebSocketMessageType.Close)
                {
                    return await AnswerCloseAsync(cancellationToken);
                }

                length += got.Count;
                if (_closing)
                {
                    length = 0;
                }
                else if (length > rules.MaxPayloadBytes)
                {
                    Close(rules.TooLong);
                    length = 0;
                }
                else if (got.EndOfMessage)
                {
                    TakeIn(got.MessageType, buffer.AsMemory(0, length), received);
                    length = 0;
                }
            }
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException)
        {
            // Gone without a close frame: for a gateway that is a way to end like any other.
            return new SocketEnding(Code: null);
        }
    }

    private void TakeIn(WebSocketMessageType type, ReadOnlyMemory<byte> payload, Action<ReadOnlyMemory<byte>> received)
    {
        if (type == WebSocketMessageType.Binary)
        {
            Close(rules.NoText);
        }
        else
        {
            received(payload);
        }
    }

    private async Task<SocketEnding> AnswerCloseAsync(CancellationToken cancellationToken)
    {
        if (socket.State != WebSocketState.CloseReceived || _closing)
        {
            return new SocketEnding(Code: null);
        }

        _closing = true;
        if (!AnswersClose)
        {
            await Task.Delay(Silence, TimeProvider.System, cancellationToken);
            return new SocketEnding(Code: null);
        }

        var status = socket.CloseStatus ?? WebSocketCloseStatus.NormalClosure;
        try
        {
            await socket.CloseOutputAsync(status, statusDescription: null, cancellationToken);
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException)
        {
            // It did not wait for the answer; what it said counts all the same.
        }

        return new SocketEnding(status == WebSocketCloseStatus.Empty ? null : (int)status);
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var outgoing in _waiting.Reader.ReadAllAsync(cancellationToken))
            {
                switch (outgoing)
                {
                    case Outgoing.Json { Utf8: var utf8 }:
                        await SendJsonAsync(utf8, cancellationToken);
                        break;
                    case Outgoing.Raw { Bytes: var bytes, Type: var type }:
                        await socket.SendAsync(bytes, type, endOfMessage: true, cancellationToken);
                        break;
                    case Outgoing.Close { Why: var why }:
                        var status = (WebSocketCloseStatus)why.Code;
                        await socket.CloseOutputAsync(status, why.Reason, cancellationToken);
                        await Task.Delay(ClosePatience, TimeProvider.System, cancellationToken);
                        cut();
                        return;
                    default:
                        cut();
                        return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The reading side has seen the end already, and said goodbye where there was somebody to say it to.
        }
        catch (Exception error) when (error is WebSocketException or IOException)
        {
            // The reading side sees this end as well.
            cut();
        }
    }

    private async Task SendJsonAsync(ReadOnlyMemory<byte> utf8, CancellationToken cancellationToken)
    {
        if (_zlib is not null)
        {
            // Pieces of a compressed payload are messages of their own; only the last ends with the flush marker.
            var pressed = _zlib.Compress(utf8);
            var cutAt =
                pressed.Length > SplitAboveBytes ? ZlibStreamWriter.SafeCut(pressed.Span, pressed.Length / 2) : 0;
            if (cutAt > 0)
            {
                await socket.SendAsync(pressed[..cutAt], WebSocketMessageType.Binary, true, cancellationToken);
            }

            await socket.SendAsync(pressed[cutAt..], WebSocketMessageType.Binary, true, cancellationToken);
            return;
        }

        var half = utf8.Length > SplitAboveBytes ? utf8.Length / 2 : 0;
        if (half > 0)
        {
            await socket.SendAsync(utf8[..half], WebSocketMessageType.Text, endOfMessage: false, cancellationToken);
        }

        await socket.SendAsync(utf8[half..], WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
    }
}

/// <summary>How a connection ended.</summary>
/// <param name="Code">The close code the client sent of its own accord; null where it sent none.</param>
internal sealed record SocketEnding(int? Code);
