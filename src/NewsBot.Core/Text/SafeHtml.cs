using Ganss.Xss;

namespace NewsBot.Core.Text;

/// <summary>Makes foreign HTML harmless: what is left formats, links and shows pictures, and does nothing else.</summary>
public static class SafeHtml
{
    /// <summary>Longer values lose their markup: no article is as long, and a parsed tree needs many times its text.</summary>
    public const int MaxLength = 500_000;

    // Trees are walked recursively by the libraries below; real articles nest some twenty deep.
    private const int MaxOpenElements = 200;

    private static readonly HtmlSanitizer Sanitizer = Build();

    /// <summary>Removes scripts, styles, forms, frames, event handlers and addresses that are not http, https or mailto.</summary>
    /// <param name="html">HTML of any quality.</param>
    /// <param name="baseUrl">What relative addresses start from; null leaves none of them standing.</param>
    /// <returns>Well-formed HTML; plain text is returned as it stands.</returns>
    public static string Clean(string html, Uri? baseUrl)
    {
        if (!html.Contains('<', StringComparison.Ordinal))
        {
            return html;
        }

        if (TidyHtml.TryClean(html, baseUrl, out var clean))
        {
            return clean;
        }

        if (html.Length > MaxLength || IsTooDeep(html))
        {
            return HtmlEntities.Encode(HtmlText.ToPlain(html, keepLines: true));
        }

        return Sanitizer.Sanitize(html, baseUrl?.AbsoluteUri ?? string.Empty);
    }

    private static HtmlSanitizer Build()
    {
        var options = new HtmlSanitizerOptions
        {
            AllowedTags = Set(
                "a abbr acronym address article aside audio b bdi bdo big blockquote br caption center cite code col colgroup dd del details "
                    + "dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark ol p picture pre q "
                    + "rp rt ruby s samp section small source span strike strong sub summary sup table tbody td tfoot th thead time tr tt u "
                    + "ul var video wbr"
            ),
            AllowedAttributes = Set(
                "abbr align alt cite colspan controls datetime dir height href hreflang lang poster rowspan scope src srcset start title "
                    + "type valign width"
            ),
            AllowedSchemes = Set("http https mailto"),
            UriAttributes = Set("href src cite poster"),
        };
        var sanitizer = new HtmlSanitizer(options) { KeepChildNodes = true, AllowDataAttributes = false };
        sanitizer.RemovingTag += (_, removal) =>
        {
            if (HtmlNames.Hidden.Contains(removal.Tag.LocalName))
            {
                removal.Tag.TextContent = string.Empty;
            }
        };
        return sanitizer;
    }

    private static HashSet<string> Set(string names) => new(names.Split(' '), StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Counts elements that stay open whatever a browser makes of them. Elements that close each other (paragraphs, items, cells) cannot
    /// nest without one of the counted between them.
    /// </summary>
    private static bool IsTooDeep(string html)
    {
        var open = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var lookup = open.GetAlternateLookup<ReadOnlySpan<char>>();
        var implied = Implied.GetAlternateLookup<ReadOnlySpan<char>>();
        var depth = 0;
        var scanner = new MarkupScanner(html);
        while (scanner.Read() && depth <= MaxOpenElements)
        {
            if (scanner.Kind is not (MarkupToken.Start or MarkupToken.End) || implied.Contains(scanner.Name))
            {
                continue;
            }

            lookup.TryGetValue(scanner.Name, out var count);
            if (scanner.Kind == MarkupToken.Start)
            {
                lookup[scanner.Name] = count + 1;
                depth++;
            }
            else if (count > 0)
            {
                lookup[scanner.Name] = count - 1;
                depth--;
            }
        }

        return depth > MaxOpenElements;
    }

    private static readonly HashSet<string> Implied = Set(
        "p li dt dd tr td th thead tbody tfoot option optgroup rb rt rp rtc area base br col embed hr img input link meta param source "
            + "track wbr"
    );
}
