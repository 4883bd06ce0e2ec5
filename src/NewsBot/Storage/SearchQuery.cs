using System.Globalization;
using System.Text;
using NewsBot.Core.Text;

namespace NewsBot.Storage;

/// <summary>Turns what somebody typed into an FTS5 query. Source: https://www.sqlite.org/fts5.html#full_text_query_syntax</summary>
internal static class SearchQuery
{
    // Each term costs an index look-up.
    private const int MaxTerms = 16;

    /// <returns>Every word as a quoted term, the last as a prefix; a query that finds nothing where no word is left.</returns>
    public static string Of(string words)
    {
        var plain = new StringBuilder(words.Length);
        foreach (var rune in words.EnumerateRunes())
        {
            plain.Append(IsPartOfWord(rune) ? rune.ToString() : " ");
        }

        var terms = Normalized
            .Of(plain.ToString(), NormalizationForm.FormC)
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Where(term => term.EnumerateRunes().Any(Rune.IsLetterOrDigit))
            .Take(MaxTerms)
            .ToList();
        return terms.Count == 0 ? "\"\"" : $"{string.Join(' ', terms.Select(term => $"\"{term}\""))}*";
    }

    // An accent that stands by itself behind its letter belongs to the word.
    private static bool IsPartOfWord(Rune rune) =>
        Rune.IsLetterOrDigit(rune)
        || Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark
                or UnicodeCategory.EnclosingMark;
}
