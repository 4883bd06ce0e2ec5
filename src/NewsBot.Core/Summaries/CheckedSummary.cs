using System.Text.RegularExpressions;
using NewsBot.Core.Summaries.Claims;
using NewsBot.Core.Text;

namespace NewsBot.Core.Summaries;

/// <summary>Makes a summary of what a model wrote: only what the source says as well.</summary>
public static partial class CheckedSummary
{
    /// <summary>Stored beside the model's name; a higher one checks better.</summary>
    public const int Version = 1;

    // A model that goes on and on was not asked to.
    private const int MaxDraft = 4_000;
    private const int MaxSentences = 8;

    /// <summary>Checks a draft.</summary>
    /// <param name="draft">What the model wrote. Nothing of it is believed.</param>
    /// <param name="title">The article's headline.</param>
    /// <param name="text">The article as plain text.</param>
    /// <param name="limits">How long the summary may get.</param>
    /// <returns>The sentences that the source carries; null where the draft cannot be relied on.</returns>
    public static Summary? Of(string draft, string title, string text, SummaryLimits limits)
    {
        var said = Thinking().Replace(draft, "").Trim();
        if (said.Length is 0 or > MaxDraft)
        {
            return null;
        }

        var sentences = SentenceSplitter
            .Split(said)
            .Select(span => Line(span.Of(said)))
            .Where(line => line.Length > 0)
            .ToList();
        if (sentences.Count is 0 or > MaxSentences)
        {
            return null;
        }

        var check = new ClaimCheck(title, text);
        var carried = sentences
            .Where(line => !IsForeign(line))
            .Select(check.Support)
            .OfType<SummarySentence>()
            .DistinctBy(sentence => Folded.Of(sentence.Text), StringComparer.Ordinal)
            .ToList();
        // Who invents every other sentence is not to be believed in the rest; and what follows leans on the first.
        if (carried.Count * 2 <= sentences.Count || carried[0].Text != sentences[0])
        {
            return null;
        }

        var fitting = Fitting(carried, limits);
        return fitting.Count == 0 ? null : new Summary(fitting);
    }

    private static List<SummarySentence> Fitting(List<SummarySentence> carried, SummaryLimits limits)
    {
        List<SummarySentence> fitting = [];
        var words = 0;
        foreach (var sentence in carried.Take(limits.MaxSentences))
        {
            words += SentenceCandidate.CountWords(sentence.Text);
            if (words > limits.MaxWords)
            {
                break;
            }

            fitting.Add(sentence);
        }

        return fitting;
    }

    private static string Line(string sentence) =>
        Bullet().Replace(string.Join(' ', sentence.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), "");

    // Addresses, markup and calls of people belong into no summary, whoever put them there.
    private static bool IsForeign(string line) =>
        Boilerplate.Is(line) || ModelInstructions.AreIn(line) || Markup().IsMatch(line);

    [GeneratedRegex(
        "<think(ing)?>.*?(</think(ing)?>|$)",
        RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Thinking();

    [GeneratedRegex(
        @"^([-*•–]\s+|[0-9]{1,2}[.)]\s+|(Summary|Zusammenfassung)\s*:\s*)",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Bullet();

    [GeneratedRegex(@"https?:|www\.|[<>`@#|\\{}\[\]]|\*\*|__", RegexOptions.IgnoreCase, 1_000)]
    private static partial Regex Markup();
}
