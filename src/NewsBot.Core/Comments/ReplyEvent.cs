using NewsBot.Core.Channels;
using NewsBot.Core.Communities;
using NewsBot.Core.Stories;

namespace NewsBot.Core.Comments;

/// <summary>Something that happened to a person's message under a story. The same event told twice counts once.</summary>
/// <param name="Channel">Where the message stands.</param>
/// <param name="MessageId">The platform's id of the message.</param>
/// <param name="Stamp">Tells two events of one kind and message apart: the platform's clock in UTC milliseconds.</param>
public abstract record ReplyEvent(ChannelId Channel, string MessageId, long Stamp)
{
    /// <summary>A reply was written.</summary>
    /// <param name="Channel">Where it was written.</param>
    /// <param name="MessageId">The platform's id.</param>
    /// <param name="Stamp">When it was written.</param>
    /// <param name="Story">What it is about.</param>
    /// <param name="Parent">Number of the comment it answers; 0 for the story.</param>
    /// <param name="Author">Who wrote it.</param>
    /// <param name="Markdown">Cleaned text.</param>
    public sealed record Created(
        ChannelId Channel,
        string MessageId,
        long Stamp,
        StoryId Story,
        int Parent,
        MemberId Author,
        string Markdown
    ) : ReplyEvent(Channel, MessageId, Stamp);

    /// <summary>Its author changed the text.</summary>
    /// <param name="Channel">Where it stands.</param>
    /// <param name="MessageId">The platform's id.</param>
    /// <param name="Stamp">When it was edited.</param>
    /// <param name="Markdown">The new text, cleaned.</param>
    public sealed record Edited(ChannelId Channel, string MessageId, long Stamp, string Markdown)
        : ReplyEvent(Channel, MessageId, Stamp);

    /// <summary>It was deleted where it was written.</summary>
    /// <param name="Channel">Where it stood.</param>
    /// <param name="MessageId">The platform's id.</param>
    /// <param name="Stamp">When it was deleted.</param>
    public sealed record Deleted(ChannelId Channel, string MessageId, long Stamp)
        : ReplyEvent(Channel, MessageId, Stamp);
}
