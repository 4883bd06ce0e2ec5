using System.Globalization;
using System.Text;

namespace NewsBot.Core.Text;

/// <summary>Text as it is compared: without case, accents, typographic variants and runs of white space.</summary>
public static class Folded
{
    // Headlines and sentences; longer texts take theirs from the pool.
    private const int OnStack = 256;

    /// <summary>Folds a text for comparison; folding twice changes nothing.</summary>
    /// <param name="text">Any text; lone surrogates and U+FFFE become U+FFFD.</param>
    /// <returns>Lower case, NFC, one space between words, none at the ends.</returns>
    public static string Of(string text)
    {
        var folding = text.Length <= OnStack ? new FoldedLetters(stackalloc char[OnStack]) : new FoldedLetters();
        return folding.TryAdd(text) ? folding.Done() : Spaces(Slowly(text));
    }

    /// <summary>The same for any letters, white space left as it is: letters that stand beside each other may make one.</summary>
    internal static string Slowly(string text) =>
        // Some letters only fall apart once others are gone.
        Strip(Strip(Normalized.Of(text, NormalizationForm.FormKC))).ToLowerInvariant();

    /// <summary>Whether a rune belongs to a script that puts no spaces between words.</summary>
    /// <param name="rune">Any rune.</param>
    public static bool IsUnspaced(Rune rune) =>
        rune.Value
            is (>= 0x0E00 and <= 0x0EFF) // Thai and Lao
                or (>= 0x1000 and <= 0x109F) // Myanmar
                or (>= 0x1100 and <= 0x11FF) // Hangul letters
                or (>= 0x1780 and <= 0x17FF) // Khmer
                or (>= 0x3005 and <= 0x3007)
                or (>= 0x3040 and <= 0x30FF) // Hiragana and Katakana
                or (>= 0x3100 and <= 0x31FF)
                or (>= 0x3400 and <= 0x4DBF) // Han
                or (>= 0x4E00 and <= 0x9FFF)
                or (>= 0xAC00 and <= 0xD7AF) // Hangul syllables, whose particles cling to the word
                or (>= 0xF900 and <= 0xFAFF)
                or (>= 0x20000 and <= 0x3FFFF);

    /// <summary>Appends a rune without a string of its own.</summary>
    internal static void Append(StringBuilder text, Rune rune)
    {
        if (rune.IsBmp)
        {
            text.Append((char)rune.Value);
        }
        else
        {
            text.Append(rune.ToString());
        }
    }

    private static string Strip(string text)
    {
        var bare = new StringBuilder(text.Length);
        foreach (var c in Normalized.Of(text.ToLowerInvariant(), NormalizationForm.FormD))
        {
            switch (c)
            {
                // Latin, Greek and Cyrillic accents; Hebrew points; Arabic vowel signs and the stretching line.
                case (>= '\u0300' and <= '\u036f') or (>= '\u0591' and <= '\u05c7') or (>= '\u064b' and <= '\u0652'):
                case '\u0640' or '\u00ad' or (>= '\u200b' and <= '\u200f') or (>= '\u202a' and <= '\u202e') or '\u2060':
                case (>= '\u2066' and <= '\u2069') or '\ufe0f' or '\ufeff':
                    break;
                default:
                    if (Plain(c) is { } plain)
                    {
                        bare.Append(plain);
                    }
                    else
                    {
                        bare.Append(c);
                    }

                    break;
            }
        }

        return Normalized.Of(bare.ToString(), NormalizationForm.FormC);
    }

    private static string? Plain(char c) =>
        c switch
        {
            'ß' => "ss",
            'æ' => "ae",
            'œ' => "oe",
            'ø' => "o",
            'đ' or 'ð' => "d",
            'ł' => "l",
            'ı' => "i",
            'þ' => "th",
            'ς' => "σ",
            '\u2018' or '\u2019' or '\u201a' or '\u201b' or '\u2032' or '\u02bc' or '´' or '`' => "'",
            '\u201c' or '\u201d' or '\u201e' or '\u201f' or '\u2033' or '«' or '»' => "\"",
            >= '\u2010' and <= '\u2015' or '\u2212' => "-",
            _ => null,
        };

    private static string Spaces(string text)
    {
        var spaced = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (!char.IsWhiteSpace(c) && char.GetUnicodeCategory(c) != UnicodeCategory.Control)
            {
                spaced.Append(c);
            }
            else if (spaced.Length > 0 && spaced[^1] != ' ')
            {
                spaced.Append(' ');
            }
        }

        return spaced.ToString().TrimEnd(' ');
    }
}
