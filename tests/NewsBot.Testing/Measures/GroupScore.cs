namespace NewsBot.Testing.Measures;

/// <summary>How well items were put into groups, beside the groups they belong in.</summary>
/// <param name="Agreed">Pairs that share a group in both.</param>
/// <param name="Found">Pairs that were put into one group.</param>
/// <param name="Wanted">Pairs that belong in one group.</param>
/// <param name="Precision">B-cubed: the share of an item's group that belongs with it, over all items.</param>
/// <param name="Recall">B-cubed: the share of what belongs with an item that is in its group.</param>
internal sealed record GroupScore(long Agreed, long Found, long Wanted, double Precision, double Recall)
{
    /// <summary>The harmonic mean of both.</summary>
    public double F1 => Precision + Recall > 0 ? 2 * Precision * Recall / (Precision + Recall) : 0;

    public double PairPrecision => (double)Agreed / Math.Max(1, Found);

    public double PairRecall => (double)Agreed / Math.Max(1, Wanted);

    /// <param name="right">The group of every item.</param>
    /// <param name="made">The group each was put into; one that is missing stands alone.</param>
    public static GroupScore Of(IReadOnlyDictionary<string, string> right, IReadOnlyDictionary<string, string> made)
    {
        var items = right
            .Select(item =>
                (Right: item.Value, Made: made.TryGetValue(item.Key, out var group) ? (group, "") : ("", item.Key))
            )
            .ToList();
        var rights = items.CountBy(item => item.Right, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var mades = items.CountBy(item => item.Made).ToDictionary();
        var boths = items.CountBy(item => item).ToDictionary();
        return new GroupScore(
            boths.Values.Sum(Pairs),
            mades.Values.Sum(Pairs),
            rights.Values.Sum(Pairs),
            boths.Sum(both => (double)both.Value * both.Value / mades[both.Key.Made]) / items.Count,
            boths.Sum(both => (double)both.Value * both.Value / rights[both.Key.Right]) / items.Count
        );
    }

    /// <summary>The pairs of several sets together; B-cubed is not added up.</summary>
    public static GroupScore PairsOf(IReadOnlyCollection<GroupScore> scores) =>
        new(
            scores.Sum(score => score.Agreed),
            scores.Sum(score => score.Found),
            scores.Sum(score => score.Wanted),
            double.NaN,
            double.NaN
        );

    /// <summary>Groups made of “this copies that”.</summary>
    /// <param name="copies">For each item the one it copies; null where it copies none.</param>
    public static Dictionary<string, string> Chains(IReadOnlyDictionary<string, string?> copies)
    {
        var parents = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (item, original) in copies)
        {
            if (original is not null && Root(original) is var root && Root(item) != root)
            {
                parents[Root(item)] = root;
            }
        }

        return copies.Keys.ToDictionary(item => item, Root, StringComparer.Ordinal);

        string Root(string item)
        {
            while (parents.TryGetValue(item, out var parent))
            {
                item = parent;
            }

            return item;
        }
    }

    private static long Pairs(int count) => (long)count * (count - 1) / 2;
}
