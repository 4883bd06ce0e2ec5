using System.Text;

namespace NewsBot.Web.Views;

/// <summary>Turns typed words into a query the full-text index understands, and its answer into safe HTML. Pure.</summary>
internal static class SearchWords
{
    // Each word is a lookup; more than these narrow nothing.
    private const int MaxWords = 12;
    private const char Open = '\u0001';
    private const char Close = '\u0002';

    /// <summary>Quotes every word, so that no character of theirs is an operator; the last one may be cut short.</summary>
    /// <returns>Empty where nothing can be searched. Source: https://www.sqlite.org/fts5.html#full_text_query_syntax</returns>
    public static string ToMatch(string typed)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var rune in typed.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || IsMark(rune))
            {
                word.Append(rune.ToString());
            }
            else if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }

        if (word.Length > 0)
        {
            words.Add(word.ToString());
        }

        return words.Count == 0 ? "" : string.Join(' ', words.Take(MaxWords).Select(one => $"\"{one}\"")) + "*";
    }

    /// <summary>Escapes text and turns the index's marks into elements.</summary>
    public static string ToHtml(string marked)
    {
        var html = new StringBuilder();
        var isOpen = false;
        foreach (var part in Split(marked))
        {
            switch (part)
            {
                case "\u0001" when !isOpen:
                    html.Append("<mark>");
                    isOpen = true;
                    break;
                case "\u0002" when isOpen:
                    html.Append("</mark>");
                    isOpen = false;
                    break;
                case "\u0001" or "\u0002":
                    break;
                default:
                    html.Append(Wording.Html.Encode(part));
                    break;
            }
        }

        return isOpen ? html.Append("</mark>").ToString() : html.ToString();
    }

    private static IEnumerable<string> Split(string marked)
    {
        var start = 0;
        for (var index = 0; index < marked.Length; index++)
        {
            if (marked[index] is Open or Close)
            {
                if (index > start)
                {
                    yield return marked[start..index];
                }

                yield return marked[index].ToString();
                start = index + 1;
            }
        }

        if (start < marked.Length)
        {
            yield return marked[start..];
        }
    }

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is System.Globalization.UnicodeCategory.NonSpacingMark
                or System.Globalization.UnicodeCategory.SpacingCombiningMark;
}
