using AngleSharp.Html.Dom;

namespace NewsBot.Core.Feeds;

/// <summary>Reads a web page that has no feed as if it were one. Pure: no clock, no I/O; never throws on bad input.</summary>
public static class PageFeed
{
    /// <summary>A page with more items is an archive: the first are the newest.</summary>
    public const int MaxItems = 200;

    /// <summary>What is said of a page that cannot be read at all.</summary>
    private const string Unreadable = "This page is too large, or nested too deeply, to be read as a list of news.";

    private const int MaxTitle = 200;

    /// <summary>Reads a page as a recipe says.</summary>
    /// <param name="recipe">Where its items are.</param>
    /// <param name="page">Bytes as sent, decompressed.</param>
    /// <param name="contentType">The Content-Type header as sent; null where absent.</param>
    /// <param name="pageUrl">Where the page came from; relative addresses start here.</param>
    /// <returns>A feed with at least one entry, or the sentence that says why there is none.</returns>
    public static FeedParseOutcome Read(PageRecipe recipe, ReadOnlyMemory<byte> page, string? contentType, Uri pageUrl)
    {
        using var document = PageTree.Parse(page, contentType);
        return document is null ? new FeedParseOutcome.NotAFeed(Unreadable) : Read(recipe, document, pageUrl);
    }

    /// <summary>Finds out how a page could be read: the structure that repeats with a headline in each.</summary>
    /// <param name="page">Bytes as sent, decompressed.</param>
    /// <param name="contentType">The Content-Type header as sent; null where absent.</param>
    /// <param name="pageUrl">Where the page came from.</param>
    /// <returns>The recipe and what it brings now; null where nothing repeats.</returns>
    public static (PageRecipe Recipe, ParsedFeed Feed)? Suggest(
        ReadOnlyMemory<byte> page,
        string? contentType,
        Uri pageUrl
    )
    {
        using var document = PageTree.Parse(page, contentType);
        if (document is null)
        {
            return null;
        }

        foreach (var text in PageGuess.Find(document, Base(document, pageUrl)))
        {
            if (
                PageRecipe.Read(text, out _) is { } recipe
                && Read(recipe, document, pageUrl)
                    is FeedParseOutcome.Parsed { Feed: { Entries.Count: >= PageGuess.Fewest } feed }
            )
            {
                return (recipe, feed);
            }
        }

        return null;
    }

    private static FeedParseOutcome Read(PageRecipe recipe, IHtmlDocument document, Uri pageUrl)
    {
        var baseUrl = Base(document, pageUrl);
        var language = LanguageTag.Tidy(document.DocumentElement.GetAttribute("lang"));
        var items = recipe.Items.Select(document.DocumentElement, MaxItems, outermost: true);
        var entries = items
            .Select(item => new PageItem(item, recipe, baseUrl).Read(language))
            .OfType<FeedEntry>()
            .DistinctBy(entry => entry.Link!.AbsoluteUri, StringComparer.Ordinal)
            .ToList();
        if (entries.Count > 0)
        {
            return new FeedParseOutcome.Parsed(
                new ParsedFeed(FeedFormat.Html, Title(document), pageUrl, null, language, null, [], [], entries, false)
            );
        }

        return new FeedParseOutcome.NotAFeed(
            items.Count == 0
                ? $"The selectors “{recipe.Text}” match nothing on the page."
                : $"What the selectors “{recipe.Text}” match has no headline with a link."
        );
    }

    private static string Title(IHtmlDocument document)
    {
        var title =
            document.Head is { } head && Titles.Select(head, 1, outermost: true) is [var found]
                ? PageText.Of(found, MaxTitle)
                : "";
        return title;
    }

    private static Uri Base(IHtmlDocument document, Uri pageUrl) =>
        document.Head is { } head && Bases.Select(head, 1, outermost: true) is [var found]
            ? FeedUrls.Web(found.GetAttribute("href"), pageUrl) ?? pageUrl
            : pageUrl;

    private static readonly PageSelector Titles = PageSelectorReader.Read("title", out _)!;
    private static readonly PageSelector Bases = PageSelectorReader.Read("base[href]", out _)!;
}
