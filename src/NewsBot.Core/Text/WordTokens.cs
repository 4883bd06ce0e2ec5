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
        var (start, at) = (-1, 0);
        string? last = null;
        foreach (var rune in folded.EnumerateRunes())
        {
            var here = at;
            // A lone surrogate counts as the sign that stands for it, which is as long.
            at += rune.Utf16SequenceLength;
            var unspaced = Folded.IsUnspaced(rune);
            if (!unspaced && (Rune.IsLetterOrDigit(rune) || IsMark(rune)))
            {
                start = start < 0 ? here : start;
                last = null;
                continue;
            }

            if (start >= 0)
            {
                yield return folded[start..here];
                start = -1;
            }

            var sign = unspaced && !Rune.IsPunctuation(rune) ? rune.ToString() : null;
            if (sign is not null && last is not null)
            {
                yield return last + sign;
            }

            last = sign;
        }

        if (start >= 0)
        {
            yield return folded[start..];
        }
    }

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is System.Globalization.UnicodeCategory.NonSpacingMark
                or System.Globalization.UnicodeCategory.SpacingCombiningMark;
}
