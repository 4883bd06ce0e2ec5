namespace NewsBot.Core.Text;

/// <summary>Finds the sentences of plain text in Latin, Greek, Cyrillic, Arabic, Indic and East Asian scripts.</summary>
public static class SentenceSplitter
{
    // Lines of mail and of old pages are wrapped near 72 characters; a shorter line that ends is a paragraph.
    private const int WrappedLine = 60;

    /// <summary>Splits a text.</summary>
    /// <param name="text">Plain text; a blank line always ends a sentence.</param>
    /// <returns>Spans without surrounding white space, in order, none empty; together they hold all that is not white space.</returns>
    public static IReadOnlyList<TextSpan> Split(string text)
    {
        var spans = new List<TextSpan>();
        var start = 0;
        var line = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] is '\n' or '\r' or '\u2028' or '\u2029')
            {
                if (EndsParagraph(text, line, at))
                {
                    Add(spans, text, start, at);
                    start = at;
                }

                line = at + 1;
            }
            else if (IsTerminator(text[at]))
            {
                var end = EndOfRun(text, at);
                if (EndsSentence(text, at, end))
                {
                    Add(spans, text, start, end);
                    start = end;
                }

                at = end - 1;
            }
        }

        Add(spans, text, start, text.Length);
        return spans;
    }

    private static void Add(List<TextSpan> spans, string text, int start, int end)
    {
        while (start < end && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        while (end > start && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        if (end > start)
        {
            spans.Add(new TextSpan(start, end));
        }
    }

    private static bool EndsParagraph(string text, int line, int at)
    {
        var length = text.AsSpan(line, at - line).Trim().Length;
        var next = at + 1;
        while (next < text.Length && text[next] is ' ' or '\t' or '\r')
        {
            next++;
        }

        var blank = length == 0 || next >= text.Length || text[next] == '\n';
        return blank || length < WrappedLine || !char.IsLower(text[next]);
    }

    /// <summary>Whether a sign ends sentences.</summary>
    internal static bool IsTerminator(char c) =>
        c is '.' or '!' or '?' or '…' or '؟' or '۔' or '।' or '॥' or '။' or '។' or '።' or '։' || IsWideTerminator(c);

    private static bool IsWideTerminator(char c) => c is '。' or '！' or '？' or '｡' or '．';

    private static bool IsCloser(char c) =>
        c is '"' or '\'' or '”' or '’' or '»' or '›' or ')' or ']' or '）' or '」' or '』' or '】' or '》';

    private static int EndOfRun(string text, int at)
    {
        var end = at + 1;
        while (end < text.Length && IsTerminator(text[end]))
        {
            end++;
        }

        while (end < text.Length && IsCloser(text[end]))
        {
            end++;
        }

        return end;
    }

    private static bool EndsSentence(string text, int at, int end)
    {
        if (end == text.Length || IsWideTerminator(text[at]))
        {
            return true;
        }

        var next = end;
        while (
            next < text.Length
            && (char.IsWhiteSpace(text[next]) || text[next] is '"' or '\'' or '“' or '‘' or '„' or '«' or '(' or '[')
        )
        {
            next++;
        }

        if (!char.IsWhiteSpace(text[end]))
        {
            return IsGlued(text, at, end);
        }

        if (next == text.Length || char.IsLower(text[next]))
        {
            return next == text.Length;
        }

        var single = text[at] == '.' && (at + 1 == text.Length || text[at + 1] != '.');
        return !single || !Abbreviations.Precede(text, at, next);
    }

    // Careless typesetting loses the space: “… was hurt.The driver …”.
    private static bool IsGlued(string text, int at, int end) =>
        text[at] == '.'
        && end == at + 1
        && at >= 3
        && char.IsLower(text[at - 1])
        && char.IsLower(text[at - 2])
        && char.IsLower(text[at - 3])
        && end + 2 < text.Length
        && char.IsUpper(text[end])
        && (char.IsLower(text[end + 1]) || char.IsWhiteSpace(text[end + 1]));
}
