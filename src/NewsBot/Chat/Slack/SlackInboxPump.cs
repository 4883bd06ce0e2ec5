using NewsBot.Clients.Slack.WebApi;

namespace NewsBot.Chat.Slack;

/// <summary>Takes in what <see cref="SlackInbox"/> holds, in the order in which it came.</summary>
internal sealed partial class SlackInboxPump(
    SlackInbox inbox,
    SlackEvents events,
    SlackCatchUp catchUp,
    TimeProvider time,
    ILogger<SlackInboxPump> logger
) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    // The bot learns the id of its own message from the answer to its call, and people may be quicker than that answer.
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    // Everything takes longer than this only after a stop or a failure.
    private static readonly TimeSpan Prompt = TimeSpan.FromSeconds(5);

    // A card whose sending nobody knows the end of is settled long before.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    // Over about two minutes; what it said is then read anew.
    private const int MaxFailures = 15;

    /// <summary>Takes in what is due now.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var due = await inbox.DueAsync(cancellationToken);
        List<long> done = [];
        try
        {
            foreach (var waiting in due)
            {
                if (await TakeAsync(waiting, cancellationToken))
                {
                    done.Add(waiting.Id);
                }
            }
        }
        finally
        {
            // Taking one in again changes nothing, so a crash before this does no harm.
            await inbox.DoneAsync(done, CancellationToken.None);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunAsync(stoppingToken);
                await inbox.WaitAsync(Tick, stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                LogBroken(error);
                await Task.Delay(Tick, time, stoppingToken);
            }
        }
    }

    /// <returns>Whether it is settled; else it was put off.</returns>
    private async Task<bool> TakeAsync(WaitingEvent waiting, CancellationToken cancellationToken)
    {
        try
        {
            await events.TakeAsync(waiting.Body, IsLate(waiting), cancellationToken);
            return true;
        }
        catch (ReplyTooEarlyException)
        {
            if (time.GetUtcNow() - waiting.ReceivedAt >= Patience)
            {
                await catchUp.FlagAsync(null, cancellationToken);
                return true;
            }
        }
        catch (SlackException error)
        {
            LogPutOff(error.Message);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            LogFailed(error);
            if (waiting.Attempts >= MaxFailures)
            {
                await catchUp.FlagAsync(null, cancellationToken);
                return true;
            }
        }

        await inbox.LaterAsync(waiting.Id, Pause(waiting.Attempts), cancellationToken);
        return false;
    }

    // One of before a restart, or that was put off; a clock that was set back makes it look as if it came from tomorrow.
    private bool IsLate(WaitingEvent waiting)
    {
        var age = time.GetUtcNow() - waiting.ReceivedAt;
        return waiting.IsToldAgain || age < TimeSpan.Zero || age > Prompt;
    }

    private static TimeSpan Pause(int attempts)
    {
        var pause = FirstPause * (1 << Math.Min(attempts, 10));
        return pause < LongestPause ? pause : LongestPause;
    }

    [LoggerMessage(LogLevel.Error, "Taking in events of Slack broke; it goes on with the next tick")]
    private partial void LogBroken(Exception error);

    [LoggerMessage(LogLevel.Error, "An event of Slack could not be taken in; it is tried again")]
    private partial void LogFailed(Exception error);

    [LoggerMessage(LogLevel.Warning, "An event of Slack has to wait: {Reason}")]
    private partial void LogPutOff(string reason);
}
