namespace NewsBot.Chat.Discord;

/// <summary>Opens the threads replies asked for, and keeps their locks as their stories have them.</summary>
internal sealed partial class DiscordThreadPump(
    DiscordThreads threads,
    DiscordThreadLocks locks,
    TimeProvider time,
    ILogger<DiscordThreadPump> logger
) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ticks = new PeriodicTimer(Tick, time);
        while (await ticks.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await threads.OpenWantedAsync(stoppingToken);
                await locks.RunAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                LogBroken(error);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "Keeping the threads broke; it goes on with the next tick")]
    private partial void LogBroken(Exception error);
}
