using Microsoft.Extensions.Logging;
using NewsBot.Core.Channels;
using NewsBot.Core.Digests;

namespace NewsBot.Core.Flows;

/// <summary>Flow: due channels → digest → outbox.</summary>
public sealed partial class PublishDigests(
    IDigestStore digests,
    FlowMeter meter,
    TimeProvider time,
    ILogger<PublishDigests> logger
)
{
    /// <summary>Makes every due digest. A channel that fails never stops the others.</summary>
    /// <param name="cancellationToken">Stops between two channels.</param>
    /// <returns>How many digests were made.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var made = 0;
        foreach (var channel in await digests.FindDueAsync(time.GetUtcNow(), cancellationToken))
        {
            using var span = Traces.Start("digest");
            span?.SetTag("channel.id", channel.Value);
            try
            {
                var stories = await digests.PublishAsync(channel, time.GetUtcNow(), cancellationToken);
                LogPublished(channel, stories);
                if (stories > 0)
                {
                    made++;
                    meter.CountDigest(isMade: true);
                }
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                LogBroken(error, channel);
                meter.CountDigest(isMade: false);
            }
        }

        return made;
    }

    [LoggerMessage(LogLevel.Debug, "Digest of {Channel} shows {Stories} stories")]
    private partial void LogPublished(ChannelId channel, int stories);

    [LoggerMessage(LogLevel.Error, "Making the digest of {Channel} broke")]
    private partial void LogBroken(Exception error, ChannelId channel);
}
