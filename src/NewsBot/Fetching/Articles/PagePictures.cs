using AngleSharp.Dom;
using NewsBot.Core.Feeds;

namespace NewsBot.Fetching.Articles;

/// <summary>Finds the pictures a page offers for its article: those it shows in the text, and those it names for others. Pure.</summary>
internal static class PagePictures
{
    // Real articles show some dozens; menus and galleries more.
    private const int MaxImages = 300;
    private const int MaxOffers = 4;
    private const int MaxMetas = 400;
    private const int MaxShared = 8;

    // The picture stands beside the text, in the same article.
    private const int MaxUp = 4;
    private const int MaxDepth = 60;

    // As wide as a column of text.
    private const int LeadWidth = 400;

    /// <summary>All offers, those the page shows itself first.</summary>
    /// <param name="document">The page.</param>
    /// <param name="linked">What it says in JSON-LD.</param>
    /// <param name="lines">Its main text.</param>
    /// <param name="page">Where it came from.</param>
    public static IReadOnlyList<PictureOffer> Of(
        IDocument document,
        LinkedData linked,
        IReadOnlyList<PageLine> lines,
        Uri page
    )
    {
        var start = PictureOffer.Address(document.Head?.QuerySelector("base")?.GetAttribute("href"), page) ?? page;
        return [.. InText(document, lines, start), .. Shared(document, start), .. linked.PicturesAt(start)];
    }

    private static List<PictureOffer> InText(IDocument document, IReadOnlyList<PageLine> lines, Uri start)
    {
        if (ArticlePlace.Of(document, lines) is not { } text)
        {
            return [];
        }

        var scope = Around(text);
        List<PictureOffer> found = [];
        foreach (var image in scope.GetElementsByTagName("img").Take(MaxImages))
        {
            if (OfArticle(image, scope) && Offer(image, scope, start) is { } offer)
            {
                found.Add(offer);
            }
        }

        // Large ones first, each kind in the order of the page.
        return [.. found.OrderBy(offer => offer.Origin).Take(MaxOffers)];
    }

    // The headline and the picture above the text often stand beside the part that holds the text.
    private static IElement Around(IElement text)
    {
        var at = text;
        for (var up = 0; up <= MaxUp && at is not null and not { LocalName: "body" or "html" }; up++)
        {
            if (at.LocalName is "article" or "main")
            {
                return at;
            }

            at = at.ParentElement;
        }

        return text.ParentElement is { LocalName: not ("body" or "html") } parent ? parent : text;
    }

    private static bool OfArticle(IElement image, IElement scope)
    {
        var at = image.ParentElement;
        for (var depth = 0; at is not null && at != scope; depth++, at = at.ParentElement)
        {
            var hint = PageHints.Of(at);
            if (depth > MaxDepth || (hint & (PageHint.Out | PageHint.Talk)) != PageHint.None)
            {
                return false;
            }

            // A picture with its caption is no caption.
            if (
                (hint & PageHint.Side) != PageHint.None
                && at.LocalName is not ("figure" or "picture" or "noscript" or "a")
                && at.ClassName?.Contains("caption", StringComparison.OrdinalIgnoreCase) != true
            )
            {
                return false;
            }
        }

        return true;
    }

    private static PictureOffer? Offer(IElement image, IElement scope, Uri start)
    {
        if (Largest(image, start) is not { } largest)
        {
            return null;
        }

        var figure = Within(image, scope, "figure");
        var declared = PictureOffer.Pixels(image.GetAttribute("width"));
        var width = largest.Width ?? declared;
        var isLead = width is { } wide ? wide >= LeadWidth : figure is not null;
        return new PictureOffer(
            largest.Url,
            isLead && !LeadsElsewhere(Within(image, scope, "a")) ? PictureOrigin.Lead : PictureOrigin.Inline
        )
        {
            Width = width,
            Height =
                largest.Width is null || largest.Width == declared
                    ? PictureOffer.Pixels(image.GetAttribute("height"))
                    : null,
            Alt = image.GetAttribute("alt") is { Length: > 0 } alt
                ? alt
                : figure?.QuerySelector("figcaption")?.TextContent,
        };
    }

    // What comes late is named in other attributes; what stands in src is a pixel then.
    private static (Uri Url, int? Width)? Largest(IElement image, Uri start)
    {
        foreach (var name in (ReadOnlySpan<string>)["data-srcset", "data-lazy-srcset", "srcset"])
        {
            if (PictureSet.Largest(image.GetAttribute(name), start) is { } largest)
            {
                return largest;
            }
        }

        if (image.ParentElement is { LocalName: "picture" } picture)
        {
            foreach (var source in picture.Children.Where(child => child.LocalName == "source").Take(MaxOffers))
            {
                if (
                    source.GetAttribute("type") is null or "image/jpeg" or "image/png" or "image/webp"
                    && PictureSet.Largest(source.GetAttribute("srcset") ?? source.GetAttribute("data-srcset"), start)
                        is { } largest
                )
                {
                    return largest;
                }
            }
        }

        foreach (var name in (ReadOnlySpan<string>)["data-src", "data-lazy-src", "data-original", "src"])
        {
            if (PictureOffer.Address(image.GetAttribute(name), start) is { } url)
            {
                return (url, null);
            }
        }

        return null;
    }

    private static IElement? Within(IElement element, IElement scope, string tag)
    {
        var at = element.ParentElement;
        for (var depth = 0; at is not null && at != scope && depth < MaxDepth; depth++, at = at.ParentElement)
        {
            if (at.LocalName == tag)
            {
                return at;
            }
        }

        return null;
    }

    // A picture that leads to itself in full size is the article's; one that leads to another page tells of that.
    private static bool LeadsElsewhere(IElement? link) =>
        link?.GetAttribute("href") is { Length: > 0 } href
        && href[0] != '#'
        && !href.Contains(".jp", StringComparison.OrdinalIgnoreCase)
        && !href.Contains(".png", StringComparison.OrdinalIgnoreCase)
        && !href.Contains(".webp", StringComparison.OrdinalIgnoreCase);

    // What a name such as og:image:width says belongs to the picture named before. Source: https://ogp.me/#structured
    private static List<PictureOffer> Shared(IDocument document, Uri start)
    {
        List<PictureOffer> found = [];
        foreach (var meta in document.GetElementsByTagName("meta").Take(MaxMetas))
        {
            var name = (meta.GetAttribute("property") ?? meta.GetAttribute("name"))?.Trim().ToLowerInvariant();
            var content = meta.GetAttribute("content");
            switch (name)
            {
                case "og:image"
                or "og:image:url"
                or "og:image:secure_url"
                or "twitter:image"
                or "twitter:image:src"
                    when found.Count < MaxShared
                        && PictureOffer.Address(content, start) is { } url
                        && found.TrueForAll(known => known.Url != url):
                    found.Add(new PictureOffer(url, PictureOrigin.Shared));
                    break;
                case "og:image:width" when found.Count > 0:
                    found[^1] = found[^1] with { Width = PictureOffer.Pixels(content) };
                    break;
                case "og:image:height" when found.Count > 0:
                    found[^1] = found[^1] with { Height = PictureOffer.Pixels(content) };
                    break;
                case "og:image:alt" or "twitter:image:alt" when found.Count > 0:
                    found[^1] = found[^1] with { Alt = found[^1].Alt ?? content };
                    break;
            }
        }

        return found;
    }
}
