using System.Globalization;
using System.Text;
using NewsBot.Core.Text;

namespace NewsBot.Core.Comments;

/// <summary>Makes what a person typed fit to be kept. Escaping is the business of whoever shows it.</summary>
public static class CommentText
{
    /// <summary>Longest comment, in UTF-16 code units: four times what Discord lets a message hold.</summary>
    public const int MaxChars = 8_000;

    // More marks than this on one letter draw over the lines around it.
    private const int MaxMarksInRow = 8;

    /// <summary>Normalises line ends and drops what cannot be seen but can do harm: control characters, bidirectional overrides, towers of accents.</summary>
    /// <returns>The text, trimmed; empty where nothing is left that anybody sees.</returns>
    public static string Clean(string raw)
    {
        var text = new StringBuilder(raw.Length);
        var marks = 0;
        foreach (var rune in raw.ReplaceLineEndings("\n").EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            marks = category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? marks + 1 : 0;
            if (marks <= MaxMarksInRow && !IsHarmful(rune, category))
            {
                text.Append(rune);
            }
        }

        var clean = text.ToString().Trim();
        return Invisible.IsAll(clean) ? "" : clean;
    }

    private static bool IsHarmful(Rune rune, UnicodeCategory category) =>
        (category is UnicodeCategory.Control && rune.Value is not '\n' and not '\t')
        // Overrides and embeddings reach beyond the comment; isolates and marks that end with it are left.
        || rune.Value is (>= 0x202A and <= 0x202E) or 0xFEFF or (>= 0xFFF9 and <= 0xFFFB);
}
