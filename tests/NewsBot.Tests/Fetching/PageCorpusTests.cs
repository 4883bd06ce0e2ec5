using System.Globalization;
using NewsBot.Fetching;
using NewsBot.Testing;

namespace NewsBot.Tests.Fetching;

/// <summary>Each page of the corpus shows one kind of trouble and says what is right.</summary>
public sealed class PageCorpusTests
{
    public static TheoryData<string> Pages => [.. CorpusPage.All.Select(page => page.Name)];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_gives_what_its_first_comment_says(string name)
    {
        var page = CorpusPage.Named(name);

        var reading = await ArticleExtractor.ReadAsync(
            HtmlBytes.Decode(page.Body, null),
            new Uri("https://pages.example/" + name),
            TestContext.Current.CancellationToken
        );

        var text = reading.Article?.Text ?? "";
        Assert.All(page.Facts["has"], fact => Assert.Contains(fact, text, StringComparison.Ordinal));
        Assert.All(page.Facts["not"], fact => Assert.DoesNotContain(fact, text, StringComparison.Ordinal));
        Assert.All(page.Facts["is"], reason => Assert.Contains(reason, reading.Reason, StringComparison.Ordinal));
        Assert.All(page.Facts["byline"], byline => Assert.Equal(byline, reading.Article!.Byline));
        Assert.All(page.Facts["language"], language => Assert.Equal(language, reading.Article!.Language));
        Assert.All(
            page.Facts["published"],
            published =>
                Assert.Equal(
                    DateTimeOffset.Parse(published, CultureInfo.InvariantCulture),
                    reading.Article!.PublishedAt
                )
        );
        Assert.True(page.Facts["has"].Any() || page.Facts["is"].Any(), "The page says nothing about what is right.");
    }
}
