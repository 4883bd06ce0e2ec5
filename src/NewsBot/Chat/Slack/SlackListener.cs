using Microsoft.Extensions.Options;
using NewsBot.Clients.RateLimits;
using NewsBot.Clients.Slack.SocketMode;
using NewsBot.Clients.Slack.WebApi;
using NewsBot.Core.Channels;
using NewsBot.Web;

namespace NewsBot.Chat.Slack;

/// <summary>Finds out where we are, and holds the sockets to Slack where everything comes over them.</summary>
internal sealed partial class SlackListener(
    SlackDispatch dispatch,
    SlackInstalls installs,
    SlackTracking tracking,
    SlackCatchUp catchUp,
    SlackState state,
    ChatStatus status,
    IHttpClientFactory clients,
    IOptions<SlackOptions> options,
    IOptions<WebOptions> web,
    [FromKeyedServices(Platform.Slack)] CallMeter meter,
    TimeProvider time,
    ILoggerFactory loggers,
    ILogger<SlackListener> logger
) : BackgroundService
{
    // Whoever mends a setting at Slack does not have to start us anew; more often would be hammering.
    private static readonly TimeSpan AfterRefusal = TimeSpan.FromHours(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        state.IsByHttp = options.Value.AppToken is not { Length: > 0 };
        state.Begin();
        status.From(Platform.Slack, state.Conditions);
        // Whatever was said while this process was not there was told to nobody, or will be told again.
        catchUp.IsBehind = true;
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
            await tracking.RefreshAsync(cancellationToken);
            await installs.LoadAsync(cancellationToken);
            state.Stopped = null;
            if (state.IsByHttp)
            {
                // Slack comes to us; there is nothing to hold.
                await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
            }

            await ListenAsync(cancellationToken);
            return AfterFailure;
        }
        catch (SlackSocketFatalException error)
        {
            return Stop(error.Message, AfterRefusal);
        }
        catch (SlackException error) when (error.IsInstallDead)
        {
            return Stop(
                "Slack does not take the bot's token. Copy the “Bot User OAuth Token” from the page “OAuth & Permissions” of the app and set it as Chat:Slack:BotToken.",
                AfterRefusal
            );
        }
        catch (SlackException error)
        {
            return Stop($"{error.Message} It is tried again within a minute.", AfterFailure);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            state.Stopped = "The connection to Slack broke; it is tried again within a minute.";
            LogBroken(error);
            return AfterFailure;
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        var userAgent = SlackRegistration.UserAgent(web.Value);
        using var api = new SlackWebApi(
            new SlackWebApiOptions(options.Value.AppToken, userAgent) { BaseUrl = options.Value.Api, Meter = meter },
            clients.CreateClient(SlackRegistration.HttpClientName),
            time
        );
        var socket = new SlackSocket(
            new SlackSocketOptions { UserAgent = userAgent },
            dispatch,
            api.OpenSocketAsync,
            time,
            loggers
        );
        await socket.RunAsync(cancellationToken);
    }

    private TimeSpan Stop(string sentence, TimeSpan pause)
    {
        state.Stopped = sentence;
        LogStopped(sentence);
        return pause;
    }

    [LoggerMessage(LogLevel.Error, "Slack is off: {Sentence}")]
    private partial void LogStopped(string sentence);

    [LoggerMessage(LogLevel.Error, "The connection to Slack broke; it is tried again in a minute")]
    private partial void LogBroken(Exception error);
}
