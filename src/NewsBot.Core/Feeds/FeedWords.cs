using System.Collections.Frozen;

namespace NewsBot.Core.Feeds;

/// <summary>The vocabularies feeds are written in.</summary>
internal static class FeedWords
{
    private const string Core = "";
    private const string Dc = "dc";
    private const string Terms = "dcterms";
    private const string Encoded = "content";
    private const string Media = "media";
    private const string Itunes = "itunes";
    private const string Syndication = "sy";
    private const string Rdf = "rdf";
    private const string Xhtml = "xhtml";
    private const string FeedBurner = "feedburner";

    private static readonly FrozenDictionary<string, string> Vocabularies = new Dictionary<string, string>(
        StringComparer.Ordinal
    )
    {
        [""] = Core,
        ["http://www.w3.org/2005/atom"] = Core,
        ["http://purl.org/atom/ns#"] = Core,
        ["http://purl.org/rss/1.0"] = Core,
        ["http://my.netscape.com/rdf/simple/0.9"] = Core,
        ["http://channel.netscape.com/rdf/simple/0.9"] = Core,
        ["http://my.netscape.com/publish/formats/rss-0.91.dtd"] = Core,
        ["http://backend.userland.com/rss"] = Core,
        ["http://backend.userland.com/rss2"] = Core,
        ["http://backend.userland.com/rss091"] = Core,
        ["http://blogs.law.harvard.edu/tech/rss"] = Core,
        ["http://cyber.law.harvard.edu/rss"] = Core,
        ["http://www.rssboard.org/rss-specification"] = Core,
        ["http://purl.org/net/rss1.1#"] = Core,
        ["http://purl.org/dc/elements/1.1"] = Dc,
        ["http://purl.org/dc/elements/1.0"] = Dc,
        ["http://purl.org/dc/terms"] = Terms,
        ["http://purl.org/rss/1.0/modules/content"] = Encoded,
        ["http://search.yahoo.com/mrss"] = Media,
        ["http://www.itunes.com/dtds/podcast-1.0.dtd"] = Itunes,
        ["http://example.com/dtds/podcast-1.0.dtd"] = Itunes,
        ["http://purl.org/rss/1.0/modules/syndication"] = Syndication,
        ["http://www.w3.org/1999/02/22-rdf-syntax-ns#"] = Rdf,
        ["http://www.w3.org/1999/xhtml"] = Xhtml,
        ["http://rssnamespace.org/feedburner/ext/1.0"] = FeedBurner,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // What people mean by a prefix they forgot to declare, or declared with an address of their own.
    private static readonly FrozenDictionary<string, string> Prefixes = new Dictionary<string, string>(
        StringComparer.OrdinalIgnoreCase
    )
    {
        ["atom"] = Core,
        ["atom10"] = Core,
        ["a10"] = Core,
        ["rss"] = Core,
        ["dc"] = Dc,
        ["dcterms"] = Terms,
        ["content"] = Encoded,
        ["media"] = Media,
        ["itunes"] = Itunes,
        ["sy"] = Syndication,
        ["rdf"] = Rdf,
        ["xhtml"] = Xhtml,
        ["feedburner"] = FeedBurner,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, FeedWord> Words = new Dictionary<string, FeedWord>(
        StringComparer.OrdinalIgnoreCase
    )
    {
        [":rss"] = FeedWord.Rss,
        [":rdf"] = FeedWord.Rdf,
        ["rdf:rdf"] = FeedWord.Rdf,
        [":feed"] = FeedWord.Feed,
        [":channel"] = FeedWord.Channel,
        [":items"] = FeedWord.Items,
        [":item"] = FeedWord.Item,
        [":entry"] = FeedWord.Item,
        [":title"] = FeedWord.Title,
        [":link"] = FeedWord.Link,
        [":id"] = FeedWord.Id,
        [":guid"] = FeedWord.Guid,
        [":description"] = FeedWord.Description,
        [":abstract"] = FeedWord.Description,
        [":summary"] = FeedWord.Summary,
        [":content"] = FeedWord.Content,
        [":body"] = FeedWord.FullContent,
        [":fullitem"] = FeedWord.FullContent,
        [":pubdate"] = FeedWord.Published,
        [":published"] = FeedWord.Published,
        [":issued"] = FeedWord.Issued,
        [":created"] = FeedWord.Created,
        [":updated"] = FeedWord.Updated,
        [":modified"] = FeedWord.Updated,
        [":author"] = FeedWord.Author,
        [":name"] = FeedWord.Name,
        [":email"] = FeedWord.Email,
        [":category"] = FeedWord.Category,
        [":image"] = FeedWord.Image,
        [":url"] = FeedWord.Url,
        [":enclosure"] = FeedWord.Enclosure,
        [":language"] = FeedWord.Language,
        [":ttl"] = FeedWord.TimeToLive,
        [":skiphours"] = FeedWord.SkipHours,
        [":skipdays"] = FeedWord.SkipDays,
        [":hour"] = FeedWord.Hour,
        [":day"] = FeedWord.Day,
        ["dc:title"] = FeedWord.MediaTitle,
        ["dc:description"] = FeedWord.Excerpt,
        ["dc:creator"] = FeedWord.Creator,
        ["dc:author"] = FeedWord.Creator,
        ["dc:date"] = FeedWord.PlainDate,
        ["dc:subject"] = FeedWord.Subject,
        ["dc:language"] = FeedWord.Language,
        ["dc:identifier"] = FeedWord.Identifier,
        ["dcterms:title"] = FeedWord.MediaTitle,
        ["dcterms:creator"] = FeedWord.Creator,
        ["dcterms:issued"] = FeedWord.Issued,
        ["dcterms:date"] = FeedWord.PlainDate,
        ["dcterms:available"] = FeedWord.Issued,
        ["dcterms:created"] = FeedWord.Created,
        ["dcterms:modified"] = FeedWord.Updated,
        ["dcterms:subject"] = FeedWord.Subject,
        ["dcterms:language"] = FeedWord.Language,
        ["dcterms:abstract"] = FeedWord.Excerpt,
        ["content:encoded"] = FeedWord.FullContent,
        ["xhtml:body"] = FeedWord.FullContent,
        ["xhtml:div"] = FeedWord.FullContent,
        ["xhtml:html"] = FeedWord.Html,
        [":html"] = FeedWord.Html,
        ["media:content"] = FeedWord.MediaContent,
        ["media:thumbnail"] = FeedWord.MediaThumbnail,
        ["media:group"] = FeedWord.MediaGroup,
        ["media:title"] = FeedWord.MediaTitle,
        ["media:description"] = FeedWord.MediaDescription,
        ["media:keywords"] = FeedWord.Tags,
        ["itunes:title"] = FeedWord.MediaTitle,
        ["itunes:author"] = FeedWord.Creator,
        ["itunes:image"] = FeedWord.ImageLink,
        ["itunes:summary"] = FeedWord.Excerpt,
        ["itunes:subtitle"] = FeedWord.MediaDescription,
        ["itunes:keywords"] = FeedWord.Tags,
        ["sy:updateperiod"] = FeedWord.UpdatePeriod,
        ["sy:updatefrequency"] = FeedWord.UpdateFrequency,
        ["feedburner:origlink"] = FeedWord.OriginalLink,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Finds the meaning of an element.</summary>
    /// <param name="prefix">As written; empty for none.</param>
    /// <param name="address">The namespace's address; empty for none, null for a prefix nobody declared.</param>
    /// <param name="name">Local name, any case.</param>
    /// <param name="rootAddress">The namespace of the root element: a feed's own, whatever it is.</param>
    public static FeedWord Find(string prefix, string? address, string name, string rootAddress)
    {
        var vocabulary = Vocabulary(prefix, address, rootAddress);
        return vocabulary is not null && Words.TryGetValue($"{vocabulary}:{name}", out var word)
            ? word
            : FeedWord.Unknown;
    }

    private static string? Vocabulary(string prefix, string? address, string rootAddress)
    {
        if (address is not null)
        {
            var key = address
                .Trim()
                .TrimEnd('/')
                .ToLowerInvariant()
                .Replace("https://", "http://", StringComparison.Ordinal);
            if (Vocabularies.TryGetValue(key, out var known))
            {
                return known;
            }

            if (address == rootAddress)
            {
                return Core;
            }
        }

        return Prefixes.GetValueOrDefault(prefix);
    }
}
