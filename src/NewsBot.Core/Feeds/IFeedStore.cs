namespace NewsBot.Core.Feeds;

/// <summary>Port: where feeds are kept.</summary>
public interface IFeedStore
{
    /// <summary>Takes up to <paramref name="limit"/> due feeds that somebody wants for this process alone.</summary>
    /// <param name="now">What is due by now.</param>
    /// <param name="claimFor">How long nobody else may claim them.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Cancels the claim.</param>
    Task<IReadOnlyList<Feed>> ClaimDueAsync(
        DateTimeOffset now,
        TimeSpan claimFor,
        int limit,
        CancellationToken cancellationToken
    );

    /// <summary>A feed whose hub sent its document; what its subscriptions want of older entries is left to its polls.</summary>
    /// <returns>Null where nobody wants it any more.</returns>
    Task<Feed?> FindAsync(FeedId feed, CancellationToken cancellationToken);

    /// <summary>Has a feed polled now, whatever its plan was. One that fails keeps its time.</summary>
    /// <param name="feed">Which feed.</param>
    /// <param name="now">The instant.</param>
    /// <param name="least">Not sooner after its last poll than this.</param>
    /// <param name="claimFor">What is polled within this time may be being polled just now, and keeps its time.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    Task PollSoonAsync(
        FeedId feed,
        DateTimeOffset now,
        TimeSpan least,
        TimeSpan claimFor,
        CancellationToken cancellationToken
    );

    /// <summary>Remembers polls that brought no document to take in, all or none.</summary>
    Task SavePollsAsync(IReadOnlyList<FeedPoll> polls, CancellationToken cancellationToken);
}
