using System.Net.WebSockets;
using Microsoft.Extensions.Logging;
using NewsBot.Clients.Sockets;

namespace NewsBot.Clients.Slack.SocketMode;

/// <summary>The life of one socket: asks where to, opens it, reads, and passes on what comes.</summary>
internal sealed partial class SlackSocketConnection(
    int id,
    SlackSocketOptions options,
    SocketHandler handler,
    SocketEvents events,
    Func<CancellationToken, Task<Uri>> address,
    TimeProvider time,
    ILogger<SlackSocketConnection> logger
) : IDisposable
{
    private const int NormalClose = 1000;

    // A question that has no answer by then will not get one; asking again comes next.
    private static readonly TimeSpan AskTimeout = TimeSpan.FromMinutes(2);

    private readonly MessageSocket _socket = new(
        options.UserAgent,
        new MessageSocketRules(options.CloseTimeout) { PingEvery = options.PingEvery, PongWithin = options.PongWithin },
        time
    );
    private volatile bool _isClosing;

    public void Dispose() => _socket.Dispose();

    /// <summary>Runs until the connection is over, in whatever way, and has told so.</summary>
    /// <param name="cancellationToken">Ends it at once.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var url = await AskAsync(cancellationToken);
            if (!SocketRules.Allows(url))
            {
                throw new InvalidDataException("Slack's socket address is not wss");
            }

            await _socket.OpenAsync(WithQuery(url), options.ConnectTimeout, cancellationToken);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            LogUnreachable(id, error.GetType().Name, error is WebApi.SlackException ? error.Message : "");
            await events.UnreachableAsync(id, OpenFailure.Of(error));
            return;
        }
        catch (Exception error)
        {
            throw new OperationCanceledException("Stopped while connecting.", error, cancellationToken);
        }

        await using var registration = cancellationToken.UnsafeRegister(_ => _ = CloseAsync(), null);
        await events.OpenedAsync(id);
        try
        {
            await ReadAsync(cancellationToken);
        }
        catch (Exception error) when (IsBroken(error) || !cancellationToken.IsCancellationRequested)
        {
            // Whatever it was, the session must hear that nothing comes over this one any more.
            LogBroken(id, IsBroken(error) ? error.Message : error.GetType().Name);
        }

        LogLost(id, _socket.CloseCode);
        await events.LostAsync(id);
    }

    private async Task<Uri> AskAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(AskTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        return await address(either.Token);
    }

    /// <summary>Sends the close frame; the reader ends when it is answered or time is up.</summary>
    public Task CloseAsync()
    {
        _isClosing = true;
        return _socket.CloseAsync(NormalClose);
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        using var buffer = new MessageBuffer(options.MaxFrameBytes);
        while (!_isClosing)
        {
            try
            {
                if (await _socket.ReceiveAsync(buffer) == WebSocketMessageType.Close)
                {
                    await CloseAsync();
                    return;
                }
            }
            catch (MessageTooLongException error)
            {
                LogTooLong(id, error.Message);
                await CloseAsync();
                break;
            }

            await TakeAsync(buffer.Written, cancellationToken);
            buffer.Clear();
        }

        await _socket.DrainAsync();
    }

    private async Task TakeAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        if (Read(message.Span) is not { } heard)
        {
            return;
        }

        switch (heard.Type)
        {
            case "hello":
                await events.HelloAsync(id);
                break;
            case "disconnect":
                LogDisconnect(id, heard.Reason);
                await events.DisconnectAsync(id, heard.Reason);
                break;
            default:
                await TakeEnvelopeAsync(heard, cancellationToken);
                break;
        }
    }

    private async Task TakeEnvelopeAsync(Heard heard, CancellationToken cancellationToken)
    {
        if (heard.Envelope is { } envelope)
        {
            handler.Take(new Delivery(envelope, SendAsync), cancellationToken);
        }
        else if (heard.EnvelopeId is { } unknown)
        {
            // Nobody here wants it, so it need not come again.
            LogUnknown(id, heard.Type);
            await SendAsync(SocketAck.Make(unknown, answer: null));
        }
    }

    private Heard? Read(ReadOnlySpan<byte> message)
    {
        if (!SocketFrame.TryRead(message, out var frame))
        {
            LogUnreadable(id, message.Length);
            return null;
        }

        SlackEnvelopeKind? kind = frame.Type switch
        {
            "events_api" => SlackEnvelopeKind.Event,
            "interactive" => SlackEnvelopeKind.Interaction,
            "slash_commands" => SlackEnvelopeKind.Command,
            _ => null,
        };
        var envelope =
            kind is { } known && frame is { EnvelopeId: { } envelopeId, Payload.Length: > 0 }
                ? new SlackEnvelope(
                    envelopeId,
                    known,
                    frame.Payload.ToArray(),
                    frame.AcceptsPayload,
                    frame.RetryAttempt,
                    frame.RetryReason
                )
                : null;
        return new Heard(frame.Type, frame.Reason, frame.EnvelopeId, envelope);
    }

    private async Task<bool> SendAsync(ReadOnlyMemory<byte> ack)
    {
        try
        {
            await _socket.SendAsync(ack);
            return true;
        }
        catch (Exception error) when (IsBroken(error))
        {
            _socket.Abort();
            return false;
        }
    }

    private Uri WithQuery(Uri url) =>
        options.DebugReconnects
            ? new UriBuilder(url) { Query = $"{url.Query.TrimStart('?')}&debug_reconnects=true".TrimStart('&') }.Uri
            : url;

    private static bool IsBroken(Exception error) =>
        error
            is WebSocketException
                or IOException
                or OperationCanceledException
                or ObjectDisposedException
                or InvalidOperationException;

    /// <param name="Type">What it is.</param>
    /// <param name="Reason">Of a disconnect.</param>
    /// <param name="EnvelopeId">Null for none.</param>
    /// <param name="Envelope">Null where it is none that is known.</param>
    private sealed record Heard(string Type, string Reason, string? EnvelopeId, SlackEnvelope? Envelope);

    [LoggerMessage(LogLevel.Warning, "Socket {Id} cannot be opened: {Error} {Reason}")]
    private partial void LogUnreachable(int id, string error, string reason);

    [LoggerMessage(LogLevel.Information, "Socket {Id} broke: {Reason}")]
    private partial void LogBroken(int id, string reason);

    [LoggerMessage(LogLevel.Information, "Socket {Id} is over, close code {Code}")]
    private partial void LogLost(int id, int? code);

    [LoggerMessage(LogLevel.Information, "Slack ends socket {Id}: {Reason}")]
    private partial void LogDisconnect(int id, string reason);

    [LoggerMessage(LogLevel.Warning, "Socket {Id} brought a message that cannot be read, {Length} bytes")]
    private partial void LogUnreadable(int id, int length);

    [LoggerMessage(LogLevel.Warning, "Socket {Id} is closed, a message is {Reason}")]
    private partial void LogTooLong(int id, string reason);

    [LoggerMessage(LogLevel.Debug, "Socket {Id} brought {Type}, which is unknown")]
    private partial void LogUnknown(int id, string type);
}
