using NewsBot.Core.Text;

namespace NewsBot.Core.Summaries;

/// <summary>Chooses the sentences of an article that say what happened. Invents nothing: every sentence is a span of the source.</summary>
public static class ExtractiveSummariser
{
    /// <summary>Stored beside each summary; a higher version makes a new one worth computing.</summary>
    public const int Version = 3;

    // News says first what matters; what stands later is background.
    private const int MaxCandidates = 16;

    // No article is longer; what follows would not be chosen anyway.
    private const int MaxText = 50_000;

    /// <summary>Summarises an article.</summary>
    /// <param name="title">Its headline as plain text; never repeated as a sentence.</param>
    /// <param name="text">Its plain text; where it is empty there is no summary.</param>
    /// <param name="language">BCP 47 tag, null where unknown; tells the words a sentence may not begin with.</param>
    /// <param name="limits">How long the summary may get.</param>
    public static Summary Summarise(string title, string text, string? language, SummaryLimits limits)
    {
        var source = text.Length <= MaxText ? text : text[..MaxText];
        var sentences = SentenceSplitter.Split(source).Select(span => SentenceCandidate.Of(source, span, 0)).ToList();
        var openings = new Openings(language, source);
        var candidates = Candidates(title, source, sentences, openings);
        if (candidates.Count == 0)
        {
            return Summary.Empty;
        }

        var odds = new TermOdds(WordTokens.Of(Folded.Of(title)), [.. sentences.Select(sentence => sentence.Terms)]);
        var chosen = SentenceChoice.Best(candidates, odds, limits);
        return new Summary([.. chosen.Select(candidate => candidate.Sentence)]);
    }

    // A report begins behind the words that say where it was filed.
    private static SentenceCandidate WithoutDateline(string source, SentenceCandidate sentence)
    {
        var span = new TextSpan(sentence.Sentence.Start, sentence.Sentence.End);
        var length = Dateline.LengthIn(span.Of(source));
        return length == 0
            ? sentence
            : SentenceCandidate.Of(source, span with { Start = span.Start + length }, sentence.Place);
    }

    private static List<SentenceCandidate> Candidates(
        string title,
        string source,
        IReadOnlyList<SentenceCandidate> sentences,
        Openings openings
    )
    {
        // The outlet's name may stand behind the headline in the one place and not in the other.
        var head = title.LastIndexOfAny(['|', '–', '—']) is > 0 and var at ? title[..at] : title;
        var seen = new HashSet<string>(StringComparer.Ordinal) { WordsOf(title), WordsOf(head) };
        var candidates = new List<SentenceCandidate>();
        for (var place = 0; place < sentences.Count && candidates.Count < MaxCandidates; place++)
        {
            var sentence = WithoutDateline(source, sentences[place]);
            var candidate = sentence with { Place = candidates.Count, Leans = openings.Lean(sentence.Sentence.Text) };
            var isCaption = place + 1 < sentences.Count && Boilerplate.IsCredit(sentences[place + 1].Sentence.Text);
            if (candidate.IsUsable() && !isCaption && seen.Add(string.Join(' ', candidate.Terms)))
            {
                candidates.Add(candidate);
            }
        }

        return candidates;
    }

    private static string WordsOf(string text) => string.Join(' ', WordTokens.Of(Folded.Of(text)));
}
