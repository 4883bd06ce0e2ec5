using System.Text;

namespace NewsBot.Fetching.Articles;

/// <summary>Writes the lines of an article as plain text. Pure.</summary>
internal static class ArticleParagraphs
{
    /// <summary>Paragraphs with an empty line between them; items of a list and rows of a table on a line each.</summary>
    /// <param name="lines">In reading order.</param>
    /// <param name="maxLength">No line begins that would pass it; a single longer one is cut.</param>
    public static string Write(IReadOnlyList<PageLine> lines, int maxLength)
    {
        var text = new StringBuilder();
        for (var at = 0; at < lines.Count; at++)
        {
            var gap = at == 0 ? "" : Gap(lines[at - 1], lines[at]);
            if (text.Length + gap.Length + lines[at].Text.Length > maxLength)
            {
                if (text.Length == 0)
                {
                    // Not between the halves of a surrogate pair.
                    var end = char.IsHighSurrogate(lines[at].Text[maxLength - 1]) ? maxLength - 1 : maxLength;
                    text.Append(lines[at].Text, 0, end);
                }

                break;
            }

            text.Append(gap).Append(lines[at].Text);
        }

        return text.ToString();
    }

    private static string Gap(PageLine before, PageLine line)
    {
        if (line.Row > 0 && line.Row == before.Row && line.Part != before.Part)
        {
            return "\t";
        }

        return line.Kind is LineKind.Item or LineKind.Cell && before.Kind == line.Kind ? "\n" : "\n\n";
    }
}
