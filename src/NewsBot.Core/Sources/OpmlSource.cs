namespace NewsBot.Core.Sources;

/// <summary>One feed of an OPML list.</summary>
/// <param name="Title">Plain text on one line, 1 to <see cref="Opml.MaxTitleLength"/> characters; the host where the list gives no title.</param>
/// <param name="Url">Absolute http or https address of the feed.</param>
/// <param name="SiteUrl">Absolute http or https address of the site; null where absent or unreadable.</param>
/// <param name="Category">The folders it lies in, outermost first, joined by "/"; null at the top level.</param>
public sealed record OpmlSource(string Title, Uri Url, Uri? SiteUrl, string? Category)
{
    /// <summary>The selectors of a web page that is read like a feed; null for a feed.</summary>
    public string? Items { get; init; }
}
