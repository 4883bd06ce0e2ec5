namespace NewsBot.Core.Feeds;

/// <summary>A feed document that could be read.</summary>
/// <param name="Format">Which family it belongs to.</param>
/// <param name="Title">Plain text; empty where there is none.</param>
/// <param name="Link">The site the feed belongs to; null where unknown.</param>
/// <param name="Self">Where the feed says it lives; null where it does not say.</param>
/// <param name="Language">BCP 47 tag; null where unknown.</param>
/// <param name="TimeToLive">How long the publisher asks us not to come back (ttl, sy:updatePeriod); null where not said.</param>
/// <param name="SkipHours">Hours of the UTC day (0 to 23) in which it need not be polled.</param>
/// <param name="SkipDays">Days (UTC) on which it need not be polled.</param>
/// <param name="Entries">In document order; at most <see cref="FeedParser.MaxEntries"/>.</param>
/// <param name="Repaired">True where the document broke the rules of its format and the tolerant reader took over.</param>
public sealed record ParsedFeed(
    FeedFormat Format,
    string Title,
    Uri? Link,
    Uri? Self,
    string? Language,
    TimeSpan? TimeToLive,
    IReadOnlyList<int> SkipHours,
    IReadOnlyList<DayOfWeek> SkipDays,
    IReadOnlyList<FeedEntry> Entries,
    bool Repaired
)
{
    /// <summary>The hub it says it tells its news to; null where it names none.</summary>
    public Uri? Hub { get; init; }
}
