using NewsBot.Core.Channels;

namespace NewsBot.Core.Digests;

/// <summary>Port: where digests are made.</summary>
public interface IDigestStore
{
    /// <summary>The channels whose digest is due.</summary>
    Task<IReadOnlyList<ChannelId>> FindDueAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Makes a channel's due digest and plans its next one, all or nothing. A digest is named by channel and due instant: made again, it changes nothing.</summary>
    /// <returns>How many stories it shows; 0 where there was nothing to say or nothing was due any more.</returns>
    Task<int> PublishAsync(ChannelId channel, DateTimeOffset now, CancellationToken cancellationToken);
}
