using System.Globalization;
using System.Text;
using System.Text.Json;
using NewsBot.Core.Text;

namespace NewsBot.Core.Feeds;

/// <summary>Reads JSON Feed 1.0 and 1.1. Source: https://www.jsonfeed.org/version/1.1/</summary>
internal static class JsonFeedReader
{
    private static readonly JsonDocumentOptions Options = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = 64,
    };

    public static bool LooksLikeJson(ReadOnlySpan<byte> text, Encoding encoding)
    {
        if (encoding.CodePage != Encoding.UTF8.CodePage)
        {
            // Only the start matters, and four bytes make at least one letter in any encoding.
            var head = encoding.GetString(text[..Math.Min(text.Length, 400)]).TrimStart();
            return head.Length > 0 && head[0] is '{' or '[';
        }

        return text.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..];
    }

    public static FeedParseOutcome Read(ReadOnlyMemory<byte> text, Encoding encoding, Uri documentUrl)
    {
        var utf8 =
            encoding.CodePage == Encoding.UTF8.CodePage
                ? text
                : Encoding.UTF8.GetBytes(encoding.GetString(text.Span)).AsMemory();
        try
        {
            using var document = JsonDocument.Parse(utf8, Options);
            var root = document.RootElement;
            return IsFeed(root)
                ? new FeedParseOutcome.Parsed(Feed(root, documentUrl))
                : new FeedParseOutcome.NotAFeed(NotFeed.Json);
        }
        catch (JsonException)
        {
            return new FeedParseOutcome.NotAFeed(NotFeed.BrokenJson);
        }
        catch (InvalidOperationException)
        {
            // A string with half a surrogate pair in it has no text.
            return new FeedParseOutcome.NotAFeed(NotFeed.BrokenJson);
        }
    }

    private static bool IsFeed(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object
        && (
            (Text(root, "version")?.Contains("jsonfeed.org", StringComparison.OrdinalIgnoreCase) ?? false)
            || (
                List(root, "items").Any()
                && (Text(root, "title") is not null || Text(root, "home_page_url") is not null)
            )
        );

    private static ParsedFeed Feed(JsonElement root, Uri documentUrl)
    {
        var language = LanguageTag.Tidy(Text(root, "language"));
        var feedAuthors = Authors(root);
        var home = FeedUrls.Web(Text(root, "home_page_url"), documentUrl);
        var entries = List(root, "items")
            .Where(item => item.ValueKind == JsonValueKind.Object)
            .Take(FeedParser.MaxEntries)
            .Select(item => Entry(item, language, feedAuthors, home ?? documentUrl))
            .ToList();
        return new ParsedFeed(
            FeedFormat.Json,
            HtmlText.ToLine(Text(root, "title") ?? string.Empty),
            home,
            FeedUrls.Web(Text(root, "feed_url"), documentUrl),
            language,
            null,
            [],
            [],
            entries,
            false
        )
        {
            Hub = List(root, "hubs")
                .Where(hub => hub.ValueKind == JsonValueKind.Object)
                .Where(hub => "WebSub".Equals(Text(hub, "type"), StringComparison.OrdinalIgnoreCase))
                .Select(hub => FeedUrls.Web(Text(hub, "url"), documentUrl))
                .Aggregate((Uri?)null, FeedHub.Better),
        };
    }

    private static FeedEntry Entry(JsonElement item, string? feedLanguage, List<string> feedAuthors, Uri baseUrl)
    {
        var draft = new EntryDraft();
        draft.Id(Text(item, "id"), 1);
        draft.Title(new SourceText(Text(item, "title") ?? string.Empty, TextForm.Guess, null), 1);
        draft.Link(FeedUrls.Web(Text(item, "url"), baseUrl), 3);
        draft.Link(FeedUrls.Web(Text(item, "external_url"), baseUrl), 2);
        draft.Link(FeedUrls.Web(Text(item, "id"), null), 1);
        draft.Content(new SourceText(Text(item, "content_html") ?? string.Empty, TextForm.Markup, baseUrl), 2);
        draft.Content(new SourceText(Text(item, "content_text") ?? string.Empty, TextForm.Plain, baseUrl), 1);
        draft.Summary(new SourceText(Text(item, "summary") ?? string.Empty, TextForm.Guess, baseUrl), 1);
        draft.Image(Picture(item, "image", baseUrl), 2);
        draft.Image(Picture(item, "banner_image", baseUrl), 1);
        draft.Published(Text(item, "date_published") ?? string.Empty, 1);
        draft.Updated(Text(item, "date_modified") ?? string.Empty, 1);
        draft.Language(Text(item, "language"));
        foreach (var author in Authors(item) is { Count: > 0 } own ? own : feedAuthors)
        {
            draft.Author(author);
        }

        foreach (var tag in List(item, "tags").Where(tag => tag.ValueKind == JsonValueKind.String))
        {
            draft.Category(HtmlText.ToLine(tag.GetString() ?? string.Empty));
        }

        return draft.Finish(feedLanguage);
    }

    private static PictureOffer? Picture(JsonElement item, string name, Uri baseUrl) =>
        FeedUrls.Web(Text(item, name), baseUrl) is { } url ? new PictureOffer(url, PictureOrigin.Entry) : null;

    /// <summary>Version 1.1 has a list, version 1.0 one author.</summary>
    private static List<string> Authors(JsonElement element)
    {
        var people = List(element, "authors").ToList();
        if (people.Count == 0 && element.TryGetProperty("author", out var single))
        {
            people.Add(single);
        }

        return
        [
            .. people
                .Select(person => person.ValueKind == JsonValueKind.String ? person.GetString() : Text(person, "name"))
                .OfType<string>()
                .Select(PersonName.Read)
                .Where(name => name.Length > 0),
        ];
    }

    private static JsonElement.ArrayEnumerator List(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty(name, out var list)
        && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray()
            : default;

    private static string? Text(JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out var value))
        {
            return null;
        }

        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText().ToString(CultureInfo.InvariantCulture),
            _ => null,
        };
    }
}
