using NewsBot.Core.Channels;
using NewsBot.Processes;

namespace NewsBot.Chat.Slack;

/// <summary>
/// Keeps what is to be stored of Slack's events known in a process that takes them by HTTP while another one holds the
/// connections.
/// </summary>
internal sealed partial class SlackTrackingPump(
    SlackTracking tracking,
    LeaseBoard board,
    TimeProvider time,
    ILogger<SlackTrackingPump> logger
) : BackgroundService
{
    // A channel that a command has just added anywhere.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        do
        {
            try
            {
                if (!board.Holds(LeaseBoard.Of(Platform.Slack)))
                {
                    await tracking.RefreshAsync(stoppingToken);
                }
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                LogBroken(error);
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(LogLevel.Error, "The channels of Slack could not be read; it goes on with the next tick")]
    private partial void LogBroken(Exception error);
}
