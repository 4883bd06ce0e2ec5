using NewsBot.Core.Text;

namespace NewsBot.Core.Stories;

/// <summary>Tells a correction from a trivial change.</summary>
public static class EntryChange
{
    // Up to this share of the words a text may be polished without saying something else.
    private const double PolishedShare = 0.08;

    // Two keystrokes correct a slip in a headline; more make another headline.
    private const int SlipKeystrokes = 2;

    private static readonly HashSet<string> Turning = new(StringComparer.Ordinal)
    {
        "not",
        "no",
        "never",
        "nicht",
        "kein",
        "keine",
        "pas",
        "non",
        "нет",
        "не",
    };

    /// <summary>Compares two versions of one entry.</summary>
    /// <param name="old">What was known.</param>
    /// <param name="current">What the feed says now.</param>
    public static ChangeKind Between(EntryText old, EntryText current)
    {
        if (old == current)
        {
            return ChangeKind.None;
        }

        if (ContentHash.Of(old.Title, old.Text) == ContentHash.Of(current.Title, current.Text))
        {
            return ChangeKind.Trivial;
        }

        var same = IsSameTitle(ContentHash.Normal(old.Title), ContentHash.Normal(current.Title));
        return same && IsSameText(ContentHash.Normal(old.Text), ContentHash.Normal(current.Text))
            ? ChangeKind.Trivial
            : ChangeKind.Substance;
    }

    private static bool IsSameTitle(string old, string current)
    {
        if (old == current)
        {
            return true;
        }

        var (gone, added) = Difference(old, current);
        return !ChangesFacts(gone, added)
            && Math.Min(old.Length, current.Length) >= 20
            && gone.Count == 1
            && added.Count == 1
            && gone[0].Length > SlipKeystrokes * 2
            && EditDistance.Between(gone[0], added[0]) <= SlipKeystrokes;
    }

    private static bool IsSameText(string old, string current)
    {
        if (old == current)
        {
            return true;
        }

        var (gone, added) = Difference(old, current);
        var words = Math.Max(1, Math.Max(old.Count(c => c == ' '), current.Count(c => c == ' ')) + 1);
        return !ChangesFacts(gone, added) && Math.Max(gone.Count, added.Count) <= Math.Max(1, words * PolishedShare);
    }

    private static bool ChangesFacts(List<string> gone, List<string> added) =>
        gone.Concat(added).Any(word => word.Any(char.IsDigit) || Turning.Contains(word));

    private static (List<string> Gone, List<string> Added) Difference(string old, string current)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var word in WordTokens.Of(old))
        {
            counts[word] = counts.GetValueOrDefault(word) + 1;
        }

        foreach (var word in WordTokens.Of(current))
        {
            counts[word] = counts.GetValueOrDefault(word) - 1;
        }

        return (Times(counts, 1), Times(counts, -1));
    }

    private static List<string> Times(Dictionary<string, int> counts, int sign) =>
        [
            .. counts
                .Where(pair => pair.Value * sign > 0)
                .SelectMany(pair => Enumerable.Repeat(pair.Key, pair.Value * sign)),
        ];
}
