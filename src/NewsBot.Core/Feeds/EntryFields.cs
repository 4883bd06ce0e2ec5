using NewsBot.Core.Text;

namespace NewsBot.Core.Feeds;

/// <summary>Which element tells which part of an entry, and how much it is to be believed.</summary>
internal static class EntryFields
{
    public static void TakeAttributes(EntryDraft entry, MarkupReader markup, Uri baseUrl)
    {
        switch (markup.Word)
        {
            case FeedWord.Item:
                TakeItem(entry, markup, baseUrl);
                break;
            case FeedWord.Link:
                TakeLink(entry, markup, baseUrl);
                break;
            case FeedWord.Guid:
                entry.GuidIsLink = !"false".Equals(
                    markup.Attribute("isPermaLink")?.Trim(),
                    StringComparison.OrdinalIgnoreCase
                );
                break;
            case FeedWord.Enclosure:
                TakeEnclosure(
                    entry,
                    markup.Attribute("url") ?? markup.Attribute("href"),
                    markup.Attribute("type"),
                    baseUrl
                );
                break;
            case FeedWord.Category:
                entry.Category(HtmlText.ToLine(markup.Attribute("label") ?? markup.Attribute("term") ?? string.Empty));
                break;
            case FeedWord.ImageLink:
                entry.Image(
                    Offer(markup, markup.Attribute("href") ?? markup.Attribute("url"), PictureOrigin.Entry, baseUrl),
                    2
                );
                break;
            case FeedWord.MediaThumbnail:
                entry.Image(Offer(markup, markup.Attribute("url"), PictureOrigin.Thumbnail, baseUrl), 3);
                break;
            case FeedWord.MediaContent:
                TakeMedia(entry, markup, baseUrl);
                break;
            case FeedWord.Title or FeedWord.Content or FeedWord.Summary or FeedWord.Description:
                entry.Language(markup.Language);
                break;
            default:
                break;
        }
    }

    public static void TakeText(EntryDraft entry, FeedWord word, SourceText text)
    {
        switch (word)
        {
            case FeedWord.Title:
                entry.Title(text, 2);
                break;
            case FeedWord.MediaTitle:
                entry.Title(text, 1);
                break;
            case FeedWord.Description or FeedWord.Summary:
                entry.Summary(text, 3);
                break;
            case FeedWord.Excerpt:
                entry.Summary(text, 2);
                break;
            case FeedWord.MediaDescription:
                entry.Summary(text, 1);
                break;
            case FeedWord.Content or FeedWord.FullContent:
                entry.Content(text, 1);
                break;
            case FeedWord.Subject or FeedWord.Category:
                entry.Category(text.ToLine());
                break;
            case FeedWord.Tags:
                TakeTags(entry, text.ToLine());
                break;
            case FeedWord.Author or FeedWord.Creator:
                entry.Author(PersonName.Read(text.Value));
                break;
            case FeedWord.Language:
                entry.Language(text.Value);
                break;
            default:
                TakeDate(entry, word, text.Value);
                TakeAddress(entry, word, text);
                break;
        }
    }

    private static void TakeDate(EntryDraft entry, FeedWord word, string text)
    {
        switch (word)
        {
            case FeedWord.Published or FeedWord.Issued:
                entry.Published(text, 3);
                break;
            case FeedWord.PlainDate:
                entry.Published(text, 2);
                break;
            case FeedWord.Created:
                entry.Published(text, 1);
                break;
            case FeedWord.Updated:
                entry.Updated(text, 1);
                break;
            default:
                break;
        }
    }

    private static void TakeAddress(EntryDraft entry, FeedWord word, SourceText text)
    {
        switch (word)
        {
            case FeedWord.Id:
                entry.Id(text.Value, 3);
                break;
            case FeedWord.Guid:
                entry.Id(text.Value, 3);
                entry.Link(entry.GuidIsLink ? FeedUrls.Web(text.Value, null) : null, 2);
                break;
            case FeedWord.Identifier:
                entry.Id(text.Value, 1);
                break;
            case FeedWord.Link:
                entry.Link(FeedUrls.Web(text.Value, text.Base), 4);
                break;
            case FeedWord.OriginalLink:
                entry.Link(FeedUrls.Web(text.Value, null), 6);
                break;
            case FeedWord.ImageLink:
                entry.Image(Offer(FeedUrls.Web(text.Value, text.Base), PictureOrigin.Entry), 2);
                break;
            default:
                break;
        }
    }

    private static void TakeItem(EntryDraft entry, MarkupReader markup, Uri baseUrl)
    {
        entry.Language(markup.Language);
        entry.Id(markup.Attribute("rdf:about"), 2);

        // Channel Definition Format tells these in attributes.
        entry.Link(FeedUrls.Web(markup.Attribute("HREF"), baseUrl), 4);
        if (markup.Attribute("LASTMOD") is { } changed)
        {
            entry.Updated(changed, 1);
        }
    }

    private static void TakeLink(EntryDraft entry, MarkupReader markup, Uri baseUrl)
    {
        var href = markup.Attribute("href");
        switch (LinkRelation.Of(markup))
        {
            case LinkRelation.Alternate:
                entry.Link(FeedUrls.Web(href, baseUrl), LinkRelation.IsPage(markup) ? 5 : 3);
                break;
            case LinkRelation.Enclosure:
                TakeEnclosure(entry, href, markup.Attribute("type"), baseUrl);
                break;
            default:
                break;
        }
    }

    private static void TakeEnclosure(EntryDraft entry, string? address, string? type, Uri baseUrl)
    {
        var url = FeedUrls.Web(address, baseUrl);
        entry.Link(url, 1);
        if (url is not null && IsImage(type, null, url))
        {
            entry.Image(new PictureOffer(url, PictureOrigin.Enclosure), 3);
        }
    }

    private static void TakeMedia(EntryDraft entry, MarkupReader markup, Uri baseUrl)
    {
        var picture = Offer(markup, markup.Attribute("url"), PictureOrigin.Media, baseUrl);
        if (picture is not null && IsImage(markup.Attribute("type"), markup.Attribute("medium"), picture.Url))
        {
            entry.Image(picture, 4);
        }
    }

    private static PictureOffer? Offer(Uri? url, PictureOrigin origin) =>
        url is null ? null : new PictureOffer(url, origin);

    private static PictureOffer? Offer(MarkupReader markup, string? address, PictureOrigin origin, Uri baseUrl) =>
        FeedUrls.Web(address, baseUrl) is { } url
            ? new PictureOffer(url, origin)
            {
                Width = PictureOffer.Pixels(markup.Attribute("width")),
                Height = PictureOffer.Pixels(markup.Attribute("height")),
            }
            : null;

    private static void TakeTags(EntryDraft entry, string text)
    {
        foreach (var tag in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            entry.Category(tag);
        }
    }

    private static bool IsImage(string? type, string? medium, Uri url)
    {
        if (type is not null || medium is not null)
        {
            return medium == "image"
                || (type is not null && type.StartsWith("image", StringComparison.OrdinalIgnoreCase));
        }

        var path = url.AbsolutePath.AsSpan();
        var name = path[(path.LastIndexOf('.') + 1)..];
        return name is "jpg" or "jpeg" or "png" or "gif" or "webp" or "avif";
    }
}
