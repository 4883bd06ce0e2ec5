using NewsBot.Core.Text;

namespace NewsBot.Core.Stories;

/// <summary>The words of a report, counted.</summary>
/// <param name="Title">The telling words of its headline.</param>
/// <param name="Pieces">Overlapping pieces of them.</param>
/// <param name="Lead">The telling words of its first sentences; empty where they say too little.</param>
/// <param name="Language">Two letters; null where it cannot be told.</param>
internal sealed record ReportBag(
    IReadOnlyList<KeyValuePair<string, int>> Title,
    IReadOnlyList<KeyValuePair<string, int>> Pieces,
    IReadOnlyList<KeyValuePair<string, int>> Lead,
    string? Language
)
{
    // A shorter lead is a caption.
    private const int MinLeadWords = 8;

    // A headline and two sentences tell a language; a headline alone may consist of names.
    private const int MaxRead = 300;

    internal static ReportBag Of(ClusterItem item)
    {
        var words = ReportWords.OfTitle(item.Title);
        var lead = ReportWords.OfLead(item.Lead);
        return new ReportBag(
            Count(words),
            // A piece of a word is no word.
            Count(ReportWords.Pieces(words).Select(piece => "#" + piece)),
            Count(lead.Count >= MinLeadWords ? lead : []),
            lead.Count >= MinLeadWords ? LanguageGuess.Of($"{Start(item.Title)}. {Start(item.Lead!)}") : null
        );
    }

    private static ReadOnlySpan<char> Start(string text) => text.AsSpan(0, Math.Min(text.Length, MaxRead));

    private static KeyValuePair<string, int>[] Count(IEnumerable<string> words) =>
        [.. words.CountBy(word => word, StringComparer.Ordinal)];
}
