using NewsBot.Core.Channels;

namespace NewsBot.Core.Posts;

/// <summary>Port: sends posts to one platform.</summary>
public interface IPublisher
{
    Platform Platform { get; }

    /// <summary>Sends one post. Sending the same post twice leaves one message: see <see cref="OutgoingPost.Key"/>.</summary>
    Task<PublishOutcome> PublishAsync(OutgoingPost post, CancellationToken cancellationToken);
}
