using System.Security.Cryptography;

namespace NewsBot.Core.Communities;

/// <summary>The code that joins two names of one person: shown to one, entered by the other.</summary>
public static class LinkCode
{
    /// <summary>How long a code is good: long enough to change the window, too short to be found lying about.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    /// <summary>Wrong codes one member may enter within <see cref="TriesWithin"/>.</summary>
    public const int MaxTries = 5;

    /// <summary>After so long wrong codes are forgotten.</summary>
    public static readonly TimeSpan TriesWithin = TimeSpan.FromHours(1);

    // No letters that are mistaken for others. Eight of them are 8·10^11 codes: five tries an hour find none.
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";
    private const int Length = 8;

    /// <returns>A new code as people type it, such as k7m2-qx4p.</returns>
    public static string New()
    {
        var letters = RandomNumberGenerator.GetString(Letters, Length);
        return $"{letters[..(Length / 2)]}-{letters[(Length / 2)..]}";
    }

    /// <summary>What somebody typed as a code, without what does not count.</summary>
    /// <returns>Null where it cannot be one.</returns>
    public static string? Read(string typed)
    {
        var letters = new string([
            .. typed.Where(character => !char.IsWhiteSpace(character) && character != '-').Take(Length + 1),
        ]).ToLowerInvariant();
        return letters.Length == Length && letters.All(letter => Letters.Contains(letter, StringComparison.Ordinal))
            ? letters
            : null;
    }
}
