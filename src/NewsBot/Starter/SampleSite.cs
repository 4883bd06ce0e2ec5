using System.Globalization;

namespace NewsBot.Starter;

/// <summary>The sample newsroom as one visitor sees it: its addresses begin with the address that was asked.</summary>
/// <param name="Origin">Scheme, host and path base, without a slash at the end.</param>
/// <param name="CreatedAt">What all ages count back from; whole seconds, as HTTP dates know nothing finer.</param>
internal sealed record SampleSite(string Origin, DateTimeOffset CreatedAt)
{
    public string HomeUrl(SampleOutlet outlet) => Origin + outlet.HomePath;

    public string FeedUrl(SampleOutlet outlet) => Origin + outlet.FeedPath;

    public string ArticleUrl(SampleOutlet outlet, SampleArticle article) => HomeUrl(outlet) + article.Slug;

    public string PictureUrl(SampleArticle article) => Origin + PicturePath(article);

    public DateTimeOffset PublishedAt(SampleArticle article) => CreatedAt - article.Age;

    public DateTimeOffset UpdatedAt(SampleArticle article) => CreatedAt - (article.UpdateAge ?? article.Age);

    /// <summary>RFC 3339, as Atom, JSON Feed and page metadata want it.</summary>
    public static string Stamp(DateTimeOffset time) =>
        time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string PicturePath(SampleArticle article) => $"{SampleNewsroom.Prefix}pictures/{article.Picture}";

    /// <summary>The outlet's articles, newest first.</summary>
    public static IReadOnlyList<SampleArticle> Articles(SampleOutlet outlet) =>
        [
            .. SampleArticle
                .ReadAll(StarterFiles.Text($"newsroom/{outlet.Slug}/articles.txt"))
                .OrderBy(article => article.Age),
        ];
}
