using NewsBot.Core.Feeds;

namespace NewsBot.Core.Flows;

/// <summary>
/// Saves the polls that brought nothing, which is most of them, many at once. One that is lost with the process costs
/// another poll of an unchanged feed.
/// </summary>
internal sealed class QuietPolls(IFeedStore feeds, TimeProvider time)
{
    private const int MaxWaiting = 128;

    // The status page tells when a feed was polled.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private List<FeedPoll> _waiting = [];
    private long _first;

    /// <summary>Saves a poll, now or a little later together with others.</summary>
    public Task AddAsync(FeedPoll poll, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _first = _waiting.Count == 0 ? time.GetTimestamp() : _first;
            _waiting.Add(poll);
            if (_waiting.Count < MaxWaiting && time.GetElapsedTime(_first) < LongestWait)
            {
                return Task.CompletedTask;
            }
        }

        return SaveAsync(cancellationToken);
    }

    /// <summary>Saves what still waits.</summary>
    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        List<FeedPoll> polls;
        lock (_lock)
        {
            (polls, _waiting) = (_waiting, []);
        }

        if (polls.Count > 0)
        {
            await feeds.SavePollsAsync(polls, cancellationToken);
        }
    }
}
