using Microsoft.Extensions.Options;
using NewsBot.Clients.Discord.Gateway;
using NewsBot.Clients.Discord.Rest;
using NewsBot.Core.Channels;
using NewsBot.Web;

namespace NewsBot.Chat.Discord;

/// <summary>Holds the connection to Discord's gateway, from the start of the process to its end.</summary>
internal sealed partial class DiscordListener(
    DiscordDispatch dispatch,
    DiscordSessions sessions,
    DiscordTracking tracking,
    DiscordState state,
    ChatStatus status,
    DiscordRest rest,
    DiscordSelf self,
    IOptions<DiscordOptions> options,
    IOptions<WebOptions> web,
    TimeProvider time,
    ILoggerFactory loggers,
    ILogger<DiscordListener> logger
) : BackgroundService
{
    /// <summary>
    /// Guilds, bans and time-outs, messages and their text, reactions, direct messages.
    /// Source: https://discord.com/developers/docs/events/gateway#gateway-intents
    /// </summary>
    public const int Intents = (1 << 0) | (1 << 2) | (1 << 9) | (1 << 10) | (1 << 12) | (1 << 15);

    // Whoever mends a setting in Discord's portal does not have to start us anew; more often would be hammering.
    private static readonly TimeSpan AfterRefusal = TimeSpan.FromHours(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        status.From(Platform.Discord, state.Conditions);
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = await RunOnceAsync(stoppingToken);
            await Task.Delay(pause, time, stoppingToken);
        }
    }

    /// <returns>How long to wait before the next try.</returns>
    private async Task<TimeSpan> RunOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            await tracking.LoadAsync(cancellationToken);
            // A session that is continued does not say who we are, and without that nobody could tell our cards from others.
            tracking.Self = (await AskAsync(self.GetAsync, cancellationToken)).User;
            state.Stopped = null;
            await Gateway().RunAsync(cancellationToken);
            return AfterFailure;
        }
        catch (GatewayFatalException error)
        {
            state.Stopped = error.Message;
            LogStopped(error.Message);
            return AfterRefusal;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            state.Stopped = "The connection to Discord broke; it is tried again within a minute.";
            LogBroken(error);
            return AfterFailure;
        }
    }

    private DiscordGateway Gateway() =>
        new(
            new GatewayOptions
            {
                Token = options.Value.BotToken!,
                Intents = Intents,
                UserAgent = DiscordRegistration.UserAgent(web.Value),
            },
            dispatch,
            sessions,
            AddressAsync,
            time,
            loggers
        );

    private async Task<GatewayAddress> AddressAsync(CancellationToken cancellationToken)
    {
        var bot = await AskAsync(rest.GetGatewayBotAsync, cancellationToken);
        return new GatewayAddress(
            new Uri(bot.Url),
            bot.Shards,
            bot.SessionStartLimit.Total,
            bot.SessionStartLimit.Remaining,
            TimeSpan.FromMilliseconds(bot.SessionStartLimit.ResetAfter),
            bot.SessionStartLimit.MaxConcurrency
        );
    }

    private static async Task<T> AskAsync<T>(
        Func<CancellationToken, Task<T>> question,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await question(cancellationToken);
        }
        catch (DiscordException error) when (error.Status == System.Net.HttpStatusCode.Unauthorized)
        {
            throw new GatewayFatalException(
                "Discord does not know the token. Make a new one on the page “Bot” of the application and set it as Chat:Discord:BotToken.",
                null
            );
        }
    }

    [LoggerMessage(LogLevel.Error, "Discord is off: {Sentence} It is tried again in an hour")]
    private partial void LogStopped(string sentence);

    [LoggerMessage(LogLevel.Error, "The connection to Discord broke; it is tried again in a minute")]
    private partial void LogBroken(Exception error);
}
