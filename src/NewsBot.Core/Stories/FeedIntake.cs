using NewsBot.Core.Feeds;

namespace NewsBot.Core.Stories;

/// <summary>Everything one poll of a feed brought, to be taken in within one transaction.</summary>
/// <param name="Poll">What is remembered of the poll.</param>
/// <param name="Document">The feed as parsed.</param>
/// <param name="Fetched">The answer with the validators of the next poll.</param>
/// <param name="Entries">New and changed entries, oldest first.</param>
/// <param name="IsFlood">True where far more is new than ever: nothing of it is carded at once.</param>
public sealed record FeedIntake(
    FeedPoll Poll,
    ParsedFeed Document,
    FetchOutcome.Fetched Fetched,
    IReadOnlyList<IncomingEntry> Entries,
    bool IsFlood
)
{
    /// <summary>How many of what is offered are newer than an entry.</summary>
    /// <returns>More than anybody wants for an entry that is not offered.</returns>
    public int NewerThan(IncomingEntry entry) =>
        entry.IsOffered
            ? Entries.SkipWhile(other => other != entry).Skip(1).Count(other => other.IsOffered)
            : int.MaxValue;
}
