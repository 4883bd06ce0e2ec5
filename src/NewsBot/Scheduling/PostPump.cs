using NewsBot.Core.Flows;

namespace NewsBot.Scheduling;

/// <summary>Runs <see cref="SendPosts"/> whenever something may be due: when woken, and once a second because another process may have written.</summary>
internal sealed partial class PostPump(SendPosts flow, ILogger<PostPump> logger) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    /// <summary>Says that a post was written just now.</summary>
    public void Wake() => flow.Wake();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await flow.RunAsync(stoppingToken);
            }
            // A wait that some client gave up looks like a stop, and must not end the pump.
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                LogBroken(error);
            }

            await flow.WaitAsync(Tick, stoppingToken);
        }
    }

    [LoggerMessage(LogLevel.Error, "Sending posts broke; it goes on with the next tick")]
    private partial void LogBroken(Exception error);
}
