using System.Text;

namespace NewsBot.Core.Text;

/// <summary>Compares two texts word by word, for people to read. Pure.</summary>
public static class WordDifference
{
    // Headlines and summaries have a tenth of it; the table of the comparison grows with its square.
    private const int MostWords = 600;

    /// <summary>What stayed, went and came, in reading order: what went stands before what came in its place.</summary>
    /// <param name="old">The text before.</param>
    /// <param name="current">The text now.</param>
    /// <returns>Neighbours differ in kind; together the parts that stayed and went are the old text, those that stayed and came the new one.</returns>
    public static IReadOnlyList<WordChange> Between(string old, string current)
    {
        var (before, after) = (Words(old), Words(current));
        if (before.Count > MostWords || after.Count > MostWords)
        {
            return Merged([new WordChange(WordChangeKind.Gone, old), new WordChange(WordChangeKind.Added, current)]);
        }

        var common = Common(before, after);
        List<WordChange> changes = [];
        var (i, j) = (0, 0);
        while (i < before.Count || j < after.Count)
        {
            if (i < before.Count && j < after.Count && before[i] == after[j])
            {
                changes.Add(new WordChange(WordChangeKind.Kept, before[i]));
                (i, j) = (i + 1, j + 1);
            }
            else if (j == after.Count || (i < before.Count && common[i + 1][j] >= common[i][j + 1]))
            {
                changes.Add(new WordChange(WordChangeKind.Gone, before[i++]));
            }
            else
            {
                changes.Add(new WordChange(WordChangeKind.Added, after[j++]));
            }
        }

        return Merged(changes);
    }

    // How many words the rests of both texts have in common, in order.
    private static int[][] Common(List<string> before, List<string> after)
    {
        var table = new int[before.Count + 1][];
        table[before.Count] = new int[after.Count + 1];
        for (var i = before.Count - 1; i >= 0; i--)
        {
            table[i] = new int[after.Count + 1];
            for (var j = after.Count - 1; j >= 0; j--)
            {
                table[i][j] =
                    before[i] == after[j] ? table[i + 1][j + 1] + 1 : Math.Max(table[i + 1][j], table[i][j + 1]);
            }
        }

        return table;
    }

    private static List<WordChange> Merged(IEnumerable<WordChange> changes)
    {
        var runs = new WordRuns();
        foreach (var change in changes.Where(change => change.Text.Length > 0))
        {
            runs.Add(change);
        }

        return runs.Finish();
    }

    // Words and what stands between them; where a script writes no spaces, each sign.
    private static List<string> Words(string text)
    {
        List<string> words = [];
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if ((Rune.IsLetterOrDigit(rune) || IsMark(rune)) && !Folded.IsUnspaced(rune))
            {
                word.Append(rune.ToString());
                continue;
            }

            if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }

            words.Add(rune.ToString());
        }

        if (word.Length > 0)
        {
            words.Add(word.ToString());
        }

        return words;
    }

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is System.Globalization.UnicodeCategory.NonSpacingMark
                or System.Globalization.UnicodeCategory.SpacingCombiningMark;
}

/// <summary>One part of a comparison.</summary>
/// <param name="Kind">What became of it.</param>
/// <param name="Text">As it stands, with the spaces that belong to it.</param>
public readonly record struct WordChange(WordChangeKind Kind, string Text);

/// <summary>What became of some words.</summary>
public enum WordChangeKind
{
    /// <summary>They stand in both texts.</summary>
    Kept,

    /// <summary>They stand in the old text only.</summary>
    Gone,

    /// <summary>They stand in the new text only.</summary>
    Added,
}
