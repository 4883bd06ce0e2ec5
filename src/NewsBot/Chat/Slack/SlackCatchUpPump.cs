namespace NewsBot.Chat.Slack;

/// <summary>Runs <see cref="SlackCatchUp"/> while something is to be read, and what else is done now and then.</summary>
internal sealed partial class SlackCatchUpPump(
    SlackCatchUp flow,
    SlackPeople people,
    SlackInstalls installs,
    SlackState state,
    TimeProvider time,
    ILogger<SlackCatchUpPump> logger
) : BackgroundService
{
    // A look into a few indexes.
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await installs.RenewDueAsync(stoppingToken);
                if (state.IsConnected)
                {
                    await people.RunAsync(stoppingToken);
                    await flow.RunAsync(stoppingToken);
                }
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                LogBroken(error);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "Catching up with Slack broke; it goes on with the next tick")]
    private partial void LogBroken(Exception error);
}
