using System.Net.WebSockets;
using Microsoft.Extensions.Logging;
using NewsBot.Clients.Sockets;

namespace NewsBot.Clients.Discord.Gateway;

/// <summary>The life of one open socket: reads, sends heartbeats when they are due, and closes when told to.</summary>
internal sealed partial class GatewayConnection(
    int shard,
    MessageSocket socket,
    GatewayOptions options,
    GatewaySession session,
    GatewayReader reader,
    GatewayReports handler,
    SteadyClock clock,
    TimeProvider time,
    ILogger<GatewayConnection> logger
)
{
    // The session looks at its own clock again when woken; less than this is not worth a timer.
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);

    private readonly SendLimiter _limiter = new();
    private TaskCompletionSource _wake = NewWake();

    /// <summary>Runs until the connection is over, in whatever way.</summary>
    /// <param name="turn">The turn to identify; null for a resume.</param>
    /// <param name="cancellationToken">Closes in good order.</param>
    /// <returns>Discord's close code; null where it sent none.</returns>
    public async Task<int?> RunAsync(IdentifyGate.Turn? turn, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var beats = BeatAsync(ended.Token, cancellationToken);
        try
        {
            await ReadAsync(turn);
        }
        catch (Exception error) when (IsBroken(error))
        {
            LogBroken(shard, error.Message);
        }
        finally
        {
            await ended.CancelAsync();
            await beats;
        }

        return socket.CloseCode;
    }

    private async Task ReadAsync(IdentifyGate.Turn? turn)
    {
        using var decoder = new FrameDecoder(options);
        while (session.Phase != GatewayPhase.Closing)
        {
            IReadOnlyList<GatewayAction> actions;
            try
            {
                var kind = await socket.ReceiveAsync(decoder.Raw);
                if (kind == WebSocketMessageType.Close)
                {
                    await socket.CloseAsync(GatewaySession.ResumableClose);
                    return;
                }

                actions = decoder.Decode(kind, session, reader);
            }
            catch (MessageTooLongException error)
            {
                actions = session.Unreadable(error.Message);
            }

            if (actions.Count > 0)
            {
                await DoAsync(actions, turn);
            }
        }

        await socket.DrainAsync();
    }

    private async Task BeatAsync(CancellationToken ended, CancellationToken shutdown)
    {
        try
        {
            while (true)
            {
                var wake = Volatile.Read(ref _wake).Task;
                var wait = session.Due is { } due ? due - clock.Now : Timeout.InfiniteTimeSpan;
                if (wait > TimeSpan.Zero || wait == Timeout.InfiniteTimeSpan)
                {
                    await WaitAsync(wake, wait, ended);
                }
                else
                {
                    await DoAsync(session.Tick(clock.Now), turn: null);
                }

                ended.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException)
        {
            if (shutdown.IsCancellationRequested)
            {
                await DoAsync(session.Leave(), turn: null);
            }
        }
    }

    private async Task WaitAsync(Task wake, TimeSpan wait, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var timer = wait == Timeout.InfiniteTimeSpan || wait > ShortestWait ? wait : ShortestWait;
        await Task.WhenAny(wake, Task.Delay(timer, time, over.Token));
        await over.CancelAsync();
    }

    private async Task DoAsync(IReadOnlyList<GatewayAction> actions, IdentifyGate.Turn? turn)
    {
        foreach (var action in actions)
        {
            switch (action)
            {
                case GatewayAction.Send send:
                    await SendAsync(send, turn);
                    break;
                case GatewayAction.Close close:
                    LogClosing(shard, close.Reason);
                    await socket.CloseAsync(close.Code);
                    break;
                case GatewayAction.Report report:
                    handler.Report(report.State);
                    break;
                default:
                    throw new InvalidOperationException("Only a closed session connects or stops.");
            }
        }

        Interlocked.Exchange(ref _wake, NewWake()).TrySetResult();
    }

    private async Task SendAsync(GatewayAction.Send send, IdentifyGate.Turn? turn)
    {
        if (!_limiter.TryTake(clock.Now, send.Kind == GatewaySendKind.Heartbeat))
        {
            LogTooMany(shard, send.Kind);
            return;
        }

        if (send.Kind == GatewaySendKind.Identify)
        {
            turn?.Use();
        }

        try
        {
            await socket.SendAsync(send.Payload);
        }
        catch (Exception error) when (IsBroken(error))
        {
            // The reader ends by this too, and says so.
            socket.Abort();
        }
    }

    private static bool IsBroken(Exception error) =>
        error
            is WebSocketException
                or IOException
                or OperationCanceledException
                or ObjectDisposedException
                or InvalidOperationException;

    private static TaskCompletionSource NewWake() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(LogLevel.Information, "Shard {Shard}: the connection is being closed: {Reason}")]
    private partial void LogClosing(int shard, string reason);

    [LoggerMessage(LogLevel.Information, "Shard {Shard}: the connection broke: {Reason}")]
    private partial void LogBroken(int shard, string reason);

    [LoggerMessage(LogLevel.Warning, "Shard {Shard}: {Kind} is left out, the connection has sent too much in a minute")]
    private partial void LogTooMany(int shard, GatewaySendKind kind);
}
