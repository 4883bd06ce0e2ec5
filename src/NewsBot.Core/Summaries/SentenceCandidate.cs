using System.Globalization;
using System.Text;
using NewsBot.Core.Text;

namespace NewsBot.Core.Summaries;

/// <summary>A sentence that may go into a summary.</summary>
/// <param name="Sentence">The sentence and its span.</param>
/// <param name="Place">Its place among the usable sentences, from 0.</param>
/// <param name="WordCount">Its words, each part of a compound counted: no one can count more. Two signs count as one word in scripts without spaces, three in Thai and its like.</param>
/// <param name="Terms">Its words, folded, in order, with repetitions.</param>
internal sealed record SentenceCandidate(
    SummarySentence Sentence,
    int Place,
    int WordCount,
    IReadOnlyList<string> Terms
)
{
    // Shorter ones are captions, labels and exclamations.
    private const int MinWords = 6;

    /// <summary>The sentence, folded.</summary>
    internal required string Plain { get; init; }

    /// <summary>Whether it needs the sentence before it.</summary>
    internal bool Leans { get; init; }

    internal bool IsUsable() =>
        WordCount >= MinWords
        && EndsWell(Sentence.Text)
        && IsBalanced(Sentence.Text)
        && !Boilerplate.Is(Sentence.Text, Plain);

    internal static SentenceCandidate Of(string text, TextSpan span, int place)
    {
        var line = string.Join(' ', span.Of(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var folded = Folded.Of(line);
        List<string> terms = [.. WordTokens.Of(folded)];
        return new SentenceCandidate(new SummarySentence(line, span.Start, span.End), place, CountWords(line), terms)
        {
            Plain = folded,
        };
    }

    internal static int CountWords(string line)
    {
        var (words, signs, letters, inWord) = (0, 0, 0, false);
        foreach (var rune in line.EnumerateRunes())
        {
            if (Folded.IsUnspaced(rune) && Rune.IsLetter(rune))
            {
                _ = rune.Value is >= 0x0E00 and < 0x1800 and not (>= 0x1100 and < 0x1200) ? letters++ : signs++;
                inWord = false;
            }
            else
            {
                var ofWord = Rune.IsLetterOrDigit(rune) || (inWord && IsMark(rune));
                words += ofWord && !inWord ? 1 : 0;
                inWord = ofWord;
            }
        }

        return words + ((signs + 1) / 2) + ((letters + 2) / 3);
    }

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool EndsWell(string line)
    {
        var last = line.TrimEnd('"', '\'', '”', '’', '»', '›', ')', ']', '」', '』', '）');
        return last.Length > 0 && (SentenceSplitter.IsTerminator(last[^1]) || NeedsNone(last[^1]));
    }

    // Thai and Lao put a space or nothing where others put a full stop.
    private static bool NeedsNone(char last) => last is >= '\u0E00' and <= '\u0EFF';

    // Half a quotation says who knows what, and belongs to a sentence we did not take.
    private static bool IsBalanced(string line)
    {
        var straight = line.Count(c => c == '"');
        return straight % 2 == 0
            && Pairs(line, '(', ')')
            && Pairs(line, '[', ']')
            && Pairs(line, '「', '」')
            && CurlyIsBalanced(line)
            && (Pairs(line, '«', '»') || Pairs(line, '»', '«'));
    }

    // “English”, „German“ and ”Swedish” use the same signs for different ends.
    private static bool CurlyIsBalanced(string line) =>
        line.Count(c => c is '“' or '”' or '„') % 2 == 0 && !ClosesFirst(line);

    private static bool ClosesFirst(string line)
    {
        var first = line.AsSpan().IndexOfAny('“', '”', '„');
        return first >= 0 && line[first] == '”' && !line.AsSpan(first + 1).Contains('”');
    }

    private static bool Pairs(string line, char open, char close)
    {
        var depth = 0;
        foreach (var c in line)
        {
            depth +=
                c == open ? 1
                : c == close ? -1
                : 0;
            if (depth < 0)
            {
                return false;
            }
        }

        return depth == 0;
    }
}
