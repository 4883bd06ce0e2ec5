using System.Globalization;
using System.Net;
using NewsBot.Testing;

namespace NewsBot.Tests.Pages;

/// <summary>More comments than anybody reads.</summary>
public sealed class LongDiscussionTests(PageServer server) : IClassFixture<PageServer>
{
    private const int Many = 10_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private NewsroomBuilder Newsroom => server.Newsroom;

    [Fact]
    public async Task Ten_thousand_comments_make_a_first_page_of_at_most_50_kB_and_each_is_found_by_its_number()
    {
        var channel = Newsroom.Channel("crowded");
        var story = Newsroom.Story(channel, [Newsroom.Source()]);
        List<long> people =
        [
            .. Enumerable.Range(0, 40).Select(index => Newsroom.Member($"Person {index} of the crowd")),
        ];
        Newsroom.Comments(
            Many,
            story,
            people,
            channel,
            number => $"What number {number} thinks of the bridge, in as many words as people need for that.",
            number => number % 5 == 1 ? 0 : number - 1
        );
        using var browser = server.Browser();
        browser.DefaultRequestHeaders.AcceptEncoding.ParseAdd("br");
        using var reader = server.Browser();

        using var first = await browser.GetAsync($"/stories/{story}", Token);
        var sent = await first.Content.ReadAsByteArrayAsync(Token);
        Assert.Equal("br", first.Content.Headers.ContentEncoding.Single());
        Assert.InRange(sent.Length, 5_000, 50_000);
        foreach (var number in (int[])[1, 200, 201, 5_000, 9_999, Many])
        {
            var anchor = string.Create(CultureInfo.InvariantCulture, $"c{number}");
            using var jump = await reader.GetAsync($"/stories/{story}/comments/{number}", Token);
            Assert.Equal(HttpStatusCode.Redirect, jump.StatusCode);
            var landed = await server.PageAsync(jump.Headers.Location!.ToString(), reader);
            Assert.Contains(
                $"What number {number} thinks",
                landed.GetElementById(anchor)!.TextContent,
                StringComparison.Ordinal
            );
        }
    }
}
