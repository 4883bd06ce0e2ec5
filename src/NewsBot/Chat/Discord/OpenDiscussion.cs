using NewsBot.Clients.Discord;
using NewsBot.Core.Channels;
using NewsBot.Core.Stories;

namespace NewsBot.Chat.Discord;

/// <summary>Opens the thread of a story, or finds the one there is.</summary>
/// <returns>The thread; null where the channel lets none be opened.</returns>
internal delegate Task<Snowflake?> OpenDiscussion(
    ChannelId channel,
    StoryId story,
    CancellationToken cancellationToken
);
