using Microsoft.Extensions.Logging;
using NewsBot.Core.Channels;
using NewsBot.Core.Posts;

namespace NewsBot.Core.Flows;

/// <summary>
/// Flow: outbox → platform → outbox. Every channel is a lane with one post at a time; lanes run beside each other, and
/// one that waits for its platform holds nobody else.
/// </summary>
public sealed partial class SendPosts(
    IPostStore posts,
    IEnumerable<IPublisher> publishers,
    FlowMeter meter,
    TimeProvider time,
    ILogger<SendPosts> logger
)
{
    // A lane is a waiting task, not a thread. A platform takes about fifty posts a second; ten times as many lanes keep
    // it busy even while most of them sit in a limit of their own channel.
    private const int MaxLanes = 512;

    // Eight doublings of two seconds: a platform that is down is asked about every nine minutes.
    private const int MaxDoublings = 8;

    // After so many tries (half a day) a post that alone keeps failing makes way for those behind it.
    private const int MaxAttempts = 90;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);

    // A platform that asks for no pause at all must not be asked again in a tight loop.
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);

    // What may be there already holds back its channel until that is known, so it is asked for more often.
    private static readonly TimeSpan LongestWhileOpen = TimeSpan.FromMinutes(1);

    private const string NeverKnown = "It is not known whether it was posted, and it could not be looked for.";

    // While lanes are under way, posts of other channels become due, some of them written by another process.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    private readonly Dictionary<Platform, IPublisher> _publishers = publishers.ToDictionary(publisher =>
        publisher.Platform
    );

    private volatile TaskCompletionSource _woken = NewSignal();

    /// <summary>Says that a post was written just now: a free lane takes it up at once.</summary>
    public void Wake() => _woken.TrySetResult();

    /// <summary>Sends what is due until nothing is.</summary>
    /// <param name="cancellationToken">Stops between two posts; a post in flight is sent again with the same key.</param>
    /// <returns>How many posts were confirmed.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var sent = 0;
        var lanes = new Dictionary<ChannelId, Task<PostEnding?>>();
        await using var tick = time.CreateTimer(_ => Wake(), null, LookAgain, LookAgain);
        try
        {
            while (true)
            {
                var woken = Listen();
                var ended = lanes.Where(lane => lane.Value.IsCompleted).ToDictionary();
                var endings = await EndingsAsync(ended.Values);
                List<ChannelId> busy = [.. lanes.Keys.Except(ended.Keys)];
                var now = time.GetUtcNow();
                var next = await posts.TurnAsync(endings, busy, MaxLanes - busy.Count, now, cancellationToken);
                Count(endings, now);
                sent += endings.Count(ending => ending is PostEnding.Sent);
                foreach (var channel in ended.Keys)
                {
                    lanes.Remove(channel);
                }

                foreach (var post in next)
                {
                    lanes.Add(post.Channel, SendAsync(post, cancellationToken));
                }

                if (lanes.Count == 0)
                {
                    return sent;
                }

                await Task.WhenAny([.. lanes.Values, woken]);
            }
        }
        finally
        {
            await LeaveAsync(lanes.Values);
        }
    }

    /// <summary>Waits until <see cref="Wake"/> is called, or a while at most.</summary>
    /// <param name="atMost">The while.</param>
    /// <param name="cancellationToken">Ends the wait with an exception.</param>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(_woken.Task, Task.Delay(atMost, time, stop.Token));
        await stop.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    // From here on a call of Wake is not missed.
    private Task Listen()
    {
        if (_woken.Task.IsCompleted)
        {
            _woken = NewSignal();
        }

        return _woken.Task;
    }

    private static async Task<IReadOnlyList<PostEnding>> EndingsAsync(IEnumerable<Task<PostEnding?>> lanes)
    {
        var endings = await Task.WhenAll(lanes);
        return endings.Contains(null)
            ? throw new OperationCanceledException("A post was cut off, and nobody knows whether it was sent.")
            : [.. endings.OfType<PostEnding>()];
    }

    // What the platform has confirmed is written down even while everything stops, so that it need not be looked for.
    private async Task LeaveAsync(IEnumerable<Task<PostEnding?>> lanes)
    {
        var endings = (await Task.WhenAll(lanes)).OfType<PostEnding>().ToList();
        if (endings.Count > 0)
        {
            var now = time.GetUtcNow();
            await posts.TurnAsync(endings, [], 0, now, CancellationToken.None);
            Count(endings, now);
        }
    }

    // What is counted is what was written down.
    private void Count(IEnumerable<PostEnding> endings, DateTimeOffset now)
    {
        foreach (var ending in endings)
        {
            meter.Count(ending, now);
        }
    }

    // Null where it was cut off and the outcome is not known.
    private async Task<PostEnding?> SendAsync(OutgoingPost post, CancellationToken cancellationToken)
    {
        using var span = Traces.Start("post.send", post.Trace);
        span?.SetTag("post.id", post.Id.Value);
        span?.SetTag("channel.id", post.Channel.Value);
        span?.SetTag("platform", FlowMeter.Word(post.Platform));
        span?.SetTag("operation", FlowMeter.Word(post.Operation));
        span?.SetTag("attempt", post.Attempts);
        PublishOutcome outcome;
        try
        {
            outcome = await PublishAsync(post, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            LogBroken(error, post.Id, post.Channel);
            outcome = new PublishOutcome.Failed("Sending failed unexpectedly; the log has the details.");
        }

        var ending = End(post, outcome, time.GetUtcNow());
        span?.SetTag("outcome", FlowMeter.Outcome(ending));
        return ending;
    }

    private Task<PublishOutcome> PublishAsync(OutgoingPost post, CancellationToken cancellationToken) =>
        _publishers.TryGetValue(post.Platform, out var publisher)
            ? publisher.PublishAsync(post, cancellationToken)
            : Task.FromResult<PublishOutcome>(
                new PublishOutcome.ChannelGone(
                    $"{post.Platform} is not connected. Set it up again and what waits is posted."
                )
            );

    private PostEnding End(OutgoingPost post, PublishOutcome outcome, DateTimeOffset now)
    {
        switch (outcome)
        {
            case PublishOutcome.Sent sent:
                return new PostEnding.Sent(post, sent.MessageId, sent.Picture);
            case PublishOutcome.Throttled throttled:
                return new PostEnding.Later(post, now + NoShorter(throttled.RetryAfter), null, IsUnsent: true);
            // It may be there already: making way would forget that, and it would be posted once more.
            case PublishOutcome.Postponed postponed when IsOpen(post) && post.Attempts < MaxAttempts:
                return new PostEnding.Later(post, now + WhileOpen(postponed.RetryAfter), null, IsUnsent: true);
            case PublishOutcome.Postponed when IsOpen(post):
                LogGivenUp(post.Id, post.Channel, NeverKnown);
                return new PostEnding.GivenUp(post, NeverKnown);
            case PublishOutcome.Postponed postponed:
                return new PostEnding.Postponed(post, now + NoShorter(postponed.RetryAfter));
            case PublishOutcome.ChannelGone gone:
                LogParked(post.Channel, gone.Reason);
                return new PostEnding.Parked(post, gone.Reason);
            case PublishOutcome.MessageGone:
                LogGone(post.Id, post.Channel);
                return new PostEnding.Gone(post);
            case PublishOutcome.TakenBack:
                return new PostEnding.TakenBack(post);
            case PublishOutcome.Failed failed when post.Attempts < MaxAttempts:
                LogFailed(post.Id, post.Channel, failed.Reason);
                return new PostEnding.Later(post, now + Pause(post.Attempts), failed.Reason, IsUnsent: false);
            case PublishOutcome.Failed failed:
                LogGivenUp(post.Id, post.Channel, failed.Reason);
                return new PostEnding.GivenUp(post, failed.Reason);
            case PublishOutcome.Rejected rejected:
                LogGivenUp(post.Id, post.Channel, rejected.Reason);
                return new PostEnding.GivenUp(post, rejected.Reason);
            default:
                throw new InvalidOperationException($"Unknown outcome {outcome}.");
        }
    }

    private static bool IsOpen(OutgoingPost post) => post is { Operation: PostOperation.Create, TriedSince: not null };

    private static TimeSpan WhileOpen(TimeSpan pause) => NoShorter(pause < LongestWhileOpen ? pause : LongestWhileOpen);

    private static TimeSpan NoShorter(TimeSpan pause) => pause > ShortestPause ? pause : ShortestPause;

    private static TimeSpan Pause(int attempts) => FirstPause * (1 << Math.Min(attempts, MaxDoublings));

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(LogLevel.Warning, "Parked {Channel}: {Reason}")]
    private partial void LogParked(ChannelId channel, string reason);

    [LoggerMessage(
        LogLevel.Information,
        "The message of {Post} in {Channel} was removed there; it is left alone from now on"
    )]
    private partial void LogGone(PostId post, ChannelId channel);

    [LoggerMessage(LogLevel.Warning, "Could not send {Post} to {Channel}, trying again: {Reason}")]
    private partial void LogFailed(PostId post, ChannelId channel, string reason);

    [LoggerMessage(LogLevel.Error, "Gave up {Post} to {Channel}: {Reason}")]
    private partial void LogGivenUp(PostId post, ChannelId channel, string reason);

    [LoggerMessage(LogLevel.Error, "Sending {Post} to {Channel} broke")]
    private partial void LogBroken(Exception error, PostId post, ChannelId channel);
}
