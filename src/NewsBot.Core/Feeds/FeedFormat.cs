namespace NewsBot.Core.Feeds;

/// <summary>The family a feed document belongs to.</summary>
public enum FeedFormat
{
    /// <summary>RSS 0.90 to 2.0, without RDF.</summary>
    Rss,

    /// <summary>RSS 0.90 and 1.0 as RDF.</summary>
    Rdf,

    /// <summary>Atom 0.3 and 1.0.</summary>
    Atom,

    /// <summary>JSON Feed 1.0 and 1.1.</summary>
    Json,

    /// <summary>An HTML page read with selectors.</summary>
    Html,
}
