using Microsoft.Extensions.Logging;
using NewsBot.Clients.Sockets;

namespace NewsBot.Clients.Discord.Gateway;

/// <summary>Keeps one shard connected: opens one connection after the other as its session says.</summary>
internal sealed partial class GatewayShard(
    int shard,
    int shards,
    GatewayOptions options,
    GatewayReports handler,
    IGatewaySessionStore store,
    Func<CancellationToken, Task<GatewayAddress>> address,
    IdentifyGate gate,
    TimeProvider time,
    ILoggerFactory loggers
)
{
    // So that a wrong answer neither asks all the time nor stops the bot for more than Discord's own day.
    private static readonly TimeSpan ShortestLimitWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestLimitWait = TimeSpan.FromHours(24);

    // The gateway has heartbeats of its own. Two seconds are enough for the close frame to arrive and be answered over a
    // slow line; nothing is lost when it is not.
    private static readonly MessageSocketRules SocketPatience = new(TimeSpan.FromSeconds(2));

    private readonly ILogger<GatewayShard> _logger = loggers.CreateLogger<GatewayShard>();
    private readonly DispatchQueue _queue = new(options.MaxQueuedEvents, options.MaxQueuedBytes);
    private readonly SteadyClock _clock = new(time);

    /// <exception cref="GatewayFatalException">Discord refused for good.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var saved = await LoadAsync(cancellationToken);
        var session = new GatewaySession(options, shard, shards, saved, Random.Shared.NextDouble);
        using var keeper = new ResumeKeeper(shard, session, saved, store, time, loggers.CreateLogger<ResumeKeeper>());
        var worker = new DispatchWorker(options, _queue, handler, time, loggers.CreateLogger<DispatchWorker>());
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var others = Task.WhenAll(worker.RunAsync(ended.Token), keeper.RunAsync(ended.Token));
        try
        {
            await ConnectAsync(session, keeper, cancellationToken);
        }
        catch (GatewayFatalException fatal)
        {
            LogStopped(shard, fatal.Message);
            handler.Report(new GatewayState.Stopped(shard, fatal.Message, fatal.CloseCode));
            throw;
        }
        finally
        {
            await ended.CancelAsync();
            await Task.WhenAny(others);
            await keeper.SaveNowAsync();
        }
    }

    private async Task<GatewayResume?> LoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await store.LoadAsync(shard, cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // A new session works too; only what happened meanwhile has to be caught up.
            LogLoadFailed(error, shard);
            return null;
        }
    }

    private async Task ConnectAsync(GatewaySession session, ResumeKeeper keeper, CancellationToken cancellationToken)
    {
        GatewayAction next = session.Start(_clock.Now);
        while (next is GatewayAction.Connect connect)
        {
            await WaitAsync(connect, cancellationToken);
            next = await TryConnectAsync(session, connect, cancellationToken);
            await keeper.SaveNowAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }

        var stop = (GatewayAction.Stop)next;
        throw new GatewayFatalException(stop.Sentence, stop.Code);
    }

    private async Task WaitAsync(GatewayAction.Connect connect, CancellationToken cancellationToken)
    {
        if (connect.AfterDrain)
        {
            handler.Report(new GatewayState.Waiting(shard, connect.Reason, Until: null));
            await _queue.WaitDrainedAsync(cancellationToken);
        }

        if (connect.At - _clock.Now is { Ticks: > 0 } wait)
        {
            handler.Report(new GatewayState.Waiting(shard, connect.Reason, connect.At));
            await Task.Delay(wait, time, cancellationToken);
        }
    }

    private async Task<GatewayAction> TryConnectAsync(
        GatewaySession session,
        GatewayAction.Connect connect,
        CancellationToken cancellationToken
    )
    {
        using var socket = new MessageSocket(options.UserAgent, SocketPatience, time);
        IdentifyGate.Turn? turn = null;
        try
        {
            try
            {
                turn = connect.IsResume ? null : await gate.EnterAsync(shard, cancellationToken);
                var url = connect.Url ?? await AskAsync(!connect.IsResume, cancellationToken);
                handler.Report(new GatewayState.Connecting(shard, connect.IsResume));
                await socket.OpenAsync(
                    GatewayUrl.WithQuery(url, options.Compress),
                    options.ConnectTimeout,
                    cancellationToken
                );
                session.Opened(url, _clock.Now);
            }
            catch (Exception error)
                when (error is not GatewayFatalException && !cancellationToken.IsCancellationRequested)
            {
                LogUnreachable(shard, error.Message);
                return session.Unreachable("Discord's gateway cannot be reached", _clock.Now);
            }
            catch (Exception error) when (error is not (GatewayFatalException or OperationCanceledException))
            {
                // The socket says in its own way that it was cancelled.
                throw new OperationCanceledException("Stopped while connecting.", error, cancellationToken);
            }

            var code = await Connection(session, socket).RunAsync(turn, cancellationToken);
            LogLost(shard, code);
            return session.Lost(code, _clock.Now);
        }
        finally
        {
            turn?.Dispose();
        }
    }

    private GatewayConnection Connection(GatewaySession session, MessageSocket socket)
    {
        var reader = new GatewayReader(shard, session, _queue, handler, _clock, loggers.CreateLogger<GatewayReader>());
        return new GatewayConnection(
            shard,
            socket,
            options,
            session,
            reader,
            handler,
            _clock,
            time,
            loggers.CreateLogger<GatewayConnection>()
        );
    }

    /// <summary>Asks for the address; for a new session it waits until Discord allows one.</summary>
    private async Task<Uri> AskAsync(bool isNewSession, CancellationToken cancellationToken)
    {
        while (true)
        {
            var answer = await gate.AskAsync(address, cancellationToken);
            if (!SocketRules.Allows(answer.Url))
            {
                throw new InvalidDataException("Discord's gateway address is not wss");
            }

            if (!isNewSession || answer.Remaining > 0)
            {
                return answer.Url;
            }

            // Discord makes the token useless for one that begins more sessions than it allows.
            var wait = TimeSpan.FromTicks(
                Math.Clamp(answer.ResetAfter.Ticks, ShortestLimitWait.Ticks, LongestLimitWait.Ticks)
            );
            var until = _clock.Now + wait;
            LogLimit(shard, answer.Total, until);
            handler.Report(
                new GatewayState.Waiting(shard, "Discord allows no more new sessions in this period", until)
            );
            await Task.Delay(wait, time, cancellationToken);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Shard {Shard}: the saved session could not be loaded; a new one begins")]
    private partial void LogLoadFailed(Exception error, int shard);

    [LoggerMessage(LogLevel.Warning, "Shard {Shard}: Discord's gateway cannot be reached: {Reason}")]
    private partial void LogUnreachable(int shard, string reason);

    [LoggerMessage(LogLevel.Information, "Shard {Shard}: the connection is over, close code {Code}")]
    private partial void LogLost(int shard, int? code);

    [LoggerMessage(LogLevel.Warning, "Shard {Shard}: all {Total} new sessions are used up until {Until}")]
    private partial void LogLimit(int shard, int total, DateTimeOffset until);

    [LoggerMessage(LogLevel.Error, "Shard {Shard} stopped: {Sentence}")]
    private partial void LogStopped(int shard, string sentence);
}
