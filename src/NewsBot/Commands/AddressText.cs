namespace NewsBot.Commands;

/// <summary>Reads an address as people paste it.</summary>
internal static class AddressText
{
    /// <returns>An absolute http or https address; null where the text is none. A missing scheme is taken for https.</returns>
    public static Uri? Parse(string text)
    {
        var trimmed = text.Trim().Trim('<', '>');
        if (trimmed.StartsWith("feed:", StringComparison.OrdinalIgnoreCase))
        {
            var rest = trimmed["feed:".Length..];
            trimmed = rest.StartsWith("//", StringComparison.Ordinal) ? "https:" + rest : rest;
        }

        if (!trimmed.Contains("://", StringComparison.Ordinal) && trimmed.Contains('.', StringComparison.Ordinal))
        {
            trimmed = "https://" + trimmed;
        }

        return
            !trimmed.Any(char.IsWhiteSpace)
            && Uri.TryCreate(trimmed, UriKind.Absolute, out var url)
            && url.Scheme is "http" or "https"
            && url.Host.Length > 0
            ? url
            : null;
    }
}
