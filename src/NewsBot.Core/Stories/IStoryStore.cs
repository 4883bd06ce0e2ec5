using NewsBot.Core.Feeds;

namespace NewsBot.Core.Stories;

/// <summary>Port: where entries become stories.</summary>
public interface IStoryStore
{
    /// <summary>Finds the stored version of each entry of a feed.</summary>
    /// <param name="feed">The feed they come from.</param>
    /// <param name="entries">What identifies each.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>As many as entries, in their order; null for an entry that is new.</returns>
    Task<IReadOnlyList<KnownEntry?>> FindKnownAsync(
        FeedId feed,
        IReadOnlyList<EntryFacts> entries,
        CancellationToken cancellationToken
    );

    /// <summary>Takes a poll in: entries, stories, what goes to which channel, posts and validators, all or nothing.</summary>
    Task<IntakeResult> TakeInAsync(FeedIntake intake, CancellationToken cancellationToken);
}

/// <summary>What an intake made.</summary>
/// <param name="NewStories">Stories that did not exist before.</param>
/// <param name="Joined">Entries that joined a story that did.</param>
/// <param name="Posts">Cards written into the outbox.</param>
public sealed record IntakeResult(int NewStories, int Joined, int Posts);
