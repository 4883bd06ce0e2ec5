using NewsBot.Core.Channels;

namespace NewsBot.Core.Posts;

/// <summary>Port: the outbox.</summary>
public interface IPostStore
{
    /// <summary>
    /// Writes down how posts ended and hands out the next ones, in one transaction: of every channel that is neither
    /// parked nor busy the one whose turn it is, so that a channel's order is kept.
    /// </summary>
    /// <param name="endings">Posts that were tried since the last turn, at most one a channel.</param>
    /// <param name="busy">Channels with a post in flight.</param>
    /// <param name="most">How many posts to hand out at most; 0 only writes down.</param>
    /// <param name="now">Posts with a later <c>not_before</c> wait; one that was tried before holds back those behind it.</param>
    /// <param name="cancellationToken">Cancels the transaction as a whole.</param>
    Task<IReadOnlyList<OutgoingPost>> TurnAsync(
        IReadOnlyCollection<PostEnding> endings,
        IReadOnlyCollection<ChannelId> busy,
        int most,
        DateTimeOffset now,
        CancellationToken cancellationToken
    );
}
