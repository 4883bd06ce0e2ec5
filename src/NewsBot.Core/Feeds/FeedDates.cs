namespace NewsBot.Core.Feeds;

/// <summary>
/// Reads dates in every form feeds have them: RFC 822 with its liberties, RFC 3339 and W3CDTF down to the year alone, asctime, Unix
/// seconds, and forms of many languages. Weekdays are not checked, for they are often wrong. A date without a zone is taken as UTC.
/// </summary>
public static class FeedDates
{
    // Longer text is prose.
    private const int MaxLength = 80;

    /// <summary>Reads a date.</summary>
    /// <param name="text">As found in the feed.</param>
    /// <param name="moment">UTC.</param>
    /// <returns>False where no date can be made of it.</returns>
    public static bool TryParse(string? text, out DateTimeOffset moment)
    {
        moment = default;
        var trimmed = text.AsSpan().Trim();
        if (trimmed.Length is < 4 or > MaxLength)
        {
            return false;
        }

        return new FeedDateScan(trimmed).TryRead(out moment);
    }
}
