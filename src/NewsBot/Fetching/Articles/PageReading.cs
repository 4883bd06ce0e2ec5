using NewsBot.Core.Summaries;

namespace NewsBot.Fetching.Articles;

/// <summary>What came of reading a page: an article, or why there is none.</summary>
/// <param name="Article">Null where there is none.</param>
/// <param name="Reason">Why; null where there is one. An English clause without names.</param>
internal sealed record PageReading(ArticleText? Article, string? Reason)
{
    public static readonly PageReading TooLarge = new(null, "it is too large or nested too deeply");
    public static readonly PageReading NoText = new(null, "it holds no running text");
    public static readonly PageReading Wall = new(null, "it asks for consent, a login or a script instead");

    public static PageReading Of(ArticleText article) => new(article, null);
}
