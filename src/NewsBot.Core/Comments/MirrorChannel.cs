using NewsBot.Core.Channels;

namespace NewsBot.Core.Comments;

/// <summary>A channel as the plan of copies sees it.</summary>
/// <param name="Id">Which.</param>
/// <param name="Workspace">The row of its workspace.</param>
/// <param name="Community">The row of the community it belongs to.</param>
/// <param name="Mirror">What it has to do with discussions.</param>
/// <param name="Since">Since when that is so; null for always.</param>
/// <param name="IsWithin">Whether it exchanges copies with other channels of its own workspace that want so too.</param>
/// <param name="Publication">Who may read outside of it what is written there.</param>
/// <param name="IsGone">Whether the bot is out of its workspace.</param>
public sealed record MirrorChannel(
    ChannelId Id,
    long Workspace,
    long Community,
    MirrorMode Mirror,
    DateTimeOffset? Since,
    bool IsWithin,
    Visibility Publication,
    bool IsGone
);

/// <summary>A channel and since when it has the story's card.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="CardSince">When the card was written for it; null where it has none.</param>
public sealed record CopyTarget(MirrorChannel Channel, DateTimeOffset? CardSince);

/// <summary>A comment as the plan of copies sees it.</summary>
/// <param name="Origin">Where it was written.</param>
/// <param name="Community">The row of the story's community.</param>
/// <param name="Visibility">Who may read it outside of its origin.</param>
/// <param name="AcceptedAt">When it became a comment.</param>
/// <param name="HasMessage">False where it was written on a page of ours, so that its origin has no message of it.</param>
/// <param name="IsReadable">Whether it is neither hidden nor deleted.</param>
/// <param name="IsWithdrawn">Whether its author has taken it off the pages, opted out or been erased.</param>
/// <param name="IsMuted">Whether its author may not write now.</param>
public sealed record CopySource(
    MirrorChannel Origin,
    long Community,
    Visibility Visibility,
    DateTimeOffset AcceptedAt,
    bool HasMessage,
    bool IsReadable,
    bool IsWithdrawn,
    bool IsMuted
);
