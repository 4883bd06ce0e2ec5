using NewsBot.Core.Channels;

namespace NewsBot.Core.Posts;

/// <summary>Port: the outbox.</summary>
public interface IPostStore
{
    /// <summary>The next post of every channel that is not parked: one a channel, so that a channel's order is kept.</summary>
    /// <param name="now">Posts with a later <c>not_before</c> wait, and hold back those behind them.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    Task<IReadOnlyList<OutgoingPost>> NextAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Records that the platform has the post.</summary>
    Task SaveSentAsync(OutgoingPost post, string messageId, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Puts a post off.</summary>
    /// <param name="post">Which post.</param>
    /// <param name="notBefore">When to try again.</param>
    /// <param name="reason">Shown on the status page; null for a pause the platform asked for.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    Task SaveRetryAsync(
        OutgoingPost post,
        DateTimeOffset notBefore,
        string? reason,
        CancellationToken cancellationToken
    );

    /// <summary>Gives a post up: the platform will never take it.</summary>
    Task SaveRejectedAsync(OutgoingPost post, string reason, CancellationToken cancellationToken);

    /// <summary>Stops sending to a channel until an admin has mended it; what waits is kept.</summary>
    Task ParkAsync(ChannelId channel, string reason, CancellationToken cancellationToken);
}
