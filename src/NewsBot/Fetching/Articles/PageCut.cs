namespace NewsBot.Fetching.Articles;

/// <summary>Why a part of a page is left out.</summary>
internal enum PageCut
{
    None,

    /// <summary>It leads to other articles.</summary>
    Teaser,

    /// <summary>It is mostly links.</summary>
    Links,

    /// <summary>It belongs to the page around the article.</summary>
    Side,

    /// <summary>It holds what readers wrote.</summary>
    Talk,

    /// <summary>It is no text of the page at all.</summary>
    Out,
}
