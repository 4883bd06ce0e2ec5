namespace NewsBot.Web.Views;

/// <summary>A page that search engines may list.</summary>
/// <param name="Path">From the root of the site.</param>
/// <param name="UpdatedAt">When the story last changed, UTC; comments do not count, for some are not public.</param>
internal sealed record SitemapEntry(string Path, DateTimeOffset UpdatedAt);
