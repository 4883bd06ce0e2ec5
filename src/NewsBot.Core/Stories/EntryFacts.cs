using NewsBot.Core.Feeds;

namespace NewsBot.Core.Stories;

/// <summary>What identifies an entry within its feed.</summary>
/// <param name="PublisherId">The publisher's own id; null where there is none.</param>
/// <param name="Link">Address of the article; null where there is none.</param>
/// <param name="Title">Plain text; may be empty.</param>
/// <param name="PublishedAt">UTC; null where unknown.</param>
public sealed record EntryFacts(string? PublisherId, Uri? Link, string Title, DateTimeOffset? PublishedAt)
{
    /// <summary>Takes the facts from an entry of a feed.</summary>
    /// <param name="entry">As parsed.</param>
    public static EntryFacts Of(FeedEntry entry) => new(entry.Id, entry.Link, entry.Title, entry.PublishedAt);
}
