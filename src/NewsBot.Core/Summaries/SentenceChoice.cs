using NewsBot.Core.Text;

namespace NewsBot.Core.Summaries;

/// <summary>Chooses the few sentences that together say most.</summary>
internal static class SentenceChoice
{
    // Each later place counts less, by this much; tuned so that a lead wins against all but a far better sentence.
    private const double Fading = 0.25;

    // What an article repeats is what it is about; what its headline names all the more.
    private const double TitleBoost = 1.0;

    // The first sentence carries the news in nearly every article.
    private const double LeadBonus = 0.4;

    // Words that start a sentence leaning on the one before it.
    private static readonly HashSet<string> Leaning = new(StringComparer.Ordinal)
    {
        "he",
        "she",
        "it",
        "they",
        "his",
        "her",
        "their",
        "this",
        "these",
        "that",
        "those",
        "but",
        "and",
        "however",
        "meanwhile",
        "also",
        "so",
        "then",
        "there",
        "er",
        "sie",
        "es",
        "dies",
        "diese",
        "dieser",
        "doch",
        "aber",
        "und",
        "auch",
        "il",
        "elle",
        "mais",
        "cela",
        "pero",
        "ella",
        "он",
        "она",
        "они",
        "это",
        "но",
    };

    /// <summary>The best choice, in the order of the text.</summary>
    /// <param name="candidates">At least one, in order.</param>
    /// <param name="title">The headline.</param>
    /// <param name="limits">Upper limits; a single candidate may break that on words.</param>
    internal static IReadOnlyList<SentenceCandidate> Best(
        IReadOnlyList<SentenceCandidate> candidates,
        string title,
        SummaryLimits limits
    )
    {
        var weights = Weights(candidates, title);
        IReadOnlyList<SentenceCandidate> best = [candidates[0]];
        var most = double.MinValue;
        foreach (var choice in Choices(candidates, limits))
        {
            var worth = Worth(choice, weights);
            if (worth > most)
            {
                (best, most) = (choice, worth);
            }
        }

        return best;
    }

    // At most ten candidates and three places: a few hundred choices, all of them tried.
    private static IEnumerable<IReadOnlyList<SentenceCandidate>> Choices(
        IReadOnlyList<SentenceCandidate> candidates,
        SummaryLimits limits
    )
    {
        var open = new Stack<(SentenceCandidate[] Chosen, int Next, int Words)>();
        open.Push(([], 0, 0));
        while (open.TryPop(out var state))
        {
            if (state.Chosen.Length > 0)
            {
                yield return state.Chosen;
            }

            for (var at = state.Next; at < candidates.Count && state.Chosen.Length < limits.MaxSentences; at++)
            {
                var words = state.Words + candidates[at].WordCount;
                if (words <= limits.MaxWords)
                {
                    open.Push(([.. state.Chosen, candidates[at]], at + 1, words));
                }
            }
        }
    }

    private static double Worth(IReadOnlyList<SentenceCandidate> choice, Dictionary<string, double> weights)
    {
        var covered = new HashSet<string>(StringComparer.Ordinal);
        var worth = 0.0;
        for (var at = 0; at < choice.Count; at++)
        {
            var candidate = choice[at];
            var fresh = candidate.Terms.Where(covered.Add).Sum(term => weights.GetValueOrDefault(term));
            var leans =
                candidate.Place > 0 && (at == 0 || choice[at - 1].Place != candidate.Place - 1) && Leans(candidate);
            worth +=
                fresh
                / (1 + (Fading * candidate.Place))
                * (leans ? 0.7 : 1)
                * (candidate.Place == 0 ? 1 + LeadBonus : 1);
        }

        return worth;
    }

    private static bool Leans(SentenceCandidate candidate) =>
        WordTokens.Of(Folded.Of(candidate.Sentence.Text)).FirstOrDefault() is { } first && Leaning.Contains(first);

    private static Dictionary<string, double> Weights(IReadOnlyList<SentenceCandidate> candidates, string title)
    {
        var named = WordTokens.Of(Folded.Of(title)).ToHashSet(StringComparer.Ordinal);
        return candidates
            .SelectMany(candidate => candidate.Terms)
            .CountBy(term => term, StringComparer.Ordinal)
            .ToDictionary(
                pair => pair.Key,
                pair => (1 + Math.Log(pair.Value)) * (named.Contains(pair.Key) ? 1 + TitleBoost : 1),
                StringComparer.Ordinal
            );
    }
}
