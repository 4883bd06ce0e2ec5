using NewsBot.Core.Feeds;

namespace NewsBot.Core.Stories;

/// <summary>What identifies an entry within its feed.</summary>
/// <param name="PublisherId">The publisher's own id; null where there is none.</param>
/// <param name="Link">Address of the article; null where there is none.</param>
/// <param name="Title">Plain text; may be empty.</param>
/// <param name="PublishedAt">UTC; null where unknown.</param>
public sealed record EntryFacts(string? PublisherId, Uri? Link, string Title, DateTimeOffset? PublishedAt)
{
    private IReadOnlyList<EntryKey>? _keys;

    // The keys belong to what they were made of, and are not what an entry is compared by.
    private EntryFacts(EntryFacts other) =>
        (PublisherId, Link, Title, PublishedAt) = (other.PublisherId, other.Link, other.Title, other.PublishedAt);

    /// <summary>As <see cref="EntryIdentity.KeysOf"/> gives them.</summary>
    public IReadOnlyList<EntryKey> Keys => _keys ??= EntryIdentity.KeysOf(this);

    /// <summary>One of them.</summary>
    /// <param name="kind">One of the kinds of <see cref="EntryKey"/>.</param>
    /// <returns>Null where the entry has none of that kind.</returns>
    public string? Key(string kind)
    {
        foreach (var key in Keys)
        {
            if (key.Kind == kind)
            {
                return key.Value;
            }
        }

        return null;
    }

    public bool Equals(EntryFacts? other) =>
        other is not null
        && (PublisherId, Link, Title, PublishedAt) == (other.PublisherId, other.Link, other.Title, other.PublishedAt);

    public override int GetHashCode() => HashCode.Combine(PublisherId, Link, Title, PublishedAt);

    /// <summary>Takes the facts from an entry of a feed.</summary>
    /// <param name="entry">As parsed.</param>
    public static EntryFacts Of(FeedEntry entry) => new(entry.Id, entry.Link, entry.Title, entry.PublishedAt);
}
