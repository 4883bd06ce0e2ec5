namespace NewsBot.Chat.Discord;

/// <summary>Keeps the set-up on Discord looked after: checks guilds and delivers private messages, each at its own pace.</summary>
internal sealed partial class DiscordCare(
    DiscordCheckRounds rounds,
    DiscordPrivateMessages messages,
    TimeProvider time,
    ILogger<DiscordCare> logger
) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(2);

    // A check waits for rate limits at times; nobody's message waits for it.
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(RepeatAsync(rounds.RunAsync, stoppingToken), RepeatAsync(messages.RunAsync, stoppingToken));

    private async Task RepeatAsync(Func<CancellationToken, Task> step, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        do
        {
            try
            {
                await step(cancellationToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                LogBroken(error);
            }
        } while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    [LoggerMessage(LogLevel.Error, "Looking after Discord broke; it goes on with the next tick")]
    private partial void LogBroken(Exception error);
}
