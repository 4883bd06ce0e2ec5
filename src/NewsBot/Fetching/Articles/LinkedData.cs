using System.Text.Json;
using AngleSharp.Dom;
using NewsBot.Core.Feeds;

namespace NewsBot.Fetching.Articles;

/// <summary>What a page says about its article in JSON-LD. Source: https://schema.org/Article</summary>
internal sealed class LinkedData
{
    // Pages carry one to five of them; shops some dozens.
    private const int MaxScripts = 20;

    // The longest article with its whole text has some hundred thousand letters.
    private const int MaxScript = 500_000;
    private const int MaxDepth = 24;
    private const int MaxNodes = 500;
    private const int MaxNames = 5;
    private const int MaxPictures = 6;

    private static readonly JsonDocumentOptions Tolerant = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = MaxDepth,
    };

    private readonly List<JsonPicture> _pictures = [];
    private int _nodes;

    private LinkedData() { }

    public string? Headline { get; private set; }
    public string? Author { get; private set; }
    public string? Published { get; private set; }
    public string? Language { get; private set; }
    public string? Body { get; private set; }
    public string? Publisher { get; private set; }

    /// <summary>Reads all of a document; what is broken is left out.</summary>
    public static LinkedData Of(IDocument document)
    {
        var data = new LinkedData();
        var count = 0;
        foreach (var script in document.GetElementsByTagName("script"))
        {
            var isLinked = script
                .GetAttribute("type")
                ?.Trim()
                .StartsWith("application/ld+json", StringComparison.OrdinalIgnoreCase);
            if (isLinked == true && ++count <= MaxScripts && script.TextContent is { Length: <= MaxScript } json)
            {
                data.Read(json);
            }
        }

        return data;
    }

    /// <summary>The pictures it names.</summary>
    /// <param name="page">Where relative addresses start.</param>
    public IEnumerable<PictureOffer> PicturesAt(Uri page)
    {
        foreach (var picture in _pictures)
        {
            if (PictureOffer.Address(picture.Address, page) is { } url)
            {
                yield return new PictureOffer(url, PictureOrigin.Described)
                {
                    Width = picture.Width,
                    Height = picture.Height,
                    Alt = picture.Caption,
                };
            }
        }
    }

    private void Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(Bare(json), Tolerant);
            Walk(document.RootElement);
        }
        catch (JsonException)
        {
            // Written by hand, often wrong; the page itself is still there.
        }
    }

    // Sites put whole lines into strings, and the whole into a comment.
    private static string Bare(string json) =>
        string.Create(
                json.Length,
                json,
                static (bare, all) =>
                {
                    for (var at = 0; at < all.Length; at++)
                    {
                        bare[at] = char.IsControl(all[at]) ? ' ' : all[at];
                    }
                }
            )
            .Trim()
            .Replace("<!--", "", StringComparison.Ordinal)
            .Replace("-->", "", StringComparison.Ordinal)
            .TrimEnd(';', ' ');

    private void Walk(JsonElement element)
    {
        if (++_nodes > MaxNodes)
        {
            return;
        }

        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
            {
                Walk(item);
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            if (IsArticle(element))
            {
                Take(element);
            }

            foreach (var name in (ReadOnlySpan<string>)["@graph", "mainEntity", "mainEntityOfPage"])
            {
                if (element.TryGetProperty(name, out var inner))
                {
                    Walk(inner);
                }
            }
        }
    }

    private static bool IsArticle(JsonElement element)
    {
        if (!element.TryGetProperty("@type", out var type))
        {
            return false;
        }

        var name = type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().FirstOrDefault() : type;
        return name.ValueKind == JsonValueKind.String
            && name.GetString() is { } text
            && (
                text.EndsWith("Article", StringComparison.Ordinal)
                || text.EndsWith("Posting", StringComparison.Ordinal)
                || text is "Report" or "Review" or "Recipe" or "WebPage" or "CreativeWork"
            );
    }

    private void Take(JsonElement article)
    {
        Headline ??= Text(article, "headline");
        Author ??= Names(article, "author") ?? Names(article, "creator");
        Published ??= Text(article, "datePublished") ?? Text(article, "dateCreated");
        Language ??= Text(article, "inLanguage");
        TakePictures(article);
        Publisher ??= Names(article, "publisher");
        var body = Text(article, "articleBody");
        Body = body?.Length > (Body?.Length ?? 0) ? body : Body;
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static string? Names(JsonElement element, string property)
    {
        if (!element.TryGetProperty(property, out var value))
        {
            return null;
        }

        IEnumerable<JsonElement> all = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [value];
        var names = all.Take(MaxNames)
            .Select(Name)
            .OfType<string>()
            .Where(name => name.Length > 0)
            .Distinct(StringComparer.Ordinal);
        return string.Join(", ", names) is { Length: > 0 } joined ? joined : null;
    }

    private static string? Name(JsonElement person) =>
        person.ValueKind switch
        {
            JsonValueKind.String => person.GetString(),
            JsonValueKind.Object => Text(person, "name"),
            _ => null,
        };

    private void TakePictures(JsonElement article)
    {
        foreach (var name in (ReadOnlySpan<string>)["image", "primaryImageOfPage", "thumbnailUrl"])
        {
            if (!article.TryGetProperty(name, out var value))
            {
                continue;
            }

            IEnumerable<JsonElement> all = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [value];
            foreach (var one in all.Take(MaxPictures - _pictures.Count))
            {
                if (Picture(one) is { } picture)
                {
                    _pictures.Add(picture);
                }
            }
        }
    }

    // Source: https://schema.org/ImageObject
    private static JsonPicture? Picture(JsonElement image) =>
        image.ValueKind switch
        {
            JsonValueKind.String => new JsonPicture(image.GetString(), null, null, null),
            JsonValueKind.Object => new JsonPicture(
                Text(image, "contentUrl") ?? Text(image, "url"),
                Pixels(image, "width"),
                Pixels(image, "height"),
                Text(image, "caption") ?? Text(image, "description")
            ),
            _ => null,
        };

    private static int? Pixels(JsonElement image, string name) =>
        image.TryGetProperty(name, out var value)
            ? PictureOffer.Pixels(
                value.ValueKind switch
                {
                    JsonValueKind.Number => value.GetRawText(),
                    JsonValueKind.String => value.GetString(),
                    JsonValueKind.Object => Text(value, "value"),
                    _ => null,
                }
            )
            : null;

    private sealed record JsonPicture(string? Address, int? Width, int? Height, string? Caption);
}
