namespace NewsBot.Core.Posts;

/// <summary>How sending one post ended.</summary>
public abstract record PublishOutcome
{
    private PublishOutcome() { }

    /// <summary>The platform has it.</summary>
    /// <param name="MessageId">The platform's id of the message.</param>
    public sealed record Sent(string MessageId) : PublishOutcome
    {
        /// <summary>Id of the stored picture the message shows; null for none.</summary>
        public long? Picture { get; init; }
    }

    /// <summary>The platform asked for a pause; the channel waits. Nothing was posted.</summary>
    public sealed record Throttled(TimeSpan RetryAfter) : PublishOutcome;

    /// <summary>The platform was not asked, because others need what is left of its limits; the channel goes on without this post.</summary>
    public sealed record Postponed(TimeSpan RetryAfter) : PublishOutcome;

    /// <summary>Nothing is known of the outcome, or the platform failed; it is tried again.</summary>
    /// <param name="Reason">One English sentence without secrets.</param>
    public sealed record Failed(string Reason) : PublishOutcome;

    /// <summary>The channel refuses the bot: it is parked, and what waits is kept. Nothing was posted.</summary>
    /// <param name="Reason">What an admin has to do.</param>
    public sealed record ChannelGone(string Reason) : PublishOutcome;

    /// <summary>The platform will never take this post.</summary>
    public sealed record Rejected(string Reason) : PublishOutcome;

    /// <summary>Somebody removed the message on the platform, so there is nothing to change, and it is not posted again.</summary>
    public sealed record MessageGone : PublishOutcome;

    /// <summary>Nobody can change the message any more, so we removed it; what it should say is posted anew.</summary>
    public sealed record TakenBack : PublishOutcome;
}
