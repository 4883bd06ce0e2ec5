using System.Net;
using AngleSharp.Html.Parser;
using NewsBot.Core.Feeds;
using NewsBot.Core.Summaries;
using NewsBot.Core.Text;
using NewsBot.Fetching.Articles;

namespace NewsBot.Fetching;

/// <summary>Finds the main text of an article page. Pure.</summary>
internal static class ArticleExtractor
{
    // Two or three sentences; whatever is shorter is a teaser or an error page.
    private const double MinText = 140;

    // What a page hands over as data is taken where the page itself shows far less.
    private const double FarMore = 1.6;

    // A wall is a few lines about itself; an article that deals with cookies is longer.
    private const double MaxWall = 1_500;
    private const double MostlyWall = 0.6;

    /// <summary>Reads a page.</summary>
    /// <param name="html">The whole page.</param>
    /// <param name="url">Where it came from; relative addresses start here.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<PageReading> ReadAsync(string html, Uri url, CancellationToken cancellationToken)
    {
        if (!HtmlShape.IsWithin(html))
        {
            return PageReading.TooLarge;
        }

        var parser = new HtmlParser();
        using var document = await parser.ParseDocumentAsync(html, cancellationToken);
        if (!HtmlShape.IsWithin(document))
        {
            return PageReading.TooLarge;
        }

        var linked = LinkedData.Of(document);
        var facts = PageFacts.Of(document, linked);
        var lines = document.Body is { } body ? MainText.Of(PageOutline.Of(body), facts.Title, facts.Description) : [];
        cancellationToken.ThrowIfCancellationRequested();
        var shown = lines;
        if (linked.Body is { } written)
        {
            var told = await LinesAsync(parser, written, facts.Title, cancellationToken);
            lines = MainText.SizeOf(told) > FarMore * MainText.SizeOf(lines) ? told : lines;
        }

        if (IsWall(lines))
        {
            return PageReading.Wall;
        }

        return MainText.SizeOf(lines) < MinText
            ? PageReading.NoText
            : PageReading.Of(Article(lines, facts, PagePictures.Of(document, linked, shown, url)));
    }

    // The text in JSON-LD is plain, or markup, or markup written as text.
    private static async Task<IReadOnlyList<PageLine>> LinesAsync(
        HtmlParser parser,
        string text,
        string? title,
        CancellationToken cancellationToken
    )
    {
        var plain = text.Contains("&lt;", StringComparison.Ordinal) ? WebUtility.HtmlDecode(text) : text;
        var html = plain.Contains("</", StringComparison.Ordinal)
            ? plain
            : plain.Replace("\n", "<br><br>", StringComparison.Ordinal);
        if (!HtmlShape.IsWithin(html))
        {
            return [];
        }

        using var document = await parser.ParseDocumentAsync(html, cancellationToken);
        return document.Body is { } body && HtmlShape.IsWithin(document)
            ? MainText.Of(PageOutline.Of(body), title, null)
            : [];
    }

    private static bool IsWall(IReadOnlyList<PageLine> lines)
    {
        var size = MainText.SizeOf(lines);
        return size is > 0 and < MaxWall
            && lines.Where(line => LineWords.IsWall(Folded.Of(line.Text))).Sum(line => line.Size) > MostlyWall * size;
    }

    private static ArticleText Article(
        IReadOnlyList<PageLine> lines,
        PageFacts facts,
        IReadOnlyList<PictureOffer> pictures
    )
    {
        var prose = lines.Where(line => line.Kind is LineKind.Prose or LineKind.Quote).ToList();
        return new ArticleText(
            facts.Title ?? "",
            facts.Byline,
            facts.Language,
            ArticleParagraphs.Write(lines, ArticleText.MaxLength),
            facts.SiteName
        )
        {
            PublishedAt = facts.PublishedAt,
            Pictures = pictures,
            Prose = ArticleParagraphs.Write(MainText.SizeOf(prose) >= MinText ? prose : lines, ArticleText.MaxLength),
        };
    }
}
