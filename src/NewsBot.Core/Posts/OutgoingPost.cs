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

    /// <summary>Id of the stored picture the message shows before this edit; null for none.</summary>
    public long? PictureShown { get; init; }

    /// <summary>The message of the story's card in the same channel, for what belongs below it; null where there is none.</summary>
    public string? CardMessage { get; init; }
}
