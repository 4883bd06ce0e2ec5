namespace NewsBot.Fetching.Articles;

/// <summary>What a line of a page is.</summary>
internal enum LineKind
{
    Prose,
    Heading,
    Item,
    Cell,
    Quote,
    Code,
}
