using Microsoft.Extensions.Logging;
using NewsBot.Core.Channels;
using NewsBot.Core.Posts;

namespace NewsBot.Core.Flows;

/// <summary>Flow: outbox → platform → outbox. One post a channel at a time, channels beside each other.</summary>
public sealed partial class SendPosts(
    IPostStore posts,
    IEnumerable<IPublisher> publishers,
    TimeProvider time,
    ILogger<SendPosts> logger
)
{
    // Eight doublings of two seconds: a platform that is down is asked about every nine minutes.
    private const int MaxDoublings = 8;

    // After so many tries (half a day) a post that alone keeps failing makes way for those behind it.
    private const int MaxAttempts = 90;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);

    // A platform that asks for no pause at all must not be asked again in a tight loop.
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);

    private readonly Dictionary<Platform, IPublisher> _publishers = publishers.ToDictionary(publisher =>
        publisher.Platform
    );

    /// <summary>Sends what is due until nothing is.</summary>
    /// <param name="cancellationToken">Stops between two posts; a post in flight is sent again with the same key.</param>
    /// <returns>How many posts were confirmed.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var sent = 0;
        while (true)
        {
            var next = await posts.NextAsync(time.GetUtcNow(), cancellationToken);
            if (next.Count == 0)
            {
                return sent;
            }

            var outcomes = await Task.WhenAll(next.Select(post => SendAsync(post, cancellationToken)));
            sent += outcomes.Count(isSent => isSent);
        }
    }

    private async Task<bool> SendAsync(OutgoingPost post, CancellationToken cancellationToken)
    {
        var outcome = await PublishAsync(post, cancellationToken);
        var now = time.GetUtcNow();
        switch (outcome)
        {
            case PublishOutcome.Sent sent:
                await posts.SaveSentAsync(post, sent.MessageId, now, cancellationToken);
                return true;
            case PublishOutcome.Throttled throttled:
                var pause = throttled.RetryAfter > ShortestPause ? throttled.RetryAfter : ShortestPause;
                await posts.SaveRetryAsync(post, now + pause, null, cancellationToken);
                return false;
            case PublishOutcome.ChannelGone gone:
                LogParked(post.Channel, gone.Reason);
                await posts.SaveRetryAsync(post, now, gone.Reason, cancellationToken);
                await posts.ParkAsync(post.Channel, gone.Reason, cancellationToken);
                return false;
            case PublishOutcome.Failed failed when post.Attempts < MaxAttempts:
                LogFailed(post.Id, post.Channel, failed.Reason);
                await posts.SaveRetryAsync(post, now + Pause(post.Attempts), failed.Reason, cancellationToken);
                return false;
            case PublishOutcome.Failed failed:
                LogGivenUp(post.Id, post.Channel, failed.Reason);
                await posts.SaveRejectedAsync(post, failed.Reason, cancellationToken);
                return false;
            case PublishOutcome.Rejected rejected:
                LogGivenUp(post.Id, post.Channel, rejected.Reason);
                await posts.SaveRejectedAsync(post, rejected.Reason, cancellationToken);
                return false;
            default:
                throw new InvalidOperationException($"Unknown outcome {outcome}.");
        }
    }

    private async Task<PublishOutcome> PublishAsync(OutgoingPost post, CancellationToken cancellationToken)
    {
        if (post.Operation is not PostOperation.Create && post.MessageId is null)
        {
            return new PublishOutcome.Rejected("The message it changes was never posted.");
        }

        if (!_publishers.TryGetValue(post.Platform, out var publisher))
        {
            return new PublishOutcome.ChannelGone(
                $"{post.Platform} is not connected. Set it up again and what waits is posted."
            );
        }

        try
        {
            return await publisher.PublishAsync(post, cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            LogBroken(error, post.Id, post.Channel);
            return new PublishOutcome.Failed("Sending failed unexpectedly; the log has the details.");
        }
    }

    private static TimeSpan Pause(int attempts) => FirstPause * (1 << Math.Min(attempts, MaxDoublings));

    [LoggerMessage(LogLevel.Warning, "Parked {Channel}: {Reason}")]
    private partial void LogParked(ChannelId channel, string reason);

    [LoggerMessage(LogLevel.Warning, "Could not send {Post} to {Channel}, trying again: {Reason}")]
    private partial void LogFailed(PostId post, ChannelId channel, string reason);

    [LoggerMessage(LogLevel.Error, "Gave up {Post} to {Channel}: {Reason}")]
    private partial void LogGivenUp(PostId post, ChannelId channel, string reason);

    [LoggerMessage(LogLevel.Error, "Sending {Post} to {Channel} broke")]
    private partial void LogBroken(Exception error, PostId post, ChannelId channel);
}
