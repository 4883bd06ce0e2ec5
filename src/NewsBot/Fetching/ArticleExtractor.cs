using AngleSharp.Html.Parser;
using NewsBot.Core.Summaries;
using SmartReader;

namespace NewsBot.Fetching;

/// <summary>Finds the main text of an article page. Pure.</summary>
internal static class ArticleExtractor
{
    // One line of names; more is a mistaken find.
    private const int MaxLabel = 300;

    // Two or three sentences; whatever is shorter is a teaser or an error page.
    private const int MinText = 140;

    /// <summary>Reads a page.</summary>
    /// <param name="html">The whole page.</param>
    /// <param name="url">Where it came from; relative addresses start here.</param>
    /// <param name="cancellationToken">Ends the search for the text.</param>
    /// <returns>Null where the page holds no readable article or is built to be unreadable.</returns>
    public static async Task<ArticleText?> ExtractAsync(string html, Uri url, CancellationToken cancellationToken)
    {
        if (!HtmlShape.IsWithin(html))
        {
            return null;
        }

        var parser = new HtmlParser();
        using var document = await parser.ParseDocumentAsync(html, cancellationToken);
        if (!HtmlShape.IsWithin(document))
        {
            return null;
        }

        using var reader = new Reader(url.AbsoluteUri, document) { CharThreshold = MinText };
        var article = await reader.GetArticleAsync(cancellationToken);
        if (article is not { Completed: true, IsReadable: true, Content: { Length: > 0 } content })
        {
            return null;
        }

        using var cleaned = await parser.ParseDocumentAsync(content, cancellationToken);
        var text = ParagraphText.Of(cleaned.Body, ArticleText.MaxLength);
        return text.Length < MinText
            ? null
            : new ArticleText(
                Label(article.Title) ?? "",
                Label(article.Byline),
                Label(article.Language),
                text,
                Picture(article.FeaturedImage, url),
                Label(article.SiteName)
            )
            {
                PublishedAt = article.PublicationDate is { } date
                    ? new DateTimeOffset(DateTime.SpecifyKind(date, DateTimeKind.Utc))
                    : null,
            };
    }

    private static string? Label(string? text)
    {
        var line = ParagraphText.OneLine(text ?? "");
        return line.Length is > 0 and <= MaxLabel ? line : null;
    }

    private static Uri? Picture(string? address, Uri page) =>
        !string.IsNullOrWhiteSpace(address)
        && Uri.TryCreate(page, address, out var picture)
        && picture.Scheme is "http" or "https"
            ? picture
            : null;
}
