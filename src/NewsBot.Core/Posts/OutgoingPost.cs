using NewsBot.Core.Channels;

namespace NewsBot.Core.Posts;

/// <summary>A post that waits to be sent.</summary>
/// <param name="Id">Its row in the outbox.</param>
/// <param name="Channel">Where it goes.</param>
/// <param name="ChannelExternalId">The platform's id of that channel.</param>
/// <param name="Platform">Which publisher sends it.</param>
/// <param name="Key">Names the message of this subject and part in this channel; the publisher keeps it with the message.</param>
/// <param name="Operation">What is to be done.</param>
/// <param name="Body">What it says; for a deletion what it said.</param>
/// <param name="MessageId">The platform's id of the message to edit or delete; null for a creation.</param>
/// <param name="Attempts">Which try this is, from 1.</param>
public sealed record OutgoingPost(
    PostId Id,
    ChannelId Channel,
    string ChannelExternalId,
    Platform Platform,
    string Key,
    PostOperation Operation,
    PostBody Body,
    string? MessageId,
    int Attempts
)
{
    /// <summary>
    /// The lower is sent first: -1 for what must be gone, 1 for what may wait, such as counts on cards; 0 for all else.
    /// </summary>
    public int Priority { get; init; }

    /// <summary>Since when the platform may have the message although nobody confirmed it; null where it certainly has not.</summary>
    public DateTimeOffset? TriedSince { get; init; }

    /// <summary>When it was last tried; null where the platform certainly has not got it.</summary>
    public DateTimeOffset? TriedLast { get; init; }

    /// <summary>Id of the stored picture the message shows before this edit; null for none.</summary>
    public long? PictureShown { get; init; }

    /// <summary>The message of the story's card in the same channel, for what belongs below it; null where there is none.</summary>
    public string? CardMessage { get; init; }

    /// <summary>When its cause happened: for a card when the report appeared; null where nobody knows.</summary>
    public DateTimeOffset? CausedAt { get; init; }

    /// <summary>The trace its cause belongs to, as a W3C traceparent; null where none is recorded.</summary>
    public string? Trace { get; init; }

    /// <summary>
    /// How long a call may be under way: whoever makes it may be gone at any moment of it, and a platform carries out what it
    /// has read.
    /// </summary>
    public static readonly TimeSpan LongestUnderWay = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long the last try may still be under way. Until then not finding its message does not mean that it will not come,
    /// and on a platform that takes the same message twice it must not be sent again.
    /// </summary>
    public TimeSpan UnderWay(DateTimeOffset now) =>
        TriedLast is { } last && now >= last && last + LongestUnderWay > now
            ? last + LongestUnderWay - now
            : TimeSpan.Zero;
}
