using AngleSharp.Dom;

namespace NewsBot.Fetching.Articles;

/// <summary>Finds the element of a page that holds its main text. Pure.</summary>
internal static class ArticlePlace
{
    private const int MaxParagraphs = 600;
    private const int MaxDepth = 200;

    // As many letters tell a paragraph from all others of the page.
    private const int TellingLetters = 60;

    /// <summary>The smallest element that holds the text from its first to its last paragraph.</summary>
    /// <param name="document">The page.</param>
    /// <param name="lines">The main text.</param>
    /// <returns>Null where the page has no paragraphs of it.</returns>
    public static IElement? Of(IDocument document, IReadOnlyList<PageLine> lines)
    {
        var starts = lines
            .Where(line => line.Kind is LineKind.Prose or LineKind.Quote)
            .Select(line => Start(line.Text))
            .ToHashSet(StringComparer.Ordinal);
        IElement? first = null;
        IElement? last = null;
        foreach (var paragraph in document.GetElementsByTagName("p").Take(MaxParagraphs))
        {
            if (Start(paragraph.TextContent) is { Length: > 0 } start && starts.Contains(start))
            {
                first ??= paragraph;
                last = paragraph;
            }
        }

        return first is null
            ? document.QuerySelector("article, main")
            : Common(first.ParentElement, last!.ParentElement);
    }

    private static IElement? Common(IElement? one, IElement? other)
    {
        var around = new HashSet<IElement>();
        for (var depth = 0; one is not null && depth < MaxDepth; depth++, one = one.ParentElement)
        {
            around.Add(one);
        }

        while (other is not null && !around.Contains(other))
        {
            other = other.ParentElement;
        }

        return other;
    }

    private static string Start(string text)
    {
        Span<char> letters = stackalloc char[TellingLetters];
        var count = 0;
        foreach (var letter in text)
        {
            if (char.IsLetterOrDigit(letter))
            {
                letters[count++] = letter;
                if (count == TellingLetters)
                {
                    break;
                }
            }
        }

        return new string(letters[..count]);
    }
}
