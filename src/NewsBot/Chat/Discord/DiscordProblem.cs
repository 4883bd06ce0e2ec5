using NewsBot.Core.Channels;

namespace NewsBot.Chat.Discord;

/// <summary>Something in the set-up that an admin has to mend.</summary>
/// <param name="Cause">Names it for us; the same for as long as it lasts.</param>
/// <param name="Channel">The channel it is about; null for the whole guild.</param>
/// <param name="Words">What is wrong and which switch mends it, in our Markdown.</param>
/// <param name="StopsPosts">True where nothing can be posted to the channel until it is mended.</param>
internal sealed record DiscordProblem(string Cause, ChannelId? Channel, string Words, bool StopsPosts = false);

/// <summary>A channel that is used, as the check needs to know it.</summary>
/// <param name="Id">Ours.</param>
/// <param name="External">Discord's.</param>
/// <param name="Name">As last seen.</param>
/// <param name="Mirror">post-only, collect or two-way.</param>
/// <param name="PingRole">A role that its posts ping; null for none.</param>
/// <param name="ParkedReason">Why nothing is posted at the moment; null where posts go out.</param>
internal sealed record DiscordTracked(
    ChannelId Id,
    Clients.Discord.Snowflake External,
    string Name,
    string Mirror,
    string? PingRole,
    string? ParkedReason
);
