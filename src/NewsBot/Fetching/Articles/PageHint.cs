namespace NewsBot.Fetching.Articles;

/// <summary>What an element's name, attributes and class names say about the text in it.</summary>
[Flags]
internal enum PageHint
{
    None = 0,

    /// <summary>It is called the article's text.</summary>
    Body = 1,

    /// <summary>It is called the page's content.</summary>
    Content = 2,

    /// <summary>It is called the article's opening.</summary>
    Lead = 4,

    /// <summary>It belongs to the page around the article.</summary>
    Side = 8,

    /// <summary>It holds what readers wrote.</summary>
    Talk = 16,

    /// <summary>It stands at the head of the article or of the page.</summary>
    Head = 32,

    /// <summary>It is no text of the page at all: navigation, notices, what is not shown.</summary>
    Out = 64,
}
