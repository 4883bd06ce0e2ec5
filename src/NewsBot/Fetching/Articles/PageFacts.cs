using System.Text.RegularExpressions;
using AngleSharp.Dom;
using NewsBot.Core.Feeds;

namespace NewsBot.Fetching.Articles;

/// <summary>What a page says about its article: headline, author, time, language and outlet.</summary>
/// <param name="Title">One line; null where unknown.</param>
/// <param name="Byline">The names alone; null where unknown.</param>
/// <param name="PublishedAt">In UTC; null where unknown.</param>
/// <param name="Language">BCP 47 tag; null where unknown.</param>
/// <param name="SiteName">One line; null where unknown.</param>
/// <param name="Description">The page's own summary; null where there is none.</param>
internal sealed partial record PageFacts(
    string? Title,
    string? Byline,
    DateTimeOffset? PublishedAt,
    string? Language,
    string? SiteName,
    string? Description
)
{
    // One line of names; more is a mistaken find.
    private const int MaxLabel = 300;
    private const int MaxLanguage = 35;

    // Real pages have some dozens.
    private const int MaxMetas = 400;
    private const int MaxTimes = 100;

    // Before that there were no pages to publish on.
    private const int FirstYear = 1990;

    /// <summary>Reads them.</summary>
    public static PageFacts Of(IDocument document, LinkedData linked)
    {
        var metas = Metas(document);
        var site = First(metas, "og:site_name", "application-name") ?? Label(linked.Publisher);
        return new PageFacts(
            Label(First(metas, "og:title", "twitter:title", "dc.title") ?? Label(linked.Headline))
                ?? Heading(document, site),
            Author(document, metas, linked),
            Moment(document, metas, linked),
            Tag(document.DocumentElement.GetAttribute("lang"))
                ?? Tag(document.DocumentElement.GetAttribute("xml:lang"))
                ?? Tag(First(metas, "content-language", "og:locale", "dc.language", "language"))
                ?? Tag(linked.Language),
            site,
            First(metas, "og:description", "description", "twitter:description", "dc.description")
        );
    }

    /// <summary>A text as one line; null where it is empty or too long to be a label.</summary>
    public static string? Label(string? text)
    {
        if (text is null || text.Length > 4 * MaxLabel)
        {
            return null;
        }

        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        line = string.Concat(line.Where(letter => !char.IsControl(letter)));
        return line.Length is > 0 and <= MaxLabel ? line : null;
    }

    private static Dictionary<string, string> Metas(IDocument document)
    {
        var metas = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var meta in document.GetElementsByTagName("meta").Take(MaxMetas))
        {
            var name =
                meta.GetAttribute("property")
                ?? meta.GetAttribute("name")
                ?? meta.GetAttribute("itemprop")
                ?? meta.GetAttribute("http-equiv");
            if (name is not null && !string.IsNullOrWhiteSpace(meta.GetAttribute("content")))
            {
                metas.TryAdd(name.Trim(), meta.GetAttribute("content")!);
            }
        }

        return metas;
    }

    private static string? First(Dictionary<string, string> metas, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (metas.TryGetValue(name, out var value) && Line(value) is { } line)
            {
                return line;
            }
        }

        return null;
    }

    private static string? Line(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length is > 0 and <= 4_000 ? line : null;
    }

    private static string? Heading(IDocument document, string? site)
    {
        var heads = document.GetElementsByTagName("h1");
        var page = Label(document.Title);
        if (heads.Length == 1 && Label(heads[0]!.TextContent) is { } only && only != site)
        {
            return only;
        }

        var end = page is null ? -1 : page.LastIndexOf(" | ", StringComparison.Ordinal);
        end =
            end < 0 && page is not null && site is not null && page.EndsWith(site, StringComparison.OrdinalIgnoreCase)
                ? page.LastIndexOf(" - ", StringComparison.Ordinal)
                : end;
        return end > 0 ? page![..end] : page;
    }

    private static string? Author(IDocument document, Dictionary<string, string> metas, LinkedData linked)
    {
        var named =
            linked.Author
            ?? First(metas, "author", "article:author", "parsely-author", "sailthru.author", "dc.creator");
        if (named is null || named.Contains("://", StringComparison.Ordinal))
        {
            named = document
                .QuerySelector("[itemprop=author], [rel=author], .byline, .author, .post-author, .entry-author")
                ?.TextContent;
        }

        return Label(named) is { Length: <= 120 } line
            ? Opening().Replace(line, "") is { Length: > 1 } bare
                ? bare
                : null
            : null;
    }

    private static DateTimeOffset? Moment(IDocument document, Dictionary<string, string> metas, LinkedData linked)
    {
        if (Moment(linked.Published) is { } first)
        {
            return first;
        }

        foreach (
            var name in (ReadOnlySpan<string>)
                [
                    "article:published_time",
                    "og:article:published_time",
                    "datePublished",
                    "parsely-pub-date",
                    "sailthru.date",
                    "pubdate",
                    "publish-date",
                    "dcterms.created",
                    "dc.date.issued",
                    "dc.date",
                    "date",
                ]
        )
        {
            if (metas.TryGetValue(name, out var value) && Moment(value) is { } moment)
            {
                return moment;
            }
        }

        return Moment(
            document
                .GetElementsByTagName("time")
                .Take(MaxTimes)
                .Where(time => time.HasAttribute("datetime"))
                .MaxBy(time => time.HasAttribute("pubdate") || time.GetAttribute("itemprop") == "datePublished" ? 1 : 0)
                ?.GetAttribute("datetime")
        );
    }

    private static DateTimeOffset? Moment(string? text) =>
        FeedDates.TryParse(text, out var moment) && moment.Year >= FirstYear ? moment : null;

    private static string? Tag(string? text)
    {
        var tag = text?.Trim().Split(',', ' ')[0].Replace('_', '-');
        return
            tag is { Length: >= 2 and <= MaxLanguage }
            && char.IsAsciiLetter(tag[0])
            && tag.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-')
            ? tag.Split('-', 2) is [var language, var rest]
                ? $"{language.ToLowerInvariant()}-{rest}"
                : tag.ToLowerInvariant()
            : null;
    }

    [GeneratedRegex(
        @"^(written |story |posted |text )?(by|von|par|por|di)[: ]\s*",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Opening();
}
