namespace NewsBot.Chat;

/// <summary>
/// Keeps what a platform needs looked after, such as its check and its private messages: each at its own pace, because
/// one that waits for rate limits must hold up no other.
/// </summary>
internal sealed partial class ChatCare(
    string platform,
    IReadOnlyList<Func<CancellationToken, Task>> steps,
    TimeProvider time,
    ILogger<ChatCare> logger
) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(2);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(steps.Select(step => RepeatAsync(step, stoppingToken)));

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
                LogBroken(error, platform);
            }
        } while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    [LoggerMessage(LogLevel.Error, "Looking after {Platform} broke; it goes on with the next tick")]
    private partial void LogBroken(Exception error, string platform);
}
