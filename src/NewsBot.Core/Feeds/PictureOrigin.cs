namespace NewsBot.Core.Feeds;

/// <summary>Where a picture was offered for an article.</summary>
public enum PictureOrigin
{
    /// <summary>Stands large, or as a figure, in the article itself.</summary>
    Lead,

    /// <summary>Stands somewhere in the article, of unknown size.</summary>
    Inline,

    /// <summary>The page names it for who shares the page (og:image, twitter:image).</summary>
    Shared,

    /// <summary>The page names it in JSON-LD.</summary>
    Described,

    /// <summary>media:content of the feed.</summary>
    Media,

    /// <summary>A file that comes with the entry.</summary>
    Enclosure,

    /// <summary>The entry's image element.</summary>
    Entry,

    /// <summary>Stands in the text that the feed brings.</summary>
    Text,

    /// <summary>media:thumbnail of the feed.</summary>
    Thumbnail,
}
