using NewsBot.Core.Flows;

namespace NewsBot.Scheduling;

/// <summary>Runs <see cref="SendPosts"/> whenever something may be due: when woken, and once a second because another process may have written.</summary>
internal sealed partial class PostPump(SendPosts flow, TimeProvider time, ILogger<PostPump> logger) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _woken = new(0, 1);

    /// <summary>Says that a post was written just now.</summary>
    public void Wake()
    {
        try
        {
            _woken.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake already.
        }
    }

    public override void Dispose()
    {
        _woken.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await flow.RunAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                LogBroken(error);
            }

            await WaitAsync(stoppingToken);
        }
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var tick = new CancellationTokenSource(Tick, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(tick.Token, cancellationToken);
        try
        {
            await _woken.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The second is over.
        }
    }

    [LoggerMessage(LogLevel.Error, "Sending posts broke; it goes on with the next tick")]
    private partial void LogBroken(Exception error);
}
