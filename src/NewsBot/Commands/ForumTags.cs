namespace NewsBot.Commands;

/// <summary>The tags that posts of a forum get, as admins write them: names with commas between them. Pure.</summary>
internal static class ForumTags
{
    /// <summary>As many as one forum post takes.</summary>
    public const int Most = 5;

    /// <summary>As long as Discord lets a tag be, in characters.</summary>
    public const int MaxLength = 20;

    /// <summary>Reads them, once each.</summary>
    /// <param name="text">Foreign; "off" or nothing for none.</param>
    /// <param name="tags">As they are stored; null for none.</param>
    /// <returns>False where there are too many, or one is too long.</returns>
    public static bool TryParse(string text, out string? tags)
    {
        var names = text.Trim().Equals("off", StringComparison.OrdinalIgnoreCase)
            ? []
            : text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .ToList();
        tags = names.Count == 0 ? null : string.Join(',', names);
        return names.Count <= Most && names.TrueForAll(name => name.Length <= MaxLength);
    }
}
