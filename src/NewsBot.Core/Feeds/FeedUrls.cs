namespace NewsBot.Core.Feeds;

/// <summary>Reads addresses as publishers write them.</summary>
internal static class FeedUrls
{
    // Browsers and servers give up far earlier.
    private const int MaxLength = 4_000;

    /// <summary>Resolves an http or https address; null for anything else.</summary>
    public static Uri? Web(string? text, Uri? baseUrl) => Any(text, baseUrl) is { } url && IsWeb(url) ? url : null;

    /// <summary>Resolves an address of any scheme; null where it is none.</summary>
    public static Uri? Any(string? text, Uri? baseUrl)
    {
        var trimmed = Tidy(text);
        if (trimmed.Length is 0 or > MaxLength)
        {
            return null;
        }

        if (trimmed.StartsWith("www.", StringComparison.OrdinalIgnoreCase))
        {
            trimmed = $"http://{trimmed}";
        }

        // On Unix a path counts as an absolute file address, so an absolute address must show its scheme.
        if (HasScheme(trimmed))
        {
            return Uri.TryCreate(trimmed, UriKind.Absolute, out var absolute) ? absolute : null;
        }

        return baseUrl is not null && Uri.TryCreate(baseUrl, trimmed, out var relative) ? relative : null;
    }

    public static bool IsWeb(Uri url) => url.Scheme is "http" or "https";

    private static bool HasScheme(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 1 && !text.AsSpan(0, colon).ContainsAny("/?#") && char.IsAsciiLetter(text[0]);
    }

    private static string Tidy(string? text)
    {
        if (text is null)
        {
            return string.Empty;
        }

        var trimmed = text.Trim();
        return trimmed.AsSpan().ContainsAny('\r', '\n', '\t')
            ? string.Concat(trimmed.Split(['\r', '\n', '\t'], StringSplitOptions.TrimEntries))
            : trimmed;
    }
}
