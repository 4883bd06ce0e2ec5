namespace NewsBot.Core.Text;

/// <summary>Decides which addresses of foreign Markdown become links.</summary>
internal static class MarkdownLink
{
    // Longer addresses than this work nowhere.
    internal const int MaxLength = 2_000;

    /// <summary>
    /// The address as it may stand in a page, not yet escaped for it; null for everything but http, https and mailto, and for
    /// what hides its host behind a name before an "@".
    /// </summary>
    internal static string? SafeTarget(string? address) =>
        address is { Length: > 0 and <= MaxLength }
        && Uri.TryCreate(address, UriKind.Absolute, out var url)
        && (url.Scheme is "mailto" || (url.Scheme is "http" or "https" && url.UserInfo.Length == 0))
            ? url.AbsoluteUri
            : null;
}
