namespace NewsBot.Core.Feeds;

/// <summary>Reads language tags. Source: https://www.rfc-editor.org/info/bcp47</summary>
internal static class LanguageTag
{
    // The longest sensible tags have language, script, region and a variant.
    private const int MaxLength = 35;

    /// <summary>A BCP 47 tag with hyphens; null where the text is none.</summary>
    public static string? Tidy(string? text)
    {
        var tag = text?.Trim().Replace('_', '-');
        if (tag is null || tag.Length is < 2 or > MaxLength || !char.IsAsciiLetter(tag[0]))
        {
            return null;
        }

        return tag.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-') ? tag : null;
    }
}
