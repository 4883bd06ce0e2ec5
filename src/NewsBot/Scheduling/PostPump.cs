using NewsBot.Core.Flows;
using NewsBot.Processes;

namespace NewsBot.Scheduling;

/// <summary>Runs <see cref="SendPosts"/> whenever something may be due: when woken, and once a second because another process may have written.</summary>
internal sealed partial class PostPump : BackgroundService
{
    private const string Signal = "posts";

    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly SendPosts _flow;
    private readonly Signals? _signals;
    private readonly ILogger<PostPump> _logger;

    /// <param name="flow">Sends.</param>
    /// <param name="logger">Hears what broke.</param>
    /// <param name="signals">Reaches the other processes; null where there can be none.</param>
    public PostPump(SendPosts flow, ILogger<PostPump> logger, Signals? signals = null)
    {
        (_flow, _signals, _logger) = (flow, signals, logger);
        signals?.On(Signal, _ => flow.Wake());
    }

    /// <summary>Says that a post was written just now, also to the processes that send.</summary>
    public void Wake()
    {
        _flow.Wake();
        _signals?.Send(Signal);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await _flow.RunAsync(stoppingToken);
            }
            // A wait that some client gave up looks like a stop, and must not end the pump.
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                LogBroken(error);
            }

            await _flow.WaitAsync(Tick, stoppingToken);
        }
    }

    [LoggerMessage(LogLevel.Error, "Sending posts broke; it goes on with the next tick")]
    private partial void LogBroken(Exception error);
}
