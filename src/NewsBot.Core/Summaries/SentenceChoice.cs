namespace NewsBot.Core.Summaries;

/// <summary>Chooses the few sentences that together most likely say what a person would.</summary>
internal static class SentenceChoice
{
    // What leans on a sentence that is left out tells less than its words.
    private const double LeaningShare = 0.9;

    // A word that a summary has so often is grammar, and one more of it tells nothing new.
    private const int MostTimes = 8;

    /// <summary>The best choice, in the order of the text.</summary>
    /// <param name="candidates">In order.</param>
    /// <param name="odds">What a person's summary would have.</param>
    /// <param name="limits">Upper limits.</param>
    /// <returns>Empty where none may stand first.</returns>
    internal static IReadOnlyList<SentenceCandidate> Best(
        IReadOnlyList<SentenceCandidate> candidates,
        TermOdds odds,
        SummaryLimits limits
    ) => new Search(candidates, odds, limits).Run();

    // At most sixteen candidates and three places: some hundred choices, all of them tried.
    private sealed class Search(IReadOnlyList<SentenceCandidate> candidates, TermOdds odds, SummaryLimits limits)
    {
        private readonly List<int> _chosen = [];

        // A person's summary fills the room there is. Scripts without spaces have several terms a word.
        private readonly double _likely =
            (double)limits.MaxWords
            * candidates.Sum(candidate => candidate.Terms.Count)
            / Math.Max(1, candidates.Sum(candidate => candidate.WordCount));

        // Terms by number: each is met in hundreds of choices.
        private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
        private readonly List<double[]> _odds = [];
        private readonly List<string> _names = [];
        private readonly List<int> _times = [];
        private int[][] _terms = [];
        private IReadOnlyList<SentenceCandidate> _best = [];
        private double _most = double.MinValue;

        internal IReadOnlyList<SentenceCandidate> Run()
        {
            _terms = [.. candidates.Select(candidate => candidate.Terms.Select(Number).ToArray())];
            Extend(0, 0, 0, 0);
            return _best;
        }

        private void Extend(int from, int words, int terms, double matches)
        {
            // Twice what agrees by the length of both: the measure summaries are compared by.
            var worth = 2 * matches / (terms + _likely);
            if (_chosen.Count > 0 && worth > _most)
            {
                (_best, _most) = ([.. _chosen.Select(at => candidates[at])], worth);
            }

            for (var at = from; at < candidates.Count && _chosen.Count < limits.MaxSentences; at++)
            {
                var candidate = candidates[at];
                // A summary that begins with “He” says nothing.
                if ((_chosen.Count == 0 && candidate.Leans) || words + candidate.WordCount > limits.MaxWords)
                {
                    continue;
                }

                var found = Add(_terms[at]);
                var isAlone = _chosen.Count == 0 || candidates[_chosen[^1]].Place != candidate.Place - 1;
                found *= candidate.Leans && isAlone ? LeaningShare : 1;
                _chosen.Add(at);
                Extend(at + 1, words + candidate.WordCount, terms + candidate.Terms.Count, matches + found);
                _chosen.RemoveAt(_chosen.Count - 1);
                foreach (var term in _terms[at])
                {
                    _times[term]--;
                }
            }
        }

        private double Add(int[] terms)
        {
            var found = 0.0;
            foreach (var term in terms)
            {
                var time = Math.Min(_times[term]++, MostTimes - 1);
                var known = _odds[term];
                if (double.IsNaN(known[time]))
                {
                    known[time] = odds.Of(_names[term], time + 1);
                }

                found += known[time];
            }

            return found;
        }

        private int Number(string term)
        {
            if (!_numbers.TryGetValue(term, out var number))
            {
                _numbers[term] = number = _odds.Count;
                var unknown = new double[MostTimes];
                Array.Fill(unknown, double.NaN);
                _odds.Add(unknown);
                _names.Add(term);
                _times.Add(0);
            }

            return number;
        }
    }
}
