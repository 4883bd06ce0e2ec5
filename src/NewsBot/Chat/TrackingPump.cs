using NewsBot.Web;

namespace NewsBot.Chat;

/// <summary>
/// Keeps known in every process what is listened to: what a command has just changed, at whichever of them, at once, and
/// what was missed of that a little later.
/// </summary>
internal sealed partial class TrackingPump : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);

    // Commands come one after the other when a newsroom is laid out; each look reads every channel.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly IEnumerable<ITracking> _trackings;
    private readonly TimeProvider _time;
    private readonly ILogger<TrackingPump> _logger;
    private volatile TaskCompletionSource _changed = NewSignal();

    public TrackingPump(
        IEnumerable<ITracking> trackings,
        LiveUpdates live,
        TimeProvider time,
        ILogger<TrackingPump> logger
    )
    {
        (_trackings, _time, _logger) = (trackings, time, logger);
        live.OnSettingChanged(() => _changed.TrySetResult());
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            // What changes from here on is read by the next look.
            _changed = NewSignal();
            foreach (var tracking in _trackings)
            {
                await RefreshAsync(tracking, stoppingToken);
            }

            await Task.Delay(Pause, _time, stoppingToken);
            await Task.WhenAny(_changed.Task, Task.Delay(LookEvery, _time, stoppingToken));
            stoppingToken.ThrowIfCancellationRequested();
        }
    }

    private async Task RefreshAsync(ITracking tracking, CancellationToken cancellationToken)
    {
        try
        {
            await tracking.RefreshAsync(cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            LogBroken(error);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(LogLevel.Error, "What is listened to could not be read; it goes on with the next look")]
    private partial void LogBroken(Exception error);
}
