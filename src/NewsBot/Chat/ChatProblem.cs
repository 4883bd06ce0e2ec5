using NewsBot.Core.Channels;

namespace NewsBot.Chat;

/// <summary>Something in the set-up on a platform that an admin has to mend.</summary>
/// <param name="Cause">Names it for us; the same for as long as it lasts.</param>
/// <param name="Channel">The channel it is about; null for the whole workspace.</param>
/// <param name="Words">What is wrong and which switch mends it, in our Markdown.</param>
/// <param name="StopsPosts">True where nothing can be posted to the channel until it is mended.</param>
internal sealed record ChatProblem(string Cause, ChannelId? Channel, string Words, bool StopsPosts = false);

/// <summary>A channel that is used, as a check needs to know it.</summary>
/// <param name="Id">Ours.</param>
/// <param name="External">The platform's.</param>
/// <param name="Name">As last seen.</param>
/// <param name="Mirror">post-only, collect or two-way.</param>
/// <param name="PingRole">A role that its posts ping; null for none.</param>
/// <param name="ParkedReason">Why nothing is posted at the moment; null where posts go out.</param>
internal sealed record ChatTracked(
    ChannelId Id,
    string External,
    string Name,
    string Mirror,
    string? PingRole,
    string? ParkedReason
);
