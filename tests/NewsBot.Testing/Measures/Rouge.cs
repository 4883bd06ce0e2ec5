using System.Text.RegularExpressions;

namespace NewsBot.Testing.Measures;

/// <summary>
/// How much a summary has in common with a person's: F1 of words, of pairs of words and of the longest common sequence,
/// without stemming. Source: https://aclanthology.org/W04-1013/
/// </summary>
/// <param name="One">ROUGE-1, 0 to 1.</param>
/// <param name="Two">ROUGE-2.</param>
/// <param name="Longest">ROUGE-L over the whole summary.</param>
/// <param name="Words">How many words the summary has.</param>
internal sealed partial record Rouge(double One, double Two, double Longest, double Words)
{
    /// <param name="summary">What was made.</param>
    /// <param name="reference">What a person wrote.</param>
    public static Rouge Of(string summary, string reference)
    {
        var (made, wanted) = (WordsOf(summary), WordsOf(reference));
        return new Rouge(
            Runs(made, wanted, 1),
            Runs(made, wanted, 2),
            F1(Common(made, wanted), made.Count, wanted.Count),
            made.Count
        );
    }

    /// <param name="scores">At least one.</param>
    public static Rouge Mean(IReadOnlyCollection<Rouge> scores) =>
        new(
            scores.Average(score => score.One),
            scores.Average(score => score.Two),
            scores.Average(score => score.Longest),
            scores.Average(score => score.Words)
        );

    private static double Runs(List<string> made, List<string> wanted, int length)
    {
        var (one, other) = (RunsOf(made, length), RunsOf(wanted, length));
        var shared = one.Sum(run => Math.Min(run.Value, other.GetValueOrDefault(run.Key)));
        return F1(shared, one.Values.Sum(), other.Values.Sum());
    }

    private static Dictionary<string, int> RunsOf(List<string> words, int length) =>
        Enumerable
            .Range(0, Math.Max(0, words.Count - length + 1))
            .CountBy(at => string.Join(' ', words.GetRange(at, length)), StringComparer.Ordinal)
            .ToDictionary(StringComparer.Ordinal);

    private static int Common(List<string> one, List<string> other)
    {
        var row = new int[other.Count + 1];
        foreach (var word in one)
        {
            var before = 0;
            for (var at = 1; at <= other.Count; at++)
            {
                var above = row[at];
                row[at] = word == other[at - 1] ? before + 1 : Math.Max(above, row[at - 1]);
                before = above;
            }
        }

        return row[^1];
    }

    private static double F1(int shared, int made, int wanted) => shared == 0 ? 0 : 2.0 * shared / (made + wanted);

    private static List<string> WordsOf(string text) =>
        [.. Word().Matches(text.ToLowerInvariant()).Select(match => match.Value)];

    [GeneratedRegex("[a-z0-9]+", RegexOptions.None, 1_000)]
    private static partial Regex Word();
}
