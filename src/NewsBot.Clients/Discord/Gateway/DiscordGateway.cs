using Microsoft.Extensions.Logging;
using NewsBot.Clients.Sockets;

namespace NewsBot.Clients.Discord.Gateway;

/// <summary>The bot's connections to Discord's gateway, one for each shard. Source: https://discord.com/developers/docs/events/gateway</summary>
/// <param name="options">Who the bot is.</param>
/// <param name="handler">What to do with what arrives.</param>
/// <param name="store">Where sessions are kept over a restart.</param>
/// <param name="address">
/// Asks GET /gateway/bot; called before each new session. It may throw <see cref="GatewayFatalException"/> where asking
/// again would not help, such as for a refused token; after any other failure it is asked again later.
/// </param>
/// <param name="time">The clock.</param>
/// <param name="loggers">Makes the loggers.</param>
public sealed partial class DiscordGateway(
    GatewayOptions options,
    IGatewayHandler handler,
    IGatewaySessionStore store,
    Func<CancellationToken, Task<GatewayAddress>> address,
    TimeProvider time,
    ILoggerFactory loggers
)
{
    // Discord itself runs its largest bots on some ten thousand; a wrong answer must not start a million.
    private const int MaxShards = 16_384;

    private readonly ILogger<DiscordGateway> _logger = loggers.CreateLogger<DiscordGateway>();
    private readonly GatewayReports _reports = new(handler, loggers.CreateLogger<GatewayReports>());

    /// <summary>Runs all shards until cancelled, then closes them so that they can be resumed.</summary>
    /// <param name="cancellationToken">Stops in good order; the task then ends as cancelled.</param>
    /// <exception cref="GatewayFatalException">Discord refused for good; says what an admin has to do.</exception>
    /// <exception cref="ArgumentException">The presence is no JSON or too long.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // Fails at start where it would fail at every connection.
        _ = GatewayPayloads.Identify(options, 0, 1);
        using var gate = new IdentifyGate(options.IdentifyEvery, time);
        var shards = options.ShardCount > 0 ? options.ShardCount : await AskShardsAsync(gate, cancellationToken);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = Enumerable
            .Range(0, Math.Clamp(shards, 1, MaxShards))
            .Select(shard =>
                new GatewayShard(shard, shards, options, _reports, store, address, gate, time, loggers).RunAsync(
                    ended.Token
                )
            )
            .ToList();

        // What is fatal for one shard is so for all: token, intents and shard count are the same.
        await Task.WhenAny(running);
        await ended.CancelAsync();
        foreach (var shard in running)
        {
            // Waits for its end without taking part in how it ended.
            await Task.WhenAny(shard);
        }

        // The one that says why, before those that were cancelled because of it.
        await (running.Find(shard => shard.IsFaulted) ?? running[0]);
    }

    private async Task<int> AskShardsAsync(IdentifyGate gate, CancellationToken cancellationToken)
    {
        for (var failures = 0; ; failures++)
        {
            try
            {
                var answer = await gate.AskAsync(address, cancellationToken);
                return Math.Clamp(answer.Shards, 1, MaxShards);
            }
            catch (GatewayFatalException fatal)
            {
                _reports.Report(new GatewayState.Stopped(0, fatal.Message, fatal.CloseCode));
                throw;
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested)
            {
                LogAskFailed(error.Message);
                var wait = ReconnectDelay.After(
                    failures + 1,
                    options.FirstDelay,
                    options.LongestDelay,
                    Random.Shared.NextDouble()
                );
                _reports.Report(
                    new GatewayState.Waiting(0, "Discord does not say where its gateway is", time.GetUtcNow() + wait)
                );
                await Task.Delay(wait, time, cancellationToken);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Discord does not say where its gateway is: {Reason}")]
    private partial void LogAskFailed(string reason);
}
