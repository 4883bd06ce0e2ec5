using NewsBot.Core.Channels;
using NewsBot.Core.Posts;

namespace NewsBot.Core.Commands;

/// <summary>Posts that an answer shows exactly as they would stand in a channel.</summary>
/// <param name="Platform">Of the channel; on another platform the words have to do.</param>
/// <param name="Channel">Where they would be posted.</param>
/// <param name="ChannelExternalId">The platform's id of that channel.</param>
/// <param name="Posts">In their order.</param>
/// <param name="Words">The part of the answer's text that says the same in words, for where posts cannot be shown.</param>
public sealed record CommandPreview(
    Platform Platform,
    ChannelId Channel,
    string ChannelExternalId,
    IReadOnlyList<PostBody> Posts,
    string Words
);
