using NewsBot.Core.Text;

namespace NewsBot.Core.Summaries.Claims;

/// <summary>
/// Holds sentences that a model wrote against the source: each must say what one place of the source says. It errs on the
/// side of dropping a true sentence.
/// </summary>
internal sealed class ClaimCheck
{
    // A long read has a few hundred sentences; news says first what matters.
    private const int MaxSentences = 400;

    // So much of what a claim says must stand in one place; the rest is how it is said.
    private const double MinCoverage = 0.75;

    // Pairs of signs overlap, so a change of one sign breaks two of them.
    private const double MinCoverageOfSigns = 0.6;

    private const int MinTelling = 3;

    private readonly List<(TextSpan Span, ClaimText Text)> _sentences;
    private readonly HashSet<string> _title;
    private readonly string _folded;

    /// <param name="title">The headline; names and numbers may come from it.</param>
    /// <param name="text">The source.</param>
    internal ClaimCheck(string title, string text)
    {
        _title = [.. WordTokens.Of(Folded.Of(title))];
        _folded = Folded.Of(text);
        _sentences =
        [
            .. SentenceSplitter
                .Split(text)
                .Take(MaxSentences)
                .Select(span => (Span: span, Line: span.Of(text)))
                // Words to a model say nothing about the world.
                .Where(sentence => !ModelInstructions.AreIn(sentence.Line))
                .Select(sentence => (sentence.Span, ClaimText.Of(sentence.Line))),
        ];
    }

    /// <summary>Finds where the source says what a sentence says.</summary>
    /// <param name="sentence">One sentence.</param>
    /// <returns>The sentence with the span that carries it; null where nothing does.</returns>
    internal SummarySentence? Support(string sentence)
    {
        var claim = ClaimText.Of(sentence);
        if (claim.Telling.Count < MinTelling || Best(claim) is not { } place)
        {
            return null;
        }

        var (first, last) = place;
        var parts = _sentences.GetRange(first, last - first + 1).ConvertAll(part => part.Text);
        return HasAll(claim, parts) && SaysSame(claim, Nearest(claim, parts)) && KeepsRoles(claim, parts)
            ? new SummarySentence(sentence, _sentences[first].Span.Start, _sentences[last].Span.End)
            : null;
    }

    // One sentence, or two neighbours where that tells more.
    private (int First, int Last)? Best(ClaimText claim)
    {
        (int, int)? best = null;
        var most = claim.Telling.All(word => word.EnumerateRunes().All(Folded.IsUnspaced))
            ? MinCoverageOfSigns
            : MinCoverage;
        for (var at = 0; at < _sentences.Count; at++)
        {
            for (var end = at; end <= at + 1 && end < _sentences.Count; end++)
            {
                var coverage = Coverage(claim, at, end);
                if (coverage > most || (best is null && coverage >= most))
                {
                    (best, most) = ((at, end), coverage);
                }
            }
        }

        return best;
    }

    private double Coverage(ClaimText claim, int first, int last)
    {
        var found = 0;
        foreach (var word in claim.Telling)
        {
            for (var at = first; at <= last; at++)
            {
                if (_sentences[at].Text.Telling.Any(other => ClaimText.IsSameWord(word, other)))
                {
                    found++;
                    break;
                }
            }
        }

        return (double)found / claim.Telling.Count;
    }

    private bool HasAll(ClaimText claim, List<ClaimText> parts)
    {
        var numbers = parts.SelectMany(part => part.Numbers).ToHashSet(StringComparer.Ordinal);
        var words = parts.SelectMany(part => part.Words).ToHashSet(StringComparer.Ordinal);
        return claim.Numbers.All(number => numbers.Contains(number))
            && claim.Names.All(name => Knows(words, name))
            && (ClaimWords.Grammar.Contains(claim.First) || claim.First.Length == 0 || BeginsKnown(claim, words))
            && claim.Quotations.All(quotation => _folded.Contains(quotation, StringComparison.Ordinal));
    }

    // In scripts without spaces the first "word" is the whole sentence.
    private bool BeginsKnown(ClaimText claim, HashSet<string> words) =>
        claim.First.EnumerateRunes().Any(Folded.IsUnspaced) || Knows(words, claim.First);

    private bool Knows(HashSet<string> words, string name) =>
        words.Contains(name)
        || _title.Contains(name)
        || words.Any(word => ClaimText.IsSameWord(word, name))
        || _title.Any(word => ClaimText.IsSameWord(word, name));

    private static ClaimText Nearest(ClaimText claim, List<ClaimText> parts) =>
        parts.MaxBy(part => claim.Telling.Count(word => part.Telling.Any(other => ClaimText.IsSameWord(word, other))))!;

    private static bool SaysSame(ClaimText claim, ClaimText source) =>
        claim.IsNegated == source.IsNegated
        && (claim.IsHedged || !source.IsHedged)
        && claim.Turns.All(turn => source.Words.Exists(word => ClaimText.IsSameWord(word, turn)))
        && source.Turns.All(turn => claim.Words.Exists(word => ClaimText.IsSameWord(word, turn)))
        && (!claim.Rises || source.Rises || !source.Falls)
        && (!claim.Falls || source.Falls || !source.Rises);

    // “A sues B” has all the words of “B sues A”.
    private static bool KeepsRoles(ClaimText claim, List<ClaimText> parts)
    {
        List<string> names = [claim.First, .. claim.Names.SkipWhile(name => name == claim.First)];
        for (var i = 0; i + 1 < names.Count; i++)
        {
            var (one, other) = (names[i], names[i + 1]);
            var between = Between(claim.Words, one, other);
            if (
                between.Count > 0
                && parts.Exists(part => Between(part.Words, other, one).Exists(between.Contains))
                && !parts.Exists(part => Between(part.Words, one, other).Exists(between.Contains))
            )
            {
                return false;
            }
        }

        return true;
    }

    private static List<string> Between(List<string> words, string first, string second)
    {
        var from = words.FindIndex(word => ClaimText.IsSameWord(word, first));
        var to = from < 0 ? -1 : words.FindIndex(from + 1, word => ClaimText.IsSameWord(word, second));
        return to < 0
            ? []
            : words.GetRange(from + 1, to - from - 1).FindAll(word => !ClaimWords.Grammar.Contains(word));
    }
}
