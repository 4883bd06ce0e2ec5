namespace NewsBot.Core.Posts;

/// <summary>How sending one post ended.</summary>
public abstract record PublishOutcome
{
    private PublishOutcome() { }

    /// <summary>The platform has it.</summary>
    /// <param name="MessageId">The platform's id of the message.</param>
    public sealed record Sent(string MessageId) : PublishOutcome;

    /// <summary>The platform asked for a pause; the channel waits.</summary>
    public sealed record Throttled(TimeSpan RetryAfter) : PublishOutcome;

    /// <summary>Nothing is known of the outcome, or the platform failed; it is tried again.</summary>
    /// <param name="Reason">One English sentence without secrets.</param>
    public sealed record Failed(string Reason) : PublishOutcome;

    /// <summary>The channel refuses the bot: it is parked, and what waits is kept.</summary>
    /// <param name="Reason">What an admin has to do.</param>
    public sealed record ChannelGone(string Reason) : PublishOutcome;

    /// <summary>The platform will never take this post.</summary>
    public sealed record Rejected(string Reason) : PublishOutcome;
}
