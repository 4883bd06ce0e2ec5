namespace NewsBot.Core.Feeds;

/// <summary>One item of a feed as its publisher wrote it, made safe: no active content is left in any part.</summary>
/// <param name="Id">The publisher's own id (guid, atom:id, rdf:about, JSON id); null where there is none.</param>
/// <param name="Title">Plain text, one line, entities decoded; empty where there is none.</param>
/// <param name="Link">Absolute http or https address of the article; null where there is none.</param>
/// <param name="PublishedAt">UTC; null where absent or unreadable.</param>
/// <param name="UpdatedAt">UTC; null where absent or unreadable.</param>
/// <param name="Authors">Names as plain text, in order, without repetition.</param>
/// <param name="Summary">Sanitised HTML; null where there is none.</param>
/// <param name="Content">Sanitised HTML of the full content; null where there is none.</param>
/// <param name="Image">Absolute address of the entry's picture; null where there is none.</param>
/// <param name="Categories">Plain text labels, in order, without repetition.</param>
/// <param name="Language">BCP 47 tag of this entry, else of the feed; null where unknown.</param>
public sealed record FeedEntry(
    string? Id,
    string Title,
    Uri? Link,
    DateTimeOffset? PublishedAt,
    DateTimeOffset? UpdatedAt,
    IReadOnlyList<string> Authors,
    string? Summary,
    string? Content,
    Uri? Image,
    IReadOnlyList<string> Categories,
    string? Language
)
{
    /// <summary>All pictures that the feed names for it, in the order of the feed; at most <see cref="MaxPictures"/>.</summary>
    public IReadOnlyList<PictureOffer> Pictures
    {
        get => field ?? (Image is null ? [] : [new PictureOffer(Image, PictureOrigin.Entry)]);
        init;
    }

    /// <summary>Galleries name dozens; one is shown.</summary>
    public const int MaxPictures = 12;

    /// <summary>When it came out, as far as that can be believed: undated entries and those from the future come out now.</summary>
    /// <param name="now">The present.</param>
    public DateTimeOffset At(DateTimeOffset now) => (PublishedAt ?? UpdatedAt) is { } at && at < now ? at : now;
}
