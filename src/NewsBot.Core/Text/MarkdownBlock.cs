namespace NewsBot.Core.Text;

/// <summary>One block of a Markdown text, for platforms that take structure instead of Markdown.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Depth">How many lists or quotes it stands in beside its own; 0 for none.</param>
/// <param name="Runs">Its text, in order; line breaks are "\n". Never empty.</param>
public sealed record MarkdownBlock(MarkdownBlockKind Kind, int Depth, IReadOnlyList<MarkdownRun> Runs)
{
    /// <summary>The number a numbered item shows; 0 for other kinds.</summary>
    public int Number { get; init; }
}

/// <summary>What a block is.</summary>
public enum MarkdownBlockKind
{
    Paragraph,
    Heading,

    /// <summary>Of a list with dots.</summary>
    Item,

    /// <summary>Of a list with numbers.</summary>
    NumberedItem,
    Quote,

    /// <summary>Lines of code, with one run that has no style.</summary>
    Code,
}

/// <summary>A stretch of text that looks the same.</summary>
/// <param name="Text">As it is read; not escaped for anything.</param>
/// <param name="Url">Where it leads: http, https or mailto, or a path of our own pages that begins with a slash; null for nowhere.</param>
/// <param name="Style">How it looks.</param>
public sealed record MarkdownRun(string Text, string? Url, MarkdownStyle Style);

/// <summary>How text looks.</summary>
[Flags]
public enum MarkdownStyle
{
    None = 0,
    Bold = 1,
    Italic = 2,
    Strike = 4,
    Code = 8,
}
