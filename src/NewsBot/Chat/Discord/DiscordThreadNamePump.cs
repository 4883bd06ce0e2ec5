namespace NewsBot.Chat.Discord;

/// <summary>Renames threads after their stories, beside all else: a name may have to wait ten minutes, and nobody waits for it.</summary>
internal sealed partial class DiscordThreadNamePump(
    DiscordThreadNames names,
    TimeProvider time,
    ILogger<DiscordThreadNamePump> logger
) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ticks = new PeriodicTimer(Tick, time);
        while (await ticks.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await names.RunAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                LogBroken(error);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "Renaming threads broke; it goes on with the next tick")]
    private partial void LogBroken(Exception error);
}
