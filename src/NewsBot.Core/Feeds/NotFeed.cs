namespace NewsBot.Core.Feeds;

/// <summary>Tells people what an address gave instead of a feed.</summary>
internal static class NotFeed
{
    public const string Page =
        "This is a web page, not a feed. Give the address of the site, and its feed is looked for.";
    public const string Login =
        "This is a page that asks to log in, not a feed. Only feeds that anyone can read can be followed.";
    public const string Json = "This is JSON, but no JSON Feed: it has neither a version nor items.";
    public const string BrokenJson = "This starts like JSON, but cannot be read as JSON.";

    // Where a login form stands, it stands early.
    private const int LoginWindow = 200_000;

    /// <summary>What the first bytes show already; null where it may be a feed.</summary>
    public static string? BeforeReading(ReadOnlySpan<byte> body)
    {
        if (body.Trim(" \t\r\n\0"u8).IsEmpty)
        {
            return "The document is empty.";
        }

        return body switch
        {
            [0x1F, 0x8B, ..] => Binary("a compressed file"),
            [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] => Binary("a PDF file"),
            [(byte)'P', (byte)'K', 3, 4, ..] => Binary("a ZIP archive"),
            [0x89, (byte)'P', (byte)'N', (byte)'G', ..] or [0xFF, 0xD8, 0xFF, ..] => Binary("a picture"),
            [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => Binary("a picture"),
            [(byte)'I', (byte)'D', (byte)'3', ..] or [(byte)'O', (byte)'g', (byte)'g', (byte)'S', ..] => Binary(
                "a sound file"
            ),
            [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => Binary("a video"),
            _ => null,
        };
    }

    /// <summary>What the document turned out to be.</summary>
    /// <param name="rootName">Its first element; null where it has none.</param>
    /// <param name="source">The whole text.</param>
    public static string AfterReading(string? rootName, string source)
    {
        if (rootName is null)
        {
            return source.Contains('\0', StringComparison.Ordinal)
                ? Binary("binary data")
                : "This is plain text, not a feed: there is no XML or JSON in it.";
        }

        if (IsPage(rootName))
        {
            var head = source.AsSpan(0, Math.Min(source.Length, LoginWindow));
            return AsksToLogIn(head) ? Login : Page;
        }

        return rootName.ToLowerInvariant() switch
        {
            "urlset" or "sitemapindex" =>
                "This is a sitemap, not a feed. Give the address of the site, and its feed is looked for.",
            "opml" => "This is an OPML list of feeds, not a feed. It can be taken in with the import command.",
            "svg" => Binary("a picture"),
            "opensearchdescription" => "This describes a search engine (OpenSearch), not a feed.",
            "error" => "The server sent an error message in XML, not a feed.",
            "rsd" or "service" => "This describes a publishing interface, not a feed.",
            _ => $"This is XML of another kind (<{Short(rootName)}>), not a feed.",
        };
    }

    /// <summary>True where a root element shows that the document was meant as a page.</summary>
    public static bool IsPage(string rootName) =>
        rootName.ToLowerInvariant()
            is "html"
                or "head"
                or "body"
                or "div"
                or "p"
                or "meta"
                or "script"
                or "title"
                or "h1"
                or "center";

    private static bool AsksToLogIn(ReadOnlySpan<char> page) =>
        page.Contains("type=\"password\"", StringComparison.OrdinalIgnoreCase)
        || page.Contains("type='password'", StringComparison.OrdinalIgnoreCase)
        || page.Contains("type=password", StringComparison.OrdinalIgnoreCase);

    private static string Binary(string what) => $"This is {what}, not a feed.";

    private static string Short(string name) => name.Length <= 40 ? name : name[..40];
}
