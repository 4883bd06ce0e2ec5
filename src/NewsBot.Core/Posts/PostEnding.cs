namespace NewsBot.Core.Posts;

/// <summary>What the outbox writes down of a post that was tried.</summary>
public abstract record PostEnding
{
    private PostEnding(OutgoingPost post) => Post = post;

    public OutgoingPost Post { get; }

    /// <summary>The platform has it.</summary>
    /// <param name="Of">The post.</param>
    /// <param name="MessageId">The platform's id of the message.</param>
    /// <param name="Picture">Id of the stored picture the message shows now; null for none.</param>
    public sealed record Sent(OutgoingPost Of, string MessageId, long? Picture) : PostEnding(Of);

    /// <summary>It is tried again, and holds back those behind it.</summary>
    /// <param name="Of">The post.</param>
    /// <param name="NotBefore">When to try again.</param>
    /// <param name="Reason">Shown on the status page; null for a pause the platform asked for.</param>
    /// <param name="IsUnsent">True where it is certain that this try left nothing on the platform.</param>
    public sealed record Later(OutgoingPost Of, DateTimeOffset NotBefore, string? Reason, bool IsUnsent)
        : PostEnding(Of);

    /// <summary>The platform was not even asked: it makes way for those behind it.</summary>
    /// <param name="Of">The post.</param>
    /// <param name="NotBefore">When its turn may come again.</param>
    public sealed record Postponed(OutgoingPost Of, DateTimeOffset NotBefore) : PostEnding(Of);

    /// <summary>Its channel refuses the bot: nothing is sent there until an admin has mended it, and what waits is kept.</summary>
    /// <param name="Of">The post.</param>
    /// <param name="Reason">What an admin has to do.</param>
    public sealed record Parked(OutgoingPost Of, string Reason) : PostEnding(Of);

    /// <summary>The platform will never take it.</summary>
    /// <param name="Of">The post.</param>
    /// <param name="Reason">Why, in one English sentence.</param>
    public sealed record GivenUp(OutgoingPost Of, string Reason) : PostEnding(Of);

    /// <summary>Somebody removed the message on the platform: there is nothing to change any more.</summary>
    /// <param name="Of">The post.</param>
    public sealed record Gone(OutgoingPost Of) : PostEnding(Of);

    /// <summary>We removed the message, because it could not be changed: it is posted anew.</summary>
    /// <param name="Of">The post.</param>
    public sealed record TakenBack(OutgoingPost Of) : PostEnding(Of);
}
