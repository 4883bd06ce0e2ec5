using Microsoft.Extensions.Logging;
using NewsBot.Clients.Sockets;

namespace NewsBot.Clients.Discord.Gateway;

/// <summary>Hands the queued events of one shard to the handler, one after the other.</summary>
internal sealed partial class DispatchWorker(
    GatewayOptions options,
    DispatchQueue queue,
    GatewayReports handler,
    TimeProvider time,
    ILogger<DispatchWorker> logger
)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var queued in queue.Events.ReadAllAsync(cancellationToken))
        {
            await HandleAsync(queued.Event, cancellationToken);
            queue.Done(queued);
        }
    }

    /// <summary>
    /// Tries an event until it is stored. One that cannot be is passed over after a while: a single poisoned event must
    /// not keep everything behind it, of all guilds, from being stored. The owner is told, so that it can catch up. While
    /// nothing at all can be stored, it waits.
    /// </summary>
    /// <param name="dispatch">What is to be stored.</param>
    /// <param name="cancellationToken">The program ends.</param>
    public async Task HandleAsync(GatewayEvent dispatch, CancellationToken cancellationToken)
    {
        var delay = options.HandlerRetryDelay;
        for (var attempt = 0; ; attempt++)
        {
            if (await TryStoreAsync(dispatch, attempt, cancellationToken))
            {
                return;
            }

            if (attempt >= options.HandlerRetries)
            {
                LogSkipped(dispatch.Shard, dispatch.Type, dispatch.Sequence);
                handler.Report(new GatewayState.Skipped(dispatch.Shard, dispatch.Type, dispatch.Sequence));
                return;
            }

            await Task.Delay(delay, time, cancellationToken);
            delay *= 4;
        }
    }

    private async Task<bool> TryStoreAsync(GatewayEvent dispatch, int attempt, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await TryHandleAsync(dispatch, attempt, cancellationToken);
            }
            catch (NotNowException)
            {
                await Task.Delay(NotNowException.Pause, time, cancellationToken);
            }
        }
    }

    private async Task<bool> TryHandleAsync(GatewayEvent dispatch, int attempt, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.HandlerTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            await handler.HandleAsync(dispatch, either.Token);
            return true;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested && error is not NotNowException)
        {
            LogFailed(error, dispatch.Shard, dispatch.Type, dispatch.Sequence, attempt + 1);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Shard {Shard}: {Type} {Sequence} could not be handled, attempt {Attempt}")]
    private partial void LogFailed(Exception error, int shard, string type, long sequence, int attempt);

    [LoggerMessage(LogLevel.Error, "Shard {Shard}: {Type} {Sequence} is given up")]
    private partial void LogSkipped(int shard, string type, long sequence);
}
