using Microsoft.Extensions.Logging;

namespace NewsBot.Clients.Discord.Gateway;

/// <summary>Saves what a restart needs to continue the session, where it has changed.</summary>
internal sealed partial class ResumeKeeper(
    int shard,
    GatewaySession session,
    GatewayResume? saved,
    IGatewaySessionStore store,
    TimeProvider time,
    ILogger<ResumeKeeper> logger
) : IDisposable
{
    // A crash replays a second's worth of events; saving each one would cost more than that.
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    // Nothing waits longer for a store that does not answer.
    private static readonly TimeSpan SaveTimeout = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _saving = new(1, 1);
    private GatewayResume? _saved = saved;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            await SaveAsync(cancellationToken);
        }
    }

    /// <summary>Saves now where something has changed. A failure is logged and tried again a second later.</summary>
    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        await _saving.WaitAsync(cancellationToken);
        try
        {
            var resume = session.Resume;
            if (resume != _saved)
            {
                await store.SaveAsync(shard, resume, cancellationToken);
                _saved = resume;
            }
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(error, shard);
        }
        finally
        {
            _saving.Release();
        }
    }

    /// <summary>The save after a connection: the program's own end must not cancel it, and it must not hold up the next.</summary>
    public async Task SaveNowAsync()
    {
        using var limit = new CancellationTokenSource(SaveTimeout, time);
        try
        {
            await SaveAsync(limit.Token);
        }
        catch (OperationCanceledException error)
        {
            LogFailed(error, shard);
        }
    }

    public void Dispose() => _saving.Dispose();

    [LoggerMessage(LogLevel.Warning, "Shard {Shard}: the place to resume from could not be saved")]
    private partial void LogFailed(Exception error, int shard);
}
