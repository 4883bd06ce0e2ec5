namespace NewsBot.Core.Text;

/// <summary>How many keystrokes lie between two words; finds what somebody meant to type.</summary>
public static class EditDistance
{
    // Nobody mistypes a longer word recognisably, and the table must stay small.
    private const int MaxLength = 64;

    /// <summary>Counts insertions, deletions, replacements and swaps of neighbours, ignoring case.</summary>
    /// <param name="left">Any text; only its first 64 characters count.</param>
    /// <param name="right">Any text; only its first 64 characters count.</param>
    /// <returns>0 where both are equal but for case.</returns>
    public static int Between(string left, string right)
    {
        var a = left[..Math.Min(left.Length, MaxLength)].ToLowerInvariant();
        var b = right[..Math.Min(right.Length, MaxLength)].ToLowerInvariant();
        var table = new int[a.Length + 1][];
        for (var i = 0; i <= a.Length; i++)
        {
            table[i] = new int[b.Length + 1];
            for (var j = 0; j <= b.Length; j++)
            {
                table[i][j] =
                    i == 0 ? j
                    : j == 0 ? i
                    : Step(table, a, b, i, j);
            }
        }

        return table[a.Length][b.Length];
    }

    /// <summary>Finds the candidate that is fewest keystrokes away.</summary>
    /// <param name="word">What was typed.</param>
    /// <param name="candidates">What could have been meant; the first of equals wins.</param>
    /// <param name="most">A candidate further away than this is no suggestion.</param>
    /// <returns>Null where nothing is near enough.</returns>
    public static string? Nearest(string word, IEnumerable<string> candidates, int most)
    {
        string? best = null;
        var least = most + 1;
        foreach (var candidate in candidates)
        {
            if (Math.Abs(candidate.Length - word.Length) >= least)
            {
                continue;
            }

            var distance = Between(word, candidate);
            if (distance < least)
            {
                (best, least) = (candidate, distance);
            }
        }

        return best;
    }

    private static int Step(int[][] table, string a, string b, int i, int j)
    {
        var cost = a[i - 1] == b[j - 1] ? 0 : 1;
        var best = Math.Min(Math.Min(table[i - 1][j], table[i][j - 1]) + 1, table[i - 1][j - 1] + cost);
        var swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
        return swapped ? Math.Min(best, table[i - 2][j - 2] + 1) : best;
    }
}
