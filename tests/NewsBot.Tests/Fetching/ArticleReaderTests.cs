using System.Text;
using NewsBot.Core.Summaries;
using NewsBot.Testing.Servers;

namespace NewsBot.Tests.Fetching;

public sealed class ArticleReaderTests : IAsyncLifetime
{
    private FetchingRig _rig = null!;

    public async ValueTask InitializeAsync() => _rig = await FetchingRig.StartAsync();

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task An_article_page_is_fetched_and_read()
    {
        var article = await ReadAsync("/articles/harbour/3");

        Assert.Equal("Village bakery wins national prize", article!.Title);
        Assert.Equal(_rig.Site.Url("/pictures/3.png"), article.Pictures[0].Url);
        Assert.StartsWith("text/html", _rig.Site.Requests[0].Headers["Accept"]);
    }

    [Theory]
    [InlineData("/status/404")]
    [InlineData("/status/429")]
    [InlineData("/feeds/harbour.rss")]
    [InlineData("/odd/login.html")]
    [InlineData("/hostile/redirect-loop")]
    [InlineData("/hostile/200mb.rss")]
    public async Task What_cannot_be_read_is_null(string path) => Assert.Null(await ReadAsync(path));

    [Theory]
    [InlineData("windows-1252", "text/html; charset=windows-1252", "")]
    [InlineData("windows-1252", "text/html", "<meta charset=windows-1252>")]
    [InlineData("windows-1252", "text/html; charset=utf-8", "")]
    [InlineData("utf-8", "text/html; charset=iso-8859-1", "")]
    [InlineData("utf-16", "text/html", "")]
    [InlineData("iso-2022-jp", "text/html", "<meta http-equiv=content-type content='text/html; charset=iso-2022-jp'>")]
    public async Task Pages_are_read_in_their_encoding_even_where_the_label_lies(string real, string label, string meta)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(real) ?? Encoding.GetEncoding(real);
        var word = real.StartsWith("iso-2022", StringComparison.Ordinal) ? "東京の橋" : "Café Münster";
        var html = _rig
            .Site.Newsroom.Article("field", 0)!
            .Replace("<meta charset=\"utf-8\">", meta, StringComparison.Ordinal)
            .Replace("The new bridge", word, StringComparison.Ordinal);
        _rig.Site.Set("/page", new FakeAnswer((byte[])[.. encoding.Preamble, .. encoding.GetBytes(html)], label));

        var article = await ReadAsync("/page");

        Assert.StartsWith(word, article!.Text);
    }

    private Task<ArticleText?> ReadAsync(string path) =>
        _rig.Get<IArticleReader>().ReadAsync(_rig.Site.Url(path), TestContext.Current.CancellationToken);
}
