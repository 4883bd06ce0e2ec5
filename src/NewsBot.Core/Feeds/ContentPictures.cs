using NewsBot.Core.Text;

namespace NewsBot.Core.Feeds;

/// <summary>Finds the pictures in the text that a feed brings. Pure.</summary>
public static class ContentPictures
{
    // The one that belongs to the whole article stands at its beginning.
    private const int MaxPictures = 3;

    /// <summary>The first pictures of a text.</summary>
    /// <param name="html">Sanitised HTML; null for none.</param>
    /// <param name="page">Where relative addresses start; null where unknown.</param>
    public static IReadOnlyList<PictureOffer> Of(string? html, Uri? page)
    {
        if (html is null || !html.Contains("<img", StringComparison.OrdinalIgnoreCase))
        {
            return [];
        }

        List<PictureOffer> found = [];
        var scanner = new MarkupScanner(html);
        while (found.Count < MaxPictures && scanner.Read())
        {
            if (
                scanner.Kind != MarkupToken.Start
                || !scanner.Name.Equals("img", StringComparison.OrdinalIgnoreCase)
                || Address(scanner, page) is not { } address
            )
            {
                continue;
            }

            found.Add(
                new PictureOffer(address.Url, PictureOrigin.Text)
                {
                    Width = address.Width ?? PictureOffer.Pixels(scanner.Attribute("width")),
                    Height = address.Width is null ? PictureOffer.Pixels(scanner.Attribute("height")) : null,
                    Alt = scanner.Attribute("alt"),
                }
            );
        }

        return found;
    }

    private static (Uri Url, int? Width)? Address(MarkupScanner image, Uri? page)
    {
        if (PictureSet.Largest(image.Attribute("srcset"), page) is { } largest)
        {
            return largest;
        }

        return FeedUrls.Web(image.Attribute("src"), page) is { } url ? (url, null) : null;
    }
}
