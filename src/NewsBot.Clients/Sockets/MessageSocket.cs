using System.Net.WebSockets;
using System.Runtime.CompilerServices;

namespace NewsBot.Clients.Sockets;

/// <summary>
/// A client's WebSocket that gives whole messages and always ends: every send and the closing handshake have a limit
/// in time. One reader; any number of senders.
/// </summary>
internal sealed class MessageSocket : IDisposable
{
    // A peer that takes no byte for so long is dead, and a heartbeat stuck behind it would hide that.
    private static readonly TimeSpan SendTimeout = TimeSpan.FromSeconds(10);

    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly CancellationTokenSource _abort;
    private readonly TimeProvider _time;
    private readonly CancellationToken _aborted;
    private readonly TimeSpan _closeTimeout;

    /// <param name="userAgent">Sent when the socket is opened.</param>
    /// <param name="rules">How patient it is.</param>
    /// <param name="time">For time-outs.</param>
    public MessageSocket(string userAgent, MessageSocketRules rules, TimeProvider time)
    {
        _time = time;
        _closeTimeout = rules.CloseTimeout;
        _abort = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _aborted = _abort.Token;
        _socket.Options.SetRequestHeader("User-Agent", userAgent);
        _socket.Options.KeepAliveInterval = rules.PingEvery;
        _socket.Options.KeepAliveTimeout = rules.PongWithin;
    }

    /// <summary>The code of the peer's close frame; null before it and where the connection just broke.</summary>
    public int? CloseCode => (int?)_socket.CloseStatus;

    /// <exception cref="WebSocketException">It could not be opened.</exception>
    /// <exception cref="TimeoutException">It took too long.</exception>
    public async Task OpenAsync(Uri url, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            await _socket.ConnectAsync(url, either.Token);
        }
        catch (Exception error) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException("The socket did not open in time.", error);
        }
    }

    /// <summary>Appends one whole message to the buffer; <see cref="WebSocketMessageType.Close"/> ends the connection.</summary>
    /// <exception cref="MessageTooLongException">The buffer takes no more; read on only with <see cref="DrainAsync"/>.</exception>
    /// <exception cref="WebSocketException">The connection broke.</exception>
    /// <exception cref="OperationCanceledException">The peer did not answer the closing in time.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<WebSocketMessageType> ReceiveAsync(MessageBuffer buffer)
    {
        while (true)
        {
            var part = await _socket.ReceiveAsync(buffer.Space(), _aborted);
            buffer.Advance(part.Count);
            if (part.EndOfMessage || part.MessageType == WebSocketMessageType.Close)
            {
                return part.MessageType;
            }
        }
    }

    /// <summary>After <see cref="CloseAsync"/>: throws away what still comes until the peer has closed too or time is up.</summary>
    /// <exception cref="WebSocketException">The connection broke.</exception>
    /// <exception cref="OperationCanceledException">The peer did not answer the closing in time.</exception>
    public async Task DrainAsync()
    {
        var scratch = new byte[4096];
        while ((await _socket.ReceiveAsync(scratch.AsMemory(), _aborted)).MessageType != WebSocketMessageType.Close) { }
    }

    /// <exception cref="WebSocketException">The connection broke.</exception>
    /// <exception cref="OperationCanceledException">The peer takes nothing any more.</exception>
    public async Task SendAsync(ReadOnlyMemory<byte> text)
    {
        using var limit = new CancellationTokenSource(SendTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_aborted, limit.Token);
        await _sending.WaitAsync(either.Token);
        try
        {
            await _socket.SendAsync(text, WebSocketMessageType.Text, endOfMessage: true, either.Token);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Sends the close frame and gives the peer a moment to answer it. Never throws for a broken connection.</summary>
    public async Task CloseAsync(int code)
    {
        _abort.CancelAfter(_closeTimeout);
        try
        {
            await _sending.WaitAsync(_aborted);
            try
            {
                await _socket.CloseOutputAsync((WebSocketCloseStatus)code, statusDescription: null, _aborted);
            }
            finally
            {
                _sending.Release();
            }
        }
        catch (Exception error)
            when (error
                    is WebSocketException
                        or OperationCanceledException
                        or ObjectDisposedException
                        or InvalidOperationException
            )
        {
            // It broke while we were closing it: the reader sees that too.
            _socket.Abort();
        }
    }

    public void Abort() => _socket.Abort();

    public void Dispose()
    {
        _socket.Dispose();
        _sending.Dispose();
        _abort.Dispose();
    }
}
