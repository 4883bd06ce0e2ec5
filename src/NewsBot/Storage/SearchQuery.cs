using System.Text;

namespace NewsBot.Storage;

/// <summary>Turns what somebody typed into an FTS5 query. Source: https://www.sqlite.org/fts5.html#full_text_query_syntax</summary>
internal static class SearchQuery
{
    // Each term costs an index look-up.
    private const int MaxTerms = 16;

    /// <returns>Every word as a quoted term, the last as a prefix; a query that finds nothing where no word is left.</returns>
    public static string Of(string words)
    {
        var terms = new string([.. words.Select(letter => char.IsLetterOrDigit(letter) ? letter : ' ')])
            .Normalize(NormalizationForm.FormC)
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Take(MaxTerms)
            .ToList();
        return terms.Count == 0 ? "\"\"" : $"{string.Join(' ', terms.Select(term => $"\"{term}\""))}*";
    }
}
