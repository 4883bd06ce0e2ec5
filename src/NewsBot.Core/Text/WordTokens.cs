using System.Text;

namespace NewsBot.Core.Text;

/// <summary>Cuts folded text into comparable words.</summary>
public static class WordTokens
{
    /// <summary>Runs of letters and digits; where a script writes no spaces, each pair of neighbours.</summary>
    /// <param name="folded">Text as <see cref="Folded.Of"/> gives it.</param>
    /// <returns>In order, with repetitions.</returns>
    public static IEnumerable<string> Of(string folded)
    {
        var word = new StringBuilder();
        string? last = null;
        foreach (var rune in folded.EnumerateRunes())
        {
            var unspaced = Folded.IsUnspaced(rune);
            if (!unspaced && (Rune.IsLetterOrDigit(rune) || IsMark(rune)))
            {
                Folded.Append(word, rune);
                last = null;
                continue;
            }

            if (word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }

            var sign = unspaced && !Rune.IsPunctuation(rune) ? rune.ToString() : null;
            if (sign is not null && last is not null)
            {
                yield return last + sign;
            }

            last = sign;
        }

        if (word.Length > 0)
        {
            yield return word.ToString();
        }
    }

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is System.Globalization.UnicodeCategory.NonSpacingMark
                or System.Globalization.UnicodeCategory.SpacingCombiningMark;
}
