namespace NewsBot.Core.Summaries;

/// <summary>
/// How likely a summary written by a person has a word of the article, and has it again. A logistic model of five facts that
/// can be told in any language, fitted on news articles with human summaries.
/// </summary>
internal sealed class TermOdds
{
    private const double Bias = -1.4;
    private const double Named = 1.66;
    private const double Late = -0.66;
    private const double Repeated = 2.15;
    private const double Again = -2.58;
    private const double ToSpare = 0.76;

    // News says in its first sentences what it is about.
    private const int Opening = 5;

    private readonly HashSet<string> _named;
    private readonly Dictionary<string, Facts> _facts = new(StringComparer.Ordinal);

    /// <param name="title">The words of the headline.</param>
    /// <param name="sentences">The words of every sentence, in order, with repetitions.</param>
    internal TermOdds(IEnumerable<string> title, IReadOnlyList<IReadOnlyList<string>> sentences)
    {
        _named = title.ToHashSet(StringComparer.Ordinal);
        for (var place = 0; place < sentences.Count; place++)
        {
            foreach (var (term, times) in sentences[place].CountBy(term => term, StringComparer.Ordinal))
            {
                var known = _facts.GetValueOrDefault(term, new Facts(0, place, 0));
                _facts[term] = new Facts(known.Times + times, known.First, known.Early + (place < Opening ? 1 : 0));
            }
        }
    }

    /// <param name="term">A word of the article.</param>
    /// <param name="time">1 where the summary has it for the first time.</param>
    /// <returns>0 to 1.</returns>
    internal double Of(string term, int time)
    {
        if (!_facts.TryGetValue(term, out var facts))
        {
            return 0;
        }

        var sum =
            Bias
            + (_named.Contains(term) ? Named : 0)
            + (Late * Math.Log(1 + facts.First))
            + (Repeated * facts.Early / Opening)
            + (Again * Math.Log(time))
            + (ToSpare * (Math.Log(facts.Times) - Math.Log(time)));
        return 1 / (1 + Math.Exp(-sum));
    }

    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
    private readonly record struct Facts(int Times, int First, int Early);
}
