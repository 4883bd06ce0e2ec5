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

    /// <summary>Remembers polls that brought no document to take in, all or none.</summary>
    Task SavePollsAsync(IReadOnlyList<FeedPoll> polls, CancellationToken cancellationToken);
}
