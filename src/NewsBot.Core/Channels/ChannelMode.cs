namespace NewsBot.Core.Channels;

/// <summary>When a channel gets its stories.</summary>
public enum ChannelMode
{
    /// <summary>As they come.</summary>
    Instant,

    /// <summary>At the times of its schedule.</summary>
    Digest,

    /// <summary>At the times of its schedule; what cannot wait at once.</summary>
    DigestAndBreaking,
}
