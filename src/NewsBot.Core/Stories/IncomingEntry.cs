using NewsBot.Core.Feeds;
using NewsBot.Core.Summaries;

namespace NewsBot.Core.Stories;

/// <summary>An entry of a feed on its way into stories.</summary>
/// <param name="Entry">As parsed.</param>
/// <param name="Known">The stored entry it is a version of; null where it is new.</param>
/// <param name="Change">How far it differs from the stored one; <see cref="ChangeKind.None"/> for a new one.</param>
/// <param name="Excerpt">The first sentences as plain text, at most <see cref="MaxExcerpt"/> characters.</param>
/// <param name="ContentHash">Hash of what it says.</param>
/// <param name="IsFresh">False for what is only remembered, such as old entries of a first poll.</param>
public sealed record IncomingEntry(
    FeedEntry Entry,
    KnownEntry? Known,
    ChangeKind Change,
    string Excerpt,
    string ContentHash,
    bool IsFresh
)
{
    /// <summary>Longest excerpt kept, in characters: enough to compare two reports and to show a preview.</summary>
    public const int MaxExcerpt = 1_000;

    /// <summary>What identifies it.</summary>
    public EntryFacts Facts { get; init; } = EntryFacts.Of(Entry);

    /// <summary>True for the newest there are when a subscription has its first look: a channel gets them although they may be known.</summary>
    public bool IsOffered { get; init; }

    /// <summary>Our summary of the article; empty where none was made.</summary>
    public Summary Summary { get; init; } = Summary.Empty;

    /// <summary>What its text is recognised by; null where it was not read or says too little.</summary>
    public TextPrint? Print { get; init; }

    /// <summary>Pictures of the article that are worth showing, the best first; at most <see cref="PictureChoice.MaxKept"/>.</summary>
    public IReadOnlyList<RankedPicture> Pictures
    {
        get => field ?? PictureChoice.Rank(Entry.Pictures, Entry.Title);
        init;
    }
}

/// <summary>An entry as it is stored.</summary>
/// <param name="Id">Its row.</param>
/// <param name="Facts">What identifies it.</param>
/// <param name="Excerpt">The first sentences as plain text.</param>
/// <param name="ContentHash">Hash of what it said.</param>
public sealed record KnownEntry(long Id, EntryFacts Facts, string Excerpt, string ContentHash);
