using AngleSharp.Dom;
using NewsBot.Core.Text;

namespace NewsBot.Core.Feeds;

/// <summary>
/// Reads one item of a page's list: each part where the recipe says, else where such parts usually stand. Pure.
/// </summary>
internal sealed class PageItem(IElement item, PageRecipe recipe, Uri baseUrl)
{
    private const int MaxTitle = 300;
    private const int MaxSummary = 2_000;

    // Whoever writes less says nothing that the headline did not.
    private const int MinSummary = 40;

    // "Wednesday, 30 September 2026, 14:05 Uhr" and what stands around it.
    private const int MaxDate = 60;

    private const int MostLooked = 300;

    // Smaller ones are icons.
    private const int MinPicture = 60;

    private static readonly PageSelector Headings = Known(
        "h1, h2, h3, h4, h5, h6, [role=heading], [itemprop=headline]"
    );
    private static readonly PageSelector Links = Known("a[href]");
    private static readonly PageSelector Times = Known("time, [itemprop=datePublished], [datetime]");
    private static readonly PageSelector Paragraphs = Known("p, [itemprop=description]");
    private static readonly PageSelector Pictures = Known("img");
    private static readonly PageSelector Anything = Known("*");

    private static readonly string[] DateWords = ["date", "time", "datum", "fecha", "data", "day", "publish", "posted"];
    private static readonly string[] TextWords =
    [
        "summary",
        "excerpt",
        "teaser",
        "description",
        "desc",
        "lead",
        "intro",
        "dek",
        "abstract",
    ];

    /// <summary>Null where it has neither headline nor address of its own.</summary>
    public FeedEntry? Read(string? language)
    {
        var heading = Heading();
        var title = recipe.Part("title") is { Attribute: { } named } part
            ? OneLine(First(part)?.GetAttribute(named))
            : PageText.Of(heading, MaxTitle);
        if (title.Length == 0 || Link(heading) is not { } link)
        {
            return null;
        }

        var summary = Summary(title);
        return new FeedEntry(
            null,
            title,
            link,
            Date(),
            null,
            [],
            summary.Length == 0 ? null : HtmlEntities.Encode(summary),
            null,
            Picture(),
            [],
            language
        );
    }

    private IElement Heading()
    {
        if (recipe.Part("title") is { } part)
        {
            return First(part) ?? item;
        }

        var heading = Headings
            .Select(item, MostLooked, outermost: false)
            .FirstOrDefault(one => PageText.Of(one, MaxTitle).Length > 0);
        // Where nothing is a heading, the longest link says what it leads to.
        return heading
            ?? Links.Select(item, MostLooked, outermost: true).MaxBy(one => PageText.Of(one, MaxTitle).Length)
            ?? item;
    }

    private Uri? Link(IElement heading)
    {
        if (recipe.Part("link") is { } part)
        {
            var found = First(part);
            return part.Attribute is { } named
                ? Address(found?.GetAttribute(named))
                : Address((found is null ? null : Anchor(found))?.GetAttribute("href"));
        }

        return Address(Anchor(heading)?.GetAttribute("href"))
            ?? Links
                .Select(item, MostLooked, outermost: true)
                .Select(one => Address(one.GetAttribute("href")))
                .FirstOrDefault(one => one is not null)
            ?? Address(Around(item)?.GetAttribute("href"));
    }

    // In the heading, at it, or around it.
    private IElement? Anchor(IElement element) =>
        element.LocalName == "a" ? element
        : Links.Select(element, 1, outermost: true) is [var inside] ? inside
        : Around(element);

    private IElement? Around(IElement element)
    {
        for (var at = element; at is not null; at = at.ParentElement)
        {
            if (at.LocalName == "a" && at.HasAttribute("href"))
            {
                return at;
            }

            if (at == item && element != item)
            {
                return null;
            }
        }

        return null;
    }

    private Uri? Address(string? text) => text is null || text.StartsWith('#') ? null : FeedUrls.Web(text, baseUrl);

    private DateTimeOffset? Date()
    {
        if (recipe.Part("date") is { } part)
        {
            return First(part) is { } found ? Date(found, part.Attribute) : null;
        }

        foreach (var time in Times.Select(item, MostLooked, outermost: false))
        {
            if (Date(time, null) is { } at)
            {
                return at;
            }
        }

        return Anything
            .Select(item, MostLooked, outermost: false)
            .Where(one => Says(one, DateWords) && one.ChildElementCount < 4)
            .Select(one => Date(one, null))
            .FirstOrDefault(at => at is not null);
    }

    private static DateTimeOffset? Date(IElement element, string? attribute)
    {
        string?[] texts = attribute is null
            ?
            [
                element.GetAttribute("datetime"),
                element.GetAttribute("content"),
                PageText.Of(element, MaxDate),
                element.GetAttribute("title"),
            ]
            : [element.GetAttribute(attribute)];
        foreach (var text in texts)
        {
            if (text is { Length: <= MaxDate } && FeedDates.TryParse(text, out var at))
            {
                return at;
            }
        }

        return null;
    }

    private string Summary(string title)
    {
        if (recipe.Part("summary") is { } part)
        {
            var found = First(part);
            return found is null ? ""
                : part.Attribute is { } named ? OneLine(found.GetAttribute(named))
                : PageText.Of(found, MaxSummary);
        }

        var text = Longest(Paragraphs.Select(item, MostLooked, outermost: true), title);
        return text.Length > 0
            ? text
            : Longest(Anything.Select(item, MostLooked, outermost: false).Where(one => Says(one, TextWords)), title);
    }

    private static string Longest(IEnumerable<IElement> elements, string title) =>
        elements
            .Take(20)
            .Select(one => PageText.Of(one, MaxSummary))
            .Where(text => text.Length >= MinSummary && !text.StartsWith(title, StringComparison.Ordinal))
            .MaxBy(text => text.Length)
        ?? "";

    private Uri? Picture()
    {
        if (recipe.Part("image") is { } part)
        {
            var found = First(part);
            return part.Attribute is { } named ? Address(found?.GetAttribute(named))
                : found is null ? null
                : Picture(found) ?? Pictures.Select(found, 1, outermost: true).Select(Picture).FirstOrDefault();
        }

        return Pictures
            .Select(item, 20, outermost: true)
            .Where(one => !IsSmall(one))
            .Select(Picture)
            .FirstOrDefault(one => one is not null);
    }

    private Uri? Picture(IElement element)
    {
        foreach (var name in (ReadOnlySpan<string>)["data-src", "data-lazy-src", "data-original", "src", "content"])
        {
            if (element.GetAttribute(name) is { Length: > 0 } text && Address(text) is { } url)
            {
                return url;
            }
        }

        var set = element.GetAttribute("srcset") ?? element.GetAttribute("data-srcset");
        return Address(set?.Split(',')[0].Trim().Split(' ')[0]);
    }

    private static bool IsSmall(IElement picture) =>
        int.TryParse(
            picture.GetAttribute("width"),
            System.Globalization.NumberStyles.None,
            System.Globalization.CultureInfo.InvariantCulture,
            out var width
        )
        && width < MinPicture;

    private IElement? First(PagePart part) =>
        part.Selector is { } selector
            ? selector.Select(item, 1, outermost: true) is [var found]
                ? found
                : null
            : item;

    private static bool Says(IElement element, string[] words) =>
        element.GetAttribute("class") is { } names
        && Array.Exists(words, word => names.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static string OneLine(string? text)
    {
        var line = string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length > MaxTitle ? line[..MaxTitle] : line;
    }

    private static PageSelector Known(string text) =>
        PageSelectorReader.Read(text, out var problem) ?? throw new InvalidOperationException(problem);
}
