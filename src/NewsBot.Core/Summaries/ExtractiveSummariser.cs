using NewsBot.Core.Text;

namespace NewsBot.Core.Summaries;

/// <summary>Chooses the sentences of an article that say what happened. Invents nothing: every sentence is a span of the source.</summary>
public static class ExtractiveSummariser
{
    /// <summary>Stored beside each summary; a higher version makes a new one worth computing.</summary>
    public const int Version = 2;

    // News says first what matters; what stands later is background.
    private const int MaxCandidates = 10;

    // No article is longer; what follows would not be chosen anyway.
    private const int MaxText = 50_000;

    /// <summary>Summarises an article.</summary>
    /// <param name="title">Its headline as plain text; never repeated as a sentence.</param>
    /// <param name="text">Its plain text; where it is empty there is no summary.</param>
    /// <param name="language">BCP 47 tag, null where unknown; tells which texts end their sentences with a sign.</param>
    /// <param name="limits">How long the summary may get.</param>
    public static Summary Summarise(string title, string text, string? language, SummaryLimits limits)
    {
        var source = text.Length <= MaxText ? text : text[..MaxText];
        var sentences = SentenceSplitter.Split(source).Select(span => SentenceCandidate.Of(source, span, 0)).ToList();
        var candidates = Candidates(title, sentences, EndsWithSign(language), limits);
        if (candidates.Count == 0)
        {
            return Summary.Empty;
        }

        var odds = new TermOdds(WordTokens.Of(Folded.Of(title)), [.. sentences.Select(sentence => sentence.Terms)]);
        var chosen = SentenceChoice.Best(candidates, odds, limits);
        return new Summary([.. chosen.Select(candidate => candidate.Sentence)]);
    }

    // Thai, Lao, Khmer and Burmese put a space or nothing where others put a full stop.
    private static bool EndsWithSign(string? language) =>
        language?.Split('-', '_')[0].ToLowerInvariant() is not ("th" or "lo" or "km" or "my");

    private static List<SentenceCandidate> Candidates(
        string title,
        IReadOnlyList<SentenceCandidate> sentences,
        bool endsWithSign,
        SummaryLimits limits
    )
    {
        // The outlet's name may stand behind the headline in the one place and not in the other.
        var head = title.LastIndexOfAny(['|', '–', '—']) is > 0 and var at ? title[..at] : title;
        var seen = new HashSet<string>(StringComparer.Ordinal) { WordsOf(title), WordsOf(head) };
        var candidates = new List<SentenceCandidate>();
        foreach (var sentence in sentences)
        {
            var candidate = sentence with { Place = candidates.Count };
            if (candidate.IsUsable(endsWithSign) && seen.Add(WordsOf(candidate.Sentence.Text)))
            {
                candidates.Add(candidate);
            }

            if (candidates.Count == MaxCandidates)
            {
                break;
            }
        }

        var fitting = candidates.Where(candidate => candidate.WordCount <= limits.MaxWords).ToList();
        return fitting.Count > 0 || candidates.Count == 0
            ? fitting
            : [candidates.MinBy(candidate => candidate.WordCount)!];
    }

    private static string WordsOf(string text) => string.Join(' ', WordTokens.Of(Folded.Of(text)));
}
