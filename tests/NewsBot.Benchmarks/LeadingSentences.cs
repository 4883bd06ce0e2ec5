using NewsBot.Core.Summaries;
using NewsBot.Core.Text;

namespace NewsBot.Benchmarks;

/// <summary>The summary that takes no thought: the first sentence, however long, and as many after it as fit.</summary>
internal static class LeadingSentences
{
    /// <param name="text">An article.</param>
    public static string Of(string text)
    {
        List<string> taken = [];
        var words = 0;
        foreach (var sentence in SentenceSplitter.Split(text).Select(span => span.Of(text)))
        {
            words += WordTokens.Of(Folded.Of(sentence)).Count();
            if (taken.Count > 0 && words > SummaryLimits.Card.MaxWords)
            {
                break;
            }

            taken.Add(sentence);
        }

        return string.Join(' ', taken);
    }
}
