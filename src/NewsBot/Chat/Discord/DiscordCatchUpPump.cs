namespace NewsBot.Chat.Discord;

/// <summary>Runs <see cref="DiscordCatchUp"/> while something is to be read and Discord is connected.</summary>
internal sealed partial class DiscordCatchUpPump(
    DiscordCatchUp flow,
    DiscordState state,
    TimeProvider time,
    ILogger<DiscordCatchUpPump> logger
) : BackgroundService
{
    // A look into two indexes; a new session waits so long until its guilds have told of themselves.
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (state.IsConnected)
                {
                    await flow.RunAsync(stoppingToken);
                }
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                LogBroken(error);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "Catching up with Discord broke; it goes on with the next tick")]
    private partial void LogBroken(Exception error);
}
